//! What the screens ask for beside the View: contacts, a country's page, a point on the map, the search.

use contract::{
    ids::EntryId,
    lines::{LineKind, LineState, TextWay},
    missions::{ChatLink, MissionKind},
    place::{AirportCode, CountryCode, Position},
    words::{Lang, Source, Words},
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use super::{AdvisoryView, EmergencyRow, LevelView};

/// Whom to reach, and how.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct Contacts {
    /// The nearest first where the traveller's own, then by name.
    pub missions: Vec<MissionView>,
    /// Emergency lines first.
    pub lines: Vec<LineView>,
    pub chats: Vec<ChatView>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LineView {
    pub id: EntryId,
    pub mission: Option<EntryId>,
    pub kind: LineKind,
    pub name: Words,
    pub hours: Words,
    /// By its hours and its state.
    pub open: bool,
    pub languages: Vec<String>,
    /// The number that answers; the line's own where none does.
    pub number: String,
    pub text: Option<TextWay>,
    pub state: LineState,
    pub demo: bool,
    #[ts(type = "string")]
    pub verified_at: Timestamp,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MissionView {
    pub id: EntryId,
    pub kind: MissionKind,
    pub name: Words,
    pub city: Words,
    pub country: Words,
    /// Its own; its city's, where no more is known.
    pub position: Option<Position>,
    pub address: String,
    pub hours: Option<OpenHours>,
    pub site: String,
    pub sources: Vec<Source>,
    /// The countries it serves.
    pub serves: Vec<CountryCode>,
    /// True where it serves the country the traveller is in.
    pub mine: bool,
    pub ask: Option<Ask>,
    /// From where the traveller is, in km, where both places are known.
    pub distance_km: Option<f64>,
}

/// How to ask what is not urgent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Ask {
    /// `tel:` to speak; `sms:` or a chat's `https:` to write.
    pub href: String,
    pub hours: OpenHours,
    pub demo: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenHours {
    pub words: Words,
    pub open: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ChatView {
    pub id: EntryId,
    pub mission: Option<EntryId>,
    pub name: Words,
    pub link: ChatLink,
    pub demo: bool,
    #[ts(type = "string")]
    pub verified_at: Timestamp,
}

/// What is known of one country: facts alone.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountryPage {
    pub code: CountryCode,
    pub name: Words,
    pub time_zone: String,
    pub level: Option<LevelView>,
    /// In force or coming.
    pub advisories: Vec<AdvisoryView>,
    pub emergency: Vec<EmergencyRow>,
    /// The ministry's own, and those of the missions that serve it.
    pub contacts: Contacts,
    /// Ids of the topics its level calls for.
    pub topics: Vec<String>,
}

/// Which country a point on the map is in, as honestly as it is known.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlaceAt {
    Sea,
    Country {
        country: CountryName,
    },
    /// So near a border that it may be one of the others.
    Border {
        country: CountryName,
        beside: Vec<CountryName>,
    },
    Disputed {
        claims: Vec<CountryName>,
        /// As the ministry treats it; absent for "as each".
        counts_as: Option<CountryName>,
        note: Option<Words>,
    },
}

/// A country by its codes, for the map and for lists.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountryName {
    pub code: CountryCode,
    /// ISO 3166-1 numeric.
    pub numeric: u16,
    pub name: Words,
}

/// One answer of the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Hit {
    pub target: Target,
    /// Of what was found, in its title: the pieces in order make the whole.
    pub title: Vec<Piece>,
    /// The part of the text that answers, or where the thing is. May be empty.
    pub detail: Vec<Piece>,
    /// The language of both: the reader's where the text has it.
    pub lang: Lang,
}

/// What an answer leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Target {
    Country { code: CountryCode },
    City { key: String, country: CountryCode },
    Airport { code: AirportCode, country: CountryCode },
    Mission { id: EntryId },
    Topic { id: String },
    Advisory { id: EntryId },
}

/// A run of text; `hit` where it is what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Piece {
    pub text: String,
    pub hit: bool,
}
