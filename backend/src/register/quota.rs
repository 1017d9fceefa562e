//! How much one device may have in the register: more than any traveller needs, and too little to fill a disk.

use super::RegisterError;

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

/// What a device has before the write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Had {
    /// Deleted ones among them.
    pub trips: u32,
    /// Without the trip that is being replaced.
    pub trip_bytes: u64,
    /// Check-ins and calls.
    pub words: u32,
    /// One for each version of each advisory.
    pub receipts: u32,
}

fn allow(holds: bool) -> Result<(), RegisterError> {
    if holds { Ok(()) } else { Err(RegisterError::QuotaReached) }
}

/// # Errors
/// [`RegisterError::QuotaReached`].
pub fn trip(had: Had, is_new: bool, bytes: usize) -> Result<(), RegisterError> {
    allow(!is_new || had.trips < TRIPS)?;
    allow(had.trip_bytes.saturating_add(bytes as u64) <= TRIP_BYTES)
}

/// A check-in or a call that is new.
///
/// # Errors
/// [`RegisterError::QuotaReached`].
pub fn word(had: Had, asks_for_help: bool) -> Result<(), RegisterError> {
    let most = if asks_for_help { WORDS + CRIES } else { WORDS };
    allow(had.words < most)
}

/// # Errors
/// [`RegisterError::QuotaReached`].
pub fn receipts(had: Had, more: usize) -> Result<(), RegisterError> {
    allow(had.receipts as usize + more <= RECEIPTS as usize)
}
