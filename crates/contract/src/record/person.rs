//! Who travels along, by name, and what they need. All of it is sealed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most letters of [`Needs::medicine`]: so many as fit into one sealed part for everybody of the largest party.
pub const MAX_MEDICINE: usize = 40;

/// What somebody needs that others do not: of a person, or of a party as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Needs {
    /// A medicine that they cannot do without, as they wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub medicine: String,
    /// For how many days they have enough of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medicine_days: Option<u16>,
    /// Somebody in a wheelchair.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wheelchair: bool,
    /// Somebody who expects a child.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pregnant: bool,
    /// An infant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub infant: bool,
}

impl Needs {
    /// Whether nothing was said.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// One of a party.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// From 1, given by the app: the same person has the same one in every version of a trip.
    #[serde(default)]
    pub number: u16,
    /// As it was written.
    #[serde(default)]
    pub name: String,
    /// In Latin letters, as in their passport.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub latin: String,
    /// E.164.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// With whom they are called: a bus, a group; as it was written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// With whom they stay: a room, a family; as it was written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub room: String,
    /// Their own.
    #[serde(default, skip_serializing_if = "Needs::is_nothing")]
    pub needs: Needs,
}
