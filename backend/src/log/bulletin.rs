//! The log as the front grows and serves it: entries verified, the head signed anew with each, the desk's watermark.

use std::sync::Arc;

use contract::{
    entry::Entry,
    hash::Hash,
    ids::{EntryId, KeyId},
    jws::{Document, Jws, Refusal, Signatory, Verified},
    keys::{Role, Roots},
    log::{Frame, SnapshotLine, check_watermark},
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use super::{
    Appended, CLOCK_TOLERANCE, Candidate, LogError, LogStore, MAX_SNAPSHOT, News, Statement, StoredWatermark,
    proof::{newest_believed, prove_all, prove_watermark},
    signing::{Signing, State},
};
use crate::Clock;

/// How long the snapshot of a watermark is served; those of the last two always are.
const SNAPSHOTS_STAY: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How far a stream may fall behind before it has to resume.
const NEWS: usize = 1024;

#[derive(Clone)]
pub struct Bulletin {
    store: Arc<dyn LogStore>,
    signing: Arc<Signing>,
}

impl Bulletin {
    /// Proves the log from its first frame on, and signs its head anew where it can: a log whose clock is behind, or
    /// that was restored and awaits the desk, or that stands on a disk where nothing can be written, is served as it is.
    ///
    /// # Errors
    /// The log cannot be read, or is not what was appended.
    pub async fn open(
        store: Arc<dyn LogStore>,
        roots: &Roots,
        signatories: Vec<Signatory>,
        clock: Clock,
    ) -> Result<Self, LogError> {
        let key_sets = store.key_sets().await?;
        let keys = roots.verify_chain(key_sets.iter().map(String::as_str))?;
        let newest = prove_all(&*store, &keys).await?;
        let watermarks = store.watermarks().await?;
        let head = store.head().await?.filter(|head| head.seq == newest.seq).map(Arc::new);
        let mut state = State { key_sets, keys, seq: newest.seq, head, watermark: None, gone: 0 };
        state.gone = oldest(&watermarks);
        if let Some((last, watermark)) = newest_believed(&watermarks, &state.keys)? {
            prove_watermark(&*store, &watermark).await?;
            state.watermark = Some((Arc::new(Statement::new(last.seq, last.jws.clone())), watermark));
        }
        let (news, _) = broadcast::channel(NEWS);
        let bulletin = Self { store, signing: Arc::new(Signing { signatories, clock, state: state.into(), news }) };
        match bulletin.sign_head().await {
            // a full or read-only disk: what was signed last is served, and nothing new
            Err(
                error @ (LogError::ClockBehind { .. }
                | LogError::AwaitsDesk
                | LogError::NoHeadKey(_)
                | LogError::Storage(_)),
            ) => {
                tracing::error!(error = &error as &dyn std::error::Error, "no head is signed");
            }
            signed => signed?,
        }
        Ok(bulletin)
    }

    /// The newest head; none where none could be signed since a restore.
    pub fn head(&self) -> Option<Arc<Statement>> {
        self.signing.state().head.clone()
    }

    pub fn watermark(&self) -> Option<Arc<Statement>> {
        self.signing.state().watermark.as_ref().map(|(statement, _)| statement.clone())
    }

    /// The newest frame's place.
    pub fn seq(&self) -> u64 {
        self.signing.state().seq
    }

    /// Key set `number` as it was signed.
    pub fn key_set(&self, number: u32) -> Option<String> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.signing.state().key_sets.get(index).cloned()
    }

    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.signing.news.subscribe()
    }

    /// Signs the same place anew, so that its head does not expire.
    ///
    /// # Errors
    /// The head cannot be signed or kept.
    pub async fn sign_head(&self) -> Result<(), LogError> {
        self.store.sign_head(self.signing.clone()).await
    }

    /// Appends entries that a publishing key signed, all or none, with one head for all.
    ///
    /// # Errors
    /// One of them is refused, or they cannot be kept.
    pub async fn append(&self, entries: Vec<Jws>) -> Result<Appended, LogError> {
        let mut candidates = Vec::new();
        for (index, entry) in entries.into_iter().enumerate() {
            // its signature is checked at its place, by `admit`; one that stands there already needs none
            let outline = Entry::read(&entry.payload);
            let outline = outline.map_err(|refusal| LogError::Entry { index, entry: "an entry".into(), refusal })?;
            let kind = outline.body.kind().to_owned();
            candidates.push(Candidate { id: outline.id, version: outline.version, kind, entry });
        }
        self.store.append(candidates, self.signing.clone()).await
    }

    /// Frames `from..=to`, as far as there are any, and none after the one with which their entries take `bytes`.
    ///
    /// # Errors
    /// [`LogError::Gone`] where the first of them is no longer served.
    pub async fn frames(&self, from: u64, to: u64, bytes: usize) -> Result<Vec<Frame>, LogError> {
        let gone = self.gone();
        if from <= gone {
            return Err(LogError::Gone(gone));
        }
        Ok(self.store.frames(from, to, bytes).await?.into_iter().map(|stored| stored.frame).collect())
    }

    /// Frames up to this one are no longer served.
    pub fn gone(&self) -> u64 {
        self.signing.state().gone
    }

    /// # Errors
    /// It cannot be read.
    pub async fn snapshot(&self, hash: Hash) -> Result<Option<Vec<u8>>, LogError> {
        self.store.snapshot(hash).await
    }

    /// Keeps a snapshot that the desk made. Every line must stand in the log at its place.
    ///
    /// # Errors
    /// It is not what its hash names, or says what the log does not.
    pub async fn put_snapshot(&self, hash: Hash, bytes: Vec<u8>) -> Result<(), LogError> {
        if bytes.len() > MAX_SNAPSHOT {
            return Err(Refusal::TooLarge.into());
        }
        if Hash::of(&bytes) != hash {
            return Err(Refusal::WrongSnapshot.into());
        }
        let mut before = 0;
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let line: SnapshotLine = serde_json::from_slice(line).map_err(|_| Refusal::Malformed)?;
            let stored = self.store.frames(line.seq, line.seq, usize::MAX).await?;
            let stands = stored.first().is_some_and(|stored| stored.frame.entry == line.entry);
            if line.seq <= before || !stands {
                return Err(Refusal::WrongSnapshot.into());
            }
            before = line.seq;
        }
        self.store.put_snapshot(hash, bytes, self.now()).await
    }

    /// Takes the key set that follows the newest one; the same one again is the same request.
    ///
    /// # Errors
    /// It is not the next, or not signed by the roots.
    pub async fn put_key_set(&self, number: u32, document: String) -> Result<(), LogError> {
        if self.key_set(number).is_some_and(|held| held == document) {
            return Ok(());
        }
        let next = self.signing.state().keys.verify_next(&document)?;
        if next.number != number {
            return Err(Refusal::NotTheNextKeySet.into());
        }
        self.store.put_key_set(number, document.clone()).await?;
        {
            let mut state = self.signing.state_mut();
            state.keys = next;
            state.key_sets.push(document);
            // a watermark that is void stands in the way of no other
            let is_void = state.watermark.as_ref().is_some_and(|(held, _)| state.keys.watermark(&held.jws).is_err());
            if is_void {
                state.watermark = None;
            }
        }
        match self.sign_head().await {
            // the set takes the head key away from this front: it gets another with a restart
            Err(error @ LogError::NoHeadKey(_)) => {
                tracing::error!(error = &error as &dyn std::error::Error, "no head is signed");
                Ok(())
            }
            signed => signed,
        }
    }

    /// Takes the desk's word on how far the log is its own. The same one again is the same request.
    ///
    /// # Errors
    /// It is not believed, or its frames, snapshot or key set are not here.
    pub async fn put_watermark(&self, jws: String) -> Result<(), LogError> {
        if self.watermark().is_some_and(|held| held.jws == jws) {
            return Ok(());
        }
        let watermark = {
            let state = self.signing.state();
            let watermark = state.keys.watermark(&jws)?;
            check_watermark(state.watermark.as_ref().map(|(_, held)| held), &watermark)?;
            if watermark.keys > state.keys.number {
                return Err(LogError::NotYetThere("its key set"));
            }
            watermark
        };
        let now = self.now();
        if watermark.issued_at.duration_since(now) > CLOCK_TOLERANCE {
            return Err(LogError::FromTheFuture { now, signed: watermark.issued_at });
        }
        prove_watermark(&*self.store, &watermark).await?;
        if self.store.snapshot(watermark.snapshot.hash).await?.is_none() {
            return Err(LogError::NotYetThere("its snapshot"));
        }
        let stored = StoredWatermark {
            issued_at: watermark.issued_at,
            seq: watermark.seq,
            snapshot: watermark.snapshot.hash,
            snapshot_seq: watermark.snapshot.seq,
            jws: jws.clone(),
        };
        let since = now.saturating_sub(SNAPSHOTS_STAY).unwrap_or(Timestamp::MIN);
        self.store.put_watermark(stored, since).await?;
        let gone = oldest(&self.store.watermarks().await?);
        self.signing.confirmed(Statement::new(watermark.seq, jws), watermark, gone);
        if self.head().is_none() {
            self.sign_head().await?;
        }
        Ok(())
    }

    /// The live entries, in the order of the log: of each id the newest version that no void takes away.
    ///
    /// # Errors
    /// They cannot be read, or one is not believed.
    pub async fn live(&self) -> Result<Vec<Verified<Entry>>, LogError> {
        let mut entries = Vec::new();
        for line in self.store.live().await? {
            entries.extend(self.standing(line).await?);
        }
        Ok(entries)
    }

    /// Whether `version` of `id` is in the log.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn holds(&self, id: EntryId, version: u32) -> Result<bool, LogError> {
        let Some(next) = version.checked_add(1) else { return Ok(false) };
        let Some(line) = self.store.version_before(id, next).await? else { return Ok(false) };
        let entry: Entry = Entry::read(&line.entry.payload)?;
        Ok(entry.version == version)
    }

    /// Whether a key of this name may be sealed to.
    pub fn has_consular_key(&self, name: &KeyId) -> bool {
        let state = self.signing.state();
        state.keys.keys.iter().any(|key| key.kid == *name && key.role == Role::Consular)
    }

    /// The version of `id` that came before `version` and stands.
    ///
    /// # Errors
    /// It cannot be read, or is not believed.
    pub async fn version_before(&self, id: EntryId, version: u32) -> Result<Option<Verified<Entry>>, LogError> {
        match self.store.version_before(id, version).await? {
            Some(line) => self.standing(line).await,
            None => Ok(None),
        }
    }

    /// The entry of `line`, or the version before it where a void has taken it away.
    async fn standing(&self, line: SnapshotLine) -> Result<Option<Verified<Entry>>, LogError> {
        let mut line = line;
        loop {
            let read = self.signing.state().keys.entry_at(line.seq, &line.entry);
            match read {
                Ok(entry) => return Ok(Some(entry)),
                Err(Refusal::VoidedKey | Refusal::OutsideKeyRange) => {}
                Err(Refusal::Unreadable) => return Ok(None),
                Err(refusal) => return Err(refusal.into()),
            }
            let entry: Entry = Entry::read(&line.entry.payload)?;
            match self.store.version_before(entry.id, entry.version).await? {
                Some(before) => line = before,
                None => return Ok(None),
            }
        }
    }

    fn now(&self) -> Timestamp {
        (self.signing.clock)()
    }
}

fn oldest(watermarks: &[StoredWatermark]) -> u64 {
    watermarks.iter().map(|watermark| watermark.snapshot_seq).min().unwrap_or(0)
}
