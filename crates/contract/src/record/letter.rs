//! What the desk writes to one device: sealed to it, and signed for by the desk's own consular key.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    InvalidField, check_instant, check_sealed,
    message::{QuickAnswer, check_text},
    require,
};
use crate::{
    entry::advisory::Announced,
    ids::{DeviceId, MessageId, TripId},
    open_enum::open_enum,
    seal::Sealed,
    words::Tag,
};

open_enum! {
    /// What a case is about.
    pub enum CaseKind {
        /// Help, and nobody has said of what kind.
        Help,
        /// Cannot go on.
        Stranded,
        /// Medicine, an injury, a birth.
        Medical,
        /// A passport lost, a visa run out.
        Documents,
        /// No money left.
        Money,
        /// No roof.
        Shelter,
        /// Held by somebody.
        Detained,
        /// Somebody is violent to them.
        Violence,
        /// A child without its people.
        ChildAlone,
        /// Nobody hears from them.
        LostTouch,
    }
    /// Read as help.
    other

    /// How far a case is, as its person sees it.
    pub enum CaseStep {
        /// The desk has it.
        Received,
        /// An officer has opened it.
        Opened,
        /// An officer has answered.
        Answered,
        /// Something is promised by a time.
        Promised,
        /// It is over.
        Closed,
    }
    /// Read as opened: somebody has it, and it is not over.
    other

    /// How soon somebody must act.
    #[derive(PartialOrd, Ord)]
    pub enum Rank {
        /// A life hangs on it.
        Life,
        /// Within hours.
        Hours,
        /// Today.
        Today,
        /// In its turn.
        Planned,
    }
    /// Read as hours.
    other
}

/// A letter on its way: all that the front sees of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Letter {
    /// Made by the desk.
    pub id: MessageId,
    /// Whom it is for.
    pub device: DeviceId,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// For whoever carries it. What rings is [`PrivateLetter::announced`]: nobody on the way can make it louder.
    pub announced: Announced,
    /// A [`PrivateLetter`], to the device's key, by the consular key that it names.
    pub sealed: Sealed,
}

impl Letter {
    /// What the front looks at.
    ///
    /// # Errors
    /// The first field that does not hold.
    pub fn check(&self) -> Result<(), InvalidField> {
        check_instant(self.at, "/at")?;
        check_sealed(&self.sealed, "/sealed")
    }
}

/// The sealed part of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrivateLetter {
    /// When it was written.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The language it is in.
    pub language: Tag,
    /// At most [`MAX_TEXT`](super::MAX_TEXT) letters; empty where the case says it all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How it is announced; silent where nothing is said.
    #[serde(default = "silent")]
    pub announced: Announced,
    /// Shown under a title that tells nobody what it is about.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub neutral: bool,
    /// Whom of the party it is for, by their number in it; absent where it is for whoever has the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<u16>,
    /// The whole case as it stands: the newest letter with its number says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseWord>,
    /// Which answers of one tap are offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<QuickAnswer>,
}

impl PrivateLetter {
    /// Bounds of what is sealed.
    ///
    /// # Errors
    /// A text is too long, or has letters that nobody can read.
    pub fn check(&self) -> Result<(), InvalidField> {
        check_text(&self.text, "/text")?;
        let Some(case) = &self.case else { return Ok(()) };
        check_text(&case.reason, "/case/reason")?;
        check_text(&case.outcome, "/case/outcome")?;
        case.promised.iter().try_for_each(|promise| check_text(&promise.what, "/case/promised/what"))
    }

    /// Bounds of what is written here: a phone takes answers of a newer desk too, which it does not offer.
    ///
    /// # Errors
    /// Those of [`Self::check`]; or an answer that is offered is none, or is there twice.
    pub fn check_written(&self) -> Result<(), InvalidField> {
        let once: HashSet<_> = self.asks.iter().filter(|answer| **answer != QuickAnswer::Other).collect();
        require(once.len() == self.asks.len(), "/asks", "answers that an app knows, each once")?;
        self.check()
    }
}

/// A case, to its person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseWord {
    /// Which the ministry calls it by.
    pub number: u32,
    /// What it is about.
    pub kind: CaseKind,
    /// How far it is.
    pub step: CaseStep,
    /// How soon somebody must act; absent until an officer has accepted one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
    /// Why, in the letter's language.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What the ministry said it would do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Promised>,
    /// How it ended, in the letter's language.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Promised {
    /// In the letter's language.
    pub what: String,
    /// By when.
    #[ts(type = "string")]
    pub by: Timestamp,
}

/// The answer of `GET /v1/devices/self/messages?since=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Letters {
    /// Another one: begin again at 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// By their number.
    pub letters: Vec<NumberedLetter>,
    /// What to ask for `since` next.
    pub next: u64,
    /// Whether there is another page already.
    #[serde(default)]
    pub more: bool,
    /// The device's trips that another one has led since it took them over with a code on paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub moved: Vec<TripId>,
}

/// A letter in the order in which it came to the front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct NumberedLetter {
    /// Grows with every letter.
    pub number: u64,
    /// As the desk posted it.
    pub letter: Letter,
}

/// The answer of the desk's `POST /v1/messages`. A letter that is in none of the two waits at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Posted {
    /// Those that the front has, the ones it had already among them.
    pub accepted: Vec<MessageId>,
    /// Whose device it does not know: erased, or never there.
    #[serde(default)]
    pub unknown: Vec<MessageId>,
}

fn silent() -> Announced {
    Announced::Silent
}
