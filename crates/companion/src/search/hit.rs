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
    pub target: Target,
    /// Of what was found, in its title: the pieces in order make the whole.
    pub title: Vec<Piece>,
    /// The part of the text that answers, or where the thing is. May be empty.
    pub detail: Vec<Piece>,
    /// The language of both: the reader's where the text has it.
    pub lang: Lang,
}

/// What an answer leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Target {
    Country {
        code: CountryCode,
    },
    City {
        key: String,
        country: CountryCode,
    },
    Airport {
        code: AirportCode,
        country: CountryCode,
    },
    Mission {
        id: EntryId,
    },
    Topic {
        id: String,
    },
    Advisory {
        id: EntryId,
    },
    /// A number that helps where the traveller is.
    Emergency {
        service: EmergencyService,
        number: String,
    },
}

/// A run of text; `hit` where it is what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Piece {
    pub text: String,
    pub hit: bool,
}
