//! A plan that changes in a word: a longer stay, a party that goes two ways.

use jiff::civil::Date;
use proptest::prelude::*;
use testkit::{at, country};

use super::trip_laws::journey;
use crate::{
    error::{Failure, FailureCode},
    testing::{Device, arriving, dubai, of_others, stay, transit, trip},
    trips::{Arrival, LegDraft, PlannedLeg, PlannedTrip, Split, TripDraft, longer, schedule, split},
};

const NOW: &str = "2026-03-01T12:00:00Z";

fn of(adults: u16, children: u16, with_traveller: bool) -> Split {
    Split { adults, children, with_traveller, numbers: Vec::new() }
}

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
fn a_day_of_which_no_hour_was_said_moves_along_as_a_day() {
    let [there, stay, _] = way_home().try_into().unwrap();
    let later = lengthened(vec![there, stay, transit("DOH", "2026-03-04", "2026-03-05")], NOW).unwrap();
    assert_eq!(later[2], transit("DOH", "2026-03-07", "2026-03-08"));
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
    let other = session.split(id, &of(1, 1, false)).unwrap();
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
fn a_party_is_split_whole_or_not_at_all() {
    let device = Device::new(NOW);
    let session = device.session();
    let id = session.save_trip(None, &dubai()).unwrap();
    let refused = |adults, children, with_traveller| {
        let failure = session.split(id, &of(adults, children, with_traveller)).unwrap_err();
        (failure.code, failure.field.unwrap_or_default())
    };
    assert_eq!(refused(0, 0, false), (FailureCode::NoPeople, "/adults".into()));
    assert_eq!(refused(0, 1, true), (FailureCode::NoPeople, "/adults".into()));
    assert_eq!(refused(2, 0, false), (FailureCode::NobodyStays, "/adults".into()), "the traveller stays with a child");
    assert_eq!(refused(2, 1, true), (FailureCode::NobodyStays, "/adults".into()));
    assert_eq!(refused(3, 0, false), (FailureCode::NobodyStays, "/adults".into()));
    assert_eq!(refused(0, 2, false), (FailureCode::NobodyStays, "/children".into()));
    assert_eq!((device.view().trips.len(), device.view().trips[0].people), (1, 3));
    let own = session.split(id, &of(2, 0, true)).unwrap();
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
        let who = of(go.0, go.1, with_traveller);
        if let (Ok(_), Ok((stay, go))) = (schedule(&whole, country("KZ")), split(&whole, &who)) {
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
        // a transit of that very day may take more of it
        let begins = |legs: &[PlannedLeg]| legs.iter().map(|leg| (leg.country, leg.airport, leg.from)).collect::<Vec<_>>();
        prop_assert_eq!(begins(&after.legs[..last]), begins(&before.legs[..last]));
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

mod by_name {
    use contract::record::{CheckInStatus, Kind, Person};

    use super::*;
    use crate::{PartyAct, party::Party};

    /// Six who travel, five of whom are listed: three on bus 2, two on bus 1.
    fn listed() -> (Device, contract::ids::TripId) {
        let device = Device::new(NOW);
        device.catch_up();
        let id = device.session().save_trip(None, &TripDraft { adults: 5, children: 1, ..dubai() }).unwrap();
        let person = |name: &str, group: &str| Person { name: name.into(), group: group.into(), ..Person::default() };
        let people = [("Aigul", "2"), ("Marat", "2"), ("Dana", "1"), ("Erlan", "1"), ("Saule", "2")];
        let people = people.map(|(name, group)| person(name, group)).to_vec();
        let party = Party { leader: "Leader".into(), people, apart: vec![vec![1, 2, 3]], ..Party::default() };
        device.session().lead(id, PartyAct::Save { party, unread: Vec::new() }).unwrap();
        (device, id)
    }

    fn see(person: u16, status: CheckInStatus) -> PartyAct {
        PartyAct::See { person, status, own: false }
    }

    fn numbers(device: &Device, id: contract::ids::TripId) -> Vec<u16> {
        device.session().party(id).unwrap().party.people.iter().map(|person| person.number).collect()
    }

    fn stands(device: &Device, id: contract::ids::TripId) -> Vec<(u16, Option<CheckInStatus>)> {
        device.session().party(id).unwrap().roll.iter().map(|row| (row.number, row.status)).collect()
    }

    #[test]
    fn whoever_is_ticked_goes_with_their_name_and_how_they_were_seen() {
        let (device, id) = listed();
        let session = device.session();
        session.lead(id, see(1, CheckInStatus::NeedHelp)).unwrap();
        session.lead(id, see(3, CheckInStatus::Safe)).unwrap();
        let who = Split { numbers: vec![1, 2, 5], ..of(3, 1, false) };
        let other = session.split(id, &who).unwrap();
        let device = device.reopened();
        assert_eq!((numbers(&device, id), numbers(&device, other)), (vec![3, 4], vec![1, 2, 5]));
        let travel = |id| device.session().party(id).unwrap().travel;
        assert_eq!((travel(id), travel(other)), (2, 4), "one of those who go is on no list");
        let help = Some(CheckInStatus::NeedHelp);
        assert_eq!(stands(&device, other), [(2, None), (5, None), (1, help)], "the roll goes on");
        assert_eq!(stands(&device, id), [(4, None), (3, Some(CheckInStatus::Safe))]);
        let page = device.session().party(other).unwrap();
        assert_eq!((page.party.leader.as_str(), page.party.apart), ("Leader", vec![vec![1, 2]]));
        device.session().lead(id, PartyAct::Begin).unwrap();
        assert_eq!(stands(&device, other)[2], (1, help), "each has a roll of its own");
    }

    #[test]
    fn nobody_is_split_off_by_number_whose_name_stays() {
        let (device, id) = listed();
        let refused = |who: Split| device.session().split(id, &who).unwrap_err();
        let numbers = |numbers: &[u16], adults| Split { numbers: numbers.to_vec(), ..of(adults, 0, false) };
        assert_eq!(refused(numbers(&[1], 3)), Failure::at(FailureCode::TickMore, "/numbers"), "one alone is unlisted");
        assert_eq!(refused(numbers(&[1, 2, 3], 2)), Failure::at(FailureCode::TickFewer, "/numbers"));
        assert_eq!(device.view().trips.len(), 1);
        device.session().split(id, &numbers(&[], 1)).unwrap();
        assert_eq!(self::numbers(&device, id).len(), 5, "whoever is on no list takes nobody along");
    }

    #[test]
    fn a_split_is_taken_back_in_one_press_with_what_was_seen_since() {
        let (device, id) = listed();
        let session = device.session();
        session.lead(id, see(1, CheckInStatus::Safe)).unwrap();
        let before = (session.trip_draft(id).unwrap(), session.party(id).unwrap().party);
        let other = session.split(id, &Split { numbers: vec![1, 2], ..of(2, 0, true) }).unwrap();
        assert!(device.view().trips.iter().all(|trip| trip.can_rejoin));
        session.lead(other, see(2, CheckInStatus::NeedHelp)).unwrap();
        let device = device.reopened();
        device.session().undo_split(other).unwrap();
        let view = device.view();
        assert_eq!((view.trips.len(), view.trips[0].id, view.trips[0].can_rejoin), (1, id, false));
        let session = device.session();
        assert_eq!((session.trip_draft(id).unwrap(), session.party(id).unwrap().party), before);
        let seen: Vec<_> = stands(&device, id).into_iter().filter(|(_, status)| status.is_some()).collect();
        assert_eq!(seen, [(2, Some(CheckInStatus::NeedHelp)), (1, Some(CheckInStatus::Safe))]);
        let gone = session.store.trip::<TripDraft>(other).unwrap().unwrap();
        assert_eq!(gone.1, None, "the ministry is told to forget it");
        assert!(session.store.outbox_item(Kind::Trip, &other.to_string()).unwrap().unwrap().is_lacking());
        assert_eq!(session.undo_split(id), Err(Failure::new(FailureCode::NotFound)), "once");
    }

    #[test]
    fn a_split_stays_once_either_trip_was_changed_or_spoken_of() {
        type Change = fn(&Device, contract::ids::TripId, contract::ids::TripId);
        let changes: [Change; 3] = [
            |device, id, _| device.session().stay_longer(id, 1).unwrap(),
            |device, _, other| device.session().stay_longer(other, 1).unwrap(),
            |device, _, other| {
                device.session().lead(other, see(1, CheckInStatus::Safe)).unwrap();
                device.session().lead(other, PartyAct::Tell { over: false, found: String::new() }).unwrap();
            },
        ];
        for change in changes {
            let (device, id) = listed();
            let other = device.session().split(id, &Split { numbers: vec![1, 2], ..of(3, 0, false) }).unwrap();
            change(&device, id, other);
            assert!(device.view().trips.iter().all(|trip| !trip.can_rejoin));
            assert_eq!(device.session().undo_split(id), Err(Failure::new(FailureCode::NotFound)));
            assert_eq!(device.view().trips.len(), 2);
        }
    }
}
