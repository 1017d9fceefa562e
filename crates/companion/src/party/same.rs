//! Who may be on the list twice. It is proposed, and never decided here.

use std::collections::BTreeMap;

use atlas::typing::{fold, sound};
use contract::record::Person;

use super::named::Party;

/// Those who share a name or a phone and were not said to be two, by number: each list is perhaps one person.
pub fn same(party: &Party) -> Vec<Vec<u16>> {
    let mut heads: BTreeMap<u16, u16> = party.people.iter().map(|person| (person.number, person.number)).collect();
    let pairs = pairs(&party.people, |person| sounds(&person.name))
        .chain(pairs(&party.people, |person| person.phone.clone()))
        .filter(|pair| !party.apart.contains(pair));
    for (one, other) in pairs {
        let (one, other) = (head(&heads, one), head(&heads, other));
        heads.insert(one.max(other), one.min(other));
    }
    let mut found: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
    for person in &party.people {
        found.entry(head(&heads, person.number)).or_default().push(person.number);
    }
    found.into_values().filter(|numbers| numbers.len() > 1).collect()
}

fn head(heads: &BTreeMap<u16, u16>, number: u16) -> u16 {
    match heads.get(&number) {
        Some(head) if *head != number => self::head(heads, *head),
        Some(_) | None => number,
    }
}

/// Everybody who shares a text, two by two, the smaller number first.
fn pairs(people: &[Person], text: impl Fn(&Person) -> String) -> impl Iterator<Item = (u16, u16)> {
    let mut sharing: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for person in people {
        sharing.entry(text(person)).or_default().push(person.number);
    }
    sharing.remove("");
    sharing.into_values().flat_map(|mut numbers| {
        numbers.sort_unstable();
        let all = numbers.clone();
        numbers.into_iter().enumerate().flat_map(move |(at, one)| {
            let others: Vec<_> = all[at + 1..].iter().map(|other| (one, *other)).collect();
            others
        })
    })
}

/// A name as it sounds, whatever its letters and the order of its words.
fn sounds(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<String> = folded.split_whitespace().map(sound).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        // letters that have no sound here
        return name.to_lowercase();
    }
    words.sort_unstable();
    words.join(" ")
}
