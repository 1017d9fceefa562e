//! What the register must know of each kind of record that a device keeps in it under an id of its own.

use std::str::FromStr;

use contract::{
    hash::Hash,
    ids::{CallId, CheckInId, InvalidId, MessageId, TripId},
    place::{AirportCode, CountryCode},
    profile::Retention,
    record::{Call, CheckIn, Kind, Message, PlainLeg, Record, Trip},
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{headcount::Told, quota::Quota};

/// In the order of an export. A kind that a device keeps under an id has its line here.
pub const KEPT: [Rules; 4] = [Trip::RULES, CheckIn::RULES, Call::RULES, Message::RULES];

/// How much of a kind there may be, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Which it is.
    pub kind: Kind,
    /// What it shares with the kinds that have the same.
    pub quota: Quota,
    /// Days since it came, or since its last leg.
    pub days: fn(&Retention) -> u32,
}

/// A kind of [`KEPT`].
pub trait Kept: Record {
    /// Made by the app.
    type Id: Copy + FromStr<Err = InvalidId> + Into<Uuid>;

    /// What holds for all of them.
    const RULES: Rules;

    /// What of it is counted.
    fn counted(&self) -> Counted {
        Counted::Nothing
    }
}

/// What a headcount needs of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    /// It is kept, no more.
    Nothing,
    /// A plan: who is where, and when.
    Trip {
        /// How many travel.
        people: u16,
        /// In order of time.
        legs: Vec<PlainLeg>,
    },
    /// How people say they are.
    Word {
        /// Of which trip they are.
        trip: Option<TripId>,
        /// How many are how.
        told: Told,
        /// By the device's clock.
        at: Timestamp,
        /// Its own, or its airport's.
        country: Option<CountryCode>,
        /// Where they are in transit.
        airport: Option<AirportCode>,
    },
}

impl Kept for Trip {
    type Id = TripId;
    const RULES: Rules = Rules { kind: Self::KIND, quota: Quota::Trips, days: |retention| retention.trip };

    fn counted(&self) -> Counted {
        Counted::Trip { people: self.people, legs: self.legs.clone() }
    }
}

impl Kept for CheckIn {
    type Id = CheckInId;
    const RULES: Rules = Rules { kind: Self::KIND, quota: Quota::Words, days: |retention| retention.check_in };

    fn counted(&self) -> Counted {
        Counted::Word {
            trip: self.trip,
            told: Told::from(self),
            at: self.at,
            country: self.country.or_else(|| Some(atlas::airport(self.airport?)?.country)),
            airport: self.airport,
        }
    }
}

impl Kept for Call {
    type Id = CallId;
    const RULES: Rules = Rules { kind: Self::KIND, quota: Quota::Words, days: |retention| retention.call };
}

impl Kept for Message {
    type Id = MessageId;
    const RULES: Rules = Rules { kind: Self::KIND, quota: Quota::Words, days: |retention| retention.message };
}

/// A record as it comes in, whatever its kind.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Of its kind.
    pub rules: Rules,
    /// As the app made it.
    pub id: Uuid,
    /// From 1; a higher one replaces.
    pub version: u32,
    /// What is kept, as JSON; absent, it is a tombstone.
    pub json: Option<String>,
    /// It is taken beyond the quota of others.
    pub asks_for_help: bool,
    /// See [`Kept::counted`].
    pub counted: Counted,
    /// Hash of the token of a code on paper that came with it: by that a trip of another device moves.
    pub paper: Option<Hash>,
}

impl Incoming {
    /// `record` under `id`.
    ///
    /// # Errors
    /// Never in practice: it is plain JSON.
    pub fn new<R: Kept>(id: R::Id, record: &R) -> Result<Self, serde_json::Error> {
        Ok(Self {
            rules: R::RULES,
            id: id.into(),
            version: record.version(),
            json: Some(serde_json::to_string(record)?),
            asks_for_help: record.asks_for_help(),
            counted: record.counted(),
            paper: None,
        })
    }

    /// The deletion of what stands under `id`.
    pub fn tombstone<R: Kept>(id: R::Id, version: u32) -> Self {
        let (rules, id) = (R::RULES, id.into());
        Self { rules, id, version, json: None, asks_for_help: false, counted: Counted::Nothing, paper: None }
    }

    /// The same with the token of a code on paper, where one came with it.
    pub fn with_paper(self, token: Option<Hash>) -> Self {
        Self { paper: token, ..self }
    }

    /// How many bytes of it are kept.
    pub fn bytes(&self) -> u64 {
        self.json.as_ref().map_or(0, |json| json.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_device_keeps_under_an_id_is_kept() {
        let kept = KEPT.map(|rules| rules.kind);
        let others = [Kind::Device, Kind::Receipts];
        assert!(Kind::ALL.iter().all(|kind| kept.contains(kind) != others.contains(kind)));
    }
}
