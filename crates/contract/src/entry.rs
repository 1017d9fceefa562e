//! What an officer signs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    advisory::{Advisory, Level},
    ids::EntryId,
    lines::{Line, Mission},
};

/// The payload of an entry's JWS. `(id, version)` is unique; a higher version replaces a lower.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub id: EntryId,
    pub version: u32,
    pub issued_at: Timestamp,
    #[serde(flatten)]
    pub body: Body,
}

/// What an entry says. On the wire: `"kind": …, "body": …`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum Body {
    Advisory(Advisory),
    Level(Level),
    Mission(Mission),
    Line(Line),
}
