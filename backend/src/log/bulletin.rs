//! The log as the front grows and serves it: entries verified, the head signed anew with each.

use std::sync::{Arc, PoisonError, RwLock};

use contract::{
    bulletin::{Frame, Hash, Head, snapshot_bytes},
    entry::Entry,
    ids::EntryId,
    jws::{Purpose, Refusal, Signatory, Verified},
    keys::KeySet,
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use super::{Appended, Author, Candidate, LogError, LogStore, Newest, News, SignedHead, Written};
use crate::Clock;

/// How long a head may be believed.
const HEAD_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How far a stream may fall behind before it has to resume.
const NEWS: usize = 1024;

#[derive(Clone)]
pub struct Bulletin {
    store: Arc<dyn LogStore>,
    signing: Arc<Signing>,
}

/// Signs heads, and tells streams what was added.
struct Signing {
    keys: Verified<KeySet>,
    signatory: Signatory,
    clock: Clock,
    head: RwLock<Arc<SignedHead>>,
    news: broadcast::Sender<News>,
}

impl Bulletin {
    /// Opens the log and signs its head anew.
    ///
    /// # Errors
    /// The log cannot be read, or its head not be signed.
    pub async fn open(
        store: Arc<dyn LogStore>,
        keys: Verified<KeySet>,
        signatory: Signatory,
        clock: Clock,
    ) -> Result<Self, LogError> {
        let nothing_yet = Arc::new(SignedHead::new(0, String::new()));
        let (news, _) = broadcast::channel(NEWS);
        let signing = Arc::new(Signing { keys, signatory, clock, head: RwLock::new(nothing_yet), news });
        let bulletin = Self { store, signing };
        bulletin.sign_head().await?;
        Ok(bulletin)
    }

    pub fn head(&self) -> Arc<SignedHead> {
        self.signing.head.read().unwrap_or_else(PoisonError::into_inner).clone()
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
    pub async fn append(&self, entries: Vec<String>) -> Result<Vec<Appended>, LogError> {
        let candidate = |entry: String| {
            let verified = self.signing.keys.entry(&entry, None)?;
            Ok(Candidate { id: verified.id.clone(), version: verified.version, entry })
        };
        let candidates = entries.into_iter().map(candidate).collect::<Result<Vec<_>, Refusal>>()?;
        self.store.append(candidates, self.signing.clone()).await
    }

    /// Frames `from..=to`, as far as there are any.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn frames(&self, from: u64, to: u64) -> Result<Vec<Frame>, LogError> {
        self.store.frames(from, to).await
    }

    /// The snapshot at `seq`, which must not be beyond the newest frame.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn snapshot(&self, seq: u64) -> Result<Vec<u8>, LogError> {
        Ok(snapshot_bytes(self.store.live(seq).await?.iter().map(String::as_str)))
    }

    /// The live entries, newest version of each, in the order of the log.
    ///
    /// # Errors
    /// They cannot be read, or one is not believed.
    pub async fn live(&self) -> Result<Vec<Verified<Entry>>, LogError> {
        let entries = self.store.live(self.store.newest().await?.seq).await?;
        entries.iter().map(|jws| Ok(self.signing.keys.entry(jws, None)?)).collect()
    }

    /// The version of `id` that came before `version`.
    ///
    /// # Errors
    /// It cannot be read, or is not believed.
    pub async fn version_before(&self, id: EntryId, version: u32) -> Result<Option<Verified<Entry>>, LogError> {
        let before = self.store.version_before(id, version).await?;
        before.map(|jws| Ok(self.signing.keys.entry(&jws, None)?)).transpose()
    }
}

impl Author for Signing {
    fn admit(&self, frame: &Frame) -> Result<(), LogError> {
        self.keys.entry(&frame.entry, Some(frame.seq))?;
        Ok(())
    }

    fn head(&self, newest: &Newest) -> Result<(SignedHead, Timestamp), LogError> {
        // a clock set back must not make the new head look older than the one that devices hold
        let issued_at = (self.clock)().max(newest.not_before.unwrap_or(Timestamp::MIN));
        let head = Head {
            seq: newest.place.seq,
            hash: newest.place.hash,
            issued_at,
            expires_at: issued_at + HEAD_LIFE,
            snapshot: Hash::of(&snapshot_bytes(newest.live.iter().map(String::as_str))),
        };
        let jws = self.signatory.sign(Purpose::Head, &head).map_err(LogError::Sign)?;
        Ok((SignedHead::new(head.seq, jws), issued_at))
    }

    fn committed(&self, written: &Written) {
        let Some(head) = &written.head else { return };
        let head = Arc::new(head.clone());
        *self.head.write().unwrap_or_else(PoisonError::into_inner) = head.clone();
        let frames = written.frames.iter().cloned().map(News::Frame);
        for news in frames.chain([News::Head(head)]) {
            // nobody may be listening
            drop(self.news.send(news));
        }
    }
}
