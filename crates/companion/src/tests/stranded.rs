//! A plan that broke off: no end any more, nothing after it, and the ministry counts who is there.

use contract::{
    entry::Body,
    record::{CheckInStatus, Kind, Need},
};
use proptest::prelude::*;
use testkit::{advisory, at, country, entry};

use super::trip_laws::journey;
use crate::{
    Form,
    error::{Failure, FailureCode},
    saying_more::{Details, Whom},
    store::{PlanChanged, Setting},
    testing::{Device, stay, transit, trip},
    trips::{LegDraft, PlannedTrip, TripDraft, cut_off, schedule, schedule_kept, stuck},
    view::advisories::AdvisoryGroup,
    whereabouts::{ChosenPlace, HereSource},
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn planned(legs: Vec<LegDraft>) -> PlannedTrip {
    schedule(&trip(legs), country("KZ")).unwrap()
}

fn dubai_and_back() -> Vec<LegDraft> {
    vec![
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"),
        transit("DOH", "2026-03-04T22:55", "2026-03-05T02:10"),
        stay("QA", Some("qa-doha"), "2026-03-05", "2026-03-06"),
    ]
}

#[test]
fn a_leg_without_an_end_lasts_until_its_traveller_says_otherwise() {
    let open = planned(vec![stay("AE", Some("ae-dubai"), "2026-02-27", "")]);
    assert!(open.legs[0].open);
    assert_eq!(open.legs[0].until, at("2026-05-27T20:00:00Z"), "ninety days");
    let open = planned(vec![transit("DOH", "2026-02-27T06:10", "")]);
    assert_eq!(open.legs[0].until, at("2026-05-28T03:10:00Z"));
}

#[test]
fn only_the_last_leg_has_no_end() {
    let legs = vec![stay("AE", None, "2026-02-27", ""), stay("QA", None, "2026-03-05", "2026-03-06")];
    let failure = schedule(&trip(legs), country("KZ")).unwrap_err();
    assert_eq!(failure, Failure::at(FailureCode::EndNotKnown, "/legs/0/until"));
}

#[test]
fn whose_flight_is_cancelled_stays_where_they_are_and_nothing_follows() {
    let draft = cut_off(&planned(dubai_and_back()), None, at(NOW)).unwrap();
    let [LegDraft::Stay { until, .. }] = draft.legs.as_slice() else { panic!("{:?}", draft.legs) };
    assert_eq!(until, "");
    let draft = cut_off(&planned(dubai_and_back()), None, at("2026-03-04T20:30:00Z")).unwrap();
    let [_, LegDraft::Transit { departs, onward_ticket, .. }] = draft.legs.as_slice() else { panic!() };
    assert_eq!((departs.as_str(), *onward_ticket), ("", false));
    assert_eq!(cut_off(&planned(dubai_and_back()), None, at("2026-02-01T00:00:00Z")), None, "it has not begun");
    assert_eq!(cut_off(&planned(dubai_and_back()), None, at("2026-04-01T00:00:00Z")), None, "it is over");
}

#[test]
fn who_is_stuck_in_an_airport_on_a_trip_is_led_there_from_where_they_were() {
    let airport = atlas::airport("DXB".parse().unwrap()).unwrap();
    let draft = stuck(Some(&planned(dubai_and_back())), TripDraft::of_one(), &airport, true, at(NOW));
    let [LegDraft::Stay { until, .. }, LegDraft::Transit { airport, arrives, departs, airside, .. }] =
        draft.legs.as_slice()
    else {
        panic!("{:?}", draft.legs)
    };
    assert_eq!(until, "2026-03-01");
    assert_eq!((airport.as_str(), arrives.as_str(), departs.as_str()), ("DXB", "2026-03-01T16:00", ""));
    assert!(airside);
}

#[test]
fn who_has_stayed_for_months_is_counted_from_the_day_they_cannot_leave() {
    let plan = planned(vec![stay("AE", Some("ae-dubai"), "2025-09-01", "2026-03-20")]);
    let now = at(NOW);
    let cut = schedule_kept(cut_off(&plan, None, now).unwrap()).unwrap();
    let [before, from_now] = cut.legs.as_slice() else { panic!("{:?}", cut.legs) };
    assert!(before.until <= now && !before.open && from_now.open, "{:?}", cut.legs);
    assert!(from_now.until.duration_since(now).as_hours() > 89 * 24, "{:?}", cut.legs);
}

#[test]
fn who_is_stuck_elsewhere_just_as_the_next_leg_begins_has_left_the_leg_before() {
    // written in New York's days, the stay would end a day after it does by Dubai's
    let plan = planned(vec![
        transit("DXB", "2026-03-20T00:00", "2026-03-21T00:30"),
        stay("US", Some("us-new-york"), "2026-03-21", "2026-03-22"),
        transit("DXB", "2026-03-22T00:00", "2026-03-23T00:30"),
    ]);
    let airport = atlas::airport("JFK".parse().unwrap()).unwrap();
    let draft = stuck(Some(&plan), TripDraft::of_one(), &airport, false, plan.legs[2].from);
    let led = schedule_kept(draft).unwrap();
    assert_eq!(
        led.legs.iter().map(|leg| leg.airport.map(|code| code.to_string())).collect::<Vec<_>>(),
        [Some("DXB".to_owned()), None, Some("JFK".to_owned())]
    );
}

#[test]
fn who_is_stuck_where_the_plan_had_them_fly_on_today_did_not_fly_on() {
    let plan = planned(vec![
        transit("DOH", "2026-03-01", "2026-03-01"),
        stay("ZA", Some("za-cape-town"), "2026-03-01", "2026-03-08"),
    ]);
    let doha = atlas::airport("DOH".parse().unwrap()).unwrap();
    let airports = |now| {
        let draft = stuck(Some(&plan), TripDraft::of_one(), &doha, true, at(now));
        let led = schedule_kept(draft).unwrap();
        led.legs.iter().map(|leg| (leg.airport.map(|code| code.to_string()), leg.open)).collect::<Vec<_>>()
    };
    let in_doha = Some("DOH".to_owned());
    assert_eq!(airports("2026-03-01T00:21:00Z"), [(in_doha.clone(), true)]);
    assert_eq!(airports("2026-03-02T03:00:00Z"), [(in_doha.clone(), true)], "by the plan they are in Cape Town");
    // after days there they came back
    assert_eq!(airports("2026-03-05T03:00:00Z"), [(in_doha.clone(), false), (None, false), (in_doha, true)]);
}

#[test]
fn a_flight_that_is_cancelled_where_they_said_they_are_leaves_them_there() {
    let device = Device::new("2026-03-01T12:00:00Z");
    let session = device.session();
    let legs = vec![transit("DOH", "2026-03-01", "2026-03-01"), stay("ZA", None, "2026-03-01", "2026-03-08")];
    let id = session.save_trip(None, &trip(legs)).unwrap();
    session.choose_place(Some(ChosenPlace::Country { code: country("ZA") })).unwrap();
    session.cut_off(id).unwrap();
    let legs = session.trip_draft(id).unwrap().legs;
    let [LegDraft::Transit { departs, .. }, LegDraft::Stay { until, .. }] = legs.as_slice() else { panic!("{legs:?}") };
    assert_eq!((departs.as_str(), until.as_str()), ("2026-03-01", ""));
}

#[test]
fn who_is_stuck_with_no_trip_is_registered_as_on_the_trip_before_and_says_that_they_are_stranded() {
    let device = Device::new("2025-06-01T00:00:00Z");
    let before = TripDraft { phone: "+77011112233".into(), ..trip(vec![stay("TR", None, "2025-06-01", "2025-06-05")]) };
    device.session().save_trip(None, &before).unwrap();
    device.pass_to(NOW);
    let id = device.session().stuck_at("DOH", false, Some(3), None, &[]).unwrap();
    let draft = device.session().trip_draft(id).unwrap();
    assert_eq!((draft.adults, draft.children, draft.phone.as_str()), (2, 1, "+77011112233"));
    let view = device.view();
    let here = view.here.unwrap();
    assert_eq!((here.airport.unwrap().as_str(), here.trip), ("DOH", Some(id)));
    let said = view.check_in.unwrap();
    assert_eq!((said.status, said.people), (CheckInStatus::Stranded, 3));
    // said twice, it is the same trip
    assert_eq!(device.session().stuck_at("DOH", true, Some(3), None, &[]).unwrap(), id);
    let trips = device.view().trips;
    assert_eq!(trips.iter().map(|trip| trip.legs.len()).collect::<Vec<_>>(), [1, 1]);
    // who left is there no longer, and no later word brings them back
    device.pass_to("2026-03-03T12:00:00Z");
    device.session().check_in(CheckInStatus::Left).unwrap();
    device.pass_to("2026-03-10T12:00:00Z");
    assert_eq!(device.view().trips.iter().map(|trip| trip.legs[0].open).collect::<Vec<_>>(), [false, false]);
    assert_eq!(device.view().here.unwrap().trip, None);
    let unknown = device.session().stuck_at("QQQ", true, Some(3), None, &[]);
    assert_eq!(unknown, Err(Failure::new(FailureCode::UnknownAirport)));
}

#[test]
fn who_is_stuck_can_be_rung_back_at_the_phone_they_say() {
    let device = Device::new(NOW);
    let id = device.session().stuck_at("DOH", true, Some(1), None, &[]).unwrap();
    assert!(!device.view().trips[0].has_phone);
    let wrong = device.session().stuck_at("DOH", true, Some(1), Some("112"), &[]);
    assert_eq!(wrong, Err(Failure::at(FailureCode::PhoneInvalid, "/phone")));
    device.session().stuck_at("DOH", true, Some(1), Some("8 701 111 22 33"), &[]).unwrap();
    assert_eq!(device.session().trip_draft(id).unwrap().phone, "+77011112233");
    assert!(device.view().trips[0].has_phone);
}

#[test]
fn what_was_typed_of_who_is_stuck_is_kept_until_it_is_said() {
    let device = Device::new(NOW);
    device.session().keep_form(Form::Stuck, 0, Some("DOH, 3")).unwrap();
    let device = device.reopened();
    let kept = || device.session().kept_form(Form::Stuck).unwrap().texts.pop();
    assert_eq!(kept().as_deref(), Some("DOH, 3"));
    let wrong = device.session().stuck_at("DOH", true, Some(3), Some("112"), &[]);
    assert_eq!((wrong.is_err(), kept().as_deref()), (true, Some("DOH, 3")), "what was refused is not said");
    device.session().stuck_at("DOH", true, Some(3), None, &[]).unwrap();
    assert_eq!(kept(), None);
    // under a cry that stands too
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device.session().keep_form(Form::Stuck, 0, Some("DXB")).unwrap();
    device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
    assert_eq!(kept(), None);
}

#[test]
fn a_family_that_is_stuck_behind_the_pin_stays_a_family() {
    let device = Device::new(NOW);
    let family = TripDraft { adults: 2, children: 3, ..trip(dubai_and_back()) };
    let id = device.session().save_trip(None, &family).unwrap();
    device.session().set_pin(None, Some("2468")).unwrap();
    device.session().lock_screen();
    assert_eq!(device.session().stuck_at("DXB", true, None, None, &[]), Ok(id));
    let said = device.view().check_in.unwrap();
    assert_eq!((said.status, said.people), (CheckInStatus::Stranded, 5));
}

#[test]
fn no_change_of_the_plan_takes_a_cry_for_help_back() {
    let device = Device::new(NOW);
    let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    let said = || {
        let said = device.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap();
        (said.id, said.people)
    };
    let cry = said();
    device.session().cut_off(id).unwrap();
    assert_eq!(said(), cry, "it stands as it was said");
    assert!(device.view().trips[0].legs[0].open, "and the plan is another");
    device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
    assert_eq!(said(), cry);
}

#[test]
fn a_cry_leaves_them_stuck_until_they_say_that_they_are_well_or_gone() {
    let stuck = |device: &Device| device.view().stuck;
    let on_a_trip = || {
        let device = Device::new(NOW);
        let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
        (device, id)
    };
    let (device, id) = on_a_trip();
    assert!(!stuck(&device));
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert!(!stuck(&device), "a cry alone says nothing of it");
    device.session().cut_off(id).unwrap();
    assert!(stuck(&device), "the plan is cut off under it");
    // the other way round, where they stay and in an airport
    let (device, id) = on_a_trip();
    device.session().cut_off(id).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    assert!(stuck(&device.reopened()));
    let (device, id) = on_a_trip();
    device.session().cut_off(id).unwrap();
    device.session().say_more(&Details { needs: vec![Need::Medical], ..Details::default() }).unwrap();
    assert!(stuck(&device));
    assert_eq!(device.session().said_before(Vec::new()).unwrap().needs, [Need::Medical, Need::Stranded]);
    let (device, _) = on_a_trip();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
    assert!(stuck(&device));
    for well in [CheckInStatus::Safe, CheckInStatus::Left] {
        let (device, _) = on_a_trip();
        device.session().check_in(CheckInStatus::Stranded).unwrap();
        device.session().check_in(CheckInStatus::NeedHelp).unwrap();
        assert!(stuck(&device));
        device.session().check_in(well).unwrap();
        device.session().check_in(CheckInStatus::NeedHelp).unwrap();
        assert!(!stuck(&device), "{well:?}");
    }
}

#[test]
fn who_is_stuck_is_led_by_what_holds_where_they_are_and_not_at_the_next_place() {
    let mut device = Device::new(NOW);
    device.catch_up();
    device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    device.hear(&entry("advisory.next", 1, Body::Advisory(advisory("QA"))));
    let lead = |device: &Device| device.view().lead.map(|id| id.to_string());
    assert_eq!(lead(&device).as_deref(), Some("advisory.next"));
    device.session().check_in(CheckInStatus::Stranded).unwrap();
    assert_eq!(lead(&device), None);
    let listed = device.view().advisories;
    assert_eq!(listed.iter().map(|one| one.group).collect::<Vec<_>>(), [AdvisoryGroup::Mine], "it is listed");
    device.hear(&entry("advisory.here", 1, Body::Advisory(advisory("AE"))));
    assert_eq!(lead(&device).as_deref(), Some("advisory.here"));
}

#[test]
fn whoever_cannot_leave_and_needs_more_than_that_asks_for_help() {
    let device = Device::new(NOW);
    let family = TripDraft { adults: 3, children: 0, ..trip(dubai_and_back()) };
    let id = device.session().save_trip(None, &family).unwrap();
    device.session().cut_off(id).unwrap();
    let say = |needs, whom| device.session().say_more(&Details { needs, whom, ..Details::default() }).unwrap();
    let people = || device.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap().people;
    say(vec![Need::Stranded], Whom::All);
    assert_eq!(people(), [(CheckInStatus::Stranded, 3)].into());
    say(vec![Need::Medical], Whom::Me);
    assert_eq!(people(), [(CheckInStatus::NeedHelp, 1), (CheckInStatus::Stranded, 2)].into());
}

#[test]
fn a_flight_that_is_cancelled_is_told_to_the_ministry_in_one_tap() {
    let device = Device::new(NOW);
    let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    device.session().cut_off(id).unwrap();
    let view = device.view();
    assert_eq!(view.trips[0].legs.iter().map(|leg| leg.open).collect::<Vec<_>>(), [true]);
    assert_eq!(view.check_in.unwrap().status, CheckInStatus::Stranded);
    let later = device.session().save_trip(None, &trip(vec![stay("TR", None, "2026-09-01", "2026-09-05")])).unwrap();
    assert_eq!(device.session().cut_off(later), Err(Failure::new(FailureCode::NotFound)));
}

#[test]
fn a_word_that_changed_the_plan_is_taken_back_with_it() {
    let device = Device::new(NOW);
    let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    let plan = device.session().trip_draft(id).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device.session().cut_off(id).unwrap();
    let word = device.session().with_facts(|facts| facts.latest_check_in.as_ref().unwrap().id).unwrap();
    let device = device.reopened();
    assert_eq!(device.view().trips[0].changed, Some(PlanChanged::CutOff));
    device.session().undo_change(id).unwrap();
    let view = device.view();
    assert_eq!((view.check_in.unwrap().status, view.trips[0].changed), (CheckInStatus::Safe, None));
    assert_eq!(device.session().trip_draft(id).unwrap(), plan);
    let item = device.session().store.outbox_item(Kind::CheckIn, &word.to_string()).unwrap();
    assert_eq!(item, None, "nothing of it ever leaves");
    assert_eq!(device.session().undo_change(id), Err(Failure::new(FailureCode::NotFound)), "once");
}

#[test]
fn a_word_that_may_have_left_is_deleted_at_the_ministry_too() {
    let device = Device::new(NOW);
    device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    let id = device.session().stuck_at("DXB", true, Some(1), None, &[]).unwrap();
    let store = &device.session().store;
    let word = device.session().with_facts(|facts| facts.latest_check_in.as_ref().unwrap().id).unwrap();
    let item = store.outbox_item(Kind::CheckIn, &word.to_string()).unwrap().unwrap();
    assert!(store.note_leaving(&[(&item, Some("{}".to_owned()))], "host", at(NOW), at(NOW)).unwrap());
    device.session().undo_change(id).unwrap();
    assert!(device.view().check_in.is_none());
    assert!(store.is_taken_back(word).unwrap());
    let item = store.outbox_item(Kind::CheckIn, &word.to_string()).unwrap().unwrap();
    assert!(item.is_lacking() && item.version == 2 && !item.help);
}

#[test]
fn a_word_that_was_written_as_an_sms_is_deleted_at_the_ministry_too() {
    let device = Device::new(NOW);
    let id = device.session().stuck_at("DXB", true, Some(1), None, &[]).unwrap();
    let store = &device.session().store;
    let word = device.session().with_facts(|facts| facts.latest_check_in.as_ref().unwrap().id).unwrap();
    store.set(Setting::BySms, &word.to_string()).unwrap();
    device.session().undo_change(id).unwrap();
    assert!(store.is_taken_back(word).unwrap());
    assert!(store.outbox_item(Kind::CheckIn, &word.to_string()).unwrap().unwrap().is_lacking());
}

#[test]
fn neither_a_cry_nor_what_was_told_goes_with_a_plan() {
    for needs in [vec![Need::Injured], vec![Need::Stranded]] {
        let device = Device::new(NOW);
        let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
        let plan = device.session().trip_draft(id).unwrap();
        device.session().cut_off(id).unwrap();
        device.session().say_more(&Details { needs, ..Details::default() }).unwrap();
        let said = device.session().store.kept::<TripDraft>().unwrap().latest_check_in;
        device.session().undo_change(id).unwrap();
        assert_eq!(device.session().trip_draft(id).unwrap(), plan);
        assert_eq!(device.session().store.kept::<TripDraft>().unwrap().latest_check_in, said);
    }
}

#[test]
fn a_plan_comes_back_after_a_cry_and_another_start_and_the_cry_stands() {
    let changed = |device: &Device| device.view().trips[0].changed;
    let device = Device::new(NOW);
    let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    let plan = device.session().trip_draft(id).unwrap();
    device.session().cut_off(id).unwrap();
    device.session().check_in(CheckInStatus::NeedHelp).unwrap();
    let device = device.reopened();
    assert_eq!(changed(&device), Some(PlanChanged::CutOff));
    // led elsewhere under the cry, it is one change still
    device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
    let device = device.reopened();
    assert_eq!(changed(&device), Some(PlanChanged::CutOff));
    device.session().undo_change(id).unwrap();
    let view = device.view();
    assert_eq!(device.session().trip_draft(id).unwrap(), plan, "with all that follows");
    assert_eq!((view.check_in.unwrap().status, view.stuck), (CheckInStatus::NeedHelp, false));
    assert_eq!(device.session().undo_change(id), Err(Failure::new(FailureCode::NotFound)), "once");
}

#[test]
fn who_is_safe_in_an_airport_that_they_cannot_leave_stays_stuck() {
    let device = Device::new(NOW);
    let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    let plan = device.session().trip_draft(id).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    assert!(!device.view().stuck, "their plan leads on");
    device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    let device = device.reopened();
    assert!(device.view().stuck);
    // the plan goes on
    device.session().save_trip(Some(id), &plan).unwrap();
    assert!(!device.view().stuck);
    device.session().stuck_at("DXB", true, None, None, &[]).unwrap();
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device.pass_to("2026-03-01T13:00:00Z");
    device.session().check_in(CheckInStatus::Left).unwrap();
    assert!(!device.view().stuck);
}

#[test]
fn who_leaves_in_the_minute_in_which_they_said_that_they_are_stuck_has_left() {
    for other in ["2026-03-01T12:00:00Z", "2026-03-01T12:00:59Z", "2026-03-01T12:01:00Z"] {
        let device = Device::new(NOW);
        device.session().stuck_at("DXB", true, Some(3), None, &[]).unwrap();
        device.pass_to(other);
        device.session().check_in(CheckInStatus::Left).unwrap();
        let view = device.view();
        assert!(!view.stuck);
        assert_eq!((view.trips[0].legs[0].open, view.trips[0].changed), (false, Some(PlanChanged::Left)));
        let said = view.check_in.unwrap();
        assert!(said.can_undo && said.undoes_plan);
        device.pass_to("2026-03-01T12:05:00Z");
        assert_eq!(device.view().here.unwrap().source, HereSource::Left);
        device.session().undo_word().unwrap();
        assert!(device.view().stuck, "{other}");
    }
    // who left by a plan that said so changes none of it
    let device = Device::new(NOW);
    device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    device.session().check_in(CheckInStatus::Left).unwrap();
    assert!(!device.view().check_in.unwrap().undoes_plan);
}

#[test]
fn a_trip_that_a_word_made_goes_with_it() {
    let device = Device::new(NOW);
    let id = device.session().stuck_at("DXB", true, Some(3), None, &[]).unwrap();
    assert_eq!(device.view().trips[0].changed, Some(PlanChanged::CutOff));
    device.session().undo_change(id).unwrap();
    let view = device.view();
    assert!(view.trips.is_empty() && view.check_in.is_none());
}

#[test]
fn a_plan_stays_changed_once_a_day_is_over_and_what_was_said_beside_it_stands() {
    let changed = |device: &Device| device.view().trips[0].changed;
    let cut = || {
        let device = Device::new(NOW);
        let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
        device.session().cut_off(id).unwrap();
        (device, id)
    };
    let (device, id) = cut();
    device.pass_to("2026-03-02T13:00:00Z");
    assert_eq!(changed(&device), None);
    assert_eq!(device.session().undo_change(id), Err(Failure::new(FailureCode::NotFound)));
    let device = Device::new(NOW);
    let id = device.session().save_trip(None, &trip(dubai_and_back())).unwrap();
    let plan = device.session().trip_draft(id).unwrap();
    device.session().stay_longer(id, 3).unwrap();
    assert_eq!(changed(&device), Some(PlanChanged::Longer));
    device.session().check_in(CheckInStatus::Safe).unwrap();
    device.session().undo_change(id).unwrap();
    assert_eq!(device.session().trip_draft(id).unwrap(), plan);
    assert_eq!(device.view().check_in.unwrap().status, CheckInStatus::Safe, "what was said beside it stands");
}

#[test]
fn what_was_typed_into_a_form_survives_the_app_until_it_is_a_trip_or_thrown_away() {
    let device = Device::new(NOW);
    device.session().keep_form(None, 0, Some("{\"a\":1}")).unwrap();
    let device = device.reopened();
    let session = device.session();
    assert_eq!(session.kept_form(None).unwrap().texts.pop().as_deref(), Some("{\"a\":1}"));
    let id = session.save_trip(None, &trip(dubai_and_back())).unwrap();
    assert_eq!(session.kept_form(None).unwrap().texts.pop(), None, "it is a trip now");
    session.keep_form(Some(id), 0, Some("b")).unwrap();
    session.keep_form(None, 0, Some("c")).unwrap();
    session.keep_form(None, 0, None).unwrap();
    assert_eq!(
        (session.kept_form(None).unwrap().texts.pop(), session.kept_form(Some(id)).unwrap().texts.pop().as_deref()),
        (None, Some("b"))
    );
    session.delete_trip(id).unwrap();
    assert_eq!(session.kept_form(Some(id)).unwrap().texts.pop(), None);
    // who travels along is typed beside it, and goes with the trip
    let id = session.save_trip(None, &trip(dubai_and_back())).unwrap();
    session.keep_form(Some(id), 0, Some("d")).unwrap();
    session.keep_form(Form::People { id }, 0, Some("e")).unwrap();
    let device = device.reopened();
    let session = device.session();
    session.save_trip(Some(id), &trip(dubai_and_back())).unwrap();
    assert_eq!(session.kept_form(Some(id)).unwrap().texts.pop(), None);
    assert_eq!(session.kept_form(Form::People { id }).unwrap().texts.pop().as_deref(), Some("e"));
    session.delete_trip(id).unwrap();
    assert_eq!(session.kept_form(Form::People { id }).unwrap().texts.pop(), None);
    let huge = "x".repeat(2 * 1024 * 1024 + 1);
    assert_eq!(session.keep_form(None, 0, Some(&huge)), Err(Failure::new(FailureCode::TextTooLong)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn whatever_was_planned_and_whenever_it_breaks_off_they_are_there_from_now_on(
        legs in journey(),
        begun in prop_oneof![(-2000_i64..12_000).prop_map(Err), (0_usize..4, 0_i64..90).prop_map(Ok)],
        airport in prop::sample::select(&["DXB", "JFK", "DOH", "AKL"]),
        airside in any::<bool>(),
    ) {
        let Ok(plan) = schedule(&trip(legs), country("KZ")) else { return Ok(()) };
        // any time, or just as one of the legs begins
        let now = match begun {
            Err(minutes) => plan.from().checked_add(jiff::Span::new().minutes(minutes)),
            Ok((leg, seconds)) => {
                plan.legs.get(leg).map_or(plan.from(), |leg| leg.from).checked_add(jiff::Span::new().seconds(seconds))
            }
        };
        let now = now.unwrap();
        if let Some(draft) = cut_off(&plan, None, now) {
            let cut = schedule_kept(draft);
            prop_assert!(cut.as_ref().is_ok_and(|cut| cut.legs.last().unwrap().open), "{cut:?}");
            let counted = cut.unwrap().until().duration_since(now);
            prop_assert!(counted.as_hours() > 59 * 24, "they are counted for two months: {counted}");
        }
        let found = atlas::airport(airport.parse().unwrap()).unwrap();
        let led = schedule_kept(stuck(Some(&plan), TripDraft::of_one(), &found, airside, now));
        let led = match led {
            Ok(led) => led,
            Err(failure) => return Err(TestCaseError::fail(format!("{failure}"))),
        };
        let last = led.legs.last().unwrap();
        prop_assert!(last.open && last.airport == Some(found.code), "{:?}", led.legs);
        prop_assert!(last.from <= now, "{:?}", led.legs);
    }
}

#[test]
fn what_was_to_follow_is_said_to_be_out_only_where_something_was() {
    let doha =
        || vec![stay("QA", None, "2026-02-27", "2026-03-01"), transit("DOH", "2026-03-01T06:10", "2026-03-02T02:10")];
    for (legs, cuts) in [
        (vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04")], false),
        (vec![stay("AE", Some("ae-dubai"), "2026-01-20", "2026-03-04")], false),
        (dubai_and_back(), true),
        (doha(), true),
    ] {
        let device = Device::new(NOW);
        let id = device.session().save_trip(None, &trip(legs)).unwrap();
        let told = || {
            let trip = &device.view().trips[0];
            (trip.has_rest, trip.rest_is_out)
        };
        assert_eq!(told(), (cuts, false));
        device.session().cut_off(id).unwrap();
        assert_eq!(told(), (false, cuts));
        device.session().cut_off(id).unwrap();
        assert_eq!(told(), (false, cuts), "cut off again");
    }
}

#[test]
fn whoever_is_stuck_in_an_airport_is_told_of_a_rest_only_where_there_was_one() {
    let ticketed = |onward_ticket| {
        let LegDraft::Transit { airport, flight, arrives, departs, airside, arrival, .. } =
            transit("DOH", "2026-03-01T06:10", "2026-03-02T02:10")
        else {
            panic!()
        };
        vec![LegDraft::Transit { airport, flight, arrives, departs, airside, onward_ticket, arrival }]
    };
    let gone_on =
        || vec![transit("DOH", "2026-02-28T22:55", "2026-03-01T02:10"), stay("AE", None, "2026-03-01", "2026-03-04")];
    for (legs, airport, is_out) in [
        (vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04")], "DXB", false),
        (dubai_and_back(), "DXB", true),
        (ticketed(true), "DOH", true),
        (ticketed(false), "DOH", false),
        (gone_on(), "DXB", false),
        (gone_on(), "DOH", true),
    ] {
        let device = Device::new(NOW);
        device.session().save_trip(None, &trip(legs.clone())).unwrap();
        device.session().stuck_at(airport, true, None, None, &[]).unwrap();
        assert_eq!(device.view().trips[0].rest_is_out, is_out, "{airport} {legs:?}");
    }
}

#[test]
fn whoever_writes_what_they_need_asks_for_help_though_they_tick_nothing() {
    let stranded = || {
        let device = Device::new("2026-03-01T12:00:00Z");
        device.session().stuck_at("DOH", true, Some(2), None, &[]).unwrap();
        device
    };
    let after = |details: Details| {
        let device = stranded();
        device.session().say_more(&details).unwrap();
        let kept = device.session().store.kept::<TripDraft>().unwrap();
        (kept.latest_check_in.unwrap().status(), kept.latest_details.unwrap().needs)
    };
    let words = |words: &str, needs| Details { words: words.into(), needs, ..Details::default() };
    let cry = (CheckInStatus::NeedHelp, vec![Need::Stranded, Need::Other]);
    assert_eq!(after(words("Insulin is running out, I am deaf", vec![])), cry);
    assert_eq!(after(words("Insulin", vec![Need::Stranded])), cry);
    let hurt = (CheckInStatus::NeedHelp, vec![Need::Injured, Need::Stranded]);
    assert_eq!(after(words("Leg", vec![Need::Injured])), hurt);
    assert_eq!(after(words(" \n", vec![Need::Stranded])), (CheckInStatus::Stranded, vec![Need::Stranded]));
    let place = Details { place: "Gate 5".into(), ..Details::default() };
    assert_eq!(after(place).0, CheckInStatus::Stranded, "where they are asks for nothing");
}
