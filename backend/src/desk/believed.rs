//! What counts of what the desk has signed: all of it, but for what a void has taken away.

use std::collections::{HashMap, HashSet};

use contract::{
    entry::Entry,
    ids::EntryId,
    jws::{Document, Jws},
    keys::Role,
};

use super::{Desk, ledger::Signed};

/// Empty where no publishing key has ended: then all counts.
#[derive(Default)]
pub struct Believed<'a> {
    /// What has a place in the log.
    placed: HashSet<&'a Jws>,
    /// Of that, the last version of each id that counts at its place.
    newest: HashMap<EntryId, Entry>,
}

impl<'a> Believed<'a> {
    /// Reads the whole log where any publishing key has ended or is void.
    pub fn of(desk: &'a Desk) -> Self {
        let mut believed = Self::default();
        if desk.keys.keys.iter().filter(|key| key.role == Role::Publish).all(|key| key.is_open()) {
            return believed;
        }
        for frame in desk.log.frames() {
            believed.placed.insert(&frame.entry);
            if let Ok(entry) = desk.keys.entry_at(frame.seq, &frame.entry) {
                let entry = entry.into_inner();
                believed.newest.insert(entry.id.clone(), entry);
            }
        }
        believed
    }

    /// Whether the newest version of an id counts; what waits to be posted does.
    pub fn has(&self, newest: &Signed) -> bool {
        let counts = |entry: &Entry| entry.version == newest.version;
        !self.placed.contains(&newest.entry) || self.newest.get(&newest.id).is_some_and(counts)
    }

    /// The newest version of an id that counts: the newest of all, or one before it.
    pub fn version(&self, newest: &Signed) -> Option<Entry> {
        if self.has(newest) { Entry::read(&newest.entry.payload).ok() } else { self.newest.get(&newest.id).cloned() }
    }
}
