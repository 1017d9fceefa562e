//! When somebody answers.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// Opening hours of a line or a mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Hours {
    /// Day and night.
    Always,
    Weekly {
        /// IANA name: the clock they go by.
        time_zone: String,
        spans: Vec<Span>,
    },
    /// Hours in a form this reader does not know: somebody may answer at any time.
    #[serde(other, rename = "(other)")]
    Other,
}

/// The same hours on each day from `first` to `last`, round the week where `last` comes before `first`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Span {
    pub first: Weekday,
    pub last: Weekday,
    /// `HH:MM:SS`.
    #[ts(type = "string")]
    #[schema(value_type = String)]
    pub opens: Time,
    /// On the same day where it is after `opens`, else on the next: night duty from 18 to 9.
    #[ts(type = "string")]
    #[schema(value_type = String)]
    pub closes: Time,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}
