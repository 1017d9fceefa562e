//! An entry in its place in the log.

use serde::{Deserialize, Serialize};

use crate::{
    hash::Hash,
    jws::{Jws, Refusal},
};

/// One entry and what comes before it. On the wire: one line of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Frame {
    /// From 1, without gaps.
    pub seq: u64,
    /// Hash of the frame before; [`Hash::ZERO`] for the first.
    pub prev: Hash,
    /// As the officer signed it.
    pub entry: Jws,
}

impl Frame {
    /// SHA-256 over `seq "." prev "." compact-JWS`: the same whatever form carried it.
    pub fn hash(&self) -> Hash {
        Hash::of(format!("{}.{}.{}", self.seq, self.prev, self.entry.compact()).as_bytes())
    }
}

/// A place in the log: everything up to `seq`, whose frame hashes to `hash`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogPosition {
    /// 0 before the first frame.
    pub seq: u64,
    /// [`Hash::ZERO`] before the first frame.
    pub hash: Hash,
}

impl Default for LogPosition {
    fn default() -> Self {
        Self { seq: 0, hash: Hash::ZERO }
    }
}

impl LogPosition {
    /// The position after `frame`.
    ///
    /// # Errors
    /// [`Refusal::BrokenChain`] where it does not follow this one.
    pub fn after(self, frame: &Frame) -> Result<Self, Refusal> {
        if self.seq.checked_add(1) == Some(frame.seq) && frame.prev == self.hash {
            Ok(Self { seq: frame.seq, hash: frame.hash() })
        } else {
            Err(Refusal::BrokenChain)
        }
    }
}
