//! A log proves itself: every frame follows the one before, under a signature of the ministry.

use contract::{
    jws::{Refusal, Verified},
    keys::{Carried, KeySet},
    log::LogPosition,
};

use super::{LogError, StoredFrame};

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
        match keys.entry(&frame.entry, Carried::At { seq: frame.seq, confirmed: true }) {
            // what was voided later was signed by the ministry's key all the same
            Ok(_) | Err(Refusal::VoidedKey | Refusal::OutsideKeyRange | Refusal::Unreadable) => {}
            Err(_) => return Err(altered("no key of the ministry signed it")),
        }
    }
    Ok(position)
}
