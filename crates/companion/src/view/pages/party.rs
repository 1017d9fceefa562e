//! The party of a trip: its list, what waits to be corrected, and the roll.

use contract::{ids::TripId, place::CountryCode, record::Kind};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    party::{self, FaultyRow, InRoll, Party, UnreadRow},
    store::{Delivery, Roll},
    view::check_ins::{StatusCount, by_status},
};

/// The party of a trip.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PartyPage {
    /// As it is kept.
    pub party: Party,
    /// What waits to be corrected, and why.
    pub faulty: Vec<FaultyRow>,
    /// How many travel, by the trip.
    pub travel: u16,
    /// Who is perhaps one person, by number.
    pub same: Vec<Vec<u16>>,
    /// Everybody, the missing first.
    pub roll: Vec<InRoll>,
    /// Since when the roll is called.
    #[ts(type = "string | null")]
    pub roll_begun_at: Option<Timestamp>,
    /// How many are how, of those who were seen.
    pub counted: Vec<StatusCount>,
    /// How many are missing.
    pub missing: u16,
    /// The latest word, where it is of this trip and was said since.
    pub told: Option<ToldWord>,
}

/// What the ministry is told of a party.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ToldWord {
    /// When it was said.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// How many are how.
    pub people: Vec<StatusCount>,
    /// How far it is on its way to the ministry.
    pub delivery: Delivery,
}

impl PartyPage {
    /// Of a list and its roll, without what the trip says.
    pub fn of(party: Party, unread: Vec<UnreadRow>, roll: &Roll, home: CountryCode) -> Self {
        let rows = party::roll(&party, roll);
        let (counted, missing) = party::counted(&party, &rows);
        Self {
            faulty: unread.into_iter().map(|row| FaultyRow::of(row, home)).collect(),
            travel: 0,
            same: party::same(&party),
            roll: rows,
            roll_begun_at: roll.begun_at,
            counted: by_status(&counted),
            missing,
            told: None,
            party,
        }
    }

    /// The same on its trip; `None` where there is no such one.
    pub fn on(self, facts: &Facts, id: TripId) -> Option<Self> {
        let travel = facts.trip(id)?.people;
        let told = told(facts, id, self.roll_begun_at);
        Some(Self { travel, told, ..self })
    }
}

fn told(facts: &Facts, id: TripId, begun_at: Option<Timestamp>) -> Option<ToldWord> {
    let word = facts.latest_check_in.as_ref().filter(|word| word.trip == Some(id))?;
    let since = begun_at.filter(|since| word.at >= *since);
    since.map(|_| ToldWord {
        at: word.at,
        people: by_status(&word.people),
        delivery: facts.delivery(Kind::CheckIn, &word.id.to_string()),
    })
}
