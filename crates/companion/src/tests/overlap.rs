//! The traveller is on one trip at a time: the ministry counts each, and nobody is counted twice.

use contract::ids::TripId;
use jiff::{Timestamp, civil::date};
use proptest::prelude::*;
use testkit::{at, country};

use super::trip_laws::journey;
use crate::{
    error::{Failure, FailureCode},
    testing::{Device, dubai, of_others, stay, transit, trip},
    trips::{LegDraft, Overlap, PlannedLeg, PlannedTrip, TripDraft, in_one_place, overlap, schedule},
    whereabouts,
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn planned(legs: Vec<LegDraft>) -> PlannedTrip {
    schedule(&trip(legs), country("KZ")).unwrap()
}

/// How a trip overlaps the one to Dubai from 27 February to 4 March.
fn with_dubai(legs: Vec<LegDraft>) -> Option<Overlap> {
    overlap(&planned(legs), [(TripId::NIL, &planned(dubai().legs))].into_iter(), at(NOW))
}

fn days(legs: Vec<LegDraft>) -> Option<(usize, String, Option<String>)> {
    with_dubai(legs).map(|found| (found.leg, found.from.to_string(), found.until.map(|day| day.to_string())))
}

#[test]
fn a_trip_on_the_days_of_another_is_refused_at_the_leg_that_meets_it_and_nothing_is_kept() {
    let device = Device::new(NOW);
    let session = device.session();
    let first = session.save_trip(None, &dubai()).unwrap();
    let second = trip(vec![stay("TR", None, "2026-02-20", "2026-02-24"), stay("OM", None, "2026-03-03", "2026-03-09")]);
    assert_eq!(session.save_trip(None, &second), Err(Failure::at(FailureCode::AtOneTime, "/legs/1/from")));
    let found = session.trip_overlap(None, &second).unwrap().unwrap();
    assert_eq!((found.trip, found.from, found.until), (first, date(2026, 3, 3), Some(date(2026, 3, 4))));
    assert_eq!(device.view().trips.len(), 1);
    // a trip is at no time with itself
    session.save_trip(Some(first), &dubai()).unwrap();
    assert_eq!(session.trip_overlap(Some(first), &dubai()), Ok(None));
}

#[test]
fn people_without_the_traveller_may_travel_at_one_time_with_them() {
    let device = Device::new(NOW);
    let session = device.session();
    let own = session.save_trip(None, &dubai()).unwrap();
    let children = TripDraft { adults: 0, ..of_others(trip(vec![stay("TR", None, "2026-02-28", "2026-03-09")])) };
    session.save_trip(None, &children).unwrap();
    let view = device.view();
    assert_eq!(view.here.unwrap().trip, Some(own), "the later begun is not the traveller's");
    assert_eq!(view.trips.iter().map(|trip| trip.of_others).collect::<Vec<_>>(), [false, true]);
    assert_eq!(session.next_trip().unwrap().adults, 2, "the next one is as the traveller's own");
    // back among them, the traveller is in two places
    let with_me = TripDraft { of_others: false, adults: 1, ..children };
    assert_eq!(session.save_trip(None, &with_me).unwrap_err().code, FailureCode::AtOneTime);
}

#[test]
fn what_counts_is_the_legs_and_not_the_days_between_them() {
    let mut around = dubai().legs;
    around.push(stay("TR", None, "2026-03-20", "2026-03-25"));
    let between = planned(vec![stay("OM", None, "2026-03-10", "2026-03-12")]);
    assert_eq!(overlap(&between, [(TripId::NIL, &planned(around))].into_iter(), at(NOW)), None);
}

#[test]
fn the_day_of_travel_between_two_countries_is_of_both_trips_and_one_more_is_not() {
    assert_eq!(days(vec![stay("OM", None, "2026-03-04", "2026-03-09")]), None);
    assert_eq!(days(vec![stay("KZ", Some("kz-almaty"), "2026-03-04", "2026-03-09")]), None);
    assert_eq!(days(vec![stay("TR", None, "2026-02-20", "2026-02-27")]), None);
    let found = days(vec![stay("OM", None, "2026-03-03", "2026-03-09")]);
    assert_eq!(found, Some((0, "2026-03-03".into(), Some("2026-03-04".into()))));
}

#[test]
fn the_day_of_travel_may_lead_on_by_another_airport() {
    let onward =
        |last: &str| vec![transit("DOH", "2026-03-04T10:00", "2026-03-04T12:00"), stay("TR", None, "2026-03-04", last)];
    assert_eq!(days(onward("2026-03-09")), None);
    let mut as_one = dubai().legs;
    as_one.extend(onward("2026-03-09"));
    assert!(schedule(&trip(as_one), country("KZ")).is_ok());
}

#[test]
fn a_stay_that_goes_on_in_the_same_country_is_counted_there_once() {
    let found = days(vec![stay("AE", Some("ae-abu-dhabi"), "2026-03-04", "2026-03-09")]);
    assert_eq!(found, Some((0, "2026-03-04".into(), Some("2026-03-04".into()))));
}

#[test]
fn a_trip_of_the_same_others_is_entered_once() {
    let device = Device::new(NOW);
    let session = device.session();
    let theirs = of_others(dubai());
    let id = session.save_trip(None, &theirs).unwrap();
    let again = Err(Failure::at(FailureCode::EnteredAlready, "/legs/0/from"));
    assert_eq!(session.save_trip(None, &theirs), again);
    assert_eq!(session.save_trip(None, &TripDraft { others_told: Some(true), ..theirs.clone() }), again);
    assert_eq!(session.save_trip(Some(id), &theirs), Ok(id), "itself is no other");
    let more = TripDraft { adults: 9, ..theirs.clone() };
    assert!(session.save_trip(None, &more).is_ok(), "more people are others");
    let later = of_others(trip(vec![stay("AE", Some("ae-dubai"), "2026-04-01", "2026-04-05")]));
    assert!(session.save_trip(None, &later).is_ok(), "another time is another trip");
}

#[test]
fn a_day_away_within_a_stay_is_at_one_time_with_it() {
    let found = days(vec![stay("OM", None, "2026-03-02", "2026-03-02")]);
    assert_eq!(found, Some((0, "2026-03-02".into(), Some("2026-03-02".into()))));
    let found = days(vec![transit("DOH", "2026-03-02T10:00", "2026-03-02T12:00")]);
    assert_eq!(found, Some((0, "2026-03-02".into(), Some("2026-03-02".into()))));
}

/// To Oman from 20 February, with no end.
fn with_open(trip: &PlannedTrip) -> Option<Overlap> {
    let open = planned(vec![stay("OM", None, "2026-02-20", "")]);
    overlap(trip, [(TripId::NIL, &open)].into_iter(), at(NOW))
}

#[test]
fn a_stay_without_an_end_ends_where_another_trip_begins() {
    assert_eq!(with_open(&planned(vec![stay("TR", None, "2026-04-05", "2026-04-08")])), None);
    assert_eq!(with_open(&planned(vec![stay("TR", None, "2026-02-26", "2026-03-08")])), None, "and now");
    assert_eq!(with_open(&planned(vec![stay("OM", None, "2026-02-25", "")])), None);
    let same_day = with_open(&planned(vec![stay("AE", None, "2026-02-20", "2026-03-08")])).unwrap();
    assert_eq!((same_day.from, same_day.until), (date(2026, 2, 20), Some(date(2026, 3, 8))));
    let same_day = with_open(&planned(vec![stay("OM", None, "2026-02-20", "")])).unwrap();
    assert_eq!(same_day.until, None, "nobody knows the last day");
    let over = with_open(&planned(vec![stay("TR", None, "2026-02-22", "2026-02-24")])).unwrap();
    assert_eq!(
        (over.from, over.until),
        (date(2026, 2, 22), Some(date(2026, 2, 24))),
        "they may be back where they were"
    );
}

#[test]
fn what_was_kept_at_one_time_is_said_of_both_trips() {
    let device = Device::new(NOW);
    let session = device.session();
    let first = session.save_trip(None, &dubai()).unwrap();
    assert_eq!(device.view().trips[0].at_one_time, None);
    let second = TripId::NIL;
    session.store.save_trip(second, &dubai()).unwrap();
    let others = |id| device.view().trips.into_iter().find(|trip| trip.id == id).unwrap().at_one_time.unwrap();
    assert_eq!((others(first).trip, others(second).trip), (second, first));
    session.store.save_trip(second, &of_others(dubai())).unwrap();
    assert!(device.view().trips.iter().all(|trip| trip.at_one_time.is_none()));
}

#[test]
fn whoever_is_stuck_before_another_trip_may_change_either() {
    let device = Device::new(NOW);
    let session = device.session();
    let later = session.save_trip(None, &trip(vec![stay("TR", None, "2026-04-05", "2026-04-08")])).unwrap();
    let stuck = session.stuck_at("DOH", true, Some(1), None, &[]).unwrap();
    for id in [stuck, later] {
        let draft = session.trip_draft(id).unwrap();
        session.save_trip(Some(id), &TripDraft { phone: "+77011112233".into(), ..draft }).unwrap();
    }
    session.save_trip(Some(later), &trip(vec![stay("TR", None, "2026-04-06", "2026-04-09")])).unwrap();
}

#[test]
fn what_an_app_before_kept_at_one_time_can_be_changed_in_anything_but_its_days() {
    let device = Device::new(NOW);
    let session = device.session();
    session.save_trip(None, &dubai()).unwrap();
    let before = TripId::NIL;
    session.store.save_trip(before, &dubai()).unwrap();
    let call = TripDraft { phone: "+77011112233".into(), ..dubai() };
    session.save_trip(Some(before), &call).unwrap();
    assert_eq!(session.trip_draft(before).unwrap().phone, call.phone);
    let longer = trip(vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-05")]);
    assert_eq!(session.save_trip(Some(before), &longer).unwrap_err().code, FailureCode::AtOneTime);
    session.save_trip(Some(before), &of_others(dubai())).unwrap();
    assert_eq!(session.save_trip(Some(before), &dubai()).unwrap_err().code, FailureCode::AtOneTime);
}

#[test]
fn what_is_over_for_both_is_of_no_concern() {
    let past = planned(vec![stay("TR", None, "2025-06-01", "2025-06-05")]);
    assert_eq!(overlap(&past, [(TripId::NIL, &past)].into_iter(), at(NOW)), None);
}

#[test]
fn of_two_trips_the_one_that_a_leg_meets_first_is_named() {
    let device = Device::new(NOW);
    let session = device.session();
    session.save_trip(None, &trip(vec![stay("TR", None, "2026-04-10", "2026-04-20")])).unwrap();
    let early = session.save_trip(None, &dubai()).unwrap();
    let long = trip(vec![stay("OM", None, "2026-03-02", "2026-03-30"), stay("QA", None, "2026-04-01", "2026-04-30")]);
    assert_eq!(session.trip_overlap(None, &long).unwrap().unwrap().trip, early);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// The headcount of a place counts each trip that has a leg there at a time.
    #[test]
    fn whoever_is_on_no_two_trips_at_one_time_is_counted_once_in_a_place(one in journey(), other in journey(), days in -6_i64..6) {
        let moved = other.into_iter().map(|leg| later(leg, days)).collect::<Vec<_>>();
        let (Ok(one), Ok(other)) = (schedule(&trip(one), country("KZ")), schedule(&trip(moved), country("KZ"))) else {
            return Ok(());
        };
        let (a, b) = (TripId::NIL, "5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f11".parse::<TripId>().unwrap());
        let found = overlap(&one, [(b, &other)].into_iter(), at(NOW));
        prop_assert_eq!(found.is_some(), overlap(&other, [(a, &one)].into_iter(), at(NOW)).is_some());
        let places = one.legs.iter().flat_map(|leg| other.legs.iter().map(move |there| (leg, there)));
        let twice = places
            .filter(|(leg, there)| leg.country == there.country)
            .any(|(leg, there)| leg.from.max(there.from) < leg.until.min(there.until));
        prop_assert!(found.is_some() || !twice, "{:?} {:?}", one.legs, other.legs);
        if let Some(found) = found {
            prop_assert!(found.leg < one.legs.len());
            let other = PlannedTrip { draft: of_others(other.draft.clone()), ..other };
            prop_assert_eq!(overlap(&one, [(b, &other)].into_iter(), at(NOW)), None);
            let both = [(a, one), (b, other)];
            for leg in both.iter().flat_map(|(_, trip)| &trip.legs) {
                let here = whereabouts::now(&both, None, None, leg.from);
                prop_assert!(here.is_none_or(|here| here.trip == Some(a)));
            }
        }
    }
}

/// A plan, whether its last leg has no end, the days by which it is moved, and those that pass before the next is entered.
fn entered() -> impl Strategy<Value = (Vec<LegDraft>, bool, i64, i64)> {
    (journey(), any::<bool>(), -20_i64..40, 0_i64..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// However many plans have no end, and whenever each was entered.
    #[test]
    fn a_person_is_in_one_place(plans in prop::collection::vec(entered(), 2..6)) {
        let (mut now, mut kept) = (at("2026-03-20T12:00:00Z"), Vec::new());
        for (index, (legs, has_no_end, moved, passes)) in plans.into_iter().enumerate() {
            let mut legs: Vec<_> = legs.into_iter().map(|leg| later(leg, moved)).collect();
            if let Some(LegDraft::Stay { until: end, .. } | LegDraft::Transit { departs: end, .. }) = legs.last_mut()
                && has_no_end
            {
                end.clear();
            }
            let Ok(plan) = schedule(&trip(legs), country("KZ")) else { continue };
            let id: TripId = format!("5f0c2d0e-7f6e-4a52-9a5e-6f1f0a6f3f1{index}").parse().unwrap();
            in_one_place(&mut kept, now);
            if overlap(&plan, kept.iter().map(|(id, kept)| (*id, kept)), now).is_none() {
                kept.push((id, plan));
            }
            now = now.checked_add(jiff::SignedDuration::from_hours(24 * passes)).unwrap();
        }
        in_one_place(&mut kept, now);
        // as the register reads it
        let stands = |trip: &PlannedTrip, moment: Timestamp| {
            let is_there = |leg: &&PlannedLeg| leg.from <= moment && moment < leg.known_end().unwrap_or(leg.until);
            // where nobody knows the end a day of travel may begin it, and none is within it
            trip.legs.iter().find(is_there).map(|leg| (leg.country, leg.open && leg.from < moment))
        };
        for moment in kept.iter().flat_map(|(_, trip)| &trip.legs).map(|leg| leg.from).filter(|from| *from >= now) {
            let places: Vec<_> = kept.iter().filter_map(|(_, trip)| stands(trip, moment)).collect();
            let one_day_of_travel = places.len() == 2 && places[0].0 != places[1].0 && places.iter().all(|(_, open)| !open);
            prop_assert!(places.len() <= 1 || one_day_of_travel, "{places:?} at {moment}: {kept:#?}");
        }
    }
}

fn later(leg: LegDraft, days: i64) -> LegDraft {
    let moved = |text: String| {
        let day: jiff::civil::Date = text[..10].parse().unwrap();
        format!("{}{}", day.checked_add(jiff::Span::new().days(days)).unwrap(), &text[10..])
    };
    match leg {
        LegDraft::Stay { country, city, from, until, address, arrival } => {
            LegDraft::Stay { country, city, from: moved(from), until: moved(until), address, arrival }
        }
        LegDraft::Transit { airport, flight, arrives, departs, airside, onward_ticket, arrival } => {
            let (arrives, departs) = (moved(arrives), moved(departs));
            LegDraft::Transit { airport, flight, arrives, departs, airside, onward_ticket, arrival }
        }
    }
}
