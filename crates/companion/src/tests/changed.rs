//! A plan that changes in a word: a longer stay, a party that goes two ways.

use jiff::civil::Date;
use proptest::prelude::*;
use testkit::{at, country};

use super::trip_laws::journey;
use crate::{
    error::{Failure, FailureCode},
    testing::{Device, arriving, dubai, of_others, stay, transit, trip},
    trips::{Arrival, LegDraft, Parting, PlannedTrip, TripDraft, longer, parted, schedule},
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn planned(legs: Vec<LegDraft>) -> PlannedTrip {
    schedule(&trip(legs), country("KZ")).unwrap()
}

fn way_home() -> Vec<LegDraft> {
    vec![
        transit("DOH", "2026-02-27T06:10", "2026-02-27T09:20"),
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"),
        transit("DOH", "2026-03-04T22:55", "2026-03-05T02:10"),
    ]
}

fn lengthened(legs: Vec<LegDraft>, now: &str) -> Option<Vec<LegDraft>> {
    longer(&planned(legs), 3, at(now)).map(|draft| draft.legs)
}

#[test]
fn a_longer_stay_ends_later_and_what_comes_after_it_moves_along() {
    let expected = vec![
        transit("DOH", "2026-02-27T06:10", "2026-02-27T09:20"),
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-07"),
        transit("DOH", "2026-03-07T22:55", "2026-03-08T02:10"),
    ];
    assert_eq!(lengthened(way_home(), NOW), Some(expected.clone()));
    assert_eq!(lengthened(way_home(), "2026-01-01T00:00:00Z"), Some(expected), "before it begins too");
}

#[test]
fn what_was_said_of_coming_there_moves_along() {
    let arrival = |terminal: &str| Arrival { at: terminal.into(), may_enter: Some(false), ..Arrival::default() };
    let [there, stay, home] = way_home().try_into().unwrap();
    let legs = vec![arriving(there, arrival("T1")), stay, arriving(home, arrival("T2"))];
    let later = longer(&schedule(&trip(legs), country("KZ")).unwrap(), 3, at(NOW)).unwrap();
    let kept = schedule(&later, country("KZ")).unwrap().draft.legs;
    let [there, _, home] = kept.as_slice() else { panic!("{kept:?}") };
    assert_eq!((there.arrival(), home.arrival()), (Some(&arrival("T1")), Some(&arrival("T2"))));
    assert!(matches!(home, LegDraft::Transit { arrives, .. } if arrives == "2026-03-07T22:55"));
}

#[test]
fn whoever_stayed_on_past_the_plan_stays_from_today() {
    let until = |legs: Option<Vec<LegDraft>>| match legs?.pop()? {
        LegDraft::Stay { until, .. } => Some(until),
        LegDraft::Transit { .. } => None,
    };
    assert_eq!(until(lengthened(dubai().legs, "2026-03-06T12:00:00Z")).as_deref(), Some("2026-03-09"));
    assert_eq!(until(lengthened(dubai().legs, "2026-03-20T12:00:00Z")), None, "that is another trip");
}

#[test]
fn no_stay_is_longer_where_it_has_no_end_or_they_have_gone_on() {
    assert_eq!(lengthened(vec![stay("AE", None, "2026-02-27", "")], NOW), None);
    assert_eq!(lengthened(vec![transit("DOH", "2026-03-01T06:10", "2026-03-03T09:20")], NOW), None);
    assert_eq!(lengthened(way_home(), "2026-03-04T20:30:00Z"), None);
}

#[test]
fn a_stay_is_longer_in_one_command_and_not_into_another_trip() {
    let device = Device::new(NOW);
    let session = device.session();
    let id = session.save_trip(None, &dubai()).unwrap();
    assert!(device.view().trips[0].can_last_longer);
    session.stay_longer(id, 3).unwrap();
    assert_eq!(device.view().trips[0].legs[0].until, at("2026-03-07T20:00:00Z"));
    session.save_trip(None, &trip(vec![stay("TR", None, "2026-03-08", "2026-03-20")])).unwrap();
    assert_eq!(session.stay_longer(id, 5), Err(Failure::at(FailureCode::AtOneTime, "/legs/0/from")));
    assert_eq!(device.view().trips[0].legs[0].until, at("2026-03-07T20:00:00Z"));
}

#[test]
fn some_of_a_party_have_a_trip_of_their_own_and_nobody_is_counted_twice() {
    let device = Device::new(NOW);
    let session = device.session();
    let id = session.save_trip(None, &dubai()).unwrap();
    let other = session.part(id, Parting { adults: 1, children: 1, with_traveller: false }).unwrap();
    let view = device.view();
    assert_eq!(view.trips.iter().map(|trip| trip.people).sum::<u16>(), 3);
    assert_eq!(view.here.unwrap().trip, Some(id), "the traveller stays");
    let theirs = session.trip_draft(other).unwrap();
    assert!(theirs.of_others && theirs.legs == dubai().legs);
    // where they go is theirs to say, at one time with the traveller
    let legs = vec![stay("AE", None, "2026-02-27", "2026-03-02"), stay("OM", None, "2026-03-02", "2026-03-09")];
    session.save_trip(Some(other), &TripDraft { legs, ..theirs }).unwrap();
    session.save_trip(Some(id), &session.trip_draft(id).unwrap()).unwrap();
}

#[test]
fn a_party_parts_whole_or_not_at_all() {
    let device = Device::new(NOW);
    let session = device.session();
    let id = session.save_trip(None, &dubai()).unwrap();
    let refused = |adults, children, with_traveller| {
        let failure = session.part(id, Parting { adults, children, with_traveller }).unwrap_err();
        (failure.code, failure.field.unwrap_or_default())
    };
    assert_eq!(refused(0, 0, false), (FailureCode::NoPeople, "/adults".into()));
    assert_eq!(refused(0, 1, true), (FailureCode::NoPeople, "/adults".into()));
    assert_eq!(refused(2, 0, false), (FailureCode::NobodyStays, "/adults".into()), "the traveller stays with a child");
    assert_eq!(refused(2, 1, true), (FailureCode::NobodyStays, "/adults".into()));
    assert_eq!(refused(3, 0, false), (FailureCode::NobodyStays, "/adults".into()));
    assert_eq!(refused(0, 2, false), (FailureCode::NobodyStays, "/children".into()));
    assert_eq!((device.view().trips.len(), device.view().trips[0].people), (1, 3));
    let own = session.part(id, Parting { adults: 2, children: 0, with_traveller: true }).unwrap();
    assert!(session.trip_draft(id).unwrap().of_others, "a child stays with others");
    assert!(!session.trip_draft(own).unwrap().of_others);
    assert_eq!(device.view().here.unwrap().trip, Some(own));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_two_parts_of_a_party_are_the_party(
        adults in 0_u16..6, children in 0_u16..6, go in (0_u16..8, 0_u16..8), with_traveller: bool, others: bool
    ) {
        let whole = TripDraft { adults, children, of_others: others, ..dubai() };
        let who = Parting { adults: go.0, children: go.1, with_traveller };
        if let (Ok(_), Ok((stay, go))) = (schedule(&whole, country("KZ")), parted(&whole, who)) {
            prop_assert_eq!((stay.adults + go.adults, stay.children + go.children), (adults, children));
            prop_assert_eq!([&stay, &go].iter().filter(|part| !part.of_others).count(), usize::from(!others));
            let both = [schedule(&stay, country("KZ")), schedule(&go, country("KZ"))].map(Result::unwrap);
            prop_assert!(both.iter().all(|part| part.people > 0 && part.draft.legs == whole.legs));
        }
    }

    #[test]
    fn a_longer_trip_is_the_same_until_its_last_stay_and_can_be_kept(legs in journey(), nights in 1_u8..30, now in 0_i64..40) {
        let Ok(before) = schedule(&trip(legs), country("KZ")) else { return Ok(()) };
        let now = at("2026-03-19T00:00:00Z") + jiff::SignedDuration::from_hours(24 * now);
        let Some(draft) = longer(&before, nights, now) else { return Ok(()) };
        let after = schedule(&draft, country("KZ")).unwrap();
        let last = before.legs.iter().rposition(|leg| leg.airport.is_none()).unwrap();
        prop_assert_eq!(&after.legs[..last], &before.legs[..last]);
        let nights_of = |legs: &[LegDraft]| match &legs[last] {
            LegDraft::Stay { from, until, .. } => (until.parse::<Date>().unwrap() - from.parse::<Date>().unwrap()).get_days(),
            LegDraft::Transit { .. } => unreachable!(),
        };
        prop_assert!(nights_of(&draft.legs) >= nights_of(&before.draft.legs) + i32::from(nights));
        prop_assert!(after.legs[last].until > now);
        prop_assert_eq!(after.people, before.people);
        prop_assert_eq!(of_others(draft).legs.len(), before.legs.len());
    }
}
