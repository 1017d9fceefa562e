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
    /// CAP 1.2 `msgType`.
    pub enum MessageType {
        /// The first word on it.
        Alert,
        /// Takes the place of what it said before.
        Update,
        /// It is over, or should never have been said.
        Cancel,
    }
    /// Read as an alert.
    other

    /// CAP 1.2 `severity`: the threat to life or property.
    pub enum Severity {
        /// Nobody knows; ranks least.
        Unknown,
        /// Little or none.
        Minor,
        /// Possible.
        Moderate,
        /// Significant.
        Severe,
        /// Extraordinary.
        Extreme,
    }
    /// Read as severe.
    other

    /// CAP 1.2 `urgency`: when to act.
    pub enum Urgency {
        /// Nobody knows; ranks least.
        Unknown,
        /// No longer.
        Past,
        /// In the near future.
        Future,
        /// Within the next hour.
        Expected,
        /// Now.
        Immediate,
    }
    /// Read as expected.
    other

    /// CAP 1.2 `certainty`: how sure it is.
    pub enum Certainty {
        /// Nobody knows; ranks least.
        Unknown,
        /// Not expected to happen.
        Unlikely,
        /// At most as likely as not.
        Possible,
        /// More likely than not.
        Likely,
        /// It has happened, or goes on.
        Observed,
    }
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
    /// Whether it warns, changes a warning or ends it.
    pub message_type: MessageType,
    /// How a phone makes itself heard with it.
    #[serde(default)]
    pub announced: Announced,
    /// CAP's severity: how much harm.
    pub severity: Severity,
    /// CAP's urgency: how soon to act.
    pub urgency: Urgency,
    /// CAP's certainty: how sure it is.
    pub certainty: Certainty,
    /// From when it is shown as in force.
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub effective: Timestamp,
    /// When what it warns of begins, where that is later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "string | null")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub onset: Option<Timestamp>,
    /// From when it no longer is.
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub expires: Timestamp,
    /// Where it holds; one at least.
    pub areas: Vec<Area>,
    /// Whole in each of the ministry's languages.
    pub texts: Texts<AdvisoryText>,
}

/// An advisory's words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct AdvisoryText {
    /// What it is about, in one line.
    pub headline: String,
    /// What to do, in order.
    #[serde(default)]
    pub steps: Vec<String>,
    /// What has happened.
    #[serde(default)]
    pub why: String,
}

/// Why an advisory cannot be signed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidAdvisory {
    /// It would never be in force.
    #[error("expires at {expires}, not after it takes effect at {effective}")]
    EndsBeforeItBegins {
        /// As given.
        effective: Timestamp,
        /// As given.
        expires: Timestamp,
    },
    /// What it warns of would come after it.
    #[error("begins at {onset}, not before it expires at {expires}")]
    BeginsAfterItsEnd {
        /// As given.
        onset: Timestamp,
        /// As given.
        expires: Timestamp,
    },
    /// Nobody could be told whom it concerns.
    #[error("names no area")]
    NoArea,
    /// An area cannot be what it says.
    #[error("has an area that {0}")]
    Area(#[from] InvalidArea),
    /// A language of the ministry is not whole.
    #[error("has no complete text in {language}: a headline, a step at least, and why")]
    MissingLanguage {
        /// The one that is not whole.
        language: Tag,
    },
    /// Its languages do not say the same.
    #[error("has another number of steps in {language} than in the others")]
    Steps {
        /// The one that differs.
        language: Tag,
    },
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
