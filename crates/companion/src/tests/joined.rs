//! What is said of a trip while what names people in it cannot be read joins what was said before: nothing is lost, and
//! the latest word stands.

use contract::record::{ArrivesBy, ForRelatives, Needs};
use jiff::ToSpan;
use proptest::prelude::*;
use testkit::country;

use super::trip_laws::journey;
use crate::{
    store::Draft,
    testing::{arriving, stay, transit, trip},
    trips::{
        Arrival, LegDraft, NextOfKin, PlannedTrip, TripDraft, cut_off, left, longer, schedule, schedule_kept, stuck,
    },
};

/// Whatever names somebody is said of it, each leg's of its own.
fn named(legs: Vec<LegDraft>) -> TripDraft {
    let said = |(index, leg): (usize, LegDraft)| {
        let at = format!("gate {index}");
        let mut leg = arriving(leg, Arrival { by: Some(ArrivesBy::Plane), at, ..Arrival::default() });
        match &mut leg {
            LegDraft::Stay { address, .. } => *address = format!("street {index}"),
            LegDraft::Transit { flight, .. } => *flight = format!("QR {index}"),
        }
        leg
    };
    let legs = legs.into_iter().enumerate().map(said).collect();
    TripDraft {
        phone: "+77011112233".into(),
        next_of_kin: Some(NextOfKin { name: "Marat".into(), phone: "+77012223344".into() }),
        for_relatives: ForRelatives { say_safe: true, ..ForRelatives::default() },
        others_told: Some(true),
        called: "Айдос".into(),
        needs: Needs { medicine: "insulin".into(), ..Needs::default() },
        ..trip(legs)
    }
}

fn plan(draft: &TripDraft) -> Option<PlannedTrip> {
    schedule(draft, country("KZ")).ok()
}

/// The same but for what a second word says anew: whether they are behind the border control and hold a ticket on.
fn but_tickets(mut draft: TripDraft) -> TripDraft {
    for leg in &mut draft.legs {
        if let LegDraft::Transit { airside, onward_ticket, .. } = leg {
            (*airside, *onward_ticket) = (true, true);
        }
    }
    draft
}

#[test]
fn what_is_said_anew_stands_and_what_is_not_is_as_it_was() {
    let before = named(vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04")]);
    let mut now = TripDraft { phone: "+77019998877".into(), children: 2, ..before.plain() };
    now.adults = 2;
    now.legs = vec![stay("AE", Some("ae-abu-dhabi"), "2026-02-26", "2026-03-06")];
    let joined = now.joined(before.clone());
    assert_eq!((joined.phone.as_str(), joined.adults, joined.children), ("+77019998877", 2, 2));
    assert_eq!((&joined.next_of_kin, &joined.needs), (&before.next_of_kin, &before.needs));
    let [LegDraft::Stay { city, address, arrival, until, .. }] = joined.legs.as_slice() else { panic!("a stay") };
    assert_eq!((city.as_deref(), address.as_str(), until.as_str()), (Some("ae-abu-dhabi"), "Creek 5", "2026-03-06"));
    assert_eq!(arrival.as_ref().unwrap().at, "gate 0");
}

#[test]
fn an_address_is_that_of_its_city_and_a_ticket_on_that_of_a_flight_that_goes() {
    let before = named(vec![
        stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04"),
        transit("DOH", "2026-03-04T22:55", "2026-03-05T02:10"),
    ]);
    let mut now = before.plain();
    let [LegDraft::Stay { city, .. }, LegDraft::Transit { departs, .. }] = now.legs.as_mut_slice() else {
        panic!("two legs")
    };
    *city = Some("ae-abu-dhabi".into());
    departs.clear();
    let joined = now.joined(before);
    let [LegDraft::Stay { address, .. }, LegDraft::Transit { flight, airside, onward_ticket, .. }] =
        joined.legs.as_slice()
    else {
        panic!("two legs")
    };
    assert_eq!((address.as_str(), flight.as_str(), *airside, *onward_ticket), ("", "QR 1", true, false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn who_says_nothing_anew_has_said_what_they_said_before(legs in journey(), others: bool) {
        let before = TripDraft { of_others: others, ..named(legs) };
        prop_assert_eq!(before.plain().joined(before.clone()), before.clone());
        prop_assert_eq!(before.clone().joined(before.clone()), before);
    }

    #[test]
    fn whatever_is_said_where_and_when_is_as_it_was_said_last(now in journey(), before in journey()) {
        let joined = named(now.clone()).joined(named(before.clone()));
        prop_assert_eq!(joined.plain(), trip(now.clone()).plain());
        prop_assert_eq!(&joined, &named(now.clone()), "nothing said now is lost");
    }

    #[test]
    fn a_plan_that_changes_in_a_word_is_the_same_whether_its_names_could_be_read_or_not(
        legs in journey(), minutes in -2000_i64..12_000, nights in 1_u8..9,
        airport in prop::sample::select(&["DXB", "JFK", "DOH", "AKL"]),
    ) {
        let whole = named(legs);
        let (Some(with), Some(without)) = (plan(&whole), plan(&whole.plain())) else { return Ok(()) };
        let now = with.from().checked_add(minutes.minutes()).unwrap();
        let at = atlas::airport(airport.parse().unwrap()).unwrap();
        let joined = |word: &dyn Fn(&PlannedTrip) -> Option<TripDraft>| {
            (word(&without).map(|draft| draft.joined(whole.clone())), word(&with))
        };
        let (without_names, with_names) = joined(&|plan| cut_off(plan, None, now));
        prop_assert_eq!(without_names, with_names);
        let (without_names, with_names) = joined(&|plan| longer(plan, nights, now));
        prop_assert_eq!(without_names, with_names);
        let is_stuck = |plan: &PlannedTrip| (now >= plan.from()).then(|| stuck(Some(plan), TripDraft::of_one(), &at, true, now));
        let has_left = |plan: &PlannedTrip| left(&schedule_kept(cut_off(plan, None, now)?).ok()?, now + 48.hours());
        for (without_names, with_names) in [joined(&is_stuck), joined(&has_left)] {
            prop_assert_eq!(without_names.map(but_tickets), with_names.map(but_tickets));
        }
    }
}
