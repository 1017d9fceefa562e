//! Where the traveller is: by the trip's dates, or by hand.

use contract::ids::TripId;
use testkit::{at, in_lang};

use crate::{
    error::FailureCode,
    testing::{Device, dubai, of_others, stay, transit, trip},
    trips::{PlannedTrip, TripDraft, schedule},
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
