//! The log in SQLite.

use std::sync::Arc;

use contract::{
    hash::Hash,
    ids::EntryId,
    jws::Jws,
    log::{Frame, LogPosition, SnapshotLine},
};
use futures_util::FutureExt;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Database;
use crate::log::{
    Answer, Appended, Author, Candidate, Held, LogError, LogStore, Newest, Statement, StoredFrame, StoredWatermark,
    Written, judge,
};

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

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        self.database.write(work, |_| ()).await
    }
}

impl LogStore for SqliteLog {
    fn append(&self, entries: Vec<Candidate>, author: Arc<dyn Author>) -> Answer<'_, Appended> {
        let told = author.clone();
        let work = move |connection: &Connection| append(connection, entries, &*author);
        let written = self.database.write(work, move |written| told.committed(written));
        async move { Ok(written.await?.appended) }.boxed()
    }

    fn sign_head(&self, author: Arc<dyn Author>) -> Answer<'_, ()> {
        let told = author.clone();
        let work = move |connection: &Connection| -> Result<Written, LogError> {
            let head = Some(sign_newest(connection, &*author)?);
            Ok(Written { appended: Appended { frames: Vec::new(), new: 0 }, added: Vec::new(), head })
        };
        let written = self.database.write(work, move |written| told.committed(written));
        async move { written.await.map(drop) }.boxed()
    }

    fn head(&self) -> Answer<'_, Option<Statement>> {
        let read = |connection: &Connection| -> Result<_, LogError> {
            let mut statement = connection.prepare_cached("SELECT seq, jws FROM head")?;
            let head = statement.query_row([], |row| Ok(Statement::new(place(row, 0)?, row.get(1)?)));
            Ok(head.optional()?)
        };
        self.database.read(read).boxed()
    }

    fn await_desk(&self, now: Timestamp) -> Answer<'_, ()> {
        let work = move |connection: &Connection| -> Result<(), LogError> {
            let insert = "INSERT INTO awaits_desk (only, since_us) VALUES (1, ?1) ON CONFLICT DO NOTHING";
            connection.execute(insert, [now.as_microsecond()])?;
            connection.execute("DELETE FROM head", [])?;
            Ok(())
        };
        self.write(work).boxed()
    }

    fn forget_the_future(&self, now: Timestamp) -> Answer<'_, usize> {
        let work = move |connection: &Connection| -> Result<usize, LogError> {
            let now = [now.as_microsecond()];
            let heads = connection.execute("DELETE FROM head WHERE issued_us > ?1", now)?;
            Ok(heads + connection.execute("DELETE FROM watermarks WHERE issued_us > ?1", now)?)
        };
        self.write(work).boxed()
    }

    fn newest(&self) -> Answer<'_, LogPosition> {
        self.database.read(newest).boxed()
    }

    fn frames(&self, from: u64, to: u64, bytes: usize) -> Answer<'_, Vec<StoredFrame>> {
        let sql = "SELECT seq, prev, entry, hash FROM frames WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq";
        let read = move |connection: &Connection| -> Result<_, LogError> {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query(params![from as i64, to as i64])?;
            let (mut stored, mut taken) = (Vec::new(), 0);
            while taken < bytes
                && let Some(row) = rows.next()?
            {
                taken += row.get::<_, String>(2)?.len();
                stored.push(StoredFrame { frame: frame(row)?, hash: read_hash(&row.get::<_, String>(3)?)? });
            }
            Ok(stored)
        };
        self.database.read(read).boxed()
    }

    fn live(&self) -> Answer<'_, Vec<SnapshotLine>> {
        // versions of one id only grow along the log, so its last frame is its newest version
        let sql = "SELECT seq, entry FROM frames WHERE seq IN (SELECT max(seq) FROM frames GROUP BY entry_id) \
                   ORDER BY seq";
        let read = move |connection: &Connection| -> Result<_, LogError> {
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| Ok((place(row, 0)?, row.get::<_, String>(1)?)))?;
            rows.map(|row| line(row?)).collect()
        };
        self.database.read(read).boxed()
    }

    fn version_before(&self, id: EntryId, version: u32) -> Answer<'_, Option<SnapshotLine>> {
        let sql = "SELECT seq, entry FROM frames WHERE entry_id = ?1 AND version < ?2 ORDER BY version DESC LIMIT 1";
        let read = move |connection: &Connection| -> Result<_, LogError> {
            let mut statement = connection.prepare_cached(sql)?;
            let row = statement.query_row(params![id.as_str(), version], |row| Ok((place(row, 0)?, row.get(1)?)));
            row.optional()?.map(line).transpose()
        };
        self.database.read(read).boxed()
    }

    fn key_sets(&self) -> Answer<'_, Vec<String>> {
        let read = |connection: &Connection| -> Result<_, LogError> {
            let mut statement = connection.prepare_cached("SELECT document FROM key_sets ORDER BY number")?;
            Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        self.database.read(read).boxed()
    }

    fn put_key_set(&self, number: u32, document: String) -> Answer<'_, ()> {
        let sql = "INSERT INTO key_sets (number, document) VALUES (?1, ?2)";
        self.write(move |connection| Ok(connection.execute(sql, params![number, document]).map(drop)?)).boxed()
    }

    fn put_snapshot(&self, hash: Hash, bytes: Vec<u8>, now: Timestamp) -> Answer<'_, ()> {
        let sql = "INSERT INTO snapshots (hash, received_us, bytes) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (hash) DO UPDATE SET received_us = ?2";
        let work = move |connection: &Connection| -> Result<(), LogError> {
            connection.execute(sql, params![hash.to_string(), now.as_microsecond(), bytes])?;
            Ok(())
        };
        self.write(work).boxed()
    }

    fn snapshot(&self, hash: Hash) -> Answer<'_, Option<Vec<u8>>> {
        let read = move |connection: &Connection| -> Result<_, LogError> {
            let mut statement = connection.prepare_cached("SELECT bytes FROM snapshots WHERE hash = ?1")?;
            Ok(statement.query_row([hash.to_string()], |row| row.get(0)).optional()?)
        };
        self.database.read(read).boxed()
    }

    fn put_watermark(&self, watermark: StoredWatermark, since: Timestamp) -> Answer<'_, ()> {
        self.write(move |connection| put_watermark(connection, &watermark, since)).boxed()
    }

    fn watermarks(&self) -> Answer<'_, Vec<StoredWatermark>> {
        self.database.read(watermarks).boxed()
    }
}

fn append(connection: &Connection, entries: Vec<Candidate>, author: &dyn Author) -> Result<Written, LogError> {
    let mut frames = Vec::new();
    let mut added = Vec::new();
    for (index, candidate) in entries.into_iter().enumerate() {
        let named = format!("{} version {}", candidate.id, candidate.version);
        let refused = |refusal| LogError::Entry { index, entry: named.clone(), refusal };
        if let Some(standing) = judge(held(connection, &candidate)?, &candidate).map_err(refused)? {
            frames.push(standing);
            continue;
        }
        let LogPosition { seq, hash } = newest(connection)?;
        let Candidate { id, version, kind, entry } = candidate;
        let frame = Frame { seq: seq + 1, prev: hash, entry };
        author.admit(&frame).map_err(refused)?;
        let sql = "INSERT INTO frames (seq, prev, hash, entry_id, version, kind, entry) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        connection.prepare_cached(sql)?.execute(params![
            frame.seq as i64,
            frame.prev.to_string(),
            frame.hash().to_string(),
            id.as_str(),
            version,
            kind,
            serde_json::to_string(&frame.entry).map_err(LogError::Row)?
        ])?;
        frames.push(frame.clone());
        added.push(frame);
    }
    let head = if added.is_empty() { None } else { signed_unless_restored(connection, author)? };
    Ok(Written { appended: Appended { frames, new: added.len() }, added, head })
}

/// While a restored log awaits the desk, the desk's own frames come back under no head.
fn signed_unless_restored(connection: &Connection, author: &dyn Author) -> Result<Option<Statement>, LogError> {
    match sign_newest(connection, author) {
        Ok(head) => Ok(Some(head)),
        Err(LogError::AwaitsDesk) => Ok(None),
        Err(error) => Err(error),
    }
}

fn held(connection: &Connection, candidate: &Candidate) -> Result<Option<Held>, LogError> {
    let newest = "SELECT version, kind FROM frames WHERE entry_id = ?1 ORDER BY version DESC LIMIT 1";
    let mut newest = connection.prepare_cached(newest)?;
    let row = newest.query_row([candidate.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((newest, kind)) = row else { return Ok(None) };
    let same = "SELECT seq, prev, entry FROM frames WHERE entry_id = ?1 AND version = ?2";
    let mut same = connection.prepare_cached(same)?;
    let same = same.query_row(params![candidate.id.as_str(), candidate.version], |row| Ok(frame(row))).optional()?;
    Ok(Some(Held { newest, kind, same: same.transpose()? }))
}

fn sign_newest(connection: &Connection, author: &dyn Author) -> Result<Statement, LogError> {
    let awaits: bool =
        connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM awaits_desk)")?.query_row([], |row| row.get(0))?;
    if awaits {
        return Err(LogError::AwaitsDesk);
    }
    let position = newest(connection)?;
    let before: Option<i64> =
        connection.prepare_cached("SELECT issued_us FROM head")?.query_row([], |row| row.get(0)).optional()?;
    let issued_before = before.and_then(|us| Timestamp::from_microsecond(us).ok());
    let (head, issued_at) = author.head(Newest { position, issued_before })?;
    connection
        .prepare_cached(
            "INSERT INTO head (only, seq, issued_us, jws) VALUES (1, ?1, ?2, ?3) \
             ON CONFLICT (only) DO UPDATE SET seq = ?1, issued_us = ?2, jws = ?3",
        )?
        .execute(params![head.seq as i64, issued_at.as_microsecond() + 1, head.jws])?;
    Ok(head)
}

fn put_watermark(connection: &Connection, new: &StoredWatermark, since: Timestamp) -> Result<(), LogError> {
    let insert = "INSERT INTO watermarks (issued_us, seq, snapshot, snapshot_seq, jws) VALUES (?1, ?2, ?3, ?4, ?5) \
                  ON CONFLICT DO NOTHING";
    connection.execute(
        insert,
        params![
            new.issued_at.as_microsecond(),
            new.seq as i64,
            new.snapshot.to_string(),
            new.snapshot_seq as i64,
            new.jws
        ],
    )?;
    connection.execute("DELETE FROM awaits_desk", [])?;
    let newest_two = "SELECT jws FROM watermarks ORDER BY issued_us DESC LIMIT 2";
    let forget = format!("DELETE FROM watermarks WHERE issued_us < ?1 AND jws NOT IN ({newest_two})");
    connection.execute(&forget, [since.as_microsecond()])?;
    // a snapshot comes before the watermark that names it
    let unnamed = "DELETE FROM snapshots WHERE received_us < ?1 AND hash NOT IN (SELECT snapshot FROM watermarks)";
    connection.execute(unnamed, [since.as_microsecond()])?;
    Ok(())
}

fn watermarks(connection: &Connection) -> Result<Vec<StoredWatermark>, LogError> {
    let sql = "SELECT issued_us, seq, snapshot, snapshot_seq, jws FROM watermarks ORDER BY issued_us, seq";
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        Ok((row.get::<_, i64>(0)?, place(row, 1)?, row.get::<_, String>(2)?, place(row, 3)?, row.get(4)?))
    };
    let rows = statement.query_map([], read)?;
    rows.map(|row| {
        let (issued_us, seq, snapshot, snapshot_seq, jws) = row?;
        let issued_at =
            Timestamp::from_microsecond(issued_us).map_err(|error| LogError::Row(serde::de::Error::custom(error)))?;
        Ok(StoredWatermark { issued_at, seq, snapshot: read_hash(&snapshot)?, snapshot_seq, jws })
    })
    .collect()
}

fn newest(connection: &Connection) -> Result<LogPosition, LogError> {
    let row: Option<(i64, String)> = connection
        .prepare_cached("SELECT seq, hash FROM frames ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match row {
        Some((seq, hash)) => Ok(LogPosition { seq: seq as u64, hash: read_hash(&hash)? }),
        None => Ok(LogPosition::default()),
    }
}

/// A frame from the columns seq, prev, entry.
fn frame(row: &Row<'_>) -> Result<Frame, LogError> {
    let (prev, entry): (String, String) = (row.get(1)?, row.get(2)?);
    let seq = place(row, 0)?;
    let altered = |_| LogError::Altered { seq, reason: "it cannot be read" };
    Ok(Frame { seq, prev: read_hash(&prev).map_err(altered)?, entry: read_entry(&entry).map_err(altered)? })
}

fn line((seq, entry): (u64, String)) -> Result<SnapshotLine, LogError> {
    Ok(SnapshotLine { seq, entry: read_entry(&entry)? })
}

fn place(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)? as u64)
}

fn read_hash(text: &str) -> Result<Hash, LogError> {
    text.parse().map_err(|reason| LogError::Row(serde::de::Error::custom(reason)))
}

fn read_entry(text: &str) -> Result<Jws, LogError> {
    serde_json::from_str(text).map_err(LogError::Row)
}
