//! Where the log is kept: SQLite here; another database can follow.

#![deny(missing_docs)]

use std::sync::Arc;

use contract::{
    hash::Hash,
    ids::EntryId,
    jws::{Jws, Refusal},
    log::{Frame, LogPosition, SnapshotLine},
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;

use super::{LogError, Statement};

/// What every call of a [`LogStore`] answers.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, LogError>>;

/// An entry that asks for a place, by its own word; [`Author::admit`] verifies it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is about.
    pub id: EntryId,
    /// From 1.
    pub version: u32,
    /// As it is written.
    pub kind: String,
    /// As the desk signed it.
    pub entry: Jws,
}

/// Where entries now stand, in the order they were handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// One for each.
    pub frames: Vec<Frame>,
    /// How many of them did not stand there before.
    pub new: usize,
}

/// What a head is signed over.
#[derive(Debug, Clone, Copy)]
pub struct Newest {
    /// The newest frame, the new ones among them.
    pub position: LogPosition,
    /// When the head before was issued; the new one must not look older.
    pub issued_before: Option<Timestamp>,
}

/// What one transaction added.
#[derive(Debug, Clone)]
pub struct Written {
    /// What the desk is answered with.
    pub appended: Appended,
    /// Those that did not stand there before.
    pub added: Vec<Frame>,
    /// Absent where nothing was added.
    pub head: Option<Statement>,
}

/// A frame, and the hash that was noted beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFrame {
    /// As it is stored.
    pub frame: Frame,
    /// Another one than the frame's own: the file was altered.
    pub hash: Hash,
}

/// A watermark that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredWatermark {
    /// By the desk's clock.
    pub issued_at: Timestamp,
    /// Up to here the log is the ministry's own.
    pub seq: u64,
    /// The snapshot it names.
    pub snapshot: Hash,
    /// Where that one was made.
    pub snapshot_seq: u64,
    /// Compact, as the desk signed it.
    pub jws: String,
}

/// Who decides inside a transaction of the log, and hears of it afterwards.
pub trait Author: Send + Sync {
    /// Verifies a frame where it would stand.
    ///
    /// # Errors
    /// The frame may not stand at its place.
    fn admit(&self, frame: &Frame) -> Result<(), Refusal>;
    /// The signed head, and when it was issued.
    ///
    /// # Errors
    /// It could not be signed.
    fn head(&self, newest: Newest) -> Result<(Statement, Timestamp), LogError>;
    /// Called after each commit, in the order of the commits.
    fn committed(&self, written: &Written);
}

/// Frames, the newest signed head, key sets, watermarks and snapshots. One conformance suite runs on every
/// implementation.
pub trait LogStore: Send + Sync {
    /// Appends all entries or none, with a head over the newest, in one transaction.
    fn append(&self, entries: Vec<Candidate>, author: Arc<dyn Author>) -> Answer<'_, Appended>;
    /// Signs the same position anew. [`LogError::AwaitsDesk`] after a restore.
    fn sign_head(&self, author: Arc<dyn Author>) -> Answer<'_, ()>;
    /// The head that was signed last.
    fn head(&self) -> Answer<'_, Option<Statement>>;
    /// From now on no head is signed, until a watermark says where the log stands.
    fn await_desk(&self, now: Timestamp) -> Answer<'_, ()>;
    /// Forgets the head and the watermarks that were signed ahead of `now`, and answers how many.
    fn forget_the_future(&self, now: Timestamp) -> Answer<'_, usize>;
    /// How far the log goes.
    fn newest(&self) -> Answer<'_, LogPosition>;
    /// Frames `from..=to`, as far as there are any, and none after the one with which their entries take `bytes`.
    fn frames(&self, from: u64, to: u64, bytes: usize) -> Answer<'_, Vec<StoredFrame>>;
    /// Of each id the newest version, in the order of the log.
    fn live(&self) -> Answer<'_, Vec<SnapshotLine>>;
    /// The newest version of `id` below `version`.
    fn version_before(&self, id: EntryId, version: u32) -> Answer<'_, Option<SnapshotLine>>;

    /// The documents of key sets 1, 2, …
    fn key_sets(&self) -> Answer<'_, Vec<String>>;
    /// Keeps a key set that was verified.
    fn put_key_set(&self, number: u32, document: String) -> Answer<'_, ()>;

    /// Keeps a snapshot by the hash of its bytes.
    fn put_snapshot(&self, hash: Hash, bytes: Vec<u8>, now: Timestamp) -> Answer<'_, ()>;
    /// The bytes of a snapshot, where it is kept.
    fn snapshot(&self, hash: Hash) -> Answer<'_, Option<Vec<u8>>>;

    /// Keeps a watermark whose snapshot is here; from then on heads are signed again after a restore. Forgets the
    /// watermarks before `since` but for the last two, and the snapshots that none of the kept ones names.
    fn put_watermark(&self, watermark: StoredWatermark, since: Timestamp) -> Answer<'_, ()>;
    /// The watermarks that are kept, the newest last.
    fn watermarks(&self) -> Answer<'_, Vec<StoredWatermark>>;
}

/// What stands under a candidate's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The newest version.
    pub newest: u32,
    /// The kind it has had.
    pub kind: String,
    /// The frame of the candidate's very version.
    pub same: Option<Frame>,
}

/// Whether a candidate is to be appended, or is answered with where it stands.
///
/// # Errors
/// The version is taken by other bytes or is not the next one, or the id has had another kind: nobody can write the
/// last version of all.
pub fn judge(held: Option<Held>, candidate: &Candidate) -> Result<Option<Frame>, Refusal> {
    let Some(held) = held else {
        return if candidate.version == 1 { Ok(None) } else { Err(Refusal::VersionSkipped) };
    };
    if let Some(same) = held.same {
        return if same.entry == candidate.entry { Ok(Some(same)) } else { Err(Refusal::Conflict) };
    }
    if held.kind != candidate.kind {
        return Err(Refusal::KindChanged);
    }
    match held.newest.checked_add(1) {
        Some(next) if candidate.version == next => Ok(None),
        Some(next) if candidate.version > next => Err(Refusal::VersionSkipped),
        Some(_) | None => Err(Refusal::LowerVersion),
    }
}
