//! How much one device may have in the register: more than any traveller needs, and too little to fill a disk.

use contract::record::Kind;

use super::{
    RegisterError,
    kept::{Incoming, KEPT},
};

/// Trips, deleted ones among them.
pub const TRIPS: u32 = 200;
/// Bytes of all its trips.
pub const TRIP_BYTES: u64 = 4 * 1024 * 1024;
/// Check-ins, calls and messages.
pub const WORDS: u32 = 1_000;
/// Bytes of all of them.
pub const WORD_BYTES: u64 = 4 * 1024 * 1024;
/// So many more of them are taken where they ask for help.
pub const CRIES: u32 = 1_000;
/// And so many more bytes.
pub const CRY_BYTES: u64 = 4 * 1024 * 1024;
/// Receipts, one for each version of each advisory.
pub const RECEIPTS: u32 = 20_000;

/// What kinds share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// Where people will be.
    Trips,
    /// What they say: help is taken beyond the rest.
    Words,
}

impl Quota {
    /// The kinds that share it.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        KEPT.into_iter().filter(move |rules| rules.quota == self).map(|rules| rules.kind)
    }

    /// Records and bytes.
    fn most(self, asks_for_help: bool) -> (u32, u64) {
        match self {
            Self::Trips => (TRIPS, TRIP_BYTES),
            Self::Words if asks_for_help => (WORDS + CRIES, WORD_BYTES + CRY_BYTES),
            Self::Words => (WORDS, WORD_BYTES),
        }
    }
}

/// What a device has of the kinds that share a quota.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Had {
    /// Deleted ones among them.
    pub records: u32,
    /// Of all of them.
    pub bytes: u64,
}

/// Whether `record` may be kept beside what the device has; `replaced` is how many bytes it takes the place of, absent
/// where it is new. What takes up no more than before is always kept.
///
/// # Errors
/// [`RegisterError::QuotaReached`].
pub fn record(had: Had, record: &Incoming, replaced: Option<u64>) -> Result<(), RegisterError> {
    let (most, most_bytes) = record.rules.quota.most(record.asks_for_help);
    let bytes = (had.bytes + record.bytes()).saturating_sub(replaced.unwrap_or_default());
    let grows = replaced.is_none_or(|replaced| record.bytes() > replaced);
    allow((replaced.is_some() || had.records < most) && (!grows || bytes <= most_bytes))
}

/// # Errors
/// [`RegisterError::QuotaReached`].
pub fn receipts(had: u32, more: usize) -> Result<(), RegisterError> {
    allow(had as usize + more <= RECEIPTS as usize)
}

fn allow(holds: bool) -> Result<(), RegisterError> {
    if holds { Ok(()) } else { Err(RegisterError::QuotaReached) }
}
