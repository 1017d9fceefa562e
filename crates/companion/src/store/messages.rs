//! What the ministry wrote to this phone, and what was written here to it: all of it closed.

use contract::{
    ids::MessageId,
    record::{Kind, PrivateLetter, PrivateMessage},
};
use jiff::Timestamp;
use rusqlite::{Connection, Row};
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

const LETTER: &str = "id, at, private, read_at";

/// Of [`LETTER`].
fn letter(row: &Row<'_>, keys: &Keys, damage: &Damage) -> Result<Option<Letter>> {
    let (id, closed): (String, Vec<u8>) = (row.get(0)?, row.get(2)?);
    let Some(private) = opened(keys, "letter", &id, &closed, damage)? else { return Ok(None) };
    let read_at = row.get::<_, Option<String>>(3)?.map(|at| at.parse()).transpose()?;
    Ok(Some(Letter { id: id.parse()?, at: row.get::<_, String>(1)?.parse()?, private, read_at }))
}

const MESSAGE: &str = "id, at, private, coalesce(closed_as, id)";

/// Of [`MESSAGE`].
fn message(row: &Row<'_>, keys: &Keys, damage: &Damage) -> Result<Option<Message>> {
    let (id, closed, closed_as): (String, Vec<u8>, String) = (row.get(0)?, row.get(2)?, row.get(3)?);
    let Some(private) = opened(keys, "message", &closed_as, &closed, damage)? else { return Ok(None) };
    Ok(Some(Message { id: id.parse()?, at: row.get::<_, String>(1)?.parse()?, private }))
}

/// Each row that can be read.
fn each<T>(
    connection: &Connection,
    sql: &str,
    read: fn(&Row<'_>, &Keys, &Damage) -> Result<Option<T>>,
    keys: &Keys,
    damage: &Damage,
) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let found = damage.rows(statement.query([])?, |row| read(row, keys, damage))?;
    Ok(found.into_iter().flatten().collect())
}

/// Every letter, the oldest first.
pub(super) fn letters(connection: &Connection, keys: &Keys, damage: &Damage) -> Result<Vec<Letter>> {
    each(connection, &format!("SELECT {LETTER} FROM letter ORDER BY at, rowid"), letter, keys, damage)
}

/// Every message of this phone's, the oldest first.
pub(super) fn messages(connection: &Connection, keys: &Keys, damage: &Damage) -> Result<Vec<Message>> {
    each(connection, &format!("SELECT {MESSAGE} FROM message ORDER BY rowid"), message, keys, damage)
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
        let sql = format!("SELECT {LETTER} FROM letter WHERE shown_at IS NULL AND read_at IS NULL ORDER BY at, rowid");
        each(&self.lock(), &sql, letter, &self.keys, &Damage::default())
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

    /// Whether a message may be read again at another start.
    pub fn is_message_away(&self, id: MessageId) -> Result<bool> {
        closed::is_away(&self.lock(), &self.keys, ["message", "private"], ("id", &id.to_string()))
    }

    pub fn message(&self, id: MessageId) -> Result<Option<Message>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!("SELECT {MESSAGE} FROM message WHERE id = ?1"))?;
        let mut rows = statement.query([id.to_string()])?;
        let found = rows.next()?.map(|row| message(row, &self.keys, &Damage::default())).transpose()?;
        Ok(found.flatten())
    }
}
