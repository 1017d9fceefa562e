//! The front's signed statement of the newest frame.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{LONGEST_LIFE, LogPosition, watermark::Watermark};
use crate::{
    hash::Hash,
    jws::{self, Document, Purpose, Refusal, Verified},
};

/// Signed anew every hour, for a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The newest frame; 0 where there is none.
    pub seq: u64,
    /// Hash of frame `seq`; [`Hash::ZERO`] where `seq` is 0.
    pub hash: Hash,
    /// Number of the newest key set.
    pub keys: u32,
    /// By the front's clock.
    pub issued_at: Timestamp,
    /// A day later.
    pub expires_at: Timestamp,
}

impl Document for Head {
    const PURPOSE: Purpose = Purpose::Head;

    fn read(payload: &str) -> Result<Self, Refusal> {
        jws::read_payload(payload)
    }
}

/// How far a head may be ahead of the time known here.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

impl Head {
    /// The place it names.
    pub fn position(&self) -> LogPosition {
        LogPosition { seq: self.seq, hash: self.hash }
    }

    /// Whether its times can be right at all: neither from tomorrow nor for years.
    fn is_plausible(&self, now: Timestamp) -> bool {
        self.issued_at.duration_since(now) <= AHEAD && self.expires_at.duration_since(self.issued_at) <= LONGEST_LIFE
    }
}

/// Judges whether `new` may follow the `held` head: it never goes back, and one outside its time advances nothing.
/// A held head whose times cannot be right stands in nobody's way. Where it contradicts a watermark, that wins.
///
/// `now` is the device's clock raised to the [floor of time](super::floor_of_time).
///
/// # Errors
/// The first rule that it breaks.
pub fn check_head(
    held: Option<&Verified<Head>>,
    watermark: Option<&Verified<Watermark>>,
    new: &Verified<Head>,
    now: Timestamp,
) -> Result<(), Refusal> {
    if let Some(held) = held.filter(|held| held.is_plausible(now)) {
        if new.seq < held.seq || new.issued_at < held.issued_at {
            return Err(Refusal::OlderHead);
        }
        if new.seq == held.seq && new.hash != held.hash {
            return Err(Refusal::Conflict);
        }
    }
    if new.expires_at <= now || new.expires_at <= new.issued_at || !new.is_plausible(now) {
        return Err(Refusal::ExpiredHead);
    }
    match watermark {
        Some(watermark) if new.seq < watermark.seq => Err(Refusal::AgainstWatermark),
        Some(watermark) if new.seq == watermark.seq && new.hash != watermark.hash => Err(Refusal::AgainstWatermark),
        Some(_) | None => Ok(()),
    }
}
