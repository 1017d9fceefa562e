//! A log proves itself: every frame follows the one before, under a signature of the ministry.

use contract::{
    jws::{Refusal, Verified},
    keys::KeySet,
    log::{LogPosition, Watermark},
};

use super::{LogError, LogStore, StoredFrame, StoredWatermark};

/// How many frames are proved in one go.
const PROVED_AT_ONCE: u64 = 512;

/// Follows `frames` on from `before`, and answers the position after them.
///
/// # Errors
/// [`LogError::Altered`] for the first frame that is not what was appended.
pub fn prove(before: LogPosition, frames: &[StoredFrame], keys: &Verified<KeySet>) -> Result<LogPosition, LogError> {
    let mut position = before;
    for StoredFrame { frame, hash } in frames {
        let altered = |reason| LogError::Altered { seq: frame.seq, reason };
        position = position.after(frame).map_err(|_| altered("it does not follow the frame before"))?;
        if position.hash != *hash {
            return Err(altered("its hash is another"));
        }
        match keys.entry_at(frame.seq, &frame.entry) {
            // what was voided later was signed by the ministry's key all the same
            Ok(_) | Err(Refusal::VoidedKey | Refusal::OutsideKeyRange | Refusal::Unreadable) => {}
            Err(_) => return Err(altered("no key of the ministry signed it")),
        }
    }
    Ok(position)
}

/// Proves the whole log, and answers its newest position.
///
/// # Errors
/// [`LogError::Altered`] for the first frame that is not what was appended.
pub async fn prove_all(store: &dyn LogStore, keys: &Verified<KeySet>) -> Result<LogPosition, LogError> {
    let mut position = LogPosition::default();
    loop {
        let frames = store.frames(position.seq + 1, position.seq + PROVED_AT_ONCE, usize::MAX).await?;
        if frames.is_empty() {
            break;
        }
        position = prove(position, &frames, keys)?;
    }
    let newest = store.newest().await?;
    if newest != position {
        return Err(LogError::Altered { seq: position.seq + 1, reason: "it is missing" });
    }
    Ok(position)
}

/// The log must hold the very frame that the desk named.
pub(super) async fn prove_watermark(store: &dyn LogStore, watermark: &Watermark) -> Result<(), LogError> {
    if watermark.seq == 0 {
        return Ok(());
    }
    match store.frames(watermark.seq, watermark.seq, usize::MAX).await?.first() {
        Some(stored) if stored.hash == watermark.hash => Ok(()),
        Some(_) => Err(Refusal::Conflict.into()),
        None => Err(LogError::NotYetThere("a frame that it names")),
    }
}

/// The newest watermark that no void takes away.
pub(super) fn newest_believed<'a>(
    watermarks: &'a [StoredWatermark],
    keys: &Verified<KeySet>,
) -> Result<Option<(&'a StoredWatermark, Verified<Watermark>)>, LogError> {
    for stored in watermarks.iter().rev() {
        match keys.watermark(&stored.jws) {
            Ok(watermark) => return Ok(Some((stored, watermark))),
            Err(Refusal::VoidedKey | Refusal::OutsideKeyRange) => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    Ok(None)
}
