//! The roll: who is missing, who is here and who needs help, by what was seen and said.

use std::collections::BTreeMap;

use contract::record::{CheckInStatus, PeopleByStatus};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use super::{named::Party, same};
use crate::store::{Roll, Sighting};

/// How one of the party stands in the roll that is called now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Called {
    /// Of the person.
    pub number: u16,
    /// Absent where they are missing.
    pub status: Option<CheckInStatus>,
    /// By their own word.
    pub own: bool,
    /// The last time, in any roll.
    pub seen: Option<Seen>,
}

/// When somebody was seen last, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Seen {
    /// When.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// As who called the roll calls themselves; empty where they did not say.
    pub by: String,
    /// They said so themselves.
    pub own: bool,
}

/// Everybody, the missing first, then who needs help; within each by bus or room, as they stand on the list.
pub fn roll(party: &Party, roll: &Roll) -> Vec<Called> {
    let mut of: BTreeMap<u16, Vec<&Sighting>> = BTreeMap::new();
    for sighting in &roll.sightings {
        of.entry(sighting.person).or_default().push(sighting);
    }
    let called = |number: u16| {
        let words = of.get(&number).map_or(&[][..], Vec::as_slice);
        let now: Vec<&Sighting> = words.iter().copied().filter(|word| word.roll == roll.number).collect();
        let stands = stands(&now);
        let seen = words.last().map(|word| Seen { at: word.at, by: word.by.clone(), own: word.own });
        Called { number, status: stands.map(|word| word.status), own: stands.is_some_and(|word| word.own), seen }
    };
    let mut rows: Vec<_> = party.people.iter().map(|person| (&person.group, called(person.number))).collect();
    rows.sort_by_key(|(group, called)| (urgency(called.status), *group));
    rows.into_iter().map(|(_, called)| called).collect()
}

fn urgency(status: Option<CheckInStatus>) -> u8 {
    match status {
        None => 0,
        Some(status) if status.asks_for_help() => 1,
        Some(_) => 2,
    }
}

/// Of one person's words, the latest last: a cry stands until a word that is worth as much answers it; else their own word
/// outranks whatever others say, and the latest speaks.
fn stands<'a>(words: &[&'a Sighting]) -> Option<&'a Sighting> {
    let asks = |word: &Sighting| word.status.asks_for_help();
    let is_answered = |cry: &Sighting, later: &[&Sighting]| later.iter().any(|word| !asks(word) && word.own >= cry.own);
    let cries = words.iter().enumerate().filter(|(at, word)| asks(word) && !is_answered(word, &words[at + 1..]));
    let cry = cries.map(|(_, word)| *word).next_back();
    let own = || words.iter().rev().find(|word| word.own).copied();
    cry.or_else(own).or_else(|| words.last().copied())
}

/// How many are how, and how many are missing. Who is perhaps one person is one until somebody says otherwise, and asks
/// for help where either does.
pub fn counted(party: &Party, rows: &[Called]) -> (PeopleByStatus, u16) {
    let status = |number: &u16| rows.iter().find(|row| row.number == *number).and_then(|row| row.status);
    let mut perhaps = same(party);
    let alone = |number: &u16| !perhaps.iter().any(|numbers| numbers.contains(number));
    let alone: Vec<_> = party.people.iter().map(|person| person.number).filter(alone).map(|one| vec![one]).collect();
    perhaps.extend(alone);
    let mut people = PeopleByStatus::new();
    let mut missing = 0;
    for numbers in perhaps {
        match numbers.iter().filter_map(status).min_by_key(|status| urgency(Some(*status))) {
            Some(status) => *people.entry(status).or_default() += 1,
            None => missing += 1,
        }
    }
    (people, missing)
}
