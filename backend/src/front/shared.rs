//! What never changes, and what many read at once: it stands in memory once, however slowly they read. So all that slow
//! readers keep in memory is what the ministry has published and the front still serves, once, and none of it is weighed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

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

impl Weighter<Immutable, Arc<Coded>> for InBytes {
    fn weight(&self, _: &Immutable, coded: &Arc<Coded>) -> u64 {
        coded.bytes() as u64
    }
}

/// Whoever asks while it is made waits for the same.
pub struct Shared {
    kept: Cache<Immutable, Arc<Coded>, InBytes>,
    /// All that was made and is still in memory: it may be read when it is kept no more.
    read: Mutex<HashMap<Immutable, Weak<Coded>>>,
}

impl Shared {
    pub fn new() -> Self {
        Self { kept: Cache::with_weighter(ABOUT, ALL, InBytes), read: Mutex::default() }
    }

    /// What is kept or still read, or what `make` makes.
    ///
    /// # Errors
    /// It could not be made.
    pub async fn get<E>(&self, what: Immutable, make: impl Future<Output = Result<Coded, E>>) -> Result<Arc<Coded>, E> {
        let found = async {
            if let Some(read) = self.still_read(what) {
                return Ok(read);
            }
            let made = Arc::new(make.await?);
            self.note(what, &made);
            Ok(made)
        };
        self.kept.get_or_insert_async(&what, found).await
    }

    fn still_read(&self, what: Immutable) -> Option<Arc<Coded>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&what)?.upgrade()
    }

    fn note(&self, what: Immutable, made: &Arc<Coded>) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.retain(|_, coded| coded.strong_count() > 0);
        read.insert(what, Arc::downgrade(made));
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::coded::Coding;

    async fn make(shared: &Shared, page: u64) -> Arc<Coded> {
        let made = async { Ok::<_, Infallible>(Coded::new(b"frames\n".to_vec(), 1).unwrap()) };
        shared.get(Immutable::Page(page), made).await.unwrap()
    }

    #[tokio::test]
    async fn what_is_let_go_while_it_is_read_is_not_made_again() {
        let shared = Shared::new();
        let read = make(&shared, 0).await.shared(Coding::Plain);
        shared.kept.clear();
        let again = make(&shared, 0).await.shared(Coding::Plain);
        assert_eq!(again.as_ptr(), read.as_ptr());
        drop((read, again));
        shared.kept.clear();
        make(&shared, 1).await;
        assert!(!shared.read.lock().unwrap().contains_key(&Immutable::Page(0)), "and nobody remembers it");
    }
}
