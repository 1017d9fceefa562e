//! What a traveller writes to the desk: an answer, a question, a word on how their case stands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Consent, InvalidField, Kind, MAX_PEOPLE, Record, check_instant, check_sealed, check_version, require};
use crate::{
    ids::{CallId, CheckInId, MessageId, TripId},
    open_enum::open_enum,
    seal::Sealed,
    words::Tag,
};

/// The longest text of a message or a letter, in letters.
pub const MAX_TEXT: usize = 2000;

open_enum! {
    /// An answer of one tap.
    pub enum QuickAnswer {
        /// "Yes."
        Yes,
        /// "No."
        No,
        /// "I am there": where the letter said.
        IAmThere,
        /// "I cannot" do what the letter asks.
        ICannot,
        /// "Call me."
        CallMe,
        /// "Do not call": they hide, or cannot speak or hear.
        DoNotCall,
    }
    /// Read as a message without such an answer: an officer asks.
    other
}

/// Body of `PUT /v1/messages/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Message {
    /// From 1; a higher one replaces.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub version: u32,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// A [`PrivateMessage`], to the consular key.
    pub sealed: Sealed,
}

impl Record for Message {
    const KIND: Kind = Kind::Message;

    fn version(&self) -> u32 {
        self.version
    }

    fn check(&self) -> Result<(), InvalidField> {
        check_version(self.version)?;
        check_instant(self.at, "/at")?;
        check_sealed(&self.sealed, "/sealed")
    }
}

/// The sealed part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateMessage {
    /// What it was sealed under.
    pub consent: Consent,
    /// At most [`MAX_TEXT`] letters; empty where a tap says it all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The language it is in, and to answer in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Tag>,
    /// The letter that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<MessageId>,
    /// What was tapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quick: Option<QuickAnswer>,
    /// What it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// "This rank is wrong."
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub objection: bool,
    /// "My case can be closed": the person's own word.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub closes: bool,
    /// Who of those who are named was not seen at the roll of [`About::Trip`], by their number in the party; nobody, where
    /// all were found since it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<u16>>,
}

/// What a message speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum About {
    /// A word.
    CheckIn {
        /// Which.
        id: CheckInId,
    },
    /// A tap on the call button.
    Call {
        /// Which.
        id: CallId,
    },
    /// A trip.
    Trip {
        /// Which.
        id: TripId,
    },
    /// Something that this reader does not know: the message is about the device.
    #[serde(other, rename = "(other)")]
    Other,
}

impl PrivateMessage {
    /// Bounds of what is sealed: the app keeps them, and the desk looks again.
    ///
    /// # Errors
    /// The text is too long, or has letters that nobody can read, or more are missing than a trip may have.
    pub fn check(&self) -> Result<(), InvalidField> {
        let missing = self.missing.as_ref().map_or(0, Vec::len);
        require(missing <= usize::from(MAX_PEOPLE), "/missing", "500 people at most")?;
        check_text(&self.text, "/text")
    }
}

/// A text that a person reads: so long, and on lines.
///
/// # Errors
/// It is longer than [`MAX_TEXT`], or has letters that nobody can read.
pub fn check_text(text: &str, pointer: &str) -> Result<(), InvalidField> {
    require(text.chars().count() <= MAX_TEXT, pointer, "2000 letters at most")?;
    let is_read = |letter: char| letter == '\n' || !letter.is_control();
    require(text.chars().all(is_read), pointer, "a control character other than the end of a line")
}
