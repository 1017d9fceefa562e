//! What every kind of file is read into.

use contract::place::{CountryCode, Position};
use serde::Serialize;
use ts_rs::TS;

use super::when::When;

/// Longer names are cut.
const MOST_LETTERS: usize = 100;

/// What a file holds.
#[derive(Debug, Default)]
pub struct Found {
    pub reservations: Vec<Reservation>,
    pub notes: Vec<Note>,
}

impl Found {
    pub fn note(&mut self, code: NoteCode, about: impl Into<String>) {
        self.notes.push(Note { code, about: about.into() });
    }

    pub fn add(&mut self, other: Self) {
        self.reservations.extend(other.reservations);
        self.notes.extend(other.notes);
    }
}

#[derive(Debug, Clone)]
pub enum Reservation {
    Flight(Ride),
    /// By train, bus or boat.
    Overland(Ride),
    Lodging(Lodging),
}

#[derive(Debug, Clone)]
pub struct Ride {
    /// `QR 391`, `TGV 5186`; empty where the file names none.
    pub name: String,
    pub from: Spot,
    pub to: Spot,
    pub departs: When,
    pub arrives: Option<When>,
    /// One pass leads on from where it ends: planes are changed there, over midnight too.
    pub goes_on: bool,
}

#[derive(Debug, Clone)]
pub struct Lodging {
    /// Its name, street and town: the atlas may not have the town.
    pub address: String,
    pub place: Spot,
    pub from: When,
    pub until: When,
}

/// A place as a file tells of it: what is not told is empty.
#[derive(Debug, Clone, Default)]
pub struct Spot {
    /// IATA, as written.
    pub airport: Option<String>,
    /// Of a station, a town.
    pub name: String,
    pub country: Option<CountryCode>,
    pub position: Option<Position>,
}

/// What the traveller is told of a file beside the legs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "ImportNote")]
pub struct Note {
    /// What it is.
    pub code: NoteCode,
    /// Of which part of the file: a flight, a code, a name.
    pub about: String,
}

impl Note {
    /// As long as a person reads: a file may name a thing by ten thousand letters.
    pub(super) fn shortened(self) -> Self {
        match self.about.char_indices().nth(MOST_LETTERS) {
            Some((end, _)) => Self { about: format!("{}…", &self.about[..end]), ..self },
            None => self,
        }
    }
}

/// Each is said in words by who shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ImportNoteCode")]
pub enum NoteCode {
    /// It was called off: no leg.
    Cancelled,
    /// The way home: it ends the trip, and is no leg.
    WayHome,
    /// By train, bus or boat: the leg is there, and what brings them there is not kept.
    ByLand,
    /// No airport of the atlas has this code: the leg is there, its country is asked for.
    UnknownAirport,
    /// The leg is there, its country is asked for.
    UnknownCountry,
    /// Planes are changed at a time that the file does not say.
    TimeUnknown,
    /// The file says no arrival: it is taken for the day of departure.
    ArrivalUnknown,
    /// The file says no year: the one that fits best was taken.
    YearGuessed,
    /// The next journey begins elsewhere: how long this stay lasts is asked for.
    EndUnknown,
    /// Made out of the text of a ticket, which was written for people.
    FromText,
    /// A part without what a leg needs.
    NotUnderstood,
    /// A file inside a mail that nothing is read of.
    NotRead,
    /// A reservation of something that is no leg, as a table or a car.
    NotALeg,
    /// Entries of a calendar that are no journey, and how many.
    OtherEntries,
    /// More legs than a trip may have.
    TooManyLegs,
}
