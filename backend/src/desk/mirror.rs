//! `DIR/desk/records.db`: what the front's register held when the desk asked last. It can be thrown away: the next
//! command reads it anew.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    time::Duration,
};

use contract::{
    ids::{DeviceId, TripId},
    record::{Change, CheckIn, Former, Kind, Made, RecordsPage, Trip},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;

use super::{
    front_client::{FrontClient, PostError, Since},
    leads::Leads,
};
use crate::{files, register::changes::digest};

const TABLES: &str = "
    PRAGMA journal_mode = DELETE;
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS position (
      only INTEGER PRIMARY KEY CHECK (only = 1), epoch TEXT NOT NULL, since INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS records (
      kind TEXT NOT NULL, digest TEXT NOT NULL, id TEXT NOT NULL, device TEXT NOT NULL,
      received_us INTEGER NOT NULL, record TEXT NOT NULL, was_of TEXT,
      made_us INTEGER, network TEXT, PRIMARY KEY (kind, digest)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS records_by_device ON records (device, kind);
    CREATE INDEX IF NOT EXISTS records_moved ON records (kind) WHERE was_of IS NOT NULL;
    CREATE TABLE IF NOT EXISTS whole (only INTEGER PRIMARY KEY CHECK (only = 1)) STRICT;
    CREATE TABLE IF NOT EXISTS taken_back (
      digest TEXT PRIMARY KEY, device TEXT NOT NULL, received_us INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS erased (kind TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (kind, digest)) STRICT;";

/// Of the tables: a copy that was made with others is read anew.
const TABLES_VERSION: u32 = 5;

/// How long one reader waits for who writes.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    #[error("the desk's copy of the register failed; where records.db is broken, delete it, and it is read anew")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the desk's copy of the register cannot be made")]
    File(#[from] std::io::Error),
    #[error("a record in the desk's copy of the register cannot be read")]
    Record(#[from] serde_json::Error),
    #[error("a time in the desk's copy of the register is out of range")]
    Time(#[from] jiff::Error),
    #[error("an id in the desk's copy of the register is none")]
    Id(#[from] contract::ids::InvalidId),
    #[error(transparent)]
    Front(#[from] PostError),
}

/// A record as the front holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held<T> {
    pub id: String,
    pub device: DeviceId,
    pub received_at: Timestamp,
    pub record: T,
}

pub struct Mirror(Connection);

impl Mirror {
    /// # Errors
    /// The file cannot be made or opened.
    pub fn open(path: &Path) -> Result<Self, MirrorError> {
        if path.exists() {
            files::must_be_regular(&std::fs::metadata(path)?)?;
        } else {
            files::write_private(path, b"")?;
        }
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version != TABLES_VERSION {
            connection.execute_batch(
                "DROP TABLE IF EXISTS records; DROP TABLE IF EXISTS position; DROP TABLE IF EXISTS erased; \
                 DROP TABLE IF EXISTS whole; DROP TABLE IF EXISTS taken_back;",
            )?;
        }
        connection.execute_batch(TABLES)?;
        if version != TABLES_VERSION {
            connection.pragma_update(None, "user_version", TABLES_VERSION)?;
        }
        Ok(Self(connection))
    }

    /// Reads what is new. A register that was restored is another one, and is read from its beginning.
    ///
    /// # Errors
    /// The front cannot answer, or the copy not be written.
    pub async fn catch_up(&mut self, front: &FrontClient) -> Result<(), MirrorError> {
        loop {
            match front.records(self.since()?).await? {
                Some(page) => {
                    self.take(&page)?;
                    if !page.more {
                        return Ok(());
                    }
                }
                None => self.begin_anew()?,
            }
        }
    }

    /// Forgets everything: the register is another one.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin_anew(&mut self) -> Result<(), MirrorError> {
        Ok(self
            .0
            .execute_batch("DELETE FROM records; DELETE FROM position; DELETE FROM whole; DELETE FROM taken_back;")?)
    }

    /// What people erased since it was asked last: kinds, and digests of ids. What was only kept long enough is not in it.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn erased(&self) -> Result<HashSet<(String, String)>, MirrorError> {
        let mut statement = self.0.prepare_cached("SELECT kind, digest FROM erased")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was erased is gone from everywhere else too. What was erased since it was asked is not in it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn erased_is_done(&mut self, erased: &HashSet<(String, String)>) -> Result<(), MirrorError> {
        let transaction = self.0.transaction()?;
        for (kind, digest) in erased {
            transaction
                .prepare_cached("DELETE FROM erased WHERE kind = ?1 AND digest = ?2")?
                .execute([kind, digest])?;
        }
        Ok(transaction.commit()?)
    }

    /// Whether a device took this word of its own back.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn is_taken_back(&self, check_in: &str, device: DeviceId) -> Result<bool, MirrorError> {
        let sql = "SELECT 1 FROM taken_back WHERE digest = ?1 AND device = ?2";
        Ok(self.0.prepare_cached(sql)?.exists([digest(check_in), device.to_string()])?)
    }

    /// When each device took a word back last, in microseconds since 1970.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn took_back(&self) -> Result<HashMap<DeviceId, i64>, MirrorError> {
        let mut statement = self.0.prepare_cached("SELECT device, max(received_us) FROM taken_back GROUP BY device")?;
        let mut rows = statement.query([])?;
        let mut took_back = HashMap::new();
        while let Some(row) = rows.next()? {
            took_back.insert(row.get::<_, String>(0)?.parse()?, row.get(1)?);
        }
        Ok(took_back)
    }

    /// Which trips are led by another device than before.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn leads(&self) -> Result<Leads, MirrorError> {
        let sql = "SELECT id, device, was_of FROM records WHERE kind = 'trip' AND was_of IS NOT NULL";
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut leads = Leads::default();
        while let Some(row) = rows.next()? {
            let former: Vec<Former> = serde_json::from_str(&row.get::<_, String>(2)?)?;
            leads.add(row.get::<_, String>(0)?.parse()?, row.get::<_, String>(1)?.parse()?, &former);
        }
        Ok(leads)
    }

    /// Whether it was once read to its end: until then what is not here may well stand in the register.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn is_whole(&self) -> Result<bool, MirrorError> {
        Ok(self.0.prepare_cached("SELECT 1 FROM whole")?.exists([])?)
    }

    /// Whether a record is here.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn has(&self, kind: Kind, id: &str) -> Result<bool, MirrorError> {
        let sql = "SELECT 1 FROM records WHERE kind = ?1 AND digest = ?2";
        Ok(self.0.prepare_cached(sql)?.exists([kind.name(), &digest(id)])?)
    }

    /// When each record of a kind came in, in microseconds since 1970.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn received(&self, kind: Kind) -> Result<HashMap<String, i64>, MirrorError> {
        let mut statement = self.0.prepare_cached("SELECT id, received_us FROM records WHERE kind = ?1")?;
        let rows = statement.query_map([kind.name()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every record of a kind.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn all<T: DeserializeOwned>(&self, kind: Kind) -> Result<Vec<Held<T>>, MirrorError> {
        self.select("kind = ?1", &[&kind.name()])
    }

    /// # Errors
    /// It cannot be read.
    pub fn find<T: DeserializeOwned>(&self, kind: Kind, id: &str) -> Result<Option<Held<T>>, MirrorError> {
        Ok(self.select("kind = ?1 AND digest = ?2", &[&kind.name(), &digest(id)])?.into_iter().next())
    }

    /// The trips of a device that live.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn trips_of(&self, device: DeviceId) -> Result<Vec<Held<Trip>>, MirrorError> {
        self.of_device(device, Kind::Trip)
    }

    /// What a device has of a kind.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn of_device<T: DeserializeOwned>(&self, device: DeviceId, kind: Kind) -> Result<Vec<Held<T>>, MirrorError> {
        self.select("device = ?1 AND kind = ?2", &[&device.to_string(), &kind.name()])
    }

    /// How the device of a check-in came.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn made(&self, check_in: &str) -> Result<Option<Made>, MirrorError> {
        let sql = "SELECT made_us, network FROM records WHERE kind = ?1 AND digest = ?2 AND made_us IS NOT NULL";
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let by = [Kind::CheckIn.name(), &digest(check_in)];
        let made: Option<(i64, Option<String>)> = self.0.prepare_cached(sql)?.query_row(by, read).optional()?;
        made.map(|(us, network)| Ok(Made { at: Timestamp::from_microsecond(us)?, network })).transpose()
    }

    /// Whether a device has said more than check-ins: a trip, a call, a message.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn has_more(&self, device: &str) -> Result<bool, MirrorError> {
        let sql = "SELECT 1 FROM records WHERE device = ?1 AND kind <> ?2 LIMIT 1";
        Ok(self.0.prepare_cached(sql)?.exists([device, Kind::CheckIn.name()])?)
    }

    /// Whether anything of a device is here.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn knows(&self, device: DeviceId) -> Result<bool, MirrorError> {
        Ok(self.0.prepare_cached("SELECT 1 FROM records WHERE device = ?1 LIMIT 1")?.exists([device.to_string()])?)
    }

    /// Every check-in that is the word of whoever has this device: its own, and, of `leads`, those of the phone before it.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn words_of(&self, device: DeviceId, leads: &Leads) -> Result<Vec<Held<CheckIn>>, MirrorError> {
        let mut words = Vec::new();
        for one in leads.to(device).into_iter().chain([device]) {
            words.extend(self.of_device::<CheckIn>(one, Kind::CheckIn)?);
        }
        words.retain(|held| held.device == device || leads.of(held.device, held.record.trip) == device);
        words.sort_by_key(|held| held.received_at);
        Ok(words)
    }

    /// # Errors
    /// It cannot be read.
    pub fn trip(&self, id: TripId) -> Result<Option<Held<Trip>>, MirrorError> {
        self.find(Kind::Trip, &id.to_string())
    }

    /// The trip, where this device leads it or led it before.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn trip_of(&self, id: TripId, device: DeviceId) -> Result<Option<Held<Trip>>, MirrorError> {
        let Some(trip) = self.trip(id)? else { return Ok(None) };
        let is_theirs = trip.device == device || self.leads()?.of_trip(device, id).is_some();
        Ok(Some(trip).filter(|_| is_theirs))
    }

    /// Who led a trip, one after another: the last leads it now.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn led_by(&self, id: TripId) -> Result<Vec<DeviceId>, MirrorError> {
        let sql = "SELECT device, was_of FROM records WHERE kind = 'trip' AND digest = ?1";
        let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?));
        let of = [digest(&id.to_string())];
        let Some((leader, was_of)) = self.0.prepare_cached(sql)?.query_row(of, read).optional()? else {
            return Ok(Vec::new());
        };
        let mut former: Vec<Former> = was_of.map_or(Ok(Vec::new()), |text| serde_json::from_str(&text))?;
        former.sort_by_key(|one| one.until);
        Ok(former.into_iter().map(|one| one.device).chain([leader.parse()?]).collect())
    }

    /// How far it has read.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn since(&self) -> Result<Option<Since>, MirrorError> {
        let read = |row: &Row<'_>| Ok(Since { epoch: row.get(0)?, number: row.get(1)? });
        Ok(self.0.query_row("SELECT epoch, since FROM position", [], read).optional()?)
    }

    /// Takes what is new.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn take(&mut self, page: &RecordsPage) -> Result<(), MirrorError> {
        let transaction = self.0.transaction()?;
        for change in &page.changes {
            match (&change.record, change.device) {
                (Some(record), Some(device)) => {
                    forget(&transaction, change.kind, &digest(&change.id))?;
                    transaction
                        .prepare_cached("INSERT OR REPLACE INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
                        .execute(params![
                            change.kind.name(),
                            digest(&change.id),
                            change.id,
                            device.to_string(),
                            change.received_at.as_microsecond(),
                            record.to_string(),
                            was_of(change)?,
                            change.made.as_ref().map(|made| made.at.as_microsecond()),
                            change.made.as_ref().and_then(|made| made.network.clone())
                        ])?;
                }
                (None, Some(device)) => {
                    forget(&transaction, change.kind, &digest(&change.id))?;
                    if change.kind == Kind::CheckIn {
                        transaction.prepare_cached("INSERT INTO taken_back VALUES (?1, ?2, ?3)")?.execute(params![
                            digest(&change.id),
                            device.to_string(),
                            change.received_at.as_microsecond()
                        ])?;
                    }
                }
                (_, None) => {
                    forget(&transaction, change.kind, &change.id)?;
                    if change.by_person {
                        transaction
                            .prepare_cached("INSERT OR IGNORE INTO erased VALUES (?1, ?2)")?
                            .execute([change.kind.name(), &change.id])?;
                    }
                }
            }
        }
        transaction.execute(
            "INSERT OR REPLACE INTO position (only, epoch, since) VALUES (1, ?1, ?2)",
            params![page.epoch, page.next],
        )?;
        if !page.more {
            transaction.execute("INSERT OR IGNORE INTO whole (only) VALUES (1)", [])?;
        }
        Ok(transaction.commit()?)
    }

    fn select<T: DeserializeOwned>(
        &self,
        condition: &str,
        arguments: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<Held<T>>, MirrorError> {
        let sql = format!("SELECT id, device, received_us, record FROM records WHERE {condition} ORDER BY received_us");
        let mut statement = self.0.prepare_cached(&sql)?;
        let mut rows = statement.query(arguments)?;
        let mut held = Vec::new();
        while let Some(row) = rows.next()? {
            held.push(Held {
                id: row.get(0)?,
                device: row.get::<_, String>(1)?.parse()?,
                received_at: Timestamp::from_microsecond(row.get(2)?)?,
                record: serde_json::from_str(&row.get::<_, String>(3)?)?,
            });
        }
        Ok(held)
    }
}

fn was_of(change: &Change) -> Result<Option<String>, MirrorError> {
    if change.was_of.is_empty() { Ok(None) } else { Ok(Some(serde_json::to_string(&change.was_of)?)) }
}

fn forget(connection: &Connection, kind: Kind, digest: &str) -> Result<(), MirrorError> {
    connection.prepare_cached("DELETE FROM records WHERE kind = ?1 AND digest = ?2")?.execute([kind.name(), digest])?;
    if kind == Kind::CheckIn {
        connection.prepare_cached("DELETE FROM taken_back WHERE digest = ?1")?.execute([digest])?;
    }
    Ok(())
}
