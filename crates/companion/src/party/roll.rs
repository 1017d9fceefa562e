//! The roll: who is missing, who is here and who needs help, by what was seen and said.

use std::collections::{BTreeMap, BTreeSet};

use contract::record::{CheckInStatus, PeopleByStatus};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use ts_rs::TS;

use super::{named::Party, same::counted_as_one};
use crate::store::{BEFORE_ROLLS, CheckIn, Roll, Sighting};

/// How one of the party stands in the roll that is called now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InRoll {
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

/// Everybody, the missing first, then who needs help; within each by bus and room, as they stand on the list. A cry that
/// nobody answered is carried from roll to roll.
pub fn roll(party: &Party, roll: &Roll) -> Vec<InRoll> {
    let of = by_person(roll);
    let in_roll = |number: u16| {
        let words = of.get(&number).map_or(&[][..], Vec::as_slice);
        let now = || words.iter().copied().filter(|word| word.roll == roll.number && word.roll > BEFORE_ROLLS);
        let own = || now().rfind(|word| word.own);
        let stands = cry(words).or_else(own).or_else(|| now().next_back());
        let seen = words.last().map(|word| Seen { at: word.at, by: word.by.clone(), own: word.own });
        InRoll { number, status: stands.map(|word| word.status), own: stands.is_some_and(|word| word.own), seen }
    };
    let mut rows: Vec<_> = party.people.iter().map(|person| (person, in_roll(person.number))).collect();
    rows.sort_by_key(|(person, row)| (urgency(row.status), &person.group, &person.room));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// So many of `all` are as somebody says of all of them. Once a roll is called nothing is said of whoever was not seen at
/// it, on the list or not, and nobody's cry is taken back for them. Where the list cannot be read, each number is another.
pub fn said_of_all(party: Option<&Party>, called: &Roll, status: CheckInStatus, all: u16) -> PeopleByStatus {
    let (seen, cries) = match party {
        Some(party) => {
            let (counted, missing) = counted(party, &roll(party, called));
            let seen = counted.values().sum::<u16>();
            (
                if called.is_called() { seen } else { all.max(seen.saturating_add(how_many(&missing))) },
                in_need(&counted),
            )
        }
        None => {
            let (cries, seen) = (cries(called), seen(called));
            let seen = u16::try_from(seen.union(&cries).count()).unwrap_or(all);
            (if called.is_called() { seen } else { all }, u16::try_from(cries.len()).unwrap_or(all).min(all))
        }
    };
    let each = [(status, seen.saturating_sub(cries)), (CheckInStatus::NeedHelp, cries)];
    each.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// The same, where so many are in need at least: the others are as many fewer.
pub fn with_in_need(mut people: PeopleByStatus, at_least: u16) -> PeopleByStatus {
    let mut lacking = at_least.saturating_sub(in_need(&people));
    if lacking > 0 {
        *people.entry(CheckInStatus::NeedHelp).or_default() += lacking;
        for (_, count) in people.iter_mut().filter(|(status, _)| !status.asks_for_help()) {
            let fewer = lacking.min(*count);
            (*count, lacking) = (*count - fewer, lacking - fewer);
        }
        people.retain(|_, count| *count > 0);
    }
    people
}

/// How many ask for help.
pub fn in_need(people: &PeopleByStatus) -> u16 {
    people.iter().filter(|(status, _)| status.asks_for_help()).map(|(_, count)| count).sum()
}

/// Who was seen at the roll that is called now, by number.
fn seen(roll: &Roll) -> BTreeSet<u16> {
    roll.sightings.iter().filter(|word| word.roll == roll.number).map(|word| word.person).collect()
}

/// Whose cry nobody answered and somebody else told, by number: whoever cried themselves takes it back themselves.
pub fn told_cries(roll: &Roll) -> BTreeSet<u16> {
    let told = |words: &[&Sighting]| cry(words).is_some_and(|cry| !cry.own);
    by_person(roll).into_iter().filter(|(_, words)| told(words)).map(|(person, _)| person).collect()
}

/// Whose cry nobody answered, by number; known without the list.
pub fn cries(roll: &Roll) -> BTreeSet<u16> {
    by_person(roll).into_iter().filter(|(_, words)| cry(words).is_some()).map(|(person, _)| person).collect()
}

/// Whose cry was answered, or whose place at the roll changed, with a word of all, and by nothing said since, by number.
pub fn changed_by(roll: &Roll, said: &CheckIn) -> BTreeSet<u16> {
    // noted just before the word was said, by another look at the clock
    let is_of_it =
        |word: &Sighting| said.people.contains_key(&word.status) && said.at.duration_since(word.at).abs() < A_MOMENT;
    let is_changed = |words: &[&Sighting]| match words {
        [.., cry, over] if cry.status.asks_for_help() => !cry.own && !over.own && is_of_it(over),
        [.., before, now] => before.status != now.status && is_of_it(now),
        _ => false,
    };
    by_person(roll).into_iter().filter(|(_, words)| is_changed(words)).map(|(person, _)| person).collect()
}

const A_MOMENT: SignedDuration = SignedDuration::from_secs(2);

fn by_person(roll: &Roll) -> BTreeMap<u16, Vec<&Sighting>> {
    let mut of: BTreeMap<u16, Vec<&Sighting>> = BTreeMap::new();
    for sighting in &roll.sightings {
        of.entry(sighting.person).or_default().push(sighting);
    }
    of
}

fn urgency(status: Option<CheckInStatus>) -> u8 {
    match status {
        None => 0,
        Some(status) if status.asks_for_help() => 1,
        Some(_) => 2,
    }
}

/// Of one person's words, the latest last, the cry that no later word answers: their own is answered by themselves alone,
/// another's by anybody.
fn cry<'a>(words: &[&'a Sighting]) -> Option<&'a Sighting> {
    let asks = |word: &Sighting| word.status.asks_for_help();
    let is_answered = |cry: &Sighting, later: &[&Sighting]| later.iter().any(|word| !asks(word) && word.own >= cry.own);
    let cries = words.iter().enumerate().filter(|(at, word)| asks(word) && !is_answered(word, &words[at + 1..]));
    cries.map(|(_, word)| *word).next_back()
}

/// How many are how, and who is missing, by number, the lowest first. Who counts as one is one, and asks for help where
/// either does.
pub fn counted(party: &Party, rows: &[InRoll]) -> (PeopleByStatus, Vec<u16>) {
    let status = |number: &u16| rows.iter().find(|row| row.number == *number).and_then(|row| row.status);
    let (mut people, mut missing) = (PeopleByStatus::new(), Vec::new());
    for numbers in counted_as_one(party) {
        match numbers.iter().filter_map(status).min_by_key(|status| urgency(Some(*status))) {
            Some(status) => *people.entry(status).or_default() += 1,
            None => missing.extend(numbers.into_iter().min()),
        }
    }
    missing.sort_unstable();
    (people, missing)
}

/// Of those numbers the lowest of each: who counts as one is one.
pub fn each_as_one(party: &Party, numbers: &BTreeSet<u16>) -> BTreeSet<u16> {
    let lowest = |same: Vec<u16>| same.into_iter().filter(|number| numbers.contains(number)).min();
    counted_as_one(party).into_iter().filter_map(lowest).collect()
}

/// How many those are; a list has no more than a trip may have.
pub fn how_many(numbers: &[u16]) -> u16 {
    u16::try_from(numbers.len()).unwrap_or(u16::MAX)
}
