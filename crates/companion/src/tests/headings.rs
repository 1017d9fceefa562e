//! An alert that is passed on in no language of the reader: told by its event and place, everywhere alike.

use contract::{
    entry::{
        Body,
        relayed_alert::{AlertPart, AlertText, RelayedAlert},
    },
    place::Area,
    words::{Lang, Tag, Words},
};
use testkit::{advisory, at, entry};

use crate::{
    headings::Heading,
    search::Target,
    testing::{Device, dubai},
    verify::Verdict,
};

/// In English alone.
fn flood(area_name: Words) -> RelayedAlert {
    let own = advisory("AE");
    let text = AlertText {
        event: "Flash flood, fog".into(),
        headline: "Wadis are rising".into(),
        steps: vec!["Leave the wadi".into()],
        ..AlertText::default()
    };
    RelayedAlert {
        message_type: own.message_type,
        sender: "Met Office".into(),
        identifier: "1".into(),
        sent: at("2026-03-01T06:00:00Z"),
        parts: vec![AlertPart {
            severity: own.severity,
            urgency: own.urgency,
            certainty: own.certainty,
            effective: own.effective,
            onset: None,
            expires: own.expires,
            areas: vec![Area { country: Some("AE".parse().unwrap()), name: area_name, ..Area::default() }],
            texts: [(Tag::from(Lang::En), text)].into_iter().collect(),
        }],
    }
}

fn reading(lang: Lang, alert: RelayedAlert) -> Device {
    let mut device = Device::new("2026-03-01T12:00:00Z");
    device.catch_up();
    device.companion.set_language(lang).unwrap();
    device.session().save_trip(None, &dubai()).unwrap();
    device.hear(&entry("cap.1", 1, Body::RelayedAlert(alert)));
    device
}

fn nameless() -> Words {
    Words::default()
}

fn heading(device: &Device) -> Heading {
    device.view().advisories.remove(0).main_part.heading.unwrap()
}

#[test]
fn it_is_told_in_the_reader_s_words_on_the_screen_in_the_notification_and_in_the_search() {
    for (lang, told) in [
        (Lang::Kk, "Су тасқыны, нөсер, тұман: Біріккен Араб Әмірліктері"),
        (Lang::Ru, "Наводнение, ливень, туман: ОАЭ"),
    ] {
        let device = reading(lang, flood(nameless()));
        assert_eq!(heading(&device), Heading { words: told.into(), lang: lang.tag().into(), is_ours: true });
        assert_eq!(device.window.titles(), [told]);
        let body = device.window.notices.lock().unwrap()[0].body.clone();
        assert_eq!(body, "Wadis are rising\nLeave the wadi", "and quoted");
        // what was shown is what is remembered, and what is found, by the words of either
        let told_then = device.session().with_facts(|facts| facts.told[0].headline.clone()).unwrap();
        assert_eq!(told_then, told);
        for typed in [told.split(',').next().unwrap(), "wadis"] {
            let hits = device.companion.search(typed).unwrap();
            let hit = hits.iter().find(|hit| matches!(hit.target, Target::Advisory { .. })).unwrap();
            let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!((title.as_str(), hit.lang), (told, lang), "{typed}");
        }
    }
}

#[test]
fn it_stands_as_it_is_said_in_the_reader_s_language() {
    let device = reading(Lang::En, flood(nameless()));
    let said = Heading { words: "Wadis are rising".into(), lang: "en".into(), is_ours: false };
    assert_eq!(heading(&device), said);
    assert_eq!(device.window.titles(), ["United Arab Emirates: Wadis are rising"]);
}

#[test]
fn it_names_its_area_where_that_has_a_name_in_the_language_and_turns_no_direction() {
    let named: Words = [(Tag::from(Lang::Ru), "\u{202e}Хатта".to_owned())].into_iter().collect();
    assert_eq!(heading(&reading(Lang::Ru, flood(named.clone()))).words, "Наводнение, ливень, туман: Хатта");
    assert_eq!(heading(&reading(Lang::Kk, flood(named))).words, "Су тасқыны, нөсер, тұман: Біріккен Араб Әмірліктері");
}

#[test]
fn what_nobody_here_knows_is_a_warning_and_no_more() {
    let mut alert = flood(nameless());
    let text = AlertText { headline: "Volcanic ash".into(), ..AlertText::default() };
    alert.parts[0].texts.insert(Tag::from(Lang::En), text);
    assert_eq!(heading(&reading(Lang::Ru, alert)).words, "Предупреждение: ОАЭ");
}

#[test]
fn whoever_is_sent_the_app_s_heading_learns_whose_alert_it_is() {
    let headings = Lang::ALL.map(|lang| heading(&reading(lang, flood(nameless()))).words);
    let device = reading(Lang::Ru, flood(nameless()));
    for words in headings {
        let answer = device.companion.verify(&words, &[]).unwrap();
        assert_eq!(answer.verdict, Verdict::WordForWord, "{words}");
        let said = answer.passages[0].said.as_ref().unwrap();
        let page = Target::Advisory { id: "cap.1".parse().unwrap() };
        assert_eq!((&said.page, said.relayed.as_deref()), (&page, Some("Met Office")));
    }
}
