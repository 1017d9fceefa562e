//! The log in SQLite.

use std::sync::Arc;

use contract::{
    bulletin::{Frame, GENESIS, Hash, Place},
    ids::EntryId,
};
use futures_util::FutureExt;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::Database;
use crate::log::{Answer, Appended, Author, Candidate, Held, LogError, LogStore, Newest, SignedHead, Written, judge};

impl From<rusqlite::Error> for LogError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}

#[derive(Clone)]
pub struct SqliteLog {
    database: Database,
}

impl SqliteLog {
    pub fn new(database: Database) -> Self {
        Self { database }
    }
}

impl LogStore for SqliteLog {
    fn append(&self, entries: Vec<Candidate>, author: Arc<dyn Author>) -> Answer<'_, Vec<Appended>> {
        let told = author.clone();
        let work = move |connection: &Connection| write(connection, entries, &*author);
        let written = self.database.write(work, move |written| told.committed(written));
        async move { Ok(written.await?.appended) }.boxed()
    }

    fn sign_head(&self, author: Arc<dyn Author>) -> Answer<'_, ()> {
        let told = author.clone();
        let work = move |connection: &Connection| -> Result<Written, LogError> {
            let head = Some(sign_newest(connection, &*author)?);
            Ok(Written { appended: Vec::new(), frames: Vec::new(), head })
        };
        let written = self.database.write(work, move |written| told.committed(written));
        async move { written.await.map(drop) }.boxed()
    }

    fn newest(&self) -> Answer<'_, Place> {
        self.database.read(newest).boxed()
    }

    fn frames(&self, from: u64, to: u64) -> Answer<'_, Vec<Frame>> {
        self.database.read(move |connection| frames(connection, from, to)).boxed()
    }

    fn live(&self, seq: u64) -> Answer<'_, Vec<String>> {
        self.database.read(move |connection| live(connection, seq)).boxed()
    }

    fn version_before(&self, id: EntryId, version: u32) -> Answer<'_, Option<String>> {
        let sql = "SELECT entry FROM frames WHERE entry_id = ?1 AND version < ?2 ORDER BY version DESC LIMIT 1";
        let read = move |connection: &Connection| -> Result<_, LogError> {
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_row(params![id.as_str(), version], |row| row.get(0)).optional()?)
        };
        self.database.read(read).boxed()
    }
}

fn write(connection: &Connection, entries: Vec<Candidate>, author: &dyn Author) -> Result<Written, LogError> {
    let mut written = Written { appended: Vec::new(), frames: Vec::new(), head: None };
    for candidate in entries {
        if let Some(standing) = judge(held(connection, &candidate)?, &candidate)? {
            written.appended.push(standing);
            continue;
        }
        let Place { seq, hash } = newest(connection)?;
        let frame = Frame { seq: seq + 1, prev: hash, entry: candidate.entry };
        author.admit(&frame)?;
        insert(connection, &frame, &candidate.id, candidate.version)?;
        written.appended.push(Appended { seq: frame.seq, new: true });
        written.frames.push(Arc::new(frame));
    }
    if !written.frames.is_empty() {
        written.head = Some(sign_newest(connection, author)?);
    }
    Ok(written)
}

fn held(connection: &Connection, candidate: &Candidate) -> Result<Option<Held>, LogError> {
    let sql = "SELECT seq, version, entry FROM frames WHERE entry_id = ?1 AND version >= ?2 ORDER BY version LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Held { seq: row.get::<_, i64>(0)? as u64, version: row.get(1)?, entry: row.get(2)? })
    };
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row(params![candidate.id.as_str(), candidate.version], read).optional()?)
}

fn insert(connection: &Connection, frame: &Frame, id: &EntryId, version: u32) -> Result<(), LogError> {
    let sql = "INSERT INTO frames (seq, prev, hash, entry_id, version, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![
        frame.seq as i64,
        frame.prev.to_string(),
        frame.hash().to_string(),
        id.as_str(),
        version,
        frame.entry
    ])?;
    Ok(())
}

fn sign_newest(connection: &Connection, author: &dyn Author) -> Result<SignedHead, LogError> {
    let place = newest(connection)?;
    let before: Option<i64> =
        connection.prepare_cached("SELECT issued_us FROM head")?.query_row([], |row| row.get(0)).optional()?;
    let not_before = before.and_then(|us| Timestamp::from_microsecond(us).ok());
    let (head, issued_at) = author.head(&Newest { place, live: live(connection, place.seq)?, not_before })?;
    connection
        .prepare_cached(
            "INSERT INTO head (only, seq, issued_us, jws) VALUES (1, ?1, ?2, ?3) \
             ON CONFLICT (only) DO UPDATE SET seq = ?1, issued_us = ?2, jws = ?3",
        )?
        .execute(params![head.seq as i64, issued_at.as_microsecond() + 1, head.jws])?;
    Ok(head)
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

fn live(connection: &Connection, seq: u64) -> Result<Vec<String>, LogError> {
    // versions of one id only grow along the log, so its last frame is its newest version
    let mut statement = connection.prepare_cached(
        "SELECT entry FROM frames WHERE seq IN (SELECT max(seq) FROM frames WHERE seq <= ?1 GROUP BY entry_id) \
         ORDER BY seq",
    )?;
    let rows = statement.query_map([seq as i64], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, rusqlite::Error>>()?)
}
