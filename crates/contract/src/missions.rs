//! Missions of the ministry and their messenger chats.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    hours::Hours,
    ids::EntryId,
    place::{CountryCode, Position},
    words::{Source, Words},
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

/// A mission's messenger group, or the ministry's where `mission` is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Chat {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<EntryId>,
    pub name: Words,
    pub link: ChatLink,
    /// True for a link that leads nowhere; DEMO is said wherever it shows.
    #[serde(default)]
    pub demo: bool,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub verified_at: Timestamp,
}

/// Where a messenger opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct ChatLink {
    pub messenger: Messenger,
    /// `https`, on the messenger's own host.
    pub url: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Messenger {
    Telegram,
    Whatsapp,
    Signal,
    /// A page of the ministry's own.
    Web,
}
