//! What never changes, and what many read at once: it stands in memory once, however slowly they read.

use contract::hash::Hash;
use quick_cache::{Weighter, sync::Cache};

use crate::coded::Coded;

/// Bytes of all that is kept; what was not asked for lately goes first.
const ALL: u64 = 64 * 1024 * 1024;
/// About how many things that are: so few that the cache is not split, and a snapshot has room.
const ABOUT: usize = 32;

/// What is kept by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Immutable {
    /// A whole page of frames, by its first.
    Page(u64),
    /// A snapshot, by what names it.
    Snapshot(Hash),
}

#[derive(Clone)]
struct InBytes;

impl Weighter<Immutable, Coded> for InBytes {
    fn weight(&self, _: &Immutable, coded: &Coded) -> u64 {
        coded.bytes() as u64
    }
}

/// Whoever asks while it is made waits for the same.
pub struct Shared(Cache<Immutable, Coded, InBytes>);

impl Shared {
    pub fn new() -> Self {
        Self(Cache::with_weighter(ABOUT, ALL, InBytes))
    }

    /// What is kept, or what `make` makes.
    ///
    /// # Errors
    /// It could not be made.
    pub async fn get<E>(&self, what: Immutable, make: impl Future<Output = Result<Coded, E>>) -> Result<Coded, E> {
        self.0.get_or_insert_async(&what, make).await
    }
}
