//! Who is known here: people of cases, and people of registered trips. Only in memory, and opened anew when it is needed.

use std::{collections::HashMap, hash::Hash};

use contract::{
    ids::{DeviceId, TripId},
    record::{Kind, PlainLeg, PrivateTrip, Trip},
    words::{Lang, Tag},
};
use serde::Deserialize;

use super::{
    alike::{Agreement, Description, compare},
    casework::{Reading, Result, cases::Known, joins::Joins},
    folder::ConsularKeys,
    mirror::{Held, Mirror, MirrorError},
    opening::{of_trip, open},
};

/// What is read of one registered trip.
pub struct Travellers {
    pub device: DeviceId,
    pub people: Vec<Description>,
    pub legs: Vec<PlainLeg>,
    pub language: Option<Tag>,
}

/// What is read of one case.
struct OfCase {
    known: Known,
    person: Description,
}

/// Who may be meant.
#[derive(Debug, Clone)]
pub struct Found {
    pub who: Who,
    pub device: DeviceId,
    pub agreement: Agreement,
    pub person: Description,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    Case(u32),
    /// Registered, and there is no case about them.
    Trip(TripId),
}

#[derive(Default)]
pub struct People {
    trips: HashMap<String, (i64, Travellers)>,
    cases: HashMap<u32, OfCase>,
    joins: Joins,
}

impl People {
    /// Brings it up to what is registered and what the cases say. Answers the ids of what was opened for it.
    ///
    /// # Errors
    /// Something cannot be read.
    pub fn catch_up(&mut self, reading: Reading<'_>, mirror: &Mirror, keys: &ConsularKeys) -> Result<Vec<String>> {
        self.read_cases(reading)?;
        Ok(self.read_trips(mirror, keys)?)
    }

    fn read_trips(&mut self, mirror: &Mirror, keys: &ConsularKeys) -> std::result::Result<Vec<String>, MirrorError> {
        let live = mirror.received(Kind::Trip)?;
        self.trips.retain(|id, (received, _)| live.get(id) == Some(received));
        let mut opened = Vec::new();
        for (id, received) in live {
            if self.trips.contains_key(&id) {
                continue;
            }
            let Some(held) = mirror.find::<Trip>(Kind::Trip, &id)? else { continue };
            let (device, legs) = (held.device, held.record.legs.clone());
            // one that does not open, or of another shape, names nobody: its case says that it is shut
            let private = private_of(held, keys);
            let language = private.as_ref().and_then(|trip| trip.language.clone());
            let people = private.map(people_of).unwrap_or_default();
            opened.push(id.clone());
            self.trips.insert(id, (received, Travellers { device, people, legs, language }));
        }
        opened.sort();
        Ok(opened)
    }

    fn read_cases(&mut self, reading: Reading<'_>) -> Result<()> {
        self.joins = reading.joins()?;
        let cases = reading.known_cases()?;
        self.cases.retain(|number, case| cases.get(number) == Some(&case.known));
        for (number, known) in cases {
            if self.cases.contains_key(&number) {
                continue;
            }
            let person = reading.description(number)?;
            self.cases.insert(number, OfCase { known, person });
        }
        Ok(())
    }

    /// The travellers of each registered trip.
    pub fn travellers(&self) -> impl Iterator<Item = (&str, &Travellers)> {
        self.trips.iter().map(|(id, (_, travellers))| (id.as_str(), travellers))
    }

    /// The language of who registered a trip by this phone; Kazakh where nobody has said.
    pub fn language_of(&self, device: DeviceId) -> Tag {
        let of_phone = self.travellers().filter(|(_, travellers)| travellers.device == device);
        of_phone.filter_map(|(_, travellers)| travellers.language.clone()).min().unwrap_or(Lang::Kk.into())
    }

    /// Who may be meant by what is said, the most likely first; `but` is the case that asks.
    pub fn find(&self, said: &Description, but: Option<u32>) -> Vec<Found> {
        let mut found: HashMap<Who, Found> = HashMap::new();
        let mut add = |one: Found| {
            if one.agreement.agree.is_empty() {
                return;
            }
            let best = found.entry(one.who).or_insert_with(|| one.clone());
            if best.agreement.weight() < one.agreement.weight() {
                *best = one;
            }
        };
        for (number, OfCase { known, person }) in self.open(but) {
            let (who, agreement) = (Who::Case(self.joins.root(*number)), compare(said, person));
            add(Found { who, device: known.device, agreement, person: person.clone() });
        }
        let own = but.and_then(|but| self.cases.get(&but)?.known.trip);
        let (of_trips, of_phones) =
            (self.newest_by(but, |known| known.trip), self.newest_by(but, |known| Some(known.device)));
        for (id, (_, travellers)) in &self.trips {
            let Ok(trip) = id.parse::<TripId>() else { continue };
            if own == Some(trip) {
                continue;
            }
            let device = travellers.device;
            // a trip that another phone leads by now is still the one of its case
            let who = match of_trips.get(&trip).or(of_phones.get(&device)) {
                Some(number) => Who::Case(self.joins.root(*number)),
                None => Who::Trip(trip),
            };
            for person in &travellers.people {
                add(Found { who, device, agreement: compare(said, person), person: person.clone() });
            }
        }
        let mut found: Vec<Found> = found.into_values().collect();
        if let Some(but) = but {
            // what is one with it already is no double
            found.retain(|one| one.who != Who::Case(self.joins.root(but)));
        }
        found.sort_by(|a, b| b.agreement.weight().cmp(&a.agreement.weight()).then(a.who.cmp(&b.who)));
        found
    }

    fn open(&self, but: Option<u32>) -> impl Iterator<Item = (&u32, &OfCase)> {
        self.cases.iter().filter(move |(number, case)| case.known.is_open && Some(**number) != but)
    }

    /// Of each phone, or trip, its newest open case.
    fn newest_by<K: Eq + Hash>(&self, but: Option<u32>, key: impl Fn(&Known) -> Option<K>) -> HashMap<K, u32> {
        let mut newest = HashMap::new();
        for (number, case) in self.open(but) {
            if let Some(key) = key(&case.known) {
                let held = newest.entry(key).or_insert(*number);
                *held = (*held).max(*number);
            }
        }
        newest
    }

    /// Whom the description names, by a text that an officer types: a name, a number, or the number of a case.
    pub fn search(&self, typed: &str) -> Vec<Found> {
        let said = Description {
            name: typed.to_owned(),
            number: typed.to_owned(),
            document: typed.to_owned(),
            ..Description::default()
        };
        let figures: String = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '№').collect();
        let mut found = self.find(&said, None);
        found.retain(|one| one.agreement.agree.iter().any(|fact| fact.is_own()));
        let named = figures.parse().ok().and_then(|number| Some((number, self.cases.get(&number)?)));
        if let Some((number, OfCase { known, person })) = named {
            let (who, agreement) = (Who::Case(number), Agreement::default());
            found.retain(|one| one.who != who);
            found.insert(0, Found { who, device: known.device, agreement, person: person.clone() });
        }
        found
    }
}

/// What was sealed of a trip; nothing where it does not open, or is of another shape.
fn private_of(held: Held<Trip>, keys: &ConsularKeys) -> Option<PrivateTrip> {
    open(of_trip(held), keys).content.and_then(|content| PrivateTrip::deserialize(content).ok())
}

/// The people of one trip; `None` where it does not open.
pub fn people_of_trip(held: Held<Trip>, keys: &ConsularKeys) -> Option<Vec<Description>> {
    private_of(held, keys).map(people_of)
}

/// Everybody who is named, each with the number of the trip where they have none of their own.
fn people_of(trip: PrivateTrip) -> Vec<Description> {
    let kin = trip.next_of_kin.map(|kin| kin.phone).unwrap_or_default();
    let phone = trip.phone;
    let mut people: Vec<Description> = trip
        .people
        .into_iter()
        .map(|person| Description {
            number: if person.phone.is_empty() { phone.clone() } else { person.phone },
            name: person.name,
            kin: kin.clone(),
            ..Description::default()
        })
        .collect();
    if people.is_empty() {
        people.push(Description { number: phone, kin, ..Description::default() });
    }
    people
}
