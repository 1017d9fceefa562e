//! Who is told of what, in which words, how loudly.

mod parts;
mod voids;

use contract::{
    entry::{
        Body,
        advisory::{Advisory, Announced, MessageType, Severity, Urgency},
        relayed_alert::{AlertPart, AlertText, RelayedAlert},
    },
    keys::{NamedKey, Positions},
    place::{Area, Position},
    record::Kind,
    words::{Lang, Tag},
};
use testkit::{advisory, advisory_entry, at, entry};

use crate::{
    ChosenPlace,
    advisories::AdvisoryState,
    concern::Concern,
    notices::{Loudness, Notice},
    testing::{Device, dubai, of_others, stay, trip},
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn travelling() -> Device {
    let device = Device::new(NOW);
    device.catch_up();
    device.session().save_trip(None, &dubai()).unwrap();
    device
}

fn shown(device: &Device) -> Vec<Notice> {
    device.window.notices.lock().unwrap().clone()
}

fn last(device: &Device) -> Notice {
    shown(device).pop().unwrap()
}

fn is_told_to_ministry(device: &Device, receipt: &str) -> bool {
    device.session().store.outbox_item(Kind::Receipts, receipt).unwrap().is_some()
}

fn own(version: u32, advisory: Advisory) -> contract::entry::Entry {
    entry("advisory.ae", version, Body::Advisory(advisory))
}

fn cancel() -> Advisory {
    let mut cancel = Advisory { message_type: MessageType::Cancel, ..advisory("AE") };
    for lang in Lang::ALL {
        let mut text = cancel.texts.get(lang.tag()).unwrap().clone();
        text.headline = format!("It is over {}", lang.tag());
        text.steps = Vec::new();
        cancel.texts.insert(Tag::from(lang), text);
    }
    cancel
}

#[test]
fn an_ending_is_as_loud_as_the_warning_was_and_says_that_it_ends() {
    let over = [
        Advisory { message_type: MessageType::Cancel, ..cancel() },
        Advisory { urgency: Urgency::Past, message_type: MessageType::Update, ..cancel() },
        Advisory { severity: Severity::Minor, ..cancel() },
    ];
    for ending in over {
        let mut device = travelling();
        device.hear(&advisory_entry("advisory.ae", 1, "AE"));
        device.hear(&own(2, ending));
        let [warning, ending] = shown(&device).try_into().unwrap();
        assert_eq!((warning.loudness, ending.loudness), (Loudness::Critical, Loudness::Critical));
        assert_eq!(ending.title, "United Arab Emirates: warning ended. It is over en");
        assert_eq!(ending.body, "It no longer holds. What holds now is in the app.");
        assert!(is_told_to_ministry(&device, "advisory.ae@2"));
        assert_eq!(device.view().advisories[0].main_part.state, AdvisoryState::Ended);
        device.pass_to("2026-03-01T13:00:00Z");
        assert_eq!(shown(&device).len(), 2, "once");
        // and the end of what has ended rings nobody
        device.hear(&own(3, cancel()));
        assert_eq!(shown(&device).len(), 2);
    }
}

#[test]
fn an_ending_is_said_in_the_traveller_s_language() {
    for (lang, title) in [
        (Lang::Kk, "Біріккен Араб Әмірліктері: ескертудің күші жойылды. It is over kk"),
        (Lang::Ru, "ОАЭ: предупреждение снято. It is over ru"),
    ] {
        let mut device = travelling();
        device.companion.set_language(lang).unwrap();
        device.hear(&advisory_entry("advisory.ae", 1, "AE"));
        device.hear(&own(2, cancel()));
        assert_eq!(last(&device).title, title);
    }
}

#[test]
fn those_who_were_told_of_a_warning_hear_its_end_wherever_they_are_and_nobody_else_does() {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.session().choose_place(Some(ChosenPlace::Country { code: "AE".parse().unwrap() })).unwrap();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    device.session().choose_place(None).unwrap();
    device.pass_to("2026-03-06T12:00:00Z");
    device.hear(&own(2, cancel()));
    assert_eq!(shown(&device).len(), 2, "at home again, and long after it expired");
    assert_eq!(device.view().advisories[0].main_part.concerns, Concern::Elsewhere, "it is listed, for a tap to open");
    let mut stranger = travelling();
    stranger.hear(&advisory_entry("advisory.om", 1, "OM"));
    stranger.session().advisory_read(&"advisory.om".parse().unwrap(), 1).unwrap();
    stranger.hear(&entry("advisory.om", 2, Body::Advisory(Advisory { areas: advisory("OM").areas, ..cancel() })));
    assert!(shown(&stranger).is_empty());
}

#[test]
fn who_hears_of_it_after_a_restart_hears_the_end_too() {
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    let mut device = device.reopened();
    device.hear(&own(2, cancel()));
    assert_eq!(last(&device).loudness, Loudness::Critical);
}

#[test]
fn nothing_that_ends_rings_at_those_who_hide() {
    for (warning, ending) in [(Announced::Silent, Announced::Loud), (Announced::Loud, Announced::Silent)] {
        let mut device = travelling();
        device.hear(&own(1, Advisory { announced: warning, ..advisory("AE") }));
        device.hear(&own(2, Advisory { announced: ending, ..cancel() }));
        assert_eq!((shown(&device).len(), last(&device).loudness), (2, Loudness::Silent));
    }
}

#[test]
fn what_begins_later_rings_once_when_it_comes_and_says_when_it_begins() {
    for (lang, begins) in [
        (Lang::Kk, "Басталуы: 2 наурыз, 13:30 (Дубай).\nStep kk"),
        (Lang::Ru, "Начало: 2 марта, 13:30 (Дубай).\nStep ru"),
        (Lang::En, "Begins 2 March, 13:30 (Dubai).\nStep en"),
    ] {
        let mut device = travelling();
        device.companion.set_language(lang).unwrap();
        device.hear(&own(1, Advisory { onset: Some(at("2026-03-02T09:30:00Z")), ..advisory("AE") }));
        assert_eq!(last(&device).body, begins);
        let part = device.view().advisories.remove(0).main_part;
        assert_eq!((part.state, part.begins), (AdvisoryState::Upcoming, at("2026-03-02T09:30:00Z")));
        device.pass_to("2026-03-02T09:30:00Z");
        assert_eq!(device.view().advisories[0].main_part.state, AdvisoryState::InForce);
        assert_eq!(shown(&device).len(), 1, "and not again when it begins");
    }
}

#[test]
fn a_notification_that_was_not_shown_is_not_delivered_and_comes_again() {
    let mut device = travelling();
    *device.window.shows_nothing.lock().unwrap() = true;
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    assert!(!is_told_to_ministry(&device, "advisory.ae@1"));
    // who was not told of it is not told of its end, and a restart loses nothing
    let device = device.reopened();
    device.pass_to("2026-03-01T12:00:30Z");
    assert!(shown(&device).is_empty(), "it rests");
    device.pass_to("2026-03-01T12:01:30Z");
    assert_eq!(shown(&device).len(), 1);
    assert!(is_told_to_ministry(&device, "advisory.ae@1"));
    device.pass_to("2026-03-01T18:00:00Z");
    assert_eq!(shown(&device).len(), 1);
}

#[test]
fn a_text_with_a_nul_is_shown_without_it() {
    let mut device = travelling();
    let mut with_nul = advisory("AE");
    let mut text = with_nul.texts.get("en").unwrap().clone();
    text.headline = "Fl\u{0}ood\n\u{202e}now".into();
    text.steps = vec!["Go\u{0} up".into(), "Wait\u{7}".into()];
    with_nul.texts.insert(Tag::from(Lang::En), text);
    device.hear(&own(1, with_nul));
    assert_eq!(last(&device).title, "United Arab Emirates: Flood now");
    assert_eq!(last(&device).body, "Go up\nWait");
}

#[test]
fn a_place_that_was_only_chosen_is_told_to_nobody_by_an_ending_either() {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.session().choose_place(Some(ChosenPlace::Country { code: "AE".parse().unwrap() })).unwrap();
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    device.hear(&own(2, cancel()));
    assert_eq!(shown(&device).len(), 2);
    assert!(!is_told_to_ministry(&device, "advisory.ae@2"));
}
