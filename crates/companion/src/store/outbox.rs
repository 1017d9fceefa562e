//! What the ministry should have, and what of it it has. One row a thing; the latest version wins.

use contract::{http::Code, ids::TripId, record::Kind};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use ts_rs::TS;

use super::{
    database::{Damage, Result, Store, to_word, word},
    settings::{self, Setting},
};

/// The word of a kind in the database, which never changes.
pub(super) fn name(kind: Kind) -> &'static str {
    // a row is one receipt, though they go as a list
    if kind == Kind::Receipts { "receipt" } else { kind.name() }
}

pub(super) fn named(text: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| name(*kind) == text)
}

/// Where something the traveller entered is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Delivery {
    /// Meant for nobody else: it stays on this device.
    OnlyHere,
    /// On this device, not yet with the ministry.
    Waiting,
    /// With the ministry.
    Received {
        #[ts(type = "string")]
        at: Timestamp,
    },
    /// The ministry's answer was no; it waits for the traveller.
    Parked { code: Code },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub kind: Kind,
    pub id: String,
    pub version: u32,
    pub received_version: u32,
    pub received_at: Option<Timestamp>,
    /// The code of the answer that parked it.
    pub parked: Option<Code>,
    /// Somebody asks for help with it: it waits behind nothing.
    pub help: bool,
}

impl Item {
    pub fn delivery(&self) -> Delivery {
        match (self.parked, self.received_at) {
            (Some(code), _) => Delivery::Parked { code },
            (None, Some(at)) if self.received_version >= self.version => Delivery::Received { at },
            (None, _) => Delivery::Waiting,
        }
    }

    /// The ministry does not have it, and it waits for nobody here.
    pub fn is_lacking(&self) -> bool {
        self.parked.is_none() && self.received_version < self.version
    }
}

const COLUMNS: &str = "kind, id, version, received_version, received_at, parked, help";

/// `None` for a kind that only a newer app sends: it waits for that app.
fn item(row: &Row<'_>) -> Result<Option<Item>> {
    let Some(kind) = named(&row.get::<_, String>(0)?) else { return Ok(None) };
    let received_at: Option<String> = row.get(4)?;
    let parked: Option<String> = row.get(5)?;
    Ok(Some(Item {
        kind,
        id: row.get(1)?,
        version: row.get(2)?,
        received_version: row.get(3)?,
        received_at: received_at.map(|at| at.parse()).transpose()?,
        // a code that this app does not know: it is tried again, and the front says why anew
        parked: parked.and_then(|code| word(code).ok()),
        help: row.get(6)?,
    }))
}

pub(super) fn all(connection: &Connection, damage: &Damage) -> Result<Vec<Item>> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox ORDER BY rowid"))?;
    Ok(damage.rows(statement.query([])?, item)?.into_iter().flatten().collect())
}

/// Of what left this device, the front took it.
fn note_taken(connection: &Connection, kind: Kind, id: &str, version: u32, taken_at: Timestamp) -> Result<()> {
    connection.execute(
        "UPDATE sent SET taken_at = ?4 WHERE kind = ?1 AND id = ?2 AND version = ?3",
        (name(kind), id, version, taken_at.to_string()),
    )?;
    Ok(())
}

/// Another word stands of those on a trip: whoever has the paper is to read it too.
pub(super) fn send_trip_of_word(store: &Store, connection: &Connection, trip: Option<TripId>) -> Result<()> {
    let Some(trip) = trip else { return Ok(()) };
    let id = trip.to_string();
    let is_there = "SELECT 1 FROM trip WHERE id = ?1 AND deleted = 0";
    if settings::read(connection, Setting::Paper)?.is_some()
        && connection.query_row(is_there, [&id], |_| Ok(())).optional()?.is_some()
    {
        store.enqueue(connection, Kind::Trip, &id, false)?;
    }
    Ok(())
}

impl Store {
    /// Puts a new version of a thing in the outbox, within the transaction that writes the thing. Gives the version.
    /// `help` says that somebody asks for help with it.
    pub(super) fn enqueue(&self, connection: &Connection, kind: Kind, id: &str, help: bool) -> Result<u32> {
        let version = connection.query_row(
            "INSERT INTO outbox (kind, id, version, help) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT (kind, id) DO UPDATE
             SET version = version + 1, help = excluded.help, parked = NULL, prepared = NULL
             RETURNING version",
            (name(kind), id, help),
            |row| row.get(0),
        )?;
        // whoever wakes reads once this transaction has ended: the store has one connection
        let waiting = if help {
            &self.wakes.help
        } else if kind == Kind::Receipts {
            &self.wakes.receipts
        } else {
            &self.wakes.entered
        };
        waiting.notify_one();
        Ok(version)
    }

    /// All of it, the oldest first.
    pub fn outbox(&self) -> Result<Vec<Item>> {
        all(&self.lock(), &Damage::default())
    }

    pub fn outbox_item(&self, kind: Kind, id: &str) -> Result<Option<Item>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached(&format!("SELECT {COLUMNS} FROM outbox WHERE kind = ?1 AND id = ?2"))?;
        let mut rows = statement.query((name(kind), id))?;
        let found = rows.next()?.map(item).transpose()?;
        Ok(found.flatten())
    }

    /// The front has `version` since `at`. A newer version made meanwhile still waits.
    pub fn mark_received(&self, kind: Kind, id: &str, version: u32, at: Timestamp) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute(
            "UPDATE outbox SET received_version = max(received_version, ?3), received_at = ?4
             WHERE kind = ?1 AND id = ?2",
            (name(kind), id, version, at.to_string()),
        )?;
        note_taken(&transaction, kind, id, version, at)?;
        transaction.commit()?;
        Ok(())
    }

    /// The front holds `version` with other content, from a copy of this data that went further: what stands here is
    /// the traveller's word, and goes over it. Gives the new version, where none as high was made meanwhile.
    pub fn raise_over(&self, kind: Kind, id: &str, version: u32) -> Result<Option<u32>> {
        let connection = self.lock();
        // nothing goes over the last of all versions; an honest front holds none like it
        let Some(next) = version.checked_add(1) else { return Ok(None) };
        let raised = connection.execute(
            "UPDATE outbox SET version = ?3, prepared = NULL WHERE kind = ?1 AND id = ?2 AND version < ?3",
            (name(kind), id, next),
        )?;
        Ok((raised > 0).then_some(next))
    }

    /// The front will not take `version`; it waits for the traveller, with the reason.
    pub fn park(&self, kind: Kind, id: &str, version: u32, code: Code) -> Result<()> {
        self.lock().execute(
            "UPDATE outbox SET parked = ?4 WHERE kind = ?1 AND id = ?2 AND version = ?3",
            (name(kind), id, version, to_word(&code)?),
        )?;
        Ok(())
    }

    /// Another phone leads these trips now: nothing more of them is sent. Says whether that is news of one of them.
    pub fn park_moved(&self, trips: &[TripId]) -> Result<bool> {
        let (connection, code) = (self.lock(), to_word(&Code::TripMoved)?);
        let mut news = false;
        for trip in trips {
            let sql = "UPDATE outbox SET parked = ?3 WHERE kind = ?1 AND id = ?2 AND parked IS NOT ?3";
            news |= connection.execute(sql, (name(Kind::Trip), trip.to_string(), &code))? > 0;
        }
        Ok(news)
    }

    pub fn unpark_all(&self) -> Result<()> {
        self.lock().execute("UPDATE outbox SET parked = NULL", [])?;
        Ok(())
    }

    /// What was made of `version` for the wire, where it was made before.
    pub fn prepared(&self, kind: Kind, id: &str, version: u32) -> Result<Option<String>> {
        let connection = self.lock();
        let mut statement =
            connection.prepare_cached("SELECT prepared FROM outbox WHERE kind = ?1 AND id = ?2 AND version = ?3")?;
        let text = statement.query_row((name(kind), id, version), |row| row.get(0)).optional()?;
        Ok(text.flatten())
    }

    pub fn keep_prepared(&self, kind: Kind, id: &str, version: u32, text: &str) -> Result<()> {
        self.lock().execute(
            "UPDATE outbox SET prepared = ?4 WHERE kind = ?1 AND id = ?2 AND version = ?3",
            (name(kind), id, version, text),
        )?;
        Ok(())
    }

    /// The register's epoch as an answer told it. A changed one means it was restored: all goes again.
    pub fn note_epoch(&self, epoch: &str) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let known = settings::read(&transaction, Setting::RegisterEpoch)?;
        if known.as_deref() == Some(epoch) {
            return Ok(false);
        }
        settings::write(&transaction, Setting::RegisterEpoch, epoch)?;
        if known.is_some() {
            forget_received(&transaction)?;
        }
        transaction.commit()?;
        Ok(known.is_some())
    }

    /// Somebody says that the register has another epoch: the device is put again, and that answer is believed.
    pub fn hear_of_epoch(&self, epoch: &str) -> Result<()> {
        let connection = self.lock();
        if settings::read(&connection, Setting::RegisterEpoch)?.is_some_and(|known| known != epoch) {
            let sql = "UPDATE outbox SET received_version = 0, received_at = NULL WHERE kind = ?1";
            connection.execute(sql, [name(Kind::Device)])?;
            self.wakes.entered.notify_one();
        }
        Ok(())
    }

    /// The register does not know this device's token: the device is put again, and that answer tells the rest.
    pub fn send_device_again(&self) -> Result<()> {
        let sql = "UPDATE outbox SET received_version = 0, received_at = NULL WHERE kind = ?1";
        self.lock().execute(sql, [name(Kind::Device)])?;
        self.wakes.entered.notify_one();
        Ok(())
    }

    /// The register does not know this device, so it has nothing of it: all goes again.
    pub fn send_all_again(&self) -> Result<()> {
        forget_received(&self.lock())
    }

    pub(super) fn version_of(connection: &Connection, kind: Kind, id: &str) -> Result<Option<u32>> {
        Ok(connection
            .query_row("SELECT version FROM outbox WHERE kind = ?1 AND id = ?2", (name(kind), id), |row| row.get(0))
            .optional()?)
    }
}

pub(super) fn forget(connection: &Connection, kind: Kind, id: &str) -> Result<()> {
    connection.execute("DELETE FROM outbox WHERE kind = ?1 AND id = ?2", [name(kind), id])?;
    Ok(())
}

/// What the ministry should have, or is to forget, and nothing says so any more: where it has it, that is said when it
/// goes again.
pub(super) fn enter_what_lacks(connection: &Connection) -> Result<()> {
    // whoever waits for help goes first, as before
    let lacking = [
        "SELECT 'trip', id, 1, 0 FROM trip",
        "SELECT 'check_in', id, 1, status = 'need_help' FROM check_in",
        "SELECT 'call', id, 1, 1 FROM call WHERE report",
        "SELECT 'message', id, 1, 0 FROM message",
        "SELECT DISTINCT 'receipt', entry || '@' || version, 1, 0 FROM receipt JOIN notice USING (entry, version)
         WHERE report",
    ];
    for rows in lacking {
        let sql = format!(
            "INSERT INTO outbox (kind, id, version, help) SELECT * FROM ({rows}) WHERE true ON CONFLICT DO NOTHING"
        );
        connection.execute(&sql, [])?;
    }
    Ok(())
}

fn forget_received(connection: &Connection) -> Result<()> {
    connection.execute("UPDATE outbox SET received_version = 0, received_at = NULL", [])?;
    Ok(())
}
