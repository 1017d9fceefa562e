//! How much one device may have in the register: more than any traveller needs, and too little to fill a disk.

use contract::record::Kind;

use super::{RegisterError, kept::Incoming};

/// Trips, deleted ones among them.
pub const TRIPS: u32 = 200;
/// Bytes of all its trips.
pub const TRIP_BYTES: u64 = 4 * 1024 * 1024;
/// Check-ins and calls.
pub const WORDS: u32 = 1_000;
/// So many more of them are taken where they ask for help.
pub const CRIES: u32 = 1_000;
/// Receipts, one for each version of each advisory.
pub const RECEIPTS: u32 = 20_000;

/// The kinds that share one quota with `kind`.
pub fn shared(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::CheckIn | Kind::Call => &[Kind::CheckIn, Kind::Call],
        Kind::Trip => &[Kind::Trip],
        Kind::Device => &[Kind::Device],
        Kind::Receipts => &[Kind::Receipts],
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
/// where it is new.
///
/// # Errors
/// [`RegisterError::QuotaReached`].
pub fn record(had: Had, record: &Incoming, replaced: Option<usize>) -> Result<(), RegisterError> {
    let bytes = (had.bytes + record.json.len() as u64).saturating_sub(replaced.unwrap_or_default() as u64);
    let (most, most_bytes) = match record.kind {
        Kind::Trip => (TRIPS, TRIP_BYTES),
        Kind::CheckIn | Kind::Call if record.asks_for_help => (WORDS + CRIES, u64::MAX),
        Kind::CheckIn | Kind::Call => (WORDS, u64::MAX),
        Kind::Device | Kind::Receipts => (u32::MAX, u64::MAX),
    };
    allow((replaced.is_some() || had.records < most) && bytes <= most_bytes)
}

/// # Errors
/// [`RegisterError::QuotaReached`].
pub fn receipts(had: u32, more: usize) -> Result<(), RegisterError> {
    allow(had as usize + more <= RECEIPTS as usize)
}

fn allow(holds: bool) -> Result<(), RegisterError> {
    if holds { Ok(()) } else { Err(RegisterError::QuotaReached) }
}
