//! Warnings, after CAP 1.2, and standing travel levels.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    place::{AirportCode, CountryCode, Position},
    words::{Lang, Words},
};

macro_rules! cap_scale {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant),* }

        impl $name {
            /// Reads the word CAP uses ("Extreme"), in any case.
            pub fn from_cap(word: &str) -> Option<Self> {
                $(if word.trim().eq_ignore_ascii_case(stringify!($variant)) { return Some(Self::$variant); })*
                None
            }
        }
    )*};
}

cap_scale! {
    MessageType { Alert, Update, Cancel }
    /// Least first, so that greater is worse.
    Severity { Unknown, Minor, Moderate, Severe, Extreme }
    /// Least first, so that greater is sooner.
    Urgency { Unknown, Past, Future, Expected, Immediate }
    /// Least first, so that greater is surer.
    Certainty { Unknown, Unlikely, Possible, Likely, Observed }
}

/// A warning in force from `effective` until `expires`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advisory {
    pub message_type: MessageType,
    pub severity: Severity,
    pub urgency: Urgency,
    pub certainty: Certainty,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub effective: Timestamp,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub expires: Timestamp,
    pub areas: Vec<Area>,
    /// One a language; the ministry's own advisories have all three.
    pub texts: Vec<AdvisoryText>,
    /// Present where another authority speaks and the ministry passes it on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relayed: Option<Relayed>,
}

/// An advisory's words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvisoryText {
    /// BCP 47: a relayed alert keeps whatever language it came in.
    pub lang: String,
    pub headline: String,
    /// What to do, in order. A relayed alert may give none.
    #[serde(default)]
    pub steps: Vec<String>,
    #[serde(default)]
    pub why: String,
}

/// Where a warning holds: a country, airports, or shapes. Empty shapes mean the whole country.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    #[serde(default)]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub airports: Vec<AirportCode>,
    /// Rings of points, the last equal to the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub polygons: Vec<Vec<Position>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circles: Vec<Circle>,
}

impl Area {
    pub fn has_shape(&self) -> bool {
        !self.polygons.is_empty() || !self.circles.is_empty()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Circle {
    pub center: Position,
    pub radius_km: f64,
}

/// Who speaks in a relayed alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Relayed {
    /// The authority's name where the alert gives it, else its `sender`.
    pub sender: String,
    /// The alert's own `identifier`.
    pub identifier: String,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub sent: Timestamp,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidAdvisory {
    #[error("expires at {expires}, not after it takes effect at {effective}")]
    EndsBeforeItBegins { effective: Timestamp, expires: Timestamp },
    #[error("names no area")]
    NoArea,
    #[error("an area has a ring of fewer than four points, or one that is not closed")]
    OpenRing,
    #[error("a point or radius is not on the Earth")]
    OffTheEarth,
    #[error("has no text")]
    NoText,
    #[error("has no complete text in {}", lang.tag())]
    MissingLanguage { lang: Lang },
    #[error("has an empty headline")]
    NoHeadline,
}

impl Advisory {
    /// What an officer's file must fulfil, and what the app relies on.
    pub fn check(&self) -> Result<(), InvalidAdvisory> {
        if self.expires <= self.effective {
            return Err(InvalidAdvisory::EndsBeforeItBegins { effective: self.effective, expires: self.expires });
        }
        if self.areas.is_empty() {
            return Err(InvalidAdvisory::NoArea);
        }
        for area in &self.areas {
            for ring in &area.polygons {
                if ring.len() < 4 || ring.first() != ring.last() {
                    return Err(InvalidAdvisory::OpenRing);
                }
            }
            let mut points = area.polygons.iter().flatten().chain(area.circles.iter().map(|circle| &circle.center));
            let radii_hold = area.circles.iter().all(|circle| circle.radius_km >= 0.0 && circle.radius_km <= 20_040.0);
            if !radii_hold || points.any(|p| Position::new(p.lat, p.lon).is_none()) {
                return Err(InvalidAdvisory::OffTheEarth);
            }
        }
        if self.texts.is_empty() {
            return Err(InvalidAdvisory::NoText);
        }
        if self.texts.iter().any(|text| text.headline.trim().is_empty()) {
            return Err(InvalidAdvisory::NoHeadline);
        }
        if self.relayed.is_none() {
            for lang in Lang::ALL {
                let complete = |text: &&AdvisoryText| {
                    text.lang == lang.tag() && !text.steps.is_empty() && !text.why.trim().is_empty()
                };
                self.texts.iter().find(complete).ok_or(InvalidAdvisory::MissingLanguage { lang })?;
            }
        }
        Ok(())
    }

    /// In force: neither cancelled nor outside its own times.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.message_type != MessageType::Cancel && self.effective <= now && now < self.expires
    }
}

/// The standing travel level of a country: 1 usual care, 2 more care, 3 avoid what can wait, 4 do not travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    pub country: CountryCode,
    pub level: u8,
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    pub why: Words,
}
