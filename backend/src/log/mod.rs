//! The bulletin's log: what is decided about it without a database, and the trait behind which it is kept.

mod bulletin;
mod store;

use std::sync::Arc;

use contract::{
    bulletin::{Frame, Hash},
    ids::EntryId,
    jws::Refusal,
};

pub use bulletin::Bulletin;
pub use store::{Answer, Appended, Author, Candidate, Held, LogStore, Newest, Written, judge};

use crate::storage::StorageError;

/// A signed head as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    pub seq: u64,
    pub jws: String,
    pub etag: String,
}

impl SignedHead {
    pub fn new(seq: u64, jws: String) -> Self {
        let etag = format!("\"{}\"", Hash::of(jws.as_bytes()));
        Self { seq, jws, etag }
    }
}

/// What streams are told, in the order of the log.
#[derive(Debug, Clone)]
pub enum News {
    Frame(Arc<Frame>),
    Head(Arc<SignedHead>),
}

#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("the entry was refused: {0}")]
    Refused(#[from] Refusal),
    #[error("{id} version {version} is in the log with other bytes")]
    Exists { id: EntryId, version: u32 },
    #[error("{id} is in the log with version {held}, version {version} comes too late")]
    Late { id: EntryId, version: u32, held: u32 },
    #[error("a row of the log could not be read")]
    Row(#[source] serde_json::Error),
    #[error("the head could not be signed")]
    Sign(#[source] serde_json::Error),
}
