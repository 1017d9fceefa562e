//! The standing travel level of a country.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{place::CountryCode, words::Words};

/// 1 usual care, 2 more care, 3 avoid what can wait, 4 do not travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
pub struct Level {
    /// The country it is for.
    pub country: CountryCode,
    /// 1 to 4; read through [`Level::shown`].
    pub level: u8,
    /// When the ministry set it.
    #[ts(type = "string")]
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// The ministry's reason, in a sentence.
    pub why: Words,
}

impl Level {
    /// 1 to 4: a number outside the scale is read as the nearest.
    pub fn shown(&self) -> u8 {
        self.level.clamp(1, 4)
    }
}
