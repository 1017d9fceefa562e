//! A relayed alert of several parts: each for those whom it concerns.

use super::*;

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
    assert_eq!(
        (view.main_part.state, view.main_part.texts[0].headline.as_str()),
        (AdvisoryState::Ended, "Flood in the city")
    );
    assert_eq!((view.others.len(), view.others[0].state), (1, AdvisoryState::InForce));
    // on the coast the warning holds, and is no ending
    let mut device = Device::new(NOW);
    device.catch_up();
    device.session().save_trip(None, &trip(vec![stay("AE", Some("ae-fujairah"), "2026-02-27", "2026-03-04")])).unwrap();
    device.hear(&alert(1, MessageType::Alert, both(Urgency::Immediate, Urgency::Immediate)));
    device.hear(&in_dubai_it_ends());
    let titles = device.window.titles();
    assert_eq!(titles, ["United Arab Emirates: Flood on the coast"; 2]);
    assert_eq!(device.view().advisories[0].main_part.state, AdvisoryState::InForce);
}

#[test]
fn who_has_people_abroad_hears_that_a_warning_ended_for_them_too() {
    let flood = |area: Area| vec![part("Flood", Severity::Severe, Urgency::Immediate, area)];
    let mut device = Device::new(NOW);
    device.catch_up();
    device.session().save_trip(None, &of_others(dubai())).unwrap();
    device.hear(&alert(1, MessageType::Alert, flood(dubai_area())));
    device.hear(&alert(2, MessageType::Update, flood(fujairah_area())));
    assert_eq!(last(&device).title, "Warning ended for you and your people. Flood");
    assert!(last(&device).body.starts_with("Where you and your people are or will be it no longer holds"));
}

#[test]
fn who_was_warned_where_a_new_version_no_longer_holds_hears_so_once_and_as_loudly() {
    let flood = |area: Area| vec![part("Flood", Severity::Severe, Urgency::Immediate, area)];
    let mut device = travelling();
    device.hear(&alert(1, MessageType::Alert, flood(dubai_area())));
    device.hear(&alert(2, MessageType::Update, flood(fujairah_area())));
    assert_eq!(device.window.titles(), ["United Arab Emirates: Flood", "Warning ended for you. Flood"]);
    assert_eq!(last(&device).loudness, Loudness::Critical);
    assert!(last(&device).body.starts_with("Where you are or will be it no longer holds; elsewhere it does."));
    device.pass_to("2026-03-01T13:00:00Z");
    device.hear(&alert(3, MessageType::Update, flood(fujairah_area())));
    let mut device = device.reopened();
    device.hear(&alert(4, MessageType::Update, flood(fujairah_area())));
    assert!(shown(&device).is_empty(), "once");
    device.hear(&alert(5, MessageType::Update, flood(dubai_area())));
    assert_eq!(last(&device).title, "United Arab Emirates: Flood", "and it may come back");
}

#[test]
fn who_has_left_or_was_never_warned_hears_of_no_end_where_a_new_version_names_other_places() {
    let flood = |area: Area| vec![part("Flood", Severity::Severe, Urgency::Immediate, area)];
    let mut left = Device::new(NOW);
    left.catch_up();
    left.session().choose_place(Some(ChosenPlace::City { key: "ae-dubai".into() })).unwrap();
    left.hear(&alert(1, MessageType::Alert, flood(dubai_area())));
    left.session().choose_place(None).unwrap();
    left.hear(&alert(2, MessageType::Update, flood(fujairah_area())));
    assert_eq!(left.window.titles(), ["United Arab Emirates: Flood"]);
    let mut elsewhere = travelling();
    elsewhere.hear(&alert(1, MessageType::Alert, flood(fujairah_area())));
    elsewhere.hear(&alert(2, MessageType::Update, flood(around(24.2, 55.7))));
    assert!(shown(&elsewhere).is_empty());
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
    assert_eq!((view.main_part.severity, view.main_part.concerns), (Severity::Minor, Concern::Here));
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
    assert_eq!(device.view().advisories[0].main_part.concerns, Concern::Here);
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
    let shown: Vec<&str> =
        view.main_part.texts.iter().map(|text| text.web.as_str()).filter(|web| !web.is_empty()).collect();
    assert_eq!(shown, ["http://example.org/flood"]);
    assert!(device.companion.names_link("http://example.org/flood"));
    for never in ["javascript:alert(1)", "example.org", "", "http://example.org/", "https://example.org/flood"] {
        assert!(!device.companion.names_link(never), "{never}");
    }
}
