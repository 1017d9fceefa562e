//! What the ministry wrote to this phone, and what was written here to it: all of it closed.

use contract::{
    ids::MessageId,
    record::{Kind, PrivateLetter, PrivateMessage},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::{
    closed,
    database::{Damage, Result, Store, json},
    names::Keys,
    notices::{FIRST_WAIT_S, MOST_DOUBLINGS},
    settings::{self, Setting},
};

/// What the ministry wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: MessageId,
    pub at: Timestamp,
    pub private: PrivateLetter,
    /// When the traveller had it before them.
    pub read_at: Option<Timestamp>,
}

/// What was written here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub at: Timestamp,
    pub private: PrivateMessage,
}

/// How far the letters at the front were read: its epoch, and the number to ask from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LettersRead {
    pub epoch: String,
    pub since: u64,
}

/// Letters are asked for from the beginning: another device is asked for.
pub(super) fn begin_anew(connection: &Connection) -> Result<()> {
    settings::remove(connection, Setting::LettersRead)
}

/// A message that goes again under another id.
pub(super) fn rename(connection: &Connection, keys: &Keys, before: &str, after: &str) -> Result<()> {
    let sql = "SELECT private FROM message WHERE id = ?1";
    let private: Option<Vec<u8>> = connection.query_row(sql, [before], |row| row.get(0)).optional()?;
    let place = |id| ["message", "private", id];
    let plain = private.and_then(|private| closed::open(keys, place(before), &private, &Damage::default()));
    if let Some(plain) = plain {
        let private = closed::close(keys, place(after), &plain)?;
        connection.execute("UPDATE message SET id = ?2, private = ?3 WHERE id = ?1", (before, after, private))?;
    }
    Ok(())
}

/// `None` where its key is not there, or it is damaged.
fn opened<T: DeserializeOwned>(
    keys: &Keys,
    table: &str,
    id: &str,
    closed: &[u8],
    damage: &Damage,
) -> Result<Option<T>> {
    let plain = closed::open(keys, [table, "private", id], closed, damage);
    Ok(plain.map(|plain| serde_json::from_slice(&plain)).transpose()?)
}

/// Of the columns `id`, `at`, `private`, `read_at`.
fn letter(row: &Row<'_>, keys: &Keys, damage: &Damage) -> Result<Option<Letter>> {
    let (id, closed): (String, Vec<u8>) = (row.get(0)?, row.get(2)?);
    let Some(private) = opened(keys, "letter", &id, &closed, damage)? else { return Ok(None) };
    let read_at = row.get::<_, Option<String>>(3)?.map(|at| at.parse()).transpose()?;
    Ok(Some(Letter { id: id.parse()?, at: row.get::<_, String>(1)?.parse()?, private, read_at }))
}

/// Of the columns `id`, `at`, `private`.
fn message(row: &Row<'_>, keys: &Keys, damage: &Damage) -> Result<Option<Message>> {
    let (id, closed): (String, Vec<u8>) = (row.get(0)?, row.get(2)?);
    let Some(private) = opened(keys, "message", &id, &closed, damage)? else { return Ok(None) };
    Ok(Some(Message { id: id.parse()?, at: row.get::<_, String>(1)?.parse()?, private }))
}

/// Every letter, the oldest first.
pub(super) fn letters(connection: &Connection, keys: &Keys, damage: &Damage) -> Result<Vec<Letter>> {
    let mut statement = connection.prepare_cached("SELECT id, at, private, read_at FROM letter ORDER BY at, rowid")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(damage.readable(letter(row, keys, damage))?.flatten());
    }
    Ok(found)
}

/// Every message of this phone's, the oldest first.
pub(super) fn messages(connection: &Connection, keys: &Keys, damage: &Damage) -> Result<Vec<Message>> {
    let mut statement = connection.prepare_cached("SELECT id, at, private FROM message ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(damage.readable(message(row, keys, damage))?.flatten());
    }
    Ok(found)
}

impl Store {
    /// Keeps a letter that was opened, the first time it comes. False where it was here.
    pub fn keep_letter(&self, id: MessageId, at: Timestamp, private: &PrivateLetter) -> Result<bool> {
        let name = id.to_string();
        let closed = closed::close(&self.keys, ["letter", "private", &name], json(private)?.as_bytes())?;
        let sql = "INSERT INTO letter (id, at, private) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        Ok(self.lock().execute(sql, (&name, at.to_string(), closed))? > 0)
    }

    /// How far the letters were read.
    pub fn letters_read(&self) -> Result<LettersRead> {
        let kept = self.setting(Setting::LettersRead)?.unwrap_or_default();
        let (since, epoch) = kept.split_once(' ').unwrap_or_default();
        Ok(LettersRead { epoch: epoch.to_owned(), since: since.parse().unwrap_or_default() })
    }

    /// They were read so far.
    pub fn note_letters_read(&self, read: &LettersRead) -> Result<()> {
        self.set(Setting::LettersRead, &format!("{} {}", read.since, read.epoch))
    }

    /// Those that were neither shown nor read, the oldest first.
    pub fn letters_to_show(&self) -> Result<Vec<Letter>> {
        let connection = self.lock();
        let sql = "SELECT id, at, private, read_at FROM letter
                   WHERE shown_at IS NULL AND read_at IS NULL ORDER BY at, rowid";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let (mut found, damage) = (Vec::new(), Damage::default());
        while let Some(row) = rows.next()? {
            found.extend(damage.readable(letter(row, &self.keys, &damage))?.flatten());
        }
        Ok(found)
    }

    /// Commits that this is being shown at `now`. False where it was shown or read, or was tried just now.
    pub fn claim_letter(&self, id: MessageId, now: Timestamp) -> Result<bool> {
        let claimed = self.lock().execute(
            "UPDATE letter SET tries = tries + 1, next_try = ?2 + (?3 << min(tries, ?4))
             WHERE id = ?1 AND shown_at IS NULL AND read_at IS NULL
             AND (next_try <= ?2 OR next_try > ?2 + (?3 << ?4))",
            (id.to_string(), now.as_second(), FIRST_WAIT_S, MOST_DOUBLINGS),
        )?;
        Ok(claimed == 1)
    }

    /// It was shown.
    pub fn letter_shown(&self, id: MessageId, at: Timestamp) -> Result<()> {
        let sql = "UPDATE letter SET shown_at = coalesce(shown_at, ?2) WHERE id = ?1";
        self.lock().execute(sql, (id.to_string(), at.to_string()))?;
        Ok(())
    }

    /// The traveller had these before them. Whether any was new to them.
    pub fn mark_letters_read(&self, ids: &[MessageId], at: Timestamp) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut read = 0;
        for id in ids {
            let sql = "UPDATE letter SET read_at = ?2 WHERE id = ?1 AND read_at IS NULL";
            read += transaction.execute(sql, (id.to_string(), at.to_string()))?;
        }
        transaction.commit()?;
        Ok(read > 0)
    }

    /// Keeps what was written to the ministry, and sends it.
    pub fn save_message(&self, message: &Message) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let id = message.id.to_string();
        let closed = closed::close(&self.keys, ["message", "private", &id], json(&message.private)?.as_bytes())?;
        let sql = "INSERT INTO message (id, at, private) VALUES (?1, ?2, ?3)";
        transaction.execute(sql, (&id, message.at.to_string(), closed))?;
        self.enqueue(&transaction, Kind::Message, &id, false)?;
        transaction.commit()?;
        Ok(())
    }

    pub fn message(&self, id: MessageId) -> Result<Option<Message>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT id, at, private FROM message WHERE id = ?1")?;
        let mut rows = statement.query([id.to_string()])?;
        let found = rows.next()?.map(|row| message(row, &self.keys, &Damage::default())).transpose()?;
        Ok(found.flatten())
    }
}
