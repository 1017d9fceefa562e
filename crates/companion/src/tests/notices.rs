//! Who is told of what, in which words, how loudly: beginnings, endings, parts, and what was never the ministry's word.

use contract::{
    entry::{
        Body,
        advisory::{Advisory, Announced, MessageType, Severity, Urgency},
        relayed_alert::{AlertPart, AlertText, RelayedAlert},
    },
    keys::{NamedKey, Positions},
    place::{Area, Position},
    words::{Lang, Tag},
};
use testkit::{advisory, advisory_entry, at, entry};

use crate::{
    ChosenPlace,
    advisories::{AdvisoryState, Concern},
    notices::{Loudness, Notice},
    store::Kind,
    testing::{Device, dubai, stay, trip},
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
    device.session().store.outbox_item(Kind::Receipt, receipt).unwrap().is_some()
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
        assert_eq!(device.view().advisories[0].lead.state, AdvisoryState::Ended);
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
    assert_eq!(device.view().advisories[0].lead.concerns, Concern::Elsewhere, "it is listed, for a tap to open");
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
        let lead = device.view().advisories.remove(0).lead;
        assert_eq!((lead.state, lead.begins), (AdvisoryState::Upcoming, at("2026-03-02T09:30:00Z")));
        device.pass_to("2026-03-02T09:30:00Z");
        assert_eq!(device.view().advisories[0].lead.state, AdvisoryState::InForce);
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

/// A square round a point, of half a degree each way.
fn around(lat: f64, lon: f64) -> Area {
    let corner = |up: f64, right: f64| Position { lat: lat + up, lon: lon + right };
    let ring = vec![corner(-0.5, -0.5), corner(-0.5, 0.5), corner(0.5, 0.5), corner(0.5, -0.5), corner(-0.5, -0.5)];
    Area { country: Some("AE".parse().unwrap()), polygons: vec![ring], ..Area::default() }
}

fn dubai_area() -> Area {
    around(25.2, 55.27)
}

fn fujairah_area() -> Area {
    around(25.12, 56.33)
}

fn part(headline: &str, severity: Severity, urgency: Urgency, area: Area) -> AlertPart {
    let own = advisory("AE");
    let text = AlertText { headline: headline.into(), steps: vec![format!("Do {headline}")], ..AlertText::default() };
    AlertPart {
        severity,
        urgency,
        certainty: own.certainty,
        effective: own.effective,
        onset: None,
        expires: own.expires,
        areas: vec![area],
        texts: [(Tag::from(Lang::En), text)].into_iter().collect(),
    }
}

fn alert(version: u32, message_type: MessageType, parts: Vec<AlertPart>) -> contract::entry::Entry {
    let alert = RelayedAlert {
        message_type,
        sender: "duty@weather.example".into(),
        identifier: "1".into(),
        sent: at("2026-03-01T06:00:00Z"),
        parts,
    };
    entry("cap.1", version, Body::RelayedAlert(alert))
}

#[test]
fn an_ending_of_some_parts_is_for_those_in_them_alone() {
    let both = |dubai: Urgency, fujairah: Urgency| {
        vec![
            part("Flood in the city", Severity::Severe, dubai, dubai_area()),
            part("Flood on the coast", Severity::Moderate, fujairah, fujairah_area()),
        ]
    };
    let in_dubai_it_ends = || alert(2, MessageType::Update, both(Urgency::Past, Urgency::Immediate));
    let mut device = travelling();
    device.hear(&alert(1, MessageType::Alert, both(Urgency::Immediate, Urgency::Immediate)));
    device.hear(&in_dubai_it_ends());
    assert_eq!(last(&device).title, "United Arab Emirates: warning ended. Flood in the city");
    assert_eq!(last(&device).loudness, Loudness::Critical);
    let view = device.view().advisories.remove(0);
    assert_eq!((view.lead.state, view.lead.texts[0].headline.as_str()), (AdvisoryState::Ended, "Flood in the city"));
    assert_eq!((view.others.len(), view.others[0].state), (1, AdvisoryState::InForce));
    // on the coast the warning holds, and is no ending
    let mut device = Device::new(NOW);
    device.catch_up();
    device.session().save_trip(None, &trip(vec![stay("AE", Some("ae-fujairah"), "2026-02-27", "2026-03-04")])).unwrap();
    device.hear(&alert(1, MessageType::Alert, both(Urgency::Immediate, Urgency::Immediate)));
    device.hear(&in_dubai_it_ends());
    let titles = device.window.titles();
    assert_eq!(titles, ["United Arab Emirates: Flood on the coast"; 2]);
    assert_eq!(device.view().advisories[0].lead.state, AdvisoryState::InForce);
}

#[test]
fn each_part_is_shown_with_its_own_severity_and_words_the_one_that_concerns_me_first() {
    let mut device = travelling();
    let parts = vec![
        part("Storm at sea", Severity::Extreme, Urgency::Immediate, fujairah_area()),
        part("Mind your hat", Severity::Minor, Urgency::Future, dubai_area()),
    ];
    device.hear(&alert(1, MessageType::Alert, parts));
    assert_eq!(device.window.titles(), ["United Arab Emirates: Mind your hat"]);
    assert_eq!(last(&device).loudness, Loudness::Low);
    let view = device.view().advisories.remove(0);
    assert_eq!((view.lead.severity, view.lead.concerns), (Severity::Minor, Concern::Here));
    assert_eq!(
        (view.others[0].severity, view.others[0].texts[0].headline.as_str()),
        (Severity::Extreme, "Storm at sea")
    );
}

#[test]
fn a_cancel_that_says_nothing_new_ends_the_warning_by_its_own_name() {
    let mut device = travelling();
    let warning = part("Flood", Severity::Severe, Urgency::Expected, dubai_area());
    device.hear(&alert(1, MessageType::Alert, vec![warning.clone()]));
    let mut ended = AlertPart { urgency: Urgency::Past, effective: at(NOW), ..warning };
    ended.texts =
        [(Tag::from(Lang::En), AlertText { headline: "Flood".into(), ..AlertText::default() })].into_iter().collect();
    device.hear(&alert(2, MessageType::Cancel, vec![ended]));
    assert_eq!(last(&device).title, "United Arab Emirates: warning ended. Flood");
    assert_eq!(last(&device).loudness, Loudness::Critical, "a past danger is not said more softly");
    // nor does one without any part stay unsaid
    let mut device = travelling();
    device.hear(&alert(1, MessageType::Alert, vec![part("Flood", Severity::Severe, Urgency::Expected, dubai_area())]));
    device.hear(&alert(2, MessageType::Cancel, Vec::new()));
    assert_eq!(last(&device).title, "Warning ended. Flood");
}

#[test]
fn at_home_what_holds_in_all_of_it_rings_and_what_holds_in_a_part_is_only_shown() {
    let in_a_part = |headline: &str| {
        let area = Area { country: Some("KZ".parse().unwrap()), ..around(43.2, 76.9) };
        part(headline, Severity::Severe, Urgency::Immediate, area)
    };
    let mut device = Device::new(NOW);
    device.catch_up();
    device.hear(&alert(1, MessageType::Alert, vec![in_a_part("Ice")]));
    assert!(shown(&device).is_empty());
    assert_eq!(device.view().advisories[0].lead.concerns, Concern::Here);
    device.hear(&alert(2, MessageType::Cancel, vec![in_a_part("Ice")]));
    assert!(shown(&device).is_empty(), "who was not told of it is not told of its end");
}

#[test]
fn a_page_of_a_source_is_opened_only_on_the_web_and_only_as_named() {
    let mut device = travelling();
    let mut with_page = part("Flood", Severity::Severe, Urgency::Expected, dubai_area());
    let pages = [("en", "http://example.org/flood"), ("ru", "javascript:alert(1)"), ("kk", "example.org")];
    for (tag, web) in pages {
        let text = AlertText { headline: "Flood".into(), web: web.into(), ..AlertText::default() };
        with_page.texts.insert(tag.parse().unwrap(), text);
    }
    device.hear(&alert(1, MessageType::Alert, vec![with_page]));
    let view = device.view().advisories.remove(0);
    let shown: Vec<&str> = view.lead.texts.iter().map(|text| text.web.as_str()).filter(|web| !web.is_empty()).collect();
    assert_eq!(shown, ["http://example.org/flood"]);
    assert!(device.companion.names_link("http://example.org/flood"));
    for never in ["javascript:alert(1)", "example.org", "", "http://example.org/", "https://example.org/flood"] {
        assert!(!device.companion.names_link(never), "{never}");
    }
}

/// The ministry withdraws what its key signed at one place of the log.
fn void(device: &mut Device, seq: u64) {
    let mut keys = device.ministry.named_keys();
    let void = vec![Positions { from: seq, until: Some(seq) }];
    keys[0] = NamedKey { valid: vec![Positions::ALL], void, ..keys[0].clone() };
    device.ministry.keys += 1;
    let set = device.ministry.key_set_of(device.ministry.keys, keys);
    device.session().accept_key_set(&set).unwrap();
}

#[test]
fn those_who_were_shown_what_was_void_are_told_once_and_see_it_until_they_put_it_away() {
    for (lang, title, body) in [
        (
            Lang::Kk,
            "Орындамаңыз: Headline kk",
            "Бұл ескерту (көрсетілген күні: 1 наурыз) — министрліктің сөзі емес: оған қол қойған кілт қайтарып алынған. \
             Қазір не күшінде екені қолданбада.",
        ),
        (
            Lang::Ru,
            "Не выполняйте: Headline ru",
            "Это предупреждение (показано 1 марта) — не слово министерства: ключ, которым оно подписано, отозван. \
             Что действует сейчас, показано в приложении.",
        ),
        (
            Lang::En,
            "Do not follow: Headline en",
            "This warning (shown on 1 March) was not the ministry’s word: the key that signed it was withdrawn. \
             What holds now is in the app.",
        ),
    ] {
        let mut device = travelling();
        device.companion.set_language(lang).unwrap();
        device.hear(&advisory_entry("advisory.lie", 1, "AE"));
        void(&mut device, 1);
        let notice = last(&device);
        assert_eq!((notice.title.as_str(), notice.body.as_str()), (title, body));
        assert_eq!(notice.loudness, Loudness::Critical, "as loudly as the lie");
        let view = device.view();
        assert!(view.advisories.is_empty());
        assert_eq!((view.voids.len(), view.voids[0].shown_at), (1, at(NOW)));
        let device = device.reopened();
        device.pass_to("2026-03-02T12:00:00Z");
        assert!(shown(&device).is_empty(), "not again after a restart");
        device.session().dismiss_voids().unwrap();
        assert!(device.view().voids.is_empty());
    }
}

#[test]
fn of_what_was_void_nobody_is_told_who_was_not_shown_it() {
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.lie", 1, "OM"));
    void(&mut device, 1);
    assert!(shown(&device).is_empty() && device.view().voids.is_empty());
    // who opened it was shown it
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.lie", 1, "OM"));
    device.session().advisory_read(&"advisory.lie".parse().unwrap(), 1).unwrap();
    void(&mut device, 1);
    assert_eq!(device.window.titles(), ["Do not follow: Headline en"]);
    // one that was not shown is told later
    let mut device = travelling();
    device.hear(&advisory_entry("advisory.lie", 1, "AE"));
    *device.window.shows_nothing.lock().unwrap() = true;
    void(&mut device, 1);
    *device.window.shows_nothing.lock().unwrap() = false;
    device.pass_to("2026-03-01T12:02:00Z");
    assert_eq!(last(&device).title, "Do not follow: Headline en");
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
