//! Safety recommendations that stand, shipped with the app in three languages.

use contract::words::Lang;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One topic in all three languages.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    /// Place in the list, from 1.
    pub order: u32,
    /// Name of a lucide icon.
    pub icon: String,
    /// The day a person last reviewed it.
    pub reviewed: String,
    pub sources: Vec<Source>,
    pub kk: TopicText,
    pub ru: TopicText,
    pub en: TopicText,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub title: String,
    pub url: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TopicText {
    pub title: String,
    pub summary: String,
    /// What to do now, in order.
    pub steps: Vec<String>,
    pub why: String,
    pub whom: String,
}

impl Topic {
    pub fn text(&self, lang: Lang) -> &TopicText {
        match lang {
            Lang::Kk => &self.kk,
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        }
    }
}

const SHIPPED: [&str; 8] = [
    include_str!("../guidance/calm.toml"),
    include_str!("../guidance/register.toml"),
    include_str!("../guidance/shelter.toml"),
    include_str!("../guidance/air-raid.toml"),
    include_str!("../guidance/stranded.toml"),
    include_str!("../guidance/transit.toml"),
    include_str!("../guidance/networks-down.toml"),
    include_str!("../guidance/lost-passport.toml"),
];

/// The shipped topics, in their order. One that cannot be read is left out, and a test forbids it.
pub fn shipped() -> Vec<Topic> {
    let mut topics: Vec<Topic> = SHIPPED
        .iter()
        .filter_map(|text| toml::from_str(text).inspect_err(|error| tracing::error!(%error, "a topic")).ok())
        .collect();
    topics.sort_by_key(|topic| topic.order);
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_is_whole_in_all_three_languages() {
        let topics = shipped();
        assert_eq!(topics.len(), SHIPPED.len());
        for topic in &topics {
            assert!(!topic.sources.is_empty(), "{} has no source", topic.id);
            topic.reviewed.parse::<jiff::civil::Date>().unwrap();
            for lang in Lang::ALL {
                let text = topic.text(lang);
                assert_eq!(text.steps.len(), topic.en.steps.len(), "{} in {}", topic.id, lang.tag());
                assert!(text.steps.len() >= 4, "{} in {}", topic.id, lang.tag());
                for part in [&text.title, &text.summary, &text.why, &text.whom].into_iter().chain(&text.steps) {
                    assert!(!part.trim().is_empty(), "{} in {}", topic.id, lang.tag());
                    let cyrillic = part.chars().any(|c| ('а'..='ӿ').contains(&c));
                    assert_eq!(cyrillic, lang != Lang::En, "{}: {part}", topic.id);
                }
            }
        }
    }
}
