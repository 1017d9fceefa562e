//! Missions of the ministry and the phone lines of both.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::EntryId,
    place::{CountryCode, Position},
    words::Words,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissionKind {
    Embassy,
    ConsulateGeneral,
    Consulate,
    HonoraryConsulate,
}

/// An embassy or consulate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mission {
    pub kind: MissionKind,
    pub name: Words,
    pub city: Words,
    /// Where it stands.
    pub country: CountryCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// The countries it serves.
    pub serves: Vec<CountryCode>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    Open,
    Overloaded,
    Closed,
    Moved,
}

/// A phone line of a mission, or of the ministry where `mission` is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<EntryId>,
    pub name: Words,
    pub hours: Words,
    /// E.164: `+` and digits.
    pub number: String,
    pub state: LineState,
    /// True for a number reserved for fiction; DEMO is said wherever it shows.
    #[serde(default)]
    pub demo: bool,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub verified_at: Timestamp,
}
