//! Where the traveller is: by the trip's dates, or by hand.

use contract::{
    entry::{
        Body,
        advisory::{Advisory, Severity},
    },
    ids::TripId,
    record::{CheckInStatus, Person},
};
use testkit::{advisory, at, entry, in_lang};

use crate::{
    Form, PartyAct,
    concern::Concern,
    error::FailureCode,
    party::Party,
    places::PickedPlace,
    testing::{Device, dubai, of_others, stay, transit, trip},
    trips::{PlannedTrip, TripDraft, schedule},
    view::{View, trips::Phase},
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
    Choice { place: ChosenPlace::Country { code: code.parse().unwrap() }, at: at(when), trip: None }
}

fn country(choice: Option<&Choice>, when: &str) -> Option<(String, HereSource)> {
    now(&trips(), choice, None, at(when)).map(|here| (here.leg.country.to_string(), here.source))
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
    let phases: Vec<_> = view.trips[0].legs.iter().map(|leg| leg.phase).collect();
    assert_eq!(phases, [Phase::Past, Phase::Current], "and the trip is drawn there");
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

#[test]
fn who_left_an_airport_is_in_that_country_until_they_say_where_they_are() {
    let mut device = Device::new("2026-03-01T12:00:00Z");
    device.catch_up();
    device.session().stuck_at("DOH", true, Some(1), None, &[]).unwrap();
    device.pass_to("2026-03-01T15:00:00Z");
    device.session().check_in(CheckInStatus::Left).unwrap();
    device.hear(&entry("advisory.qa", 1, Body::Advisory(advisory("QA"))));
    let view = device.view();
    let here = view.here.unwrap();
    assert_eq!((here.country.as_str(), here.airport, here.source), ("QA", None, HereSource::Left));
    assert_eq!((view.advisories[0].main_part.concerns, view.stuck), (Concern::Here, false));
    let asked = |view: &View| (view.perhaps_at.len(), view.perhaps_at_home);
    assert_eq!(asked(&device.view()), (1, true));
    let home = ChosenPlace::Country { code: testkit::country("KZ") };
    device.session().choose_place(Some(home)).unwrap();
    let view = device.view();
    assert_eq!((view.here.as_ref().unwrap().country.as_str(), asked(&view)), ("KZ", (0, false)));
    device.session().choose_place(None).unwrap();
    assert_eq!(asked(&device.view()), (1, true));
    device.session().delete_trip(device.view().trips[0].id).unwrap();
    assert_eq!(asked(&device.view()), (1, true), "with the trip and without it");
    device.pass_to("2026-03-02T16:00:00Z");
    assert_eq!(device.view().here.unwrap().source, HereSource::Home, "a day later they are home");
}

#[test]
fn who_takes_back_that_they_left_is_where_they_were() {
    let device = Device::new("2026-03-01T12:00:00Z");
    device.session().stuck_at("DOH", true, Some(1), None, &[]).unwrap();
    device.pass_to("2026-03-01T15:00:00Z");
    device.session().check_in(CheckInStatus::Left).unwrap();
    let istanbul = ChosenPlace::City { key: "tr-istanbul".into() };
    device.session().choose_place(Some(istanbul)).unwrap();
    device.session().undo_word().unwrap();
    let here = device.view().here.unwrap();
    assert_eq!((here.country.as_str(), here.source), ("QA", HereSource::Itinerary));
}

#[test]
fn who_left_is_not_where_the_plan_has_them_until_its_next_leg_begins() {
    let source = |device: &Device| {
        let here = device.view().here.unwrap();
        (here.country.to_string(), here.source, here.trip.is_some())
    };
    let legs = vec![
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-06"),
        stay("TR", Some("tr-istanbul"), "2026-03-06", "2026-03-08"),
    ];
    let device = Device::new("2026-03-01T12:00:00Z");
    let session = device.session();
    let id = session.save_trip(None, &trip(legs)).unwrap();
    session.check_in(CheckInStatus::Left).unwrap();
    let view = device.view();
    assert_eq!(source(&device), ("AE".into(), HereSource::Left, true));
    assert_eq!((view.perhaps_at.len(), view.perhaps_at_home, view.party), (1, true, view.trips[0].people));
    let here = view.here.unwrap();
    assert_eq!((in_lang(&here.place, "en"), here.position), ("Dubai", None), "they may be anywhere in the country");
    // a slip of the thumb, and where they said they were since with it
    session.choose_place(Some(ChosenPlace::Country { code: "OM".parse().unwrap() })).unwrap();
    session.undo_word().unwrap();
    assert_eq!(source(&device), ("AE".into(), HereSource::Itinerary, true));
    session.check_in(CheckInStatus::Left).unwrap();
    // for as long as the plan has them there, and whatever else is said that names no place
    device.pass_to("2026-03-04T12:00:00Z");
    session.check_in(CheckInStatus::Safe).unwrap();
    let device = device.reopened();
    assert_eq!(source(&device), ("AE".into(), HereSource::Left, true));
    device.session().choose_place(Some(ChosenPlace::Country { code: "OM".parse().unwrap() })).unwrap();
    assert_eq!(source(&device), ("OM".into(), HereSource::Chosen, true));
    device.session().choose_place(None).unwrap();
    device.pass_to("2026-03-07T12:00:00Z");
    assert_eq!(source(&device), ("TR".into(), HereSource::Itinerary, true));
    // who cannot leave after all is where the plan has them
    device.session().check_in(CheckInStatus::Left).unwrap();
    assert_eq!(source(&device), ("TR".into(), HereSource::Left, true));
    device.session().cut_off(id).unwrap();
    assert_eq!(source(&device), ("TR".into(), HereSource::Itinerary, true));
}

#[test]
fn who_deletes_the_trip_under_way_is_where_they_were() {
    let device = Device::new("2026-03-01T12:00:00Z");
    let id = device.session().save_trip(None, &dubai()).unwrap();
    device.session().delete_trip(id).unwrap();
    let view = device.view();
    let here = view.here.unwrap();
    assert_eq!((in_lang(&here.place, "en"), here.source), ("Dubai", HereSource::Left));
    assert!(here.position.is_some());
    assert!(matches!(view.perhaps_at.as_slice(), [PickedPlace::City { key, .. }] if key == "ae-dubai"));
}

#[test]
fn what_is_said_of_others_moves_nobody_else() {
    let device = Device::new("2026-03-01T12:00:00Z");
    device.session().save_trip(None, &dubai()).unwrap();
    let others =
        device.session().save_trip(None, &of_others(trip(vec![stay("QA", None, "2026-02-27", "2026-03-06")]))).unwrap();
    let party =
        Party { people: vec![Person { number: 1, name: "Aigul".into(), ..Person::default() }], ..Party::default() };
    device.session().lead(others, PartyAct::Save { party, unread: Vec::new() }).unwrap();
    device.session().lead(others, PartyAct::Begin).unwrap();
    let left = PartyAct::See { person: 1, status: CheckInStatus::Left, own: false };
    device.session().lead(others, left).unwrap();
    device.session().lead(others, PartyAct::Tell { over: false, found: String::new() }).unwrap();
    assert_eq!(device.view().check_in.unwrap().status, CheckInStatus::Left);
    assert_eq!(device.view().here.unwrap().source, HereSource::Itinerary);
}

#[test]
fn nothing_of_a_deleted_trip_is_in_the_next_one() {
    let device = Device::new("2026-03-01T12:00:00Z");
    let session = device.session();
    let with_phone = || TripDraft { phone: "+7 701 123 45 67".into(), ..dubai() };
    let id = session.save_trip(None, &with_phone()).unwrap();
    let person = Person { name: "Aigul".into(), ..Person::default() };
    session
        .lead(id, PartyAct::Save { party: Party { people: vec![person], ..Party::default() }, unread: Vec::new() })
        .unwrap();
    session.lead(id, PartyAct::Begin).unwrap();
    session.cut_off(id).unwrap();
    let oman = ChosenPlace::Country { code: "OM".parse().unwrap() };
    session.choose_place(Some(oman)).unwrap();
    let forms = [Form::Trip { id: Some(id) }, Form::People { id }, Form::More, Form::Stuck];
    for form in forms {
        session.keep_form(form, 0, Some("{}")).unwrap();
    }
    session.delete_trip(id).unwrap();
    let view = device.view();
    let here = view.here.unwrap();
    assert_eq!((here.country.as_str(), here.source, here.trip), ("OM", HereSource::Left, None), "it is asked anew");
    assert!(view.perhaps_at_home && view.perhaps_at.len() == 1);
    for form in forms {
        assert_eq!(session.kept_form(form).unwrap().texts, Vec::<String>::new(), "{form:?}");
    }
    assert_eq!(session.next_trip().unwrap().phone, "");
    let next = session.save_trip(None, &dubai()).unwrap();
    let view = device.view();
    let here = view.here.unwrap();
    assert_eq!((here.country.as_str(), here.source), ("AE", HereSource::Itinerary));
    let [trip] = view.trips.as_slice() else { panic!("{:?}", view.trips) };
    assert_eq!((trip.id, trip.changed, trip.can_rejoin, trip.asks_for_help), (next, None, false, false));
    assert!(trip.said.is_none());
    let page = session.party(next);
    assert!(page.is_err() || page.unwrap().party.people.is_empty());
}

#[test]
fn a_choice_stands_while_another_trip_is_deleted_and_what_is_typed_stays() {
    let device = Device::new("2026-03-01T12:00:00Z");
    let session = device.session();
    session.save_trip(None, &dubai()).unwrap();
    let later = session.save_trip(None, &trip(vec![stay("TR", None, "2026-04-05", "2026-04-08")])).unwrap();
    session.choose_place(Some(ChosenPlace::Country { code: "OM".parse().unwrap() })).unwrap();
    session.keep_form(Form::Stuck, 0, Some("{}")).unwrap();
    session.delete_trip(later).unwrap();
    assert_eq!(device.view().here.unwrap().country.as_str(), "OM");
    assert_eq!(session.kept_form(Form::Stuck).unwrap().texts, ["{}"]);
}
