//! The desk's signed word on how far the log is the ministry's own.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{LONGEST_LIFE, LogPosition};
use crate::{
    hash::Hash,
    jws::{self, Document, Purpose, Refusal, Verified},
};

/// Signed by the desk every six hours and with each publish, for a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watermark {
    /// Up to here the log is the ministry's own.
    pub seq: u64,
    /// Hash of frame `seq`.
    pub hash: Hash,
    /// What lives, for who begins here.
    pub snapshot: SnapshotName,
    /// Number of the newest key set.
    pub keys: u32,
    /// By the desk's clock.
    pub issued_at: Timestamp,
    /// A day later: then it confirms no longer.
    pub expires_at: Timestamp,
}

/// The snapshot of what lives at `seq`, by the SHA-256 of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotName {
    /// At most the watermark's own.
    pub seq: u64,
    /// Of all of its bytes.
    pub hash: Hash,
}

impl Document for Watermark {
    const PURPOSE: Purpose = Purpose::Watermark;

    fn read(payload: &str) -> Result<Self, Refusal> {
        jws::read_payload(payload)
    }
}

impl Watermark {
    /// The place it names.
    pub fn position(&self) -> LogPosition {
        LogPosition { seq: self.seq, hash: self.hash }
    }

    /// Confirms what is shown; after its end it still proves what it covers.
    pub fn is_current(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}

/// Judges whether `new` may take the place of the `held` watermark: it never goes back. One that has expired is
/// taken all the same, for what it proves.
///
/// # Errors
/// [`Refusal::OlderWatermark`], [`Refusal::Conflict`], or [`Refusal::Malformed`] where it cannot be right in itself.
pub fn check_watermark(held: Option<&Verified<Watermark>>, new: &Verified<Watermark>) -> Result<(), Refusal> {
    check_itself(new)?;
    let Some(held) = held else { return Ok(()) };
    if new.issued_at < held.issued_at {
        return Err(Refusal::OlderWatermark);
    }
    check_place(held, new)
}

/// The same where the held one has a date that cannot be right: only the date may go back.
///
/// # Errors
/// As those of [`check_watermark`].
pub fn check_redated_watermark(held: &Verified<Watermark>, new: &Verified<Watermark>) -> Result<(), Refusal> {
    check_itself(new)?;
    check_place(held, new)
}

fn check_itself(new: &Watermark) -> Result<(), Refusal> {
    let life = new.expires_at.duration_since(new.issued_at);
    if new.snapshot.seq > new.seq || life > LONGEST_LIFE || life <= SignedDuration::ZERO {
        return Err(Refusal::Malformed);
    }
    Ok(())
}

fn check_place(held: &Watermark, new: &Watermark) -> Result<(), Refusal> {
    if new.seq < held.seq || new.snapshot.seq < held.snapshot.seq {
        return Err(Refusal::OlderWatermark);
    }
    if new.seq == held.seq && new.hash != held.hash {
        return Err(Refusal::Conflict);
    }
    Ok(())
}

/// How far a watermark may raise the time above the device's own clock.
const FLOOR_ABOVE_CLOCK: SignedDuration = SignedDuration::from_hours(25);

/// The time to judge by: the device's clock, but never before the newest watermark was issued, and never more than
/// 25 hours above the clock, so that no stolen key drives it on.
pub fn floor_of_time(clock: Timestamp, watermark: Option<&Watermark>) -> Timestamp {
    let Some(watermark) = watermark else { return clock };
    let highest = clock.checked_add(FLOOR_ABOVE_CLOCK).unwrap_or(Timestamp::MAX);
    clock.max(watermark.issued_at.min(highest))
}
