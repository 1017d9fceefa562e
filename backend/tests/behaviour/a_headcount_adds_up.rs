//! The laws of counting, whatever database the records came from: nobody twice, nobody hidden, to the very boundary.

use contract::record::{CheckIn, CheckInStatus, Headcount};
use jiff::{SignedDuration, Timestamp};
use ministry::register::headcount::{OVERDUE_DAYS, PARTY, PlannedTrip, Told, UnplannedWord, Word, standing, tally};
use proptest::prelude::*;

fn at(hours: i64) -> Timestamp {
    "2026-03-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hours)
}

/// Counted at this hour.
const NOW: i64 = 1_000;

fn safe(people: u16) -> Told {
    Told { safe: people, ..Told::default() }
}

fn need_help(people: u16) -> Told {
    Told { need_help: people, ..Told::default() }
}

fn stranded(people: u16) -> Told {
    Told { stranded: people, ..Told::default() }
}

fn left(people: u16) -> Told {
    Told { left: people, ..Told::default() }
}

/// Said and received at that hour.
fn word(told: Told, hours: i64) -> Word {
    Word { told, at: at(hours), received_at: at(hours) }
}

/// Of people who are there.
fn trip(device: i64, people: u16) -> PlannedTrip {
    PlannedTrip { device, people, received_at: at(0), present: true, ends_there: None, words: Vec::new() }
}

/// Of people whose last leg ended there.
fn ended(people: u16, end: Timestamp) -> PlannedTrip {
    PlannedTrip { present: false, ends_there: Some(end), ..trip(1, people) }
}

fn alone(device: i64, word: Word) -> UnplannedWord {
    UnplannedWord { device, here: true, word }
}

fn counted(trips: Vec<PlannedTrip>, unplanned: Vec<UnplannedWord>) -> Headcount {
    tally(trips, unplanned, at(NOW))
}

#[test]
fn trips_and_their_people_add_up() {
    let count = counted(vec![trip(1, 3), trip(1, 4), trip(2, 5)], Vec::new());
    assert_eq!((count.people, count.trips, count.overdue), (12, 3, 0));
    let nothing = counted(Vec::new(), Vec::new());
    assert_eq!((nothing.people, nothing.trips, nothing.as_of), (0, 0, None));
}

#[test]
fn a_trip_whose_people_are_counted_elsewhere_is_a_trip_all_the_same() {
    let count = counted(vec![trip(1, 0)], Vec::new());
    assert_eq!((count.people, count.trips), (0, 1));
}

#[test]
fn a_trip_that_is_neither_there_nor_ended_there_is_not_counted() {
    let elsewhere = PlannedTrip { present: false, words: vec![word(need_help(1), 1)], ..trip(1, 3) };
    let count = counted(vec![elsewhere], Vec::new());
    assert_eq!((count.people, count.trips, count.overdue, count.need_help, count.as_of), (0, 0, 0, 0, None));
}

#[test]
fn whoever_has_left_is_there_until_that_very_moment() {
    let leaves = |people, hours| PlannedTrip { words: vec![word(left(people), hours)], ..trip(1, 3) };
    let people = |trip| {
        let count = counted(vec![trip], Vec::new());
        (count.people, count.trips)
    };
    assert_eq!(people(leaves(1, NOW + 1)), (3, 1));
    assert_eq!(people(leaves(1, NOW)), (2, 1));
    assert_eq!(people(leaves(3, NOW)), (0, 0));
    assert_eq!(people(leaves(500, NOW)), (0, 0), "more than there are");
}

#[test]
fn people_are_overdue_from_their_trips_end_for_ninety_days() {
    let overdue = |end| counted(vec![ended(3, end)], Vec::new()).overdue;
    let longest = SignedDuration::from_hours(24 * OVERDUE_DAYS);
    let moment = SignedDuration::from_nanos(1);
    assert_eq!(OVERDUE_DAYS, 90);
    assert_eq!(overdue(at(NOW) + moment), 0, "not before it");
    assert_eq!(overdue(at(NOW)), 3);
    assert_eq!(overdue(at(NOW) - longest), 3);
    assert_eq!(overdue(at(NOW) - longest - moment), 0);
}

#[test]
fn whoever_is_overdue_stands_beside_the_total_without_those_who_have_left() {
    let with = |told| PlannedTrip { words: vec![word(told, 1)], ..ended(3, at(NOW - 1)) };
    let count = counted(vec![with(left(1)), with(safe(2))], Vec::new());
    assert_eq!((count.people, count.trips, count.overdue, count.safe), (0, 0, 5, 2));
    let gone = counted(vec![with(left(3))], Vec::new());
    assert_eq!((gone.overdue, gone.as_of), (0, None));
}

#[test]
fn a_trip_that_is_there_is_not_overdue_however_it_ends() {
    let both = PlannedTrip { present: true, ..ended(3, at(NOW - 1)) };
    let count = counted(vec![both], Vec::new());
    assert_eq!((count.people, count.overdue), (3, 0));
}

#[test]
fn what_is_told_never_exceeds_the_trip_and_the_most_urgent_goes_first() {
    let told = Told { safe: 4, need_help: 2, stranded: 3, left: 0 };
    let count = |people| {
        let trip = PlannedTrip { words: vec![word(told, 1)], ..trip(1, people) };
        let count = counted(vec![trip], Vec::new());
        (count.need_help, count.stranded, count.safe)
    };
    assert_eq!(count(1), (1, 0, 0));
    assert_eq!(count(4), (2, 2, 0));
    assert_eq!(count(7), (2, 3, 2));
    assert_eq!(count(500), (2, 3, 4));
}

#[test]
fn words_of_several_trips_add_up() {
    let told = Told { safe: 1, need_help: 2, stranded: 3, left: 0 };
    let with = |device| PlannedTrip { words: vec![word(told, 1)], ..trip(device, 9) };
    let count = counted(vec![with(1), with(2)], Vec::new());
    assert_eq!((count.need_help, count.stranded, count.safe), (4, 6, 2));
}

#[test]
fn as_of_is_the_newest_of_what_was_counted() {
    let newer = PlannedTrip { received_at: at(7), words: vec![word(safe(1), 5)], ..trip(1, 3) };
    assert_eq!(counted(vec![newer.clone(), trip(2, 1)], Vec::new()).as_of, Some(at(7)));
    let said = PlannedTrip { words: vec![word(safe(1), 9)], ..newer };
    assert_eq!(counted(vec![trip(2, 1), said], Vec::new()).as_of, Some(at(9)));
    assert_eq!(counted(Vec::new(), vec![alone(3, word(safe(1), NOW))]).as_of, Some(at(NOW)));
}

#[test]
fn whoever_is_there_by_their_own_word_is_counted_by_it() {
    let told = Told { safe: 1, need_help: 2, stranded: 4, left: 8 };
    let count = counted(vec![trip(1, 3)], vec![alone(2, word(told, NOW))]);
    assert_eq!((count.people, count.need_help, count.stranded, count.safe), (3 + 7, 2, 4, 1));
    assert_eq!((count.trips, count.need_help_without_trip), (1, 2));
}

#[test]
fn whoever_is_there_by_a_trip_is_not_counted_again_by_their_word() {
    let count = counted(vec![trip(1, 3)], vec![alone(1, word(need_help(2), NOW))]);
    assert_eq!((count.people, count.need_help, count.need_help_without_trip), (3, 2, 2));
}

#[test]
fn a_word_from_elsewhere_answers_the_one_from_here() {
    let elsewhere = UnplannedWord { here: false, ..alone(1, word(safe(1), NOW)) };
    let count = counted(Vec::new(), vec![alone(1, word(need_help(1), NOW - 1)), elsewhere]);
    assert_eq!((count.people, count.need_help, count.safe), (0, 0, 0));
    // a cry from elsewhere stands over a later word from here that came in before it
    let cry = Word { told: need_help(1), at: at(NOW - 2), received_at: at(NOW) };
    let early = Word { told: safe(1), at: at(NOW - 1), received_at: at(NOW - 1) };
    let count = counted(Vec::new(), vec![UnplannedWord { here: false, ..alone(1, cry) }, alone(1, early)]);
    assert_eq!((count.people, count.need_help, count.safe), (0, 0, 0));
}

#[test]
fn a_word_alone_says_that_somebody_is_there_for_a_day_and_a_cry_for_ninety() {
    let people =
        |told, said: Timestamp| counted(Vec::new(), vec![alone(1, Word { told, at: said, received_at: said })]).people;
    let (now, moment) = (at(NOW), SignedDuration::from_nanos(1));
    let day = SignedDuration::from_hours(24);
    assert_eq!(people(safe(2), now - day), 2);
    assert_eq!(people(safe(2), now - day - moment), 0);
    for told in [need_help(2), stranded(2)] {
        assert_eq!(people(told, now - day - moment), 2);
        assert_eq!(people(told, now - day * 90), 2);
        assert_eq!(people(told, now - day * 90 - moment), 0);
    }
    assert_eq!(people(need_help(2), now + moment), 0, "not before it was said");
    assert_eq!(people(need_help(2), now), 2);
}

#[test]
fn beyond_a_party_the_people_of_one_device_stand_apart() {
    let party = PARTY as u16;
    for (first, second, expected) in
        [(party, 0, (20, 0)), (party - 1, 1, (20, 0)), (party, 1, (20, 1)), (1, 60, (20, 41))]
    {
        let count = counted(vec![trip(1, first), trip(1, second)], Vec::new());
        assert_eq!((count.people, count.beyond_party), expected, "{first} {second}");
    }
    let two = counted(vec![trip(1, party), trip(2, party + 5)], vec![alone(3, word(safe(30), NOW))]);
    assert_eq!((two.people, two.beyond_party), (60, 15));
}

#[test]
fn a_check_in_tells_how_many_are_how_and_whom_this_reader_does_not_know_needs_help() {
    use CheckInStatus::{Left, NeedHelp, Other, Safe, Stranded};
    let told = |people: &[(CheckInStatus, u16)]| {
        let people = people.iter().copied().collect();
        let (trip, country, airport, sealed) = (None, None, None, None);
        Told::from(&CheckIn { version: 1, people, trip, country, airport, at: at(0), sealed })
    };
    let all = told(&[(Safe, 1), (NeedHelp, 2), (Other, 4), (Stranded, 8), (Left, 16)]);
    assert_eq!(all, Told { safe: 1, need_help: 6, stranded: 8, left: 16 });
    assert_eq!(told(&[(NeedHelp, u16::MAX), (Other, 1)]), need_help(u16::MAX), "and never fewer");
}

#[test]
fn every_figure_has_one_party_of_a_device_and_no_more() {
    let told = Told { safe: 25, need_help: 30, stranded: 40, left: 0 };
    let crowd = PlannedTrip { words: vec![word(told, 1)], ..trip(1, 500) };
    let gone = ended(50, at(NOW - 1));
    let count = counted(vec![crowd, gone], vec![alone(2, word(need_help(21), NOW))]);
    assert_eq!((count.people, count.overdue, count.safe), (40, 20, 20));
    assert_eq!((count.need_help, count.stranded, count.need_help_without_trip), (40, 20, 20));
    assert_eq!(count.beyond_party, 480 + 30 + 1);
}

#[test]
fn a_cry_is_answered_by_a_word_said_after_it_that_did_not_come_in_before_it() {
    let said = |told, said, received| Word { told, at: at(said), received_at: at(received) };
    let cry = said(need_help(1), 10, 20);
    for (answer, answers) in [
        (said(safe(1), 11, 21), true),
        (said(safe(1), 11, 20), true),
        (said(safe(1), 11, 19), false),
        (said(safe(1), 10, 21), false),
        (said(safe(1), 9, 21), false),
    ] {
        assert_eq!(answer.answers(&cry), answers, "{answer:?}");
        let stands = standing([cry, answer].iter()).copied();
        assert_eq!(stands, Some(if answers { answer } else { cry }));
    }
    assert_eq!(standing([].iter()), None);
}

#[test]
fn nothing_was_said_after_it_arrived() {
    let ahead = Word { told: safe(1), at: at(50), received_at: at(10) };
    assert_eq!(ahead.said_at(), at(10));
    let behind = Word { at: at(5), ..ahead };
    assert_eq!(behind.said_at(), at(5));
}

fn any_word() -> impl Strategy<Value = Word> {
    (0_u16..3, 0_u16..2, 0_u16..2, 0_u16..2, 0_i64..8, 0_i64..8).prop_map(
        |(safe, need_help, stranded, left, said, came)| Word {
            told: Told { safe, need_help, stranded, left },
            at: at(said),
            received_at: at(came),
        },
    )
}

fn any_trip() -> impl Strategy<Value = PlannedTrip> {
    let words = prop::collection::vec(any_word(), 0..4);
    (0_i64..3, 0_u16..30, any::<bool>(), prop::option::of(0_i64..12), words).prop_map(
        |(device, people, present, end, words)| PlannedTrip {
            device,
            people,
            received_at: at(0),
            present,
            ends_there: end.map(at),
            words,
        },
    )
}

fn any_unplanned() -> impl Strategy<Value = UnplannedWord> {
    (0_i64..4, any::<bool>(), any_word()).prop_map(|(device, here, word)| UnplannedWord { device, here, word })
}

proptest! {
    #[test]
    fn a_cry_that_nothing_answers_stands_whatever_else_was_said(words in prop::collection::vec(any_word(), 1..6)) {
        let stands = standing(words.iter()).unwrap();
        let cries = |word: &&Word| word.told.need_help > 0;
        let unanswered = words.iter().filter(cries).any(|cry| !words.iter().any(|word| word.answers(cry)));
        prop_assert_eq!(cries(&stands), unanswered);
        if !unanswered {
            prop_assert!(words.iter().all(|word| word.said_at() <= stands.said_at()));
        }
    }

    #[test]
    fn the_order_in_which_records_come_changes_no_count(
        trips in prop::collection::vec(any_trip(), 0..5), words in prop::collection::vec(any_unplanned(), 0..6),
    ) {
        let once = tally(trips.clone(), words.clone(), at(6));
        let backwards = |words: Vec<_>| words.into_iter().rev().collect::<Vec<_>>();
        // words of one moment may be told in any order; one of them counts
        let moments: std::collections::BTreeSet<_> = words.iter().map(|word| (word.device, word.word.said_at(), word.word.received_at)).collect();
        prop_assume!(moments.len() == words.len());
        prop_assert_eq!(tally(trips.into_iter().rev(), backwards(words), at(6)), once);
    }

    #[test]
    fn nobody_is_counted_who_is_in_no_record(
        trips in prop::collection::vec(any_trip(), 0..5), words in prop::collection::vec(any_unplanned(), 0..6),
    ) {
        let count = tally(trips.clone(), words.clone(), at(6));
        let planned: u64 = trips.iter().map(|trip| u64::from(trip.people)).sum();
        let said: u64 = words.iter().map(|word| word.word.told).map(|told| u64::from(told.safe + told.need_help + told.stranded)).sum();
        prop_assert!(count.people + count.beyond_party + count.overdue <= planned + said);
        prop_assert!(count.safe + count.need_help + count.stranded <= planned + said);
        prop_assert!(count.need_help_without_trip <= count.need_help);
        prop_assert!(count.trips <= trips.len() as u64);
    }
}
