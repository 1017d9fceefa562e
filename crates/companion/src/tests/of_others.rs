//! A trip of others: what holds where they are, and nothing of theirs that is only the traveller's.

use contract::{
    entry::{Body, level::Level},
    ids::TripId,
    record::CheckInStatus::{NeedHelp, Safe},
};
use testkit::{advisory_entry, at, country, entry, in_lang, words};

use super::queries::mission;
use crate::{
    PartyAct,
    concern::Concern,
    error::FailureCode,
    party::Party,
    testing::{Device, dubai, of_others, stay, trip},
    trips::{LegDraft, TripDraft},
    view::trips::Phase,
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn theirs(legs: Vec<LegDraft>) -> (Device, TripId) {
    let device = Device::new(NOW);
    device.catch_up();
    let id = device.session().save_trip(None, &of_others(trip(legs))).unwrap();
    (device, id)
}

fn by_istanbul() -> Vec<LegDraft> {
    vec![
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"),
        stay("TR", Some("tr-istanbul"), "2026-03-05", "2026-03-08"),
    ]
}

/// What is there of each country: phase, level, warnings and missions.
type Told = (String, Phase, Option<u8>, Vec<String>, Vec<String>);

fn told(device: &Device, id: TripId) -> Vec<Told> {
    let there = device.session().there(id).unwrap().into_iter();
    there
        .map(|there| {
            let warnings = there.advisories.iter().map(|one| one.id.to_string()).collect();
            let missions = there.missions.iter().map(|one| in_lang(&one.city, "en").to_owned()).collect();
            (there.code.to_string(), there.phase, there.level.map(|level| level.level), warnings, missions)
        })
        .collect()
}

#[test]
fn its_page_says_what_holds_and_who_serves_where_they_are_and_go_next() {
    let (mut device, id) = theirs(by_istanbul());
    let level = Level { country: country("AE"), level: 4, since: at(NOW), why: words("War") };
    device.hear(&entry("level.ae", 1, Body::Level(level)));
    for code in ["AE", "TR", "OM"] {
        let id = format!("advisory.{}", code.to_lowercase());
        device.hear(&advisory_entry(&id, 1, code));
        device.hear(&entry(&format!("mission.{}", code.to_lowercase()), 1, Body::Mission(mission(code))));
    }
    let there = told(&device, id);
    let dubai = ("AE".to_owned(), Phase::Current, Some(4), vec!["advisory.ae".to_owned()]);
    let istanbul = ("TR".to_owned(), Phase::Coming, None, vec!["advisory.tr".to_owned()]);
    let said: Vec<_> = there.iter().cloned().map(|(code, phase, level, ids, _)| (code, phase, level, ids)).collect();
    assert_eq!(said, [dubai, istanbul]);
    assert!(there.iter().all(|(.., missions)| missions.len() == 1), "{there:?}");
    let numbers = device.session().there(id).unwrap().into_iter().flat_map(|there| there.emergency);
    let numbers: Vec<_> = numbers.flat_map(|row| row.numbers).map(|number| number.number).collect();
    assert!(numbers.iter().any(|number| number == "999"), "the police of the Emirates: {numbers:?}");
    device.pass_to("2026-03-06T12:00:00Z");
    assert_eq!(told(&device, id).iter().map(|there| there.0.as_str()).collect::<Vec<_>>(), ["TR"]);
    device.pass_to("2026-03-20T12:00:00Z");
    assert!(told(&device, id).is_empty(), "they are back");
    assert_eq!(device.session().there(TripId::NIL).map(drop).unwrap_err().code, FailureCode::NotFound);
}

#[test]
fn a_country_in_which_they_go_on_is_told_of_once() {
    let (mut device, id) = theirs(vec![
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"),
        stay("AE", Some("ae-fujairah"), "2026-03-04", "2026-03-09"),
    ]);
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    assert_eq!(told(&device, id).len(), 1);
}

#[test]
fn a_warning_where_they_are_concerns_them_and_not_a_trip_of_the_traveller() {
    let (mut device, _) = theirs(by_istanbul());
    device.hear(&advisory_entry("advisory.ae", 1, "AE"));
    let whom = |device: &Device| device.view().advisories[0].main_part.concerns;
    assert_eq!(whom(&device), Concern::Others);
    assert!(device.view().lead.is_some(), "it leads all the same");
    let later = trip(vec![stay("AE", None, "2026-03-05", "2026-03-09")]);
    device.session().save_trip(None, &later).unwrap();
    assert_eq!(whom(&device), Concern::Trip);
}

#[test]
fn what_the_traveller_says_of_themselves_is_not_said_of_them() {
    let (device, id) = theirs(by_istanbul());
    let session = device.session();
    let own = session.save_trip(None, &trip(vec![stay("OM", None, "2026-02-27", "2026-03-05")])).unwrap();
    let said = |id: TripId| {
        let trip = device.view().trips.into_iter().find(|trip| trip.id == id).unwrap();
        trip.said.map(|said| said.by_status.iter().map(|one| one.status).collect::<Vec<_>>())
    };
    session.check_in(NeedHelp).unwrap();
    assert_eq!((said(own), said(id)), (Some(vec![NeedHelp]), None));
    let people = vec![contract::record::Person { name: "Aigul".into(), ..Default::default() }];
    let party = Party { people, ..Party::default() };
    session.lead(id, PartyAct::Save { party, unread: Vec::new() }).unwrap();
    session.lead(id, PartyAct::See { person: 1, status: Safe, own: true }).unwrap();
    session.lead(id, PartyAct::Tell { over: false, found: String::new() }).unwrap();
    session.check_in(NeedHelp).unwrap();
    assert_eq!((said(own), said(id)), (Some(vec![NeedHelp]), Some(vec![Safe])), "and theirs stands");
}

#[test]
fn home_is_where_the_traveller_left_from_last() {
    let home = |device: &Device| {
        let view = device.view();
        let (home, here) = (view.home.unwrap(), view.here.unwrap());
        assert_eq!(home.city, here.place);
        (in_lang(&home.city, "en").to_owned(), home.position.is_some())
    };
    let device = Device::new(NOW);
    assert_eq!(home(&device), ("Astana en".into(), false));
    let from = |origin: &str, days: [&str; 2]| TripDraft {
        origin: Some(origin.into()),
        ..trip(vec![stay("AE", None, days[0], days[1])])
    };
    let session = device.session();
    session.save_trip(None, &from("SCO", ["2025-01-01", "2025-01-05"])).unwrap();
    session.save_trip(None, &from("ALA", ["2026-01-01", "2026-01-05"])).unwrap();
    assert_eq!(home(&device), ("Almaty".into(), true));
    assert_eq!(session.next_trip().unwrap().origin.as_deref(), Some("ALA"));
    // neither a port abroad nor that of others
    session.save_trip(None, &from("FRA", ["2026-02-01", "2026-02-05"])).unwrap();
    session.save_trip(None, &of_others(TripDraft { origin: Some("NQZ".into()), ..dubai() })).unwrap();
    assert_eq!(home(&device), ("Almaty".into(), true));
}

#[test]
fn who_they_are_is_said_on_this_device_alone() {
    let device = Device::new(NOW);
    device.catch_up();
    let session = device.session();
    let draft = TripDraft { called: " Айдос ".into(), ..of_others(dubai()) };
    let id = session.save_trip(None, &draft).unwrap();
    let called = || device.view().trips.into_iter().find(|one| one.id == id).unwrap().called;
    assert_eq!(called(), "Айдос");
    let sealed = crate::trips::private(&draft, Vec::new(), session.store.under(id).unwrap().unwrap());
    assert!(!serde_json::to_string(&sealed).unwrap().contains("Айдос"), "nothing of it is sealed to the ministry");
    let own = TripDraft { of_others: false, ..draft };
    session.save_trip(Some(id), &own).unwrap();
    assert_eq!(called(), "", "their own trip is nobody else's");
    let long = TripDraft { called: "Ә".repeat(61), ..own };
    let failure = session.save_trip(Some(id), &long).unwrap_err();
    assert_eq!((failure.code, failure.field.as_deref()), (FailureCode::TextTooLong, Some("/called")));
}
