//! Where the log is kept: SQLite here; another database can follow.

use std::sync::Arc;

use contract::{
    bulletin::{Frame, Place},
    ids::EntryId,
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;

use super::{LogError, SignedHead};

pub type Answer<'a, T> = BoxFuture<'a, Result<T, LogError>>;

/// A verified entry that asks for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: EntryId,
    pub version: u32,
    pub entry: String,
}

/// Where an entry now stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    pub seq: u64,
    /// False where it stood there before.
    pub new: bool,
}

/// What a head is signed over.
#[derive(Debug, Clone)]
pub struct Newest {
    pub place: Place,
    /// The live entries there, in the order of the log.
    pub live: Vec<String>,
    /// No new head may be issued before this.
    pub not_before: Option<Timestamp>,
}

/// What one transaction added.
#[derive(Debug, Clone)]
pub struct Written {
    pub appended: Vec<Appended>,
    pub frames: Vec<Arc<Frame>>,
    /// Absent where nothing was added.
    pub head: Option<SignedHead>,
}

/// Who decides inside a transaction of the log, and hears of it afterwards.
pub trait Author: Send + Sync {
    /// # Errors
    /// The frame may not stand at its place.
    fn admit(&self, frame: &Frame) -> Result<(), LogError>;
    /// The signed head, and when it was issued.
    ///
    /// # Errors
    /// It could not be signed.
    fn head(&self, newest: &Newest) -> Result<(SignedHead, Timestamp), LogError>;
    /// Called after each commit, in the order of the commits.
    fn committed(&self, written: &Written);
}

/// Frames, and the newest signed head. One conformance suite runs on every implementation.
pub trait LogStore: Send + Sync {
    /// Appends all entries or none, with a head over the newest, in one transaction.
    fn append(&self, entries: Vec<Candidate>, author: Arc<dyn Author>) -> Answer<'_, Vec<Appended>>;
    /// Signs the same place anew.
    fn sign_head(&self, author: Arc<dyn Author>) -> Answer<'_, ()>;
    fn newest(&self) -> Answer<'_, Place>;
    /// Frames `from..=to`, as far as there are any.
    fn frames(&self, from: u64, to: u64) -> Answer<'_, Vec<Frame>>;
    /// Of each id the newest version at `seq`, in the order of the log.
    fn live(&self, seq: u64) -> Answer<'_, Vec<String>>;
    /// The newest version of `id` below `version`.
    fn version_before(&self, id: EntryId, version: u32) -> Answer<'_, Option<String>>;
}

/// The lowest version of the candidate's id that is not below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub seq: u64,
    pub version: u32,
    pub entry: String,
}

/// Whether a candidate is to be appended, or is answered with where it stands.
///
/// # Errors
/// The version is taken by other bytes, or a later one is there.
pub fn judge(held: Option<Held>, candidate: &Candidate) -> Result<Option<Appended>, LogError> {
    let Some(held) = held else { return Ok(None) };
    let Candidate { id, version, entry } = candidate;
    if held.version != *version {
        return Err(LogError::Late { id: id.clone(), version: *version, held: held.version });
    }
    if held.entry != *entry {
        return Err(LogError::Exists { id: id.clone(), version: *version });
    }
    Ok(Some(Appended { seq: held.seq, new: false }))
}
