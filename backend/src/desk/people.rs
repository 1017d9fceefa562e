//! Who is known here: people of cases, and people of registered trips. Only in memory, and opened anew when it is needed.

use std::collections::HashMap;

use contract::{
    ids::{DeviceId, TripId},
    record::{Kind, PlainLeg, PrivateTrip, Trip},
    words::{Lang, Tag},
};
use serde::Deserialize;

use super::{
    alike::{Agreement, Description, compare},
    casework::{Reading, Result, joins::Joins},
    folder::ConsularKeys,
    mirror::{Mirror, MirrorError},
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
    version: u32,
    device: DeviceId,
    is_open: bool,
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
            let content = open(of_trip(held), keys).content;
            // one that does not open, or of another shape, names nobody: its case says that it is shut
            let private = content.and_then(|content| PrivateTrip::deserialize(content).ok());
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
        let known = reading.versions_of_cases()?;
        self.cases.retain(|number, case| known.get(number).is_some_and(|(version, _, _)| *version == case.version));
        for (number, (version, device, is_open)) in known {
            if self.cases.contains_key(&number) {
                continue;
            }
            let person = reading.description(number)?;
            self.cases.insert(number, OfCase { version, device, is_open, person });
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
        for (number, case) in self.cases.iter().filter(|(number, case)| case.is_open && Some(**number) != but) {
            let (who, agreement) = (Who::Case(self.joins.root(*number)), compare(said, &case.person));
            add(Found { who, device: case.device, agreement, person: case.person.clone() });
        }
        let open = self.open_cases_by_device(but);
        for (id, (_, travellers)) in &self.trips {
            let device = travellers.device;
            let who = match (open.get(&device), id.parse()) {
                (Some(number), _) => Who::Case(self.joins.root(*number)),
                (None, Ok(trip)) => Who::Trip(trip),
                (None, Err(_)) => continue,
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

    /// Whose case it is that is open: of each phone the newest.
    fn open_cases_by_device(&self, but: Option<u32>) -> HashMap<DeviceId, u32> {
        let mut open = HashMap::new();
        for (number, case) in self.cases.iter().filter(|(number, case)| case.is_open && Some(**number) != but) {
            let newest = open.entry(case.device).or_insert(*number);
            *newest = (*newest).max(*number);
        }
        open
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
        if let Some((number, OfCase { device, person, .. })) = named {
            let (who, agreement) = (Who::Case(number), Agreement::default());
            found.retain(|one| one.who != who);
            found.insert(0, Found { who, device: *device, agreement, person: person.clone() });
        }
        found
    }
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
