//! Why the log does not take, give or sign something.

use contract::{ids::KeyId, jws::Refusal};
use jiff::Timestamp;

use crate::storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Entry `index` of those that were to be appended.
    #[error("{entry}: {refusal}")]
    Entry { index: usize, entry: String, refusal: Refusal },
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    #[error("{0} is not there yet")]
    NotYetThere(&'static str),
    #[error("frames up to {0} are no longer served: read the snapshot")]
    Gone(u64),
    #[error("a row of the log could not be read")]
    Row(#[source] serde_json::Error),
    #[error("it could not be compressed")]
    Coding(#[source] std::io::Error),
    #[error("it could not be signed")]
    Sign(#[source] serde_json::Error),
    #[error(
        "the clock says {now}, but something was signed at {signed} already: set the clock right, or `ministry repair`"
    )]
    ClockBehind { now: Timestamp, signed: Timestamp },
    #[error("it was signed at {signed}, and here it is {now}")]
    FromTheFuture { now: Timestamp, signed: Timestamp },
    #[error("restored from a backup: no head is signed until the desk has said where the log stands")]
    AwaitsDesk,
    #[error("the head key {0} is not in the front's folder: bring it from the desk, and start the front anew")]
    NoHeadKey(KeyId),
    #[error("frame {seq} of the log is not what was appended: {reason}")]
    Altered { seq: u64, reason: &'static str },
}
