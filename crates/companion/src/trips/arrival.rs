//! How somebody comes to a leg, where exactly, and whether they may be there: sealed, like all that is nobody's to
//! count.

use contract::record::ArrivesBy;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was said of coming to a leg.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Arrival {
    /// How they come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ArrivesBy>,
    /// The terminal, the port, the station or the border crossing, as they write it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// The last day of their visa, `YYYY-MM-DD`; empty where they did not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub visa_until: String,
    /// Of a transit: whether they may enter the country, where they must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_enter: Option<bool>,
}

impl Arrival {
    pub(super) fn says_nothing(&self) -> bool {
        let Self { by, at, visa_until, may_enter } = self;
        by.is_none() && at.trim().is_empty() && visa_until.trim().is_empty() && may_enter.is_none()
    }
}
