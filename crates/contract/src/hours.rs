//! When somebody answers.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// Opening hours of a line or a mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Hours {
    /// Day and night.
    Always,
    /// The same in every week.
    Weekly {
        /// IANA name: the clock they go by.
        time_zone: String,
        /// All of them hold: more than one a day where there is a break.
        spans: Vec<Span>,
    },
    /// Hours in a form this reader does not know: somebody may answer at any time.
    #[serde(other, rename = "(other)")]
    Other,
}

/// The same hours on each day from `first` to `last`, round the week where `last` comes before `first`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Span {
    /// The first of its days.
    pub first: Weekday,
    /// The last of its days.
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

/// A day of the week, as ISO 8601 orders them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// ISO 8601's first.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The seventh.
    Sunday,
}
