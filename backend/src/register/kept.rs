//! What the register must know of each kind of record that a device keeps in it under an id of its own.

use std::str::FromStr;

use contract::{
    ids::{CallId, CheckInId, InvalidId, TripId},
    place::{AirportCode, CountryCode},
    record::{Call, CallOutcome, CheckIn, Kind, PlainLeg, Record, Trip},
};
use jiff::Timestamp;
use uuid::Uuid;

use super::headcount::Told;

/// In the order of an export.
pub const KEPT: [Kind; 3] = [Kind::Trip, Kind::CheckIn, Kind::Call];

/// A kind of [`KEPT`].
pub trait Kept: Record {
    /// Made by the app.
    type Id: Copy + FromStr<Err = InvalidId> + Into<Uuid>;

    /// Whether somebody asks for help with it: it is taken beyond the quota of others.
    fn asks_for_help(&self) -> bool {
        false
    }

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

    fn counted(&self) -> Counted {
        Counted::Trip { people: self.people, legs: self.legs.clone() }
    }
}

impl Kept for CheckIn {
    type Id = CheckInId;

    fn asks_for_help(&self) -> bool {
        self.in_need() > 0
    }

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

    fn asks_for_help(&self) -> bool {
        self.outcome == CallOutcome::StillNeedHelp
    }
}

/// A record as it comes in, whatever its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Which it is.
    pub kind: Kind,
    /// As the app made it.
    pub id: Uuid,
    /// From 1; a higher one replaces.
    pub version: u32,
    /// What is kept, as JSON.
    pub json: String,
    /// See [`Kept::asks_for_help`].
    pub asks_for_help: bool,
    /// See [`Kept::counted`].
    pub counted: Counted,
}

impl Incoming {
    /// `record` under `id`.
    ///
    /// # Errors
    /// Never in practice: it is plain JSON.
    pub fn new<R: Kept>(id: R::Id, record: &R) -> Result<Self, serde_json::Error> {
        Ok(Self {
            kind: R::KIND,
            id: id.into(),
            version: record.version(),
            json: serde_json::to_string(record)?,
            asks_for_help: record.asks_for_help(),
            counted: record.counted(),
        })
    }
}
