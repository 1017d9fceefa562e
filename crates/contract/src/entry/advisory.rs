//! Warnings, after CAP 1.2.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    open_enum::open_enum,
    place::{Area, InvalidArea},
    words::{self, Tag, Texts},
};

open_enum! {
    pub enum MessageType { Alert, Update, Cancel }
    /// Read as an alert.
    other

    pub enum Severity { Unknown, Minor, Moderate, Severe, Extreme }
    /// Read as severe.
    other

    pub enum Urgency { Unknown, Past, Future, Expected, Immediate }
    /// Read as expected.
    other

    pub enum Certainty { Unknown, Unlikely, Possible, Likely, Observed }
    /// Read as likely.
    other

    /// How an advisory is announced on a phone.
    #[derive(Default)]
    pub enum Announced {
        /// With a ring, as its urgency has it.
        #[default]
        Loud,
        /// For those who hide: one long vibration, a dim screen, no sound, no speech, no second ring.
        Silent,
    }
    /// Read as silent: an app that does not know must not ring at someone who hides.
    other
}

/// Orders a scale from least to worst; `Other` stands just above what it is read as.
macro_rules! scale {
    ($($name:ident { $($variant:ident $rank:literal),* })*) => {$(
        impl $name {
            fn rank(self) -> u8 {
                match self { $(Self::$variant => $rank),* }
            }

            /// Reads the word CAP uses ("Extreme"), in any case; `None` for a word that CAP 1.2 does not have.
            pub fn from_cap(word: &str) -> Option<Self> {
                let word = word.trim();
                $(if word.eq_ignore_ascii_case(stringify!($variant)) && Self::$variant != Self::Other {
                    return Some(Self::$variant);
                })*
                None
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.rank().cmp(&other.rank())
            }
        }
    )*};
}

scale! {
    Severity { Unknown 0, Minor 1, Moderate 2, Severe 3, Other 4, Extreme 5 }
    Urgency { Unknown 0, Past 1, Future 2, Expected 3, Other 4, Immediate 5 }
    Certainty { Unknown 0, Unlikely 1, Possible 2, Likely 3, Other 4, Observed 5 }
}

impl MessageType {
    /// Reads the word CAP uses, in any case.
    pub fn from_cap(word: &str) -> Option<Self> {
        match word.trim().to_ascii_lowercase().as_str() {
            "alert" => Some(Self::Alert),
            "update" => Some(Self::Update),
            "cancel" => Some(Self::Cancel),
            _no_warning => None,
        }
    }
}

/// A warning of the ministry's own, in force from `effective` until `expires`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Advisory {
    pub message_type: MessageType,
    #[serde(default)]
    pub announced: Announced,
    pub severity: Severity,
    pub urgency: Urgency,
    pub certainty: Certainty,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub effective: Timestamp,
    /// When what it warns of begins, where that is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "string | null")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub onset: Option<Timestamp>,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub expires: Timestamp,
    pub areas: Vec<Area>,
    /// Whole in each of the ministry's languages.
    pub texts: Texts<AdvisoryText>,
}

/// An advisory's words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct AdvisoryText {
    pub headline: String,
    /// What to do, in order.
    #[serde(default)]
    pub steps: Vec<String>,
    #[serde(default)]
    pub why: String,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidAdvisory {
    #[error("expires at {expires}, not after it takes effect at {effective}")]
    EndsBeforeItBegins { effective: Timestamp, expires: Timestamp },
    #[error("begins at {onset}, not before it expires at {expires}")]
    BeginsAfterItsEnd { onset: Timestamp, expires: Timestamp },
    #[error("names no area")]
    NoArea,
    #[error("has an area that {0}")]
    Area(#[from] InvalidArea),
    #[error("has no complete text in {language}: a headline, a step at least, and why")]
    MissingLanguage { language: Tag },
    #[error("has another number of steps in {language} than in the others")]
    Steps { language: Tag },
}

impl Advisory {
    /// What an officer's file must fulfil, in the ministry's `languages`.
    ///
    /// # Errors
    /// The first thing that it lacks.
    pub fn check(&self, languages: &[Tag]) -> Result<(), InvalidAdvisory> {
        if self.expires <= self.effective {
            return Err(InvalidAdvisory::EndsBeforeItBegins { effective: self.effective, expires: self.expires });
        }
        if let Some(onset) = self.onset.filter(|onset| *onset >= self.expires) {
            return Err(InvalidAdvisory::BeginsAfterItsEnd { onset, expires: self.expires });
        }
        if self.areas.is_empty() {
            return Err(InvalidAdvisory::NoArea);
        }
        for area in &self.areas {
            area.check()?;
        }
        let mut steps = None;
        for language in languages {
            let text = self.texts.get(language.as_str()).filter(|text| text.is_complete());
            let Some(text) = text else {
                return Err(InvalidAdvisory::MissingLanguage { language: language.clone() });
            };
            if *steps.get_or_insert(text.steps.len()) != text.steps.len() {
                return Err(InvalidAdvisory::Steps { language: language.clone() });
            }
        }
        Ok(())
    }

    /// The end of another one, or of itself: a cancellation, or a danger that is past.
    pub fn is_ending(&self) -> bool {
        self.message_type == MessageType::Cancel || self.urgency == Urgency::Past
    }

    /// In force: no ending, and within its own times.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        !self.is_ending() && self.effective <= now && now < self.expires
    }
}

impl AdvisoryText {
    /// Nothing is blank, and there is something to do.
    pub fn is_complete(&self) -> bool {
        !words::is_blank(&self.headline)
            && !words::is_blank(&self.why)
            && !self.steps.is_empty()
            && self.steps.iter().all(|step| !words::is_blank(step))
    }
}
