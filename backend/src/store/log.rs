//! The bulletin's log: frames, and the head signed anew with each.

use std::sync::{Arc, PoisonError, RwLock};

use contract::{
    bulletin::{Frame, GENESIS, Hash, Head, Place, snapshot_bytes},
    entry::Entry,
    ids::EntryId,
    jws::{Purpose, Refusal, Signatory, Verified},
    keys::KeySet,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::broadcast;

use super::{Database, StoreError};
use crate::Clock;

/// How long a head may be believed.
const HEAD_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How far a stream may fall behind before it has to resume.
const NEWS: usize = 1024;

/// A signed head as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    pub seq: u64,
    pub jws: String,
    pub etag: String,
}

impl SignedHead {
    fn new(seq: u64, jws: String) -> Self {
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
    Store(#[from] StoreError),
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

impl From<rusqlite::Error> for LogError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Where an entry now stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    pub seq: u64,
    /// False where it stood there before.
    pub new: bool,
}

/// What one append did, and what streams are to hear of it.
struct Written {
    appended: Appended,
    news: Option<(Arc<Frame>, SignedHead)>,
}

#[derive(Clone)]
pub struct BulletinLog {
    database: Database,
    inner: Arc<Inner>,
}

struct Inner {
    keys: Verified<KeySet>,
    signatory: Signatory,
    clock: Clock,
    head: RwLock<Arc<SignedHead>>,
    news: broadcast::Sender<News>,
}

impl BulletinLog {
    /// Opens the log and signs its head anew.
    pub async fn open(
        database: Database,
        keys: Verified<KeySet>,
        signatory: Signatory,
        clock: Clock,
    ) -> Result<Self, LogError> {
        let nothing_yet = Arc::new(SignedHead::new(0, String::new()));
        let (news, _) = broadcast::channel(NEWS);
        let inner = Inner { keys, signatory, clock, head: RwLock::new(nothing_yet), news };
        let log = Self { database, inner: Arc::new(inner) };
        log.sign_head().await?;
        Ok(log)
    }

    pub fn head(&self) -> Arc<SignedHead> {
        self.inner.head.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.inner.news.subscribe()
    }

    /// Signs the same place anew, so that its head does not expire.
    pub async fn sign_head(&self) -> Result<(), LogError> {
        let (inner, announcing) = (self.inner.clone(), self.inner.clone());
        let sign = move |connection: &Connection| inner.sign_newest(connection);
        self.database.write(sign, move |head: &SignedHead| announcing.announce(None, head)).await?;
        Ok(())
    }

    /// Appends an entry that a publishing key signed, with a new head, in one transaction.
    pub async fn append(&self, entry: String) -> Result<Appended, LogError> {
        let verified = self.inner.keys.entry(&entry, None)?;
        let (inner, announcing) = (self.inner.clone(), self.inner.clone());
        let work = move |connection: &Connection| -> Result<Written, LogError> {
            let (appended, frame) = inner.append(connection, &verified, entry)?;
            let Some(frame) = frame else { return Ok(Written { appended, news: None }) };
            Ok(Written { appended, news: Some((Arc::new(frame), inner.sign_newest(connection)?)) })
        };
        let told = move |written: &Written| {
            if let Some((frame, head)) = &written.news {
                announcing.announce(Some(frame.clone()), head);
            }
        };
        Ok(self.database.write(work, told).await?.appended)
    }

    /// Appends the first entries of a new log, with one head for all.
    pub async fn begin(&self, entries: Vec<String>) -> Result<(), LogError> {
        let verified = entries
            .into_iter()
            .map(|entry| Ok((self.inner.keys.entry(&entry, None)?, entry)))
            .collect::<Result<Vec<_>, Refusal>>()?;
        let (inner, announcing) = (self.inner.clone(), self.inner.clone());
        let work = move |connection: &Connection| {
            for (entry, jws) in verified {
                inner.append(connection, &entry, jws)?;
            }
            inner.sign_newest(connection)
        };
        self.database.write(work, move |head: &SignedHead| announcing.announce(None, head)).await?;
        Ok(())
    }

    /// Frames `from..=to`, as far as there are any.
    pub async fn frames(&self, from: u64, to: u64) -> Result<Vec<Frame>, LogError> {
        self.database.read(move |connection| frames(connection, from, to)).await
    }

    /// The snapshot at `seq`, which must not be beyond the newest frame.
    pub async fn snapshot(&self, seq: u64) -> Result<Vec<u8>, LogError> {
        self.database.read(move |connection| Ok(snapshot(connection, seq)?)).await
    }

    /// The live entries, newest version of each, in the order of the log.
    pub async fn live(&self) -> Result<Vec<Verified<Entry>>, LogError> {
        let inner = self.inner.clone();
        self.database
            .read(move |connection| {
                let entries = live(connection, newest(connection)?.seq)?;
                entries.iter().map(|jws| Ok(inner.keys.entry(jws, None)?)).collect()
            })
            .await
    }

    /// The version of `id` that came before `version`.
    pub async fn version_before(&self, id: EntryId, version: u32) -> Result<Option<Verified<Entry>>, LogError> {
        let inner = self.inner.clone();
        self.database
            .read(move |connection| {
                let sql = "SELECT entry FROM frames WHERE entry_id = ?1 AND version < ?2 ORDER BY version DESC LIMIT 1";
                let jws: Option<String> = connection
                    .prepare_cached(sql)?
                    .query_row(params![id.as_str(), version], |row| row.get(0))
                    .optional()?;
                jws.map(|jws| Ok(inner.keys.entry(&jws, None)?)).transpose()
            })
            .await
    }
}

impl Inner {
    fn announce(&self, frame: Option<Arc<Frame>>, head: &SignedHead) {
        let head = Arc::new(head.clone());
        *self.head.write().unwrap_or_else(PoisonError::into_inner) = head.clone();
        for news in frame.map(News::Frame).into_iter().chain([News::Head(head)]) {
            // nobody may be listening
            drop(self.news.send(news));
        }
    }

    /// The frame is absent where the entry stood there before.
    fn append(
        &self,
        connection: &Connection,
        entry: &Entry,
        jws: String,
    ) -> Result<(Appended, Option<Frame>), LogError> {
        let held: Option<(u64, u32, String)> = connection
            .prepare_cached(
                "SELECT seq, version, entry FROM frames WHERE entry_id = ?1 AND version >= ?2 ORDER BY version LIMIT 1",
            )?
            .query_row(params![entry.id.as_str(), entry.version], |row| {
                Ok((row.get::<_, i64>(0)? as u64, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        match held {
            Some((seq, version, held)) if version == entry.version && held == jws => {
                return Ok((Appended { seq, new: false }, None));
            }
            Some((_, version, _)) if version == entry.version => {
                return Err(LogError::Exists { id: entry.id.clone(), version });
            }
            Some((_, held, _)) => {
                return Err(LogError::Late { id: entry.id.clone(), version: entry.version, held });
            }
            None => {}
        }
        let place = newest(connection)?;
        let frame = Frame { seq: place.seq + 1, prev: place.hash, entry: jws };
        self.keys.entry(&frame.entry, Some(frame.seq))?;
        connection
            .prepare_cached(
                "INSERT INTO frames (seq, prev, hash, entry_id, version, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                frame.seq as i64,
                frame.prev.to_string(),
                frame.hash().to_string(),
                entry.id.as_str(),
                entry.version,
                frame.entry
            ])?;
        Ok((Appended { seq: frame.seq, new: true }, Some(frame)))
    }

    fn sign_newest(&self, connection: &Connection) -> Result<SignedHead, LogError> {
        let place = newest(connection)?;
        let before: Option<i64> =
            connection.prepare_cached("SELECT issued_us FROM head")?.query_row([], |row| row.get(0)).optional()?;
        let before = before.and_then(|us| Timestamp::from_microsecond(us).ok());
        // a clock set back must not make the new head look older than the one that devices hold
        let issued_at = (self.clock)().max(before.unwrap_or(Timestamp::MIN));
        let head = Head {
            seq: place.seq,
            hash: place.hash,
            issued_at,
            expires_at: issued_at + HEAD_LIFE,
            snapshot: Hash::of(&snapshot(connection, place.seq)?),
        };
        let jws = self.signatory.sign(Purpose::Head, &head).map_err(LogError::Sign)?;
        connection
            .prepare_cached(
                "INSERT INTO head (only, seq, issued_us, jws) VALUES (1, ?1, ?2, ?3) \
                 ON CONFLICT (only) DO UPDATE SET seq = ?1, issued_us = ?2, jws = ?3",
            )?
            .execute(params![place.seq as i64, issued_at.as_microsecond() + 1, jws])?;
        Ok(SignedHead::new(place.seq, jws))
    }
}

fn newest(connection: &Connection) -> Result<Place, LogError> {
    let row: Option<(i64, String)> = connection
        .prepare_cached("SELECT seq, hash FROM frames ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match row {
        Some((seq, hash)) => Ok(Place { seq: seq as u64, hash: read_hash(hash)? }),
        None => Ok(Place { seq: 0, hash: GENESIS }),
    }
}

fn read_hash(text: String) -> Result<Hash, LogError> {
    Hash::try_from(text).map_err(|reason| LogError::Row(serde::de::Error::custom(reason)))
}

fn frames(connection: &Connection, from: u64, to: u64) -> Result<Vec<Frame>, LogError> {
    let mut statement =
        connection.prepare_cached("SELECT seq, prev, entry FROM frames WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq")?;
    let rows = statement.query_map(params![from as i64, to as i64], |row| {
        Ok((row.get::<_, i64>(0)? as u64, row.get::<_, String>(1)?, row.get(2)?))
    })?;
    rows.map(|row| {
        let (seq, prev, entry) = row?;
        Ok(Frame { seq, prev: read_hash(prev)?, entry })
    })
    .collect()
}

fn live(connection: &Connection, seq: u64) -> Result<Vec<String>, StoreError> {
    // versions of one id only grow along the log, so its last frame is its newest version
    let mut statement = connection.prepare_cached(
        "SELECT entry FROM frames WHERE seq IN (SELECT max(seq) FROM frames WHERE seq <= ?1 GROUP BY entry_id) \
         ORDER BY seq",
    )?;
    let rows = statement.query_map([seq as i64], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn snapshot(connection: &Connection, seq: u64) -> Result<Vec<u8>, StoreError> {
    Ok(snapshot_bytes(live(connection, seq)?.iter().map(String::as_str)))
}
