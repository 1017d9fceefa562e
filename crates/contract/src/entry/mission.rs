//! Embassies and consulates.

use serde::{Deserialize, Serialize};

use crate::{
    hours::Hours,
    open_enum::open_enum,
    place::{CountryCode, Position},
    words::{Source, Words},
};

open_enum! {
    /// What a mission is called by.
    pub enum MissionKind {
        /// In a capital.
        Embassy,
        /// In another city, for a part of the country.
        ConsulateGeneral,
        /// The same, smaller.
        Consulate,
        /// Led by somebody who lives there; does less.
        HonoraryConsulate,
    }
    /// Called a mission, and no more.
    other
}

/// An embassy or consulate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Mission {
    /// Embassy, consulate, …
    pub kind: MissionKind,
    /// Its name in full.
    pub name: Words,
    /// The city it stands in.
    pub city: Words,
    /// Where it stands.
    pub country: CountryCode,
    /// The building; its city stands for it where this is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// As it is written there, for a driver to read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// When visitors are received.
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
