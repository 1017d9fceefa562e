//! A list that is brought beside the one that is there: who is new, and who is on it already.

use contract::record::Person;
use serde::Serialize;
use ts_rs::TS;

use super::{named::add, same::sounds};

/// Those of a list that is brought, by what the one that is there has of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Against {
    /// Whom it lacks.
    pub new: Vec<Person>,
    /// Who is on it already, as they would be with what is new of them.
    pub changed: Vec<Person>,
    /// How many more are on it, as they are brought.
    pub known: u16,
}

/// What makes one who is brought one who is there, the surest first: of two of one name each is one.
const SURE: [fn(&Person, &Person) -> bool; 3] = [
    |one, other| !one.phone.is_empty() && one.phone == other.phone,
    |one, other| one.group == other.group && one.room == other.room,
    |_, _| true,
];

/// Who is brought and has a name of the list is on it, under another phone or in another bus too.
pub fn against(listed: &[Person], brought: Vec<Person>) -> Against {
    let mut free: Vec<(String, &Person)> = listed.iter().map(|person| (sounds(&person.name), person)).collect();
    let names: Vec<String> = brought.iter().map(|person| sounds(&person.name)).collect();
    let mut is_of: Vec<Option<&Person>> = vec![None; brought.len()];
    for is_sure in SURE {
        for ((person, name), found) in brought.iter().zip(&names).zip(&mut is_of).filter(|(_, found)| found.is_none()) {
            let at = free.iter().position(|(other, listed)| other == name && is_sure(person, listed));
            *found = at.map(|at| free.remove(at).1);
        }
    }
    let mut against = Against::default();
    for (person, found) in brought.into_iter().zip(is_of) {
        match found.map(|listed| (listed, with(listed, &person))) {
            None => against.new.push(person),
            Some((listed, after)) if after != *listed => against.changed.push(after),
            Some(_) => against.known += 1,
        }
    }
    against
}

/// The same with what another list says of them; what it leaves out stays.
fn with(listed: &Person, brought: &Person) -> Person {
    let mut person = Person { number: listed.number, name: listed.name.clone(), ..brought.clone() };
    add(&mut person, listed.clone());
    person
}
