//! A registered trip.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{InvalidField, Kind, Record, check_instant, check_sealed, check_version, require};
use crate::{
    hash::Hash,
    place::{AirportCode, CountryCode},
    seal::Sealed,
};

/// The most legs of one trip.
pub const MAX_LEGS: usize = 40;
/// How long somebody whose leg has no end is taken to be there, where no later word of theirs says otherwise.
const OPEN_LEG: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The most people of one trip.
pub const MAX_PEOPLE: u16 = 500;

/// Body of `PUT /v1/trips/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Trip {
    /// From 1; a higher one replaces.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub version: u32,
    /// How many travel, the traveller among them. None where the trip belongs to another one: the sealed part's `of`
    /// says to which, and its people are counted there.
    #[schema(maximum = 500)]
    pub people: u16,
    /// In order of time.
    #[schema(min_items = 1, max_items = 40)]
    pub legs: Vec<PlainLeg>,
    /// A [`PrivateTrip`](super::PrivateTrip), to the consular key.
    pub sealed: Sealed,
    /// What its owner's app keeps of it: sealed to a key that is made from a code on paper, given back to who has that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_to_owner: Option<Sealed>,
    /// SHA-256 of the token that is made from the same code: whoever has the token may lead the trip from another device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Hash>,
}

/// One leg as the register sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PlainLeg {
    /// Where they are.
    pub country: CountryCode,
    /// Present for a transit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub airport: Option<AirportCode>,
    /// The first instant there.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// The last instant there. Absent where nobody knows it yet, as of somebody stranded: the last leg's alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
}

impl PlainLeg {
    /// The last instant that they are taken to be there by this plan.
    pub fn end(&self) -> Timestamp {
        self.until.unwrap_or_else(|| self.from.saturating_add(OPEN_LEG).unwrap_or(Timestamp::MAX))
    }
}

impl Record for Trip {
    const KIND: Kind = Kind::Trip;

    fn version(&self) -> u32 {
        self.version
    }

    fn check(&self) -> Result<(), InvalidField> {
        check_version(self.version)?;
        require(self.people <= MAX_PEOPLE, "/people", "more than 500 people")?;
        require((1..=MAX_LEGS).contains(&self.legs.len()), "/legs", "a trip has 1 to 40 legs")?;
        for (index, leg) in self.legs.iter().enumerate() {
            check_instant(leg.from, format!("/legs/{index}/from"))?;
            let until = format!("/legs/{index}/until");
            let is_last = index + 1 == self.legs.len();
            require(is_last || leg.until.is_some(), until.as_str(), "the last leg alone may have no end")?;
            check_instant(leg.end(), until.as_str())?;
            require(leg.from < leg.end(), until, "a leg ends after it begins")?;
        }
        check_sealed(&self.sealed, "/sealed")?;
        if let Some(sealed) = &self.sealed_to_owner {
            check_sealed(sealed, "/sealed_to_owner")?;
        }
        require(self.paper.is_none() || self.sealed_to_owner.is_some(), "/paper", "nothing is sealed to this paper")?;
        Ok(())
    }
}
