//! Where the traveller is: by the trip's dates, or by hand.

use contract::{
    entry::{
        Body,
        advisory::{Advisory, Severity},
    },
    ids::TripId,
};
use testkit::{advisory, at, entry, in_lang};

use crate::{
    concern::Concern,
    error::FailureCode,
    places::PickedPlace,
    testing::{Device, dubai, of_others, stay, transit, trip},
    trips::{PlannedTrip, TripDraft, schedule},
    view::View,
    whereabouts::{Choice, ChosenPlace, HereSource, leg_of, now},
};

fn trips() -> [(TripId, PlannedTrip); 1] {
    let legs = vec![
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"),
        stay("TR", Some("tr-istanbul"), "2026-03-05", "2026-03-08"),
    ];
    [(TripId::NIL, schedule(&trip(legs), testkit::country("KZ")).unwrap())]
}

fn choice(code: &str, when: &str) -> Choice {
    Choice { place: ChosenPlace::Country { code: code.parse().unwrap() }, at: at(when) }
}

fn country(choice: Option<&Choice>, when: &str) -> Option<(String, HereSource)> {
    now(&trips(), choice, at(when)).map(|here| (here.leg.country.to_string(), here.source))
}

#[test]
fn a_choice_outranks_the_plan_until_the_next_leg_begins() {
    let oman = choice("OM", "2026-03-01T12:00:00Z");
    assert_eq!(country(Some(&oman), "2026-03-01T11:00:00Z"), Some(("AE".into(), HereSource::Itinerary)));
    assert_eq!(country(Some(&oman), "2026-03-03T12:00:00Z"), Some(("OM".into(), HereSource::Chosen)));
    assert_eq!(country(Some(&oman), "2026-03-06T12:00:00Z"), Some(("TR".into(), HereSource::Itinerary)));
}

#[test]
fn a_choice_stands_where_no_trip_is_under_way() {
    let oman = choice("OM", "2026-01-01T12:00:00Z");
    assert_eq!(country(Some(&oman), "2026-01-20T12:00:00Z"), Some(("OM".into(), HereSource::Chosen)));
    assert_eq!(country(None, "2026-01-20T12:00:00Z"), None);
}

#[test]
fn a_chosen_airport_brings_its_city_and_its_clock() {
    let doha = leg_of(&ChosenPlace::Airport { code: "DOH".parse().unwrap() }, at("2026-03-01T12:00:00Z")).unwrap();
    assert_eq!(
        (doha.country.as_str(), doha.time_zone.as_str(), in_lang(&doha.place, "en")),
        ("QA", "Asia/Qatar", "Doha")
    );
    let nowhere = leg_of(&ChosenPlace::City { key: "zz-nowhere".into() }, at("2026-03-01T12:00:00Z"));
    assert_eq!(nowhere.unwrap_err().code, FailureCode::UnknownCity);
}

#[test]
fn the_next_trip_begins_where_the_traveller_is() {
    let device = Device::new("2026-03-01T12:00:00Z");
    let session = device.session();
    let begins = || session.next_trip().unwrap().origin;
    let long_ago = TripDraft {
        origin: Some("FRA".into()),
        ..trip(vec![stay("AE", Some("ae-dubai"), "2017-12-03", "2017-12-10")])
    };
    session.save_trip(None, &long_ago).unwrap();
    assert_eq!(begins(), None, "at home");
    session.save_trip(None, &of_others(dubai())).unwrap();
    assert_eq!(begins(), None, "others are there");
    let id = session.save_trip(None, &TripDraft { origin: Some("FRA".into()), ..dubai() }).unwrap();
    assert_eq!(begins().as_deref(), Some("DXB"));
    let in_doha = trip(vec![transit("DOH", "2026-03-01T09:00", "2026-03-02T09:00")]);
    session.save_trip(Some(id), &in_doha).unwrap();
    assert_eq!(begins().as_deref(), Some("DOH"));
}

#[test]
fn on_a_day_with_no_hours_they_are_asked_where_they_are_and_warned_of_every_place_of_it() {
    let mut device = Device::new("2026-03-04T00:21:00Z");
    device.catch_up();
    for (id, code, severity) in [("advisory.za", "ZA", Severity::Severe), ("advisory.qa", "QA", Severity::Extreme)] {
        let said = Advisory { severity, expires: at("2026-03-08T06:00:00Z"), ..advisory(code) };
        device.hear(&entry(id, 1, Body::Advisory(said)));
    }
    let session = device.session();
    let legs =
        vec![transit("DOH", "2026-03-04", "2026-03-04"), stay("ZA", Some("za-cape-town"), "2026-03-04", "2026-03-09")];
    session.save_trip(None, &trip(legs)).unwrap();
    let view = device.view();
    assert_eq!(view.here.as_ref().and_then(|here| here.airport), Some("DOH".parse().unwrap()));
    let asked = |view: &View| {
        let name = |place: &PickedPlace| match place {
            PickedPlace::Airport { code, .. } => code.to_string(),
            PickedPlace::City { key, .. } => key.clone(),
            PickedPlace::Country { code, .. } => code.to_string(),
        };
        view.perhaps_at.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(asked(&view), ["DOH", "za-cape-town"]);
    let concerns: Vec<_> = view.advisories.iter().map(|one| (one.main_part.severity, one.main_part.concerns)).collect();
    assert_eq!(concerns, [(Severity::Extreme, Concern::Here), (Severity::Severe, Concern::Here)]);
    assert!(view.perhaps_at_home);
    // said to be at home, they are there until the day's other leg begins
    session.choose_place(Some(ChosenPlace::Country { code: testkit::country("KZ") })).unwrap();
    let view = device.view();
    assert_eq!(view.here.as_ref().map(|here| here.country), Some(testkit::country("KZ")));
    assert!(asked(&view).is_empty() && !view.perhaps_at_home);
    // one tap, and it is asked no more
    session.choose_place(Some(ChosenPlace::City { key: "za-cape-town".into() })).unwrap();
    let view = device.view();
    assert_eq!((view.here.unwrap().country, asked(&device.view())), (testkit::country("ZA"), Vec::<String>::new()));
    assert_eq!(view.advisories[0].main_part.severity, Severity::Severe);
    // nor on another day
    session.choose_place(None).unwrap();
    assert_eq!(asked(&device.view()).len(), 2);
    session.choose_place(Some(ChosenPlace::Country { code: testkit::country("KZ") })).unwrap();
    device.pass_to("2026-03-05T06:00:00Z");
    let view = device.view();
    assert_eq!((view.here.as_ref().unwrap().country, asked(&view)), (testkit::country("ZA"), Vec::<String>::new()));
    assert!(!view.perhaps_at_home);
}

#[test]
fn nobody_is_still_at_home_between_two_places_of_a_trip() {
    let device = Device::new("2026-03-06T06:00:00Z");
    let legs = vec![
        stay("QA", None, "2026-03-02", "2026-03-06"),
        stay("ZA", Some("za-cape-town"), "2026-03-06", "2026-03-09"),
    ];
    device.session().save_trip(None, &trip(legs)).unwrap();
    assert!(!device.view().perhaps_at.is_empty() && !device.view().perhaps_at_home);
}

#[test]
fn who_said_the_hours_of_a_day_is_not_asked() {
    let device = Device::new("2026-03-04T00:21:00Z");
    let session = device.session();
    let legs = vec![
        transit("DOH", "2026-03-04T01:00", "2026-03-04T09:00"),
        stay("ZA", Some("za-cape-town"), "2026-03-04", "2026-03-09"),
    ];
    session.save_trip(None, &trip(legs)).unwrap();
    assert!(device.view().perhaps_at.is_empty());
}
