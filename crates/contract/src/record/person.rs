//! Who travels along, by name, and what they need. All of it is sealed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What somebody needs that others do not: of a person, or of a party as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Needs {
    /// A medicine that they cannot do without, as they wrote it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub medicine: String,
    /// For how many days they have enough of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medicine_days: Option<u16>,
    /// Somebody in a wheelchair.
    #[serde(skip_serializing_if = "is_not")]
    pub wheelchair: bool,
    /// Somebody who expects a child.
    #[serde(skip_serializing_if = "is_not")]
    pub pregnant: bool,
    /// An infant.
    #[serde(skip_serializing_if = "is_not")]
    pub infant: bool,
}

impl Needs {
    /// Whether nothing was said.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

fn is_not(holds: &bool) -> bool {
    !holds
}

/// One of a party.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Person {
    /// From 1, given by the app: the same person has the same one in every version of a trip.
    pub number: u16,
    /// As it was written.
    pub name: String,
    /// E.164.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// A bus, a room, a family: as it was written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Their own.
    #[serde(skip_serializing_if = "Needs::is_nothing")]
    pub needs: Needs,
}
