//! The shipped topics are whole, and the ministry's stand over them.

use std::collections::BTreeSet;

use contract::{
    entry::topic::{Group, Topic, TopicText},
    words::{Lang, Texts},
};

use crate::topics::*;

fn is_written_in(lang: Lang, text: &str) -> bool {
    let own = |letter: char| match lang {
        Lang::Kk | Lang::Ru => ('а'..='ӿ').contains(&letter) || ('А'..='Я').contains(&letter),
        Lang::En => letter.is_ascii_alphabetic(),
    };
    text.chars().any(own) && (lang != Lang::En || !text.chars().any(|letter| ('\u{400}'..='\u{4ff}').contains(&letter)))
}

#[test]
fn every_topic_is_whole_in_all_three_languages() {
    let topics = topics([]);
    assert_eq!(topics.len(), SHIPPED.len());
    assert!(topics.len() >= 38);
    for topic in &topics {
        assert!(
            topic.sources.len() >= 2 && topic.sources.iter().all(|one| one.url.starts_with("https://")),
            "{}",
            topic.id
        );
        assert!(topic.levels.iter().all(|level| (1..=4).contains(level)), "{}", topic.id);
        let steps = topic.texts.get("en").unwrap().steps.len();
        assert!((4..=9).contains(&steps), "{}", topic.id);
        for lang in Lang::ALL {
            let TopicText { title, summary, steps: own, why, whom, also } = topic.texts.get(lang.tag()).unwrap();
            assert_eq!(own.len(), steps, "{} in {}", topic.id, lang.tag());
            assert!(also.len() >= 5, "{} in {}", topic.id, lang.tag());
            for part in [title, summary, why, whom].into_iter().chain(own) {
                assert!(is_written_in(lang, part), "{} in {}: {part}", topic.id, lang.tag());
            }
        }
    }
}

#[test]
fn every_group_has_topics_and_every_topic_a_place_of_its_own() {
    let topics = topics([]);
    assert_eq!(topics.iter().map(|topic| topic.group).collect::<BTreeSet<_>>().len(), Group::Before as usize + 1);
    assert_eq!(topics.iter().map(|topic| topic.order).collect::<BTreeSet<_>>().len(), topics.len());
    assert!(topics.is_sorted_by_key(|topic| topic.group), "the groups stand together");
}

#[test]
fn every_level_calls_for_something_to_do() {
    for level in 1..=4 {
        assert!(topics([]).iter().filter(|topic| topic.levels.contains(&level)).count() >= 2, "level {level}");
    }
}

/// Whoever opens it in need reads what to do now, and then what to think of before a journey.
#[test]
fn medicines_begin_with_running_out() {
    let topics = topics([]);
    let medicines = topics.iter().find(|topic| topic.id == "medicines").unwrap();
    for (lang, word) in [(Lang::Kk, "Дәрі азайса"), (Lang::Ru, "лекарство кончается"), (Lang::En, "run low")]
    {
        let TopicText { steps, .. } = medicines.texts.get(lang.tag()).unwrap();
        assert!(steps[0].contains(word), "{}", steps[0]);
    }
}

#[test]
fn only_what_may_not_be_traced_is_private() {
    let private: Vec<_> = topics([]).into_iter().filter(|topic| topic.private).map(|topic| topic.id).collect();
    assert_eq!(private, ["violence"]);
}

#[test]
fn a_topic_of_the_ministry_stands_over_the_shipped_one_and_a_new_one_beside() {
    let shipped = topics([]);
    let mut replaced = shipped[0].clone();
    let text = TopicText { title: "New word".into(), ..replaced.texts.get("en").unwrap().clone() };
    replaced.texts.insert(Lang::En.into(), text);
    let added = Topic { id: "volcano".into(), order: 999, ..shipped[0].clone() };
    let merged = topics([&replaced, &added]);
    assert_eq!(merged.len(), shipped.len() + 1);
    assert_eq!(merged[0].texts.get("en").unwrap().title, "New word");
    assert_eq!(merged.last().unwrap().id, "volcano");
}

#[test]
fn a_topic_of_the_ministry_leaves_no_trace_where_the_shipped_one_leaves_none() {
    let violence = topics([]).into_iter().find(|topic| topic.id == "violence").unwrap();
    let replaced = topics([&Topic { private: false, ..violence }]);
    assert!(replaced.iter().any(|topic| topic.id == "violence" && topic.private));
}

#[test]
fn a_topic_without_any_text_does_not_hide_the_shipped_one() {
    let shipped = topics([]);
    let empty = Topic { texts: Texts::default(), ..shipped[0].clone() };
    assert_eq!(topics([&empty]), shipped);
}
