//! Who may be on the list twice. It is proposed, and never decided here.

use std::collections::{BTreeMap, BTreeSet};

use atlas::typing::{fold, sound};
use contract::record::Person;

use super::named::Party;

/// Those who share a name or a phone and were not said to be others, by number: each list is perhaps one person.
pub fn same(party: &Party) -> Vec<Vec<u16>> {
    let names = Names::of(&party.people);
    let alike =
        |one: &Person, other: &Person| names.are_alike(one, other) || !one.phone.is_empty() && one.phone == other.phone;
    clusters(party, alike).into_iter().filter(|numbers| numbers.len() > 1).collect()
}

/// Everybody, those together who count as one until somebody says otherwise: they share a name, and no two buses or rooms.
/// A family has one phone, and is many.
pub fn counted_as_one(party: &Party) -> Vec<Vec<u16>> {
    let names = Names::of(&party.people);
    clusters(party, |one, other| {
        names.are_alike(one, other) && (place(one) == place(other) || names.is_in_one_place(one))
    })
}

fn clusters(party: &Party, alike: impl Fn(&Person, &Person) -> bool) -> Vec<Vec<u16>> {
    let apart: Vec<BTreeSet<u16>> = party.apart.iter().map(|numbers| numbers.iter().copied().collect()).collect();
    let are_apart =
        |one: u16, other: u16| apart.iter().any(|numbers| numbers.contains(&one) && numbers.contains(&other));
    // of each, the first that it is one with
    let mut heads: Vec<usize> = (0..party.people.len()).collect();
    for (at, other) in party.people.iter().enumerate() {
        for (before, one) in party.people.iter().enumerate().take(at) {
            if alike(one, other) && !are_apart(one.number, other.number) {
                let (from, to) = (heads[at].max(heads[before]), heads[at].min(heads[before]));
                heads.iter_mut().filter(|head| **head == from).for_each(|head| *head = to);
            }
        }
    }
    let mut found: BTreeMap<usize, Vec<u16>> = BTreeMap::new();
    for (head, person) in heads.into_iter().zip(&party.people) {
        found.entry(head).or_default().push(person.number);
    }
    found.into_values().collect()
}

/// In which bus and room somebody is.
fn place(person: &Person) -> (String, String) {
    (person.group.clone(), person.room.clone())
}

/// How each name sounds, and in which buses and rooms it is.
struct Names {
    sounds: BTreeMap<u16, String>,
    places: BTreeMap<String, BTreeSet<(String, String)>>,
}

impl Names {
    fn of(people: &[Person]) -> Self {
        let sounds: BTreeMap<u16, String> = people.iter().map(|one| (one.number, sounds(&one.name))).collect();
        let mut places: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        for person in people.iter().filter(|person| !person.group.is_empty() || !person.room.is_empty()) {
            if let Some(sound) = sounds.get(&person.number) {
                places.entry(sound.clone()).or_default().insert(place(person));
            }
        }
        Self { sounds, places }
    }

    fn are_alike(&self, one: &Person, other: &Person) -> bool {
        self.sounds.get(&one.number) == self.sounds.get(&other.number)
    }

    /// Whether all of that name are in one bus and room, as far as they are in any.
    fn is_in_one_place(&self, person: &Person) -> bool {
        let places = self.sounds.get(&person.number).and_then(|sound| self.places.get(sound));
        places.is_none_or(|places| places.len() < 2)
    }
}

/// A name as it sounds, whatever its letters and the order of its words.
pub fn sounds(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<String> = folded.split_whitespace().map(sound).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        // letters that have no sound here
        return name.to_lowercase();
    }
    words.sort_unstable();
    words.join(" ")
}
