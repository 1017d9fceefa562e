//! The party of a trip: its list, what waits to be corrected, and the roll.

use std::collections::BTreeSet;

use contract::{
    ids::TripId,
    place::CountryCode,
    record::{CheckInStatus, Kind},
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    party::{self, FaultyRow, InRoll, Party, UnreadRow},
    standing,
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
    /// Some who travel are on no list, and whoever calls the roll may be one of them.
    pub may_join: bool,
    /// Who is perhaps one person, by number.
    pub same: Vec<Vec<u16>>,
    /// Everybody, the missing first.
    pub roll: Vec<InRoll>,
    /// Somebody was seen at it: whoever was not is missing.
    pub is_called: bool,
    /// Since when the roll is called.
    #[ts(type = "string | null")]
    pub roll_begun_at: Option<Timestamp>,
    /// How many are how, of those who were seen.
    pub counted: Vec<StatusCount>,
    /// Who is missing, by number, the lowest first. Who counts as one is one.
    pub missing: Vec<u16>,
    /// How many of all who travel nothing is said of: once the roll is called, whoever was not seen, on the list or not.
    pub unseen: u16,
    /// Who stands in need, and would not any more by what the roll says.
    pub over: Option<NeedOver>,
    /// The latest word, where it is of this trip and was said since.
    pub told: Option<ToldWord>,
    /// Who was said to be missing last, at whichever roll.
    pub said_missing: Option<SaidMissing>,
}

/// A need that would be over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NeedOver {
    /// Of how many.
    pub count: u16,
    /// Whose, as far as they were named.
    pub numbers: Vec<u16>,
}

/// What the ministry is told of a party.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ToldWord {
    /// When it was said.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// How many are how.
    pub people: Vec<StatusCount>,
    /// Who needed help when it was said, by number.
    pub help: Vec<u16>,
    /// Who was not seen when it was said, by number.
    pub unseen: Vec<u16>,
    /// How far it is on its way to the ministry.
    pub delivery: Delivery,
}

/// What the ministry is told of whoever is missing.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SaidMissing {
    /// When it was said.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// By number; nobody, where all were found.
    pub numbers: Vec<u16>,
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
            may_join: false,
            same: party::same(&party),
            is_called: roll.is_called(),
            roll_begun_at: roll.begun_at,
            counted: by_status(&counted),
            unseen: if roll.is_called() { party::how_many(&missing) } else { 0 },
            missing,
            over: None,
            roll: rows,
            told: None,
            said_missing: None,
            party,
        }
    }

    /// The same on its trip; `None` where there is no such one.
    pub fn on(self, facts: &Facts, id: TripId, roll: &Roll) -> Option<Self> {
        let trip = facts.trip(id)?;
        let travel = trip.people;
        let told = told(facts, id, &self.party, roll);
        let said_missing = facts.said_missing(id).map(|(message, numbers)| SaidMissing {
            at: message.at,
            numbers: numbers.to_vec(),
            delivery: facts.delivery(Kind::Message, &message.id.to_string()),
        });
        // whoever is on no list was not counted either
        let uncounted = travel.saturating_sub(self.counted.iter().map(|one| one.count).sum());
        let unseen = if self.is_called { uncounted.max(self.unseen) } else { 0 };
        let may_join =
            !trip.draft.of_others && self.party.leads.is_none() && uncounted > party::how_many(&self.missing);
        let over = self.over(facts, id, roll);
        Some(Self { travel, may_join, told, said_missing, unseen, over, ..self })
    }

    fn over(&self, facts: &Facts, id: TripId, roll: &Roll) -> Option<NeedOver> {
        let in_need = |status: &CheckInStatus| status.asks_for_help();
        let cries: BTreeSet<u16> = cries(&self.roll).collect();
        let mut named = standing::named_in_need(facts, id);
        // whoever was counted at the roll has a name there
        if let Some(word) = facts.cry_of(Some(id)).filter(|_| named.is_empty()) {
            named.extend(self::cries(&party::roll(&self.party, &roll.as_of(word.at))));
        }
        let numbers: Vec<u16> = named.difference(&cries).copied().collect();
        let counted: u16 = self.counted.iter().filter(|one| in_need(&one.status)).map(|one| one.count).sum();
        let fewer = standing::in_need(facts, id).saturating_sub(counted);
        let count = fewer.max(u16::try_from(numbers.len()).unwrap_or(fewer));
        (count > 0).then_some(NeedOver { count, numbers })
    }
}

/// Who asks for help at a roll, by number.
fn cries(rows: &[InRoll]) -> impl Iterator<Item = u16> {
    rows.iter().filter(|row| row.status.is_some_and(CheckInStatus::asks_for_help)).map(|row| row.number)
}

fn told(facts: &Facts, id: TripId, party: &Party, roll: &Roll) -> Option<ToldWord> {
    let word = facts.latest_check_in.as_ref().filter(|word| word.trip == Some(id))?;
    roll.begun_at.filter(|since| word.at >= *since)?;
    let rows = party::roll(party, &roll.as_of(word.at));
    Some(ToldWord {
        at: word.at,
        people: by_status(&word.people),
        help: cries(&rows).collect(),
        unseen: party::counted(party, &rows).1,
        delivery: facts.delivery(Kind::CheckIn, &word.id.to_string()),
    })
}
