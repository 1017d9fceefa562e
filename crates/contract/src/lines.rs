//! Phone lines of the missions and the ministry, each with a way to write beside it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{hours::Hours, ids::EntryId, missions::ChatLink, words::Words};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// For danger to life and liberty.
    Emergency,
    /// For questions.
    Office,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    Open,
    Overloaded,
    Closed,
    /// `moved_to` says where, if anywhere.
    Moved,
}

/// A phone line of a mission, or of the ministry where `mission` is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<EntryId>,
    pub kind: LineKind,
    pub name: Words,
    pub hours: Hours,
    /// BCP 47 tags of the languages that are spoken there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// E.164: `+` and digits.
    pub number: String,
    /// For whoever does not hear or speak, and for a line that is overloaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextWay>,
    pub state: LineState,
    /// E.164: the number that answers instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<String>,
    /// True for a number reserved for fiction; DEMO is said wherever it shows.
    #[serde(default)]
    pub demo: bool,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub verified_at: Timestamp,
}

/// E.164: a plus, then 7 to 15 digits.
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

impl Line {
    /// The number that answers: its own, or where it moved to. `None` where nobody does, or where it is none.
    pub fn answers_at(&self) -> Option<&str> {
        let number = match self.state {
            LineState::Open | LineState::Overloaded => Some(self.number.as_str()),
            LineState::Moved => self.moved_to.as_deref(),
            LineState::Closed => None,
        };
        number.filter(|number| is_number(number))
    }
}

/// A way to write instead of speaking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TextWay {
    Sms {
        /// E.164.
        number: String,
    },
    Chat(ChatLink),
}
