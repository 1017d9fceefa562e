//! Phone lines of the missions and the ministry, each with a way to write beside it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::chat::ChatLink;
use crate::{
    hours::Hours,
    ids::EntryId,
    open_enum::open_enum,
    phone::PhoneNumber,
    words::{Tag, Words},
};

open_enum! {
    /// What a line is for, the most urgent first.
    #[derive(PartialOrd, Ord)]
    pub enum LineKind {
        /// For danger to life and liberty.
        Emergency,
        /// For questions.
        Office,
        /// Takes words as coded SMS; nobody speaks there, and nobody reads what is written plainly.
        CodedSms,
    }
    /// Read as an office: never dialled in place of an emergency line.
    other

    /// The ministry's word on whether a line answers.
    pub enum LineState {
        /// It does, by its hours.
        Open,
        /// It does, after a wait: writing is better.
        Overloaded,
        /// It does not.
        Closed,
        /// `moved_to` says where, if anywhere.
        Moved,
    }
    /// Read as open.
    other
}

/// A phone line of a mission, or of the ministry where `mission` is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Line {
    /// The mission's entry; absent for the ministry's own line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<EntryId>,
    /// What it is for.
    pub kind: LineKind,
    /// What it is called.
    pub name: Words,
    /// When somebody answers.
    pub hours: Hours,
    /// The languages that are spoken there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Tag>,
    /// The number to dial while it is open; see [`Line::answers_at`].
    pub number: PhoneNumber,
    /// For whoever does not hear or speak, and for a line that is overloaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextWay>,
    /// Whether it answers now, by the ministry's word.
    pub state: LineState,
    /// The number that answers instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<PhoneNumber>,
    /// True for a number reserved for fiction; DEMO is said wherever it shows.
    #[serde(default)]
    pub demo: bool,
    /// When somebody last tried it.
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub verified_at: Timestamp,
}

impl Line {
    /// The number that answers: its own, or where it moved to. `None` where nobody does.
    pub fn answers_at(&self) -> Option<&PhoneNumber> {
        match self.state {
            LineState::Open | LineState::Overloaded | LineState::Other => Some(&self.number),
            LineState::Moved => self.moved_to.as_ref(),
            LineState::Closed => None,
        }
    }
}

/// A way to write instead of speaking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TextWay {
    /// By text message.
    Sms {
        /// Where the message goes.
        number: PhoneNumber,
    },
    /// In a messenger.
    Chat(ChatLink),
    /// A way this reader does not know: as if there were none.
    #[serde(other, rename = "(other)")]
    Other,
}
