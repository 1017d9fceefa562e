//! Embassies and consulates.

use serde::{Deserialize, Serialize};

use crate::{
    hours::Hours,
    open_enum::open_enum,
    place::{CountryCode, Position},
    words::{Source, Words},
};

open_enum! {
    pub enum MissionKind { Embassy, ConsulateGeneral, Consulate, HonoraryConsulate }
    /// Called a mission, and no more.
    other
}

/// An embassy or consulate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Mission {
    pub kind: MissionKind,
    pub name: Words,
    pub city: Words,
    /// Where it stands.
    pub country: CountryCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// As it is written there, for a driver to read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// `https` page of the mission.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub site: String,
    /// Its jurisdiction: the countries it serves, its own among them.
    pub serves: Vec<CountryCode>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}
