//! What the search answers.

use contract::{
    ids::EntryId,
    place::{AirportCode, CountryCode},
    words::Lang,
};
use serde::Serialize;
use ts_rs::TS;

use crate::emergency::EmergencyService;

/// One answer of the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Hit {
    /// What it leads to.
    pub target: Target,
    /// Of what was found, in its title: the pieces in order make the whole.
    pub title: Vec<Piece>,
    /// The part of the text that answers, or where the thing is. May be empty.
    pub detail: Vec<Piece>,
    /// The language of both: the reader's where the text has it.
    pub lang: Lang,
}

/// What an answer leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Target {
    /// The page of a country.
    Country {
        /// ISO 3166-1 alpha-2.
        code: CountryCode,
    },
    /// The page of a city's country.
    City {
        /// Of a city of the atlas.
        key: String,
        /// ISO 3166-1 alpha-2.
        country: CountryCode,
    },
    /// The page of an airport's country.
    Airport {
        /// IATA code.
        code: AirportCode,
        /// ISO 3166-1 alpha-2.
        country: CountryCode,
    },
    /// A mission.
    Mission {
        /// Of its entry.
        id: EntryId,
    },
    /// A topic of the guidance.
    Topic {
        /// Of the topic.
        id: String,
    },
    /// A warning.
    Advisory {
        /// Of its entry.
        id: EntryId,
    },
    /// A number that helps where the traveller is.
    Emergency {
        /// Whom it reaches.
        service: EmergencyService,
        /// As it is dialled there.
        number: String,
    },
}

/// A run of text; `hit` where it is what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Piece {
    /// As it is written.
    pub text: String,
    /// Whether it is what was typed.
    pub hit: bool,
}
