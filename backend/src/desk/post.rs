//! Posting: what waits goes to the front in order, and every frame that comes back is checked against the desk's log.

use std::path::PathBuf;

use contract::{
    entry::Entry,
    hash::Hash,
    jws::{Document, Refusal},
    log::{Frame, PAGE},
};

use super::{
    Desk,
    front_client::{FrontClient, PostError},
    ledger::{self, LedgerError, Signed},
    log::{DeskLogError, must_answer},
};
use crate::http::limits::ENTRIES_AT_ONCE;

#[derive(Debug, thiserror::Error)]
pub enum PostingError {
    #[error(transparent)]
    Front(#[from] PostError),
    #[error(transparent)]
    Log(#[from] DeskLogError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("the front's head is not believed: {0}")]
    Head(Refusal),
    #[error("the front did not answer with the entry that it was given")]
    AnotherEntry,
    #[error("what waits to be posted cannot be read or put away")]
    Unposted(#[from] std::io::Error),
}

/// What became of one entry.
pub enum Posted {
    At { signed: Signed, seq: u64 },
    Refused { signed: Signed, reason: String, aside: PathBuf },
}

impl Desk {
    /// Whether the desk was restored from a copy, and has not seen since what the front holds.
    pub fn is_restored(&self) -> bool {
        self.folder.restored().is_file()
    }

    /// Brings front and desk to one log: key sets and frames that the front lost come back to it, and frames that the
    /// desk could not note are read from it, where the desk had signed them.
    ///
    /// # Errors
    /// The front is away, or its log is not this desk's.
    pub async fn agree(&mut self, front: &FrontClient) -> Result<(), PostingError> {
        let (mut seq, held_keys) = match front.head().await? {
            Some(head) => match self.keys.head(&head) {
                Ok(head) => {
                    if head.seq <= self.log.newest().seq {
                        self.log.check(head.position())?;
                    }
                    (head.seq, head.keys)
                }
                // signed by a key that has been taken away: the front does not have the key set, or not the new key
                Err(Refusal::VoidedKey | Refusal::OutsideKeyRange) => (0, 1),
                Err(refusal) => return Err(PostingError::Head(refusal)),
            },
            // restored from a backup: nobody says where it stands, and what it has is answered as it stands
            None => (0, 1),
        };
        let restored = self.is_restored();
        if restored {
            self.learn_what_is_here()?;
        }
        for number in held_keys + 1..=self.keys.number {
            if let Some(document) = self.key_sets.get(number as usize - 1) {
                front.put_key_set(number, document.clone()).await?;
            }
        }
        while seq < self.log.newest().seq {
            let lost = self.log.after(seq);
            let entries = lost.iter().map(|frame| frame.entry.clone()).collect();
            must_answer(lost, &front.publish(entries).await?)?;
            seq += lost.len() as u64;
        }
        while self.log.newest().seq < seq {
            let from = self.log.newest().seq + 1;
            let to = seq.min((from - 1) / PAGE * PAGE + PAGE);
            let frames = front.frames(from, to).await?;
            if frames.is_empty() {
                return Err(DeskLogError::Forked(from).into());
            }
            for frame in &frames {
                if restored || self.is_void(frame) {
                    self.learn(frame)?;
                } else {
                    self.must_be_own(frame)?;
                }
            }
            self.log.keep(frames)?;
        }
        if restored {
            std::fs::remove_file(self.folder.restored())?;
        }
        Ok(())
    }

    /// What of a log and of what waits is newer than the ledger that was put back beside them.
    fn learn_what_is_here(&mut self) -> Result<(), PostingError> {
        for frame in self.log.frames().to_vec() {
            self.learn(&frame)?;
        }
        for (_, signed) in self.unposted.waiting()? {
            if !self.ledger.signed(&signed.entry) {
                self.ledger.add(signed)?;
            }
        }
        Ok(())
    }

    /// Whether a stolen key wrote it, and the key set says that it never counted.
    fn is_void(&self, frame: &Frame) -> bool {
        matches!(self.keys.entry_at(frame.seq, &frame.entry), Err(Refusal::VoidedKey))
    }

    /// A desk that was restored from a copy does not remember all that it signed; its key tells. What is void keeps its
    /// place, and its version is never given again.
    fn learn(&mut self, frame: &Frame) -> Result<(), PostingError> {
        if self.ledger.signed(&frame.entry) {
            return Ok(());
        }
        let read = match self.keys.entry_at(frame.seq, &frame.entry) {
            Ok(entry) => Ok(entry.into_inner()),
            Err(Refusal::VoidedKey) => Entry::read(&frame.entry.payload),
            Err(refusal) => Err(refusal),
        };
        let entry = read.map_err(|_| DeskLogError::Foreign(frame.seq))?;
        let kind = entry.body.kind().to_owned();
        // what was not understood says nothing that a draft could say again
        let body = ledger::digest(&entry.body).unwrap_or(Hash::ZERO);
        let Entry { id, version, .. } = entry;
        Ok(self.ledger.add(Signed { id, version, kind, body, entry: frame.entry.clone() })?)
    }

    fn must_be_own(&self, frame: &Frame) -> Result<(), DeskLogError> {
        if self.ledger.signed(&frame.entry) { Ok(()) } else { Err(DeskLogError::Foreign(frame.seq)) }
    }

    /// Posts all that waits, oldest first and as many at once as the front takes. What the front refuses is set aside,
    /// and what was brought with it goes without it; where the front is away, the rest waits on.
    ///
    /// # Errors
    /// The front is away, or its log is not this desk's.
    pub async fn post(
        &mut self,
        front: &FrontClient,
        mut tell: impl FnMut(Posted) -> std::io::Result<()>,
    ) -> Result<(), PostingError> {
        let mut at_once = ENTRIES_AT_ONCE;
        loop {
            let mut waiting = self.unposted.waiting()?;
            waiting.truncate(at_once);
            if waiting.is_empty() {
                return Ok(());
            }
            let entries = waiting.iter().map(|(_, signed)| signed.entry.clone()).collect();
            match front.publish(entries).await {
                Ok(frames) => {
                    let same = frames.iter().map(|frame| &frame.entry).eq(waiting.iter().map(|(_, s)| &s.entry));
                    if !same {
                        return Err(PostingError::AnotherEntry);
                    }
                    let places: Vec<u64> = frames.iter().map(|frame| frame.seq).collect();
                    self.log.keep(frames)?;
                    for ((path, signed), seq) in waiting.into_iter().zip(places) {
                        self.unposted.posted(&path)?;
                        tell(Posted::At { signed, seq })?;
                    }
                }
                // it does not say which of them: they go one by one
                Err(PostError::Refused { entry: None, .. }) if waiting.len() > 1 => at_once = 1,
                Err(PostError::Refused { title, entry }) => {
                    let index = entry.unwrap_or(0);
                    let Some((path, signed)) = waiting.into_iter().nth(index) else {
                        return Err(PostError::Refused { title, entry }.into());
                    };
                    let aside = self.unposted.refused(&path)?;
                    tell(Posted::Refused { signed, reason: title, aside })?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}
