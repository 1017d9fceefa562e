//! `DIR/desk/desk.db`: the desk's own. Cases, what was done about them, words both ways, officers.

pub mod acts;
pub mod cases;
pub mod closed;
pub mod counts;
pub mod erasing;
pub mod facts;
pub mod floods;
pub mod fold;
pub mod hearing;
pub mod incidents;
pub mod intake;
pub mod joins;
pub mod keeping;
pub mod letters;
pub mod look_ups;
pub mod mailings;
mod moving;
pub mod officers;
pub mod page;
pub mod pushes;
pub mod ranks;
mod sentences;
pub mod signs;
pub mod sms;
pub mod waking;

use std::{path::Path, time::Duration};

use jiff::Timestamp;
use rand::{SeedableRng, rngs::StdRng};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use crate::files;
use closed::StoreKey;

mod tables {
    refinery::embed_migrations!("migrations/desk");
}

/// How long one change waits for another.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is closed to prove a key.
const PROOF: &[u8] = b"this desk's key";

#[derive(Debug, thiserror::Error)]
pub enum CaseworkError {
    #[error("the desk's database failed")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the desk's database cannot be brought forward")]
    Migration(#[from] refinery::Error),
    #[error("the desk's database cannot be made")]
    File(#[source] std::io::Error),
    #[error("the desk's store key cannot be read or written")]
    Key(#[source] std::io::Error),
    #[error("another key closed the desk's database: give the store.key or the passphrase that belongs to it")]
    OtherKey,
    #[error("what stands closed in the desk's database does not open")]
    Shut,
    #[error("what stands in the desk's database is of another shape")]
    Json(#[from] serde_json::Error),
    #[error("a time in the desk's database is out of range")]
    Time(#[from] jiff::Error),
    #[error("an id in the desk's database is none")]
    Id(#[from] contract::ids::InvalidId),
    #[error("another desk took over: this one changes nothing any more")]
    Fenced,
    #[error("this desk only reads")]
    Standby,
    #[error("there is no such case, officer or link")]
    NotFound,
    #[error("it was changed since it was read")]
    Changed,
    #[error("somebody has it")]
    Taken,
    #[error("it is closed")]
    Closed,
    #[error("it is joined to case {0}, which speaks for it")]
    Joined(u32),
    #[error("the register was not read to its end yet")]
    RegisterUnread,
    #[error("{0}")]
    NotPossible(&'static str),
    #[error(transparent)]
    Letter(#[from] contract::record::InvalidField),
    #[error("{pointer}: {reason}")]
    Field { pointer: &'static str, reason: &'static str },
    #[error(transparent)]
    Mirror(#[from] super::mirror::MirrorError),
    #[error(transparent)]
    Folder(#[from] super::folder::FolderError),
    #[error(transparent)]
    Opening(#[from] super::opening::OpeningError),
    #[error(transparent)]
    Audit(#[from] super::audit::AuditError),
    #[error("a letter cannot be sealed to its device")]
    Seal(#[from] contract::seal::SealError),
}

pub type Result<T> = std::result::Result<T, CaseworkError>;

/// The database while a desk works with it.
pub struct Casework {
    connection: Connection,
    key: StoreKey,
    rng: StdRng,
    /// Of the lease; who only reads has none.
    fence: Option<u64>,
}

/// As what a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// By the desk that has the lease with this number: no desk with a lower one writes any more.
    Lease(u64),
    /// By a command beside it, for one change.
    Beside,
    /// To read alone.
    Standby,
}

/// One change of the database: all of it, or nothing.
pub struct Change<'a> {
    pub transaction: Transaction<'a>,
    pub key: &'a StoreKey,
    pub rng: &'a mut StdRng,
}

impl Casework {
    /// Opens the database, which is made where it is not there.
    ///
    /// # Errors
    /// It cannot be opened, or another key closed it.
    pub fn open(path: &Path, key: StoreKey, hold: Hold, mut rng: StdRng) -> Result<Self> {
        if hold == Hold::Standby {
            return Self::open_to_read(path, key, rng);
        }
        if !path.exists() {
            files::write_private(path, b"").map_err(CaseworkError::File)?;
        }
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; \
             PRAGMA temp_store = MEMORY;",
        )?;
        tables::migrations::runner().set_grouped(true).run(&mut connection)?;
        let proof = key.close(["desk", "proof", "1"], PROOF, &mut rng)?;
        connection.execute("INSERT OR IGNORE INTO desk (only, list, fence, proof) VALUES (1, 0, 0, ?1)", [proof])?;
        let fence = match hold {
            // higher than any that was written here, though the lease itself be lost
            Hold::Lease(number) => {
                let sql = "UPDATE desk SET fence = max(?1, fence + 1) RETURNING fence";
                connection.query_row(sql, [number], |row| row.get(0))?
            }
            Hold::Beside | Hold::Standby => connection.query_row("SELECT fence FROM desk", [], |row| row.get(0))?,
        };
        Self { connection, key, rng, fence: Some(fence) }.proven()
    }

    fn open_to_read(path: &Path, key: StoreKey, rng: StdRng) -> Result<Self> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(PATIENCE)?;
        Self { connection, key, rng, fence: None }.proven()
    }

    fn proven(self) -> Result<Self> {
        let proof: Vec<u8> = self.connection.query_row("SELECT proof FROM desk", [], |row| row.get(0))?;
        self.key.open(["desk", "proof", "1"], &proof).map_err(|_| CaseworkError::OtherKey)?;
        Ok(self)
    }

    pub fn is_standby(&self) -> bool {
        self.fence.is_none()
    }

    /// The number of the list as it stands.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn list(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT list FROM desk", [], |row| row.get(0))?)
    }

    /// Makes one change of what stands on lists.
    ///
    /// # Errors
    /// Those of `work`, [`CaseworkError::Fenced`], [`CaseworkError::Standby`].
    pub fn change<T>(&mut self, work: impl FnOnce(&mut Change<'_>) -> Result<T>) -> Result<T> {
        self.write(|change| {
            let done = work(change)?;
            change.list_changes()?;
            Ok(done)
        })
    }

    /// The same for what stands on no list.
    ///
    /// # Errors
    /// The same.
    pub fn write<T>(&mut self, work: impl FnOnce(&mut Change<'_>) -> Result<T>) -> Result<T> {
        let fence = self.fence.ok_or(CaseworkError::Standby)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let newest: u64 = transaction.query_row("SELECT fence FROM desk", [], |row| row.get(0))?;
        if newest != fence {
            return Err(CaseworkError::Fenced);
        }
        let mut change = Change { transaction, key: &self.key, rng: &mut self.rng };
        let done = work(&mut change)?;
        change.transaction.commit()?;
        Ok(done)
    }

    /// Empties the write-ahead log, which still has what was erased. A command at work can hold it up: then with the next.
    ///
    /// # Errors
    /// It cannot be emptied.
    pub fn clear_log(&self) -> Result<()> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    pub fn reading(&self) -> Reading<'_> {
        Reading { connection: &self.connection, key: &self.key }
    }

    /// Randomness of its own, for what must not wait for the database.
    pub fn fork_rng(&mut self) -> StdRng {
        StdRng::from_rng(&mut self.rng)
    }
}

impl Change<'_> {
    pub fn reading(&self) -> Reading<'_> {
        Reading { connection: &self.transaction, key: self.key }
    }

    /// Every console reads the lists anew.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn list_changes(&self) -> Result<()> {
        self.transaction.execute("UPDATE desk SET list = list + 1", [])?;
        Ok(())
    }
}

/// The database as it stands.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub connection: &'a Connection,
    pub key: &'a StoreKey,
}

impl Reading<'_> {
    /// A closed text; empty where none stands.
    fn text(&self, place: closed::Place<'_>, closed: Option<Vec<u8>>) -> Result<Option<String>> {
        let Some(closed) = closed else { return Ok(None) };
        let plain = self.key.open(place, &closed)?;
        Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
    }
}

/// A word of an open enum, as the database has it.
pub(crate) fn word(value: &impl serde::Serialize) -> Result<String> {
    let value = serde_json::to_value(value)?;
    Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

pub(super) fn of_word<T: serde::de::DeserializeOwned>(word: String) -> Result<T> {
    Ok(serde_json::from_value(serde_json::Value::String(word))?)
}

pub(super) fn stamp(at: Timestamp) -> i64 {
    at.as_microsecond()
}

pub(crate) fn at(us: i64) -> Result<Timestamp> {
    Ok(Timestamp::from_microsecond(us)?)
}

pub(super) fn at_some(us: Option<i64>) -> Result<Option<Timestamp>> {
    us.map(at).transpose()
}

/// The next id of a table.
pub(super) fn next_id(connection: &Connection, table: &str) -> Result<i64> {
    let sql = format!("SELECT max(id) FROM {table}");
    let last: Option<i64> = connection.query_row(&sql, [], |row| row.get(0)).optional()?.flatten();
    Ok(last.unwrap_or(0) + 1)
}
