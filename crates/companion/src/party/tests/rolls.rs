//! Who is missing, here or in need, by what was seen and said.

use contract::record::{
    CheckInStatus::{self, NeedHelp, Safe},
    Person,
};
use proptest::prelude::*;
use testkit::at;

use super::super::{InRoll, Party, counted, cries, roll};
use crate::store::{Roll, Sighting};

fn party(groups: &[&str]) -> Party {
    const NAMES: [&str; 12] = [
        "Aibek", "Marat", "Erlan", "Dana", "Ulzhan", "Timur", "Zarina", "Bolat", "Gulnar", "Ivan", "Sholpan", "Ruslan",
    ];
    let person = |(number, group): (u16, &&str)| Person {
        number,
        name: NAMES[usize::from(number) - 1].into(),
        group: (*group).to_owned(),
        ..Person::default()
    };
    Party { people: (1..).zip(groups).map(person).collect(), ..Party::default() }
}

fn seen(person: u16, roll: u32, status: CheckInStatus, own: bool) -> Sighting {
    Sighting { person, roll, status, own, at: at("2026-03-01T12:00:00Z"), by: "bus 2".into() }
}

fn called(number: u32, sightings: Vec<Sighting>) -> Roll {
    Roll { number, begun_at: Some(at("2026-03-01T12:00:00Z")), sightings }
}

fn status(words: &[(CheckInStatus, bool)]) -> Option<CheckInStatus> {
    let sightings = words.iter().map(|(status, own)| seen(1, 1, *status, *own)).collect();
    roll(&party(&[""]), &called(1, sightings))[0].status
}

#[test]
fn the_missing_stand_first_then_who_needs_help_and_each_by_their_bus() {
    let party = party(&["2", "1", "2", "1", "1"]);
    let rows =
        roll(&party, &called(2, vec![seen(1, 2, Safe, false), seen(2, 2, NeedHelp, false), seen(3, 1, Safe, false)]));
    let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [4, 5, 3, 2, 1]);
    let third = &rows[2];
    assert_eq!(third.status, None, "who was seen at the roll before is missing at this one");
    assert_eq!(third.seen.as_ref().map(|seen| seen.by.as_str()), Some("bus 2"), "and was seen then");
}

#[test]
fn their_own_word_outranks_and_a_cry_stands_until_it_is_answered_by_as_much() {
    let (own, guide) = (true, false);
    assert_eq!(status(&[]), None);
    assert_eq!(status(&[(Safe, guide)]), Some(Safe));
    assert_eq!(status(&[(NeedHelp, own), (Safe, guide)]), Some(NeedHelp), "nobody takes their cry back for them");
    assert_eq!(status(&[(NeedHelp, own), (Safe, own)]), Some(Safe));
    assert_eq!(status(&[(NeedHelp, guide), (Safe, guide)]), Some(Safe));
    assert_eq!(status(&[(NeedHelp, guide), (Safe, own)]), Some(Safe));
    assert_eq!(status(&[(Safe, own), (NeedHelp, guide)]), Some(NeedHelp), "a later cry is heard from anybody");
}

#[test]
fn a_cry_that_nobody_answered_is_carried_into_the_next_roll() {
    let party = party(&["", ""]);
    let before = vec![seen(1, 1, NeedHelp, false), seen(2, 1, Safe, false)];
    let now = called(2, before.clone());
    assert_eq!(roll(&party, &now)[0].status, None, "who was here then is missing now");
    assert_eq!(roll(&party, &now)[1].status, Some(NeedHelp));
    assert_eq!(counted(&party, &roll(&party, &now)), ([(NeedHelp, 1)].into(), vec![2]));
    assert_eq!(cries(&now), [1].into());
    let answered = called(2, [before, vec![seen(1, 2, Safe, false)]].concat());
    assert_eq!(cries(&answered), [].into());
}

#[test]
fn who_is_perhaps_one_person_is_counted_once() {
    let mut party = party(&["", "", ""]);
    party.people[1].name = party.people[0].name.clone();
    let count = |party: &Party, sightings: Vec<Sighting>| counted(party, &roll(party, &called(1, sightings)));
    assert_eq!(count(&party, vec![seen(1, 1, Safe, false), seen(2, 1, Safe, false)]), ([(Safe, 1)].into(), vec![3]));
    let one_cries = vec![seen(1, 1, NeedHelp, false), seen(2, 1, Safe, false)];
    assert_eq!(count(&party, one_cries.clone()), ([(NeedHelp, 1)].into(), vec![3]), "and the cry is not lost");
    party.part(&[1, 2]);
    assert_eq!(count(&party, one_cries), ([(NeedHelp, 1), (Safe, 1)].into(), vec![3]));
}

proptest! {
    #[test]
    fn everybody_is_in_the_roll_once_and_counted_at_most_once(
        people in 1_usize..12,
        words in prop::collection::vec((1_u16..14, 0_u32..3, any::<bool>(), any::<bool>()), 0..40),
    ) {
        let party = party(&vec![""; people]);
        let sightings = words.into_iter().map(|(person, number, help, own)| {
            seen(person, number, if help { NeedHelp } else { Safe }, own)
        });
        let rows = roll(&party, &called(2, sightings.collect()));
        let mut numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
        let rank = |row: &InRoll| match row.status { None => 0, Some(NeedHelp) => 1, Some(_) => 2 };
        prop_assert!(rows.windows(2).all(|pair| rank(&pair[0]) <= rank(&pair[1])));
        numbers.sort_unstable();
        prop_assert_eq!(numbers, party.people.iter().map(|one| one.number).collect::<Vec<_>>());
        let (told, missing) = counted(&party, &rows);
        prop_assert_eq!(usize::from(told.values().sum::<u16>()) + missing.len(), people);
    }
}
