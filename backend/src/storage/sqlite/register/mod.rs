//! The register in SQLite: one file a table.

mod calls;
mod changes;
mod check_ins;
mod count;
mod devices;
mod had;
mod receipts;
mod retention;
mod trips;

use contract::{
    hash::Hash,
    ids::{CallId, CheckInId, DeviceId, TripId},
    profile::Retention,
    record::{Accepted, Call, CheckIn, Device, Headcount, Kind, Receipt, Record, RecordsPage, Trip},
};
use futures_util::FutureExt;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params, types::FromSqlError};

use super::Database;
use crate::register::{
    Answer, Register, RegisterError, Standing, Where,
    export::{self, After, Row},
    judge,
};

impl From<rusqlite::Error> for RegisterError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl From<FromSqlError> for RegisterError {
    fn from(error: FromSqlError) -> Self {
        rusqlite::Error::from(error).into()
    }
}

#[derive(Clone)]
pub struct SqliteRegister {
    database: Database,
}

impl SqliteRegister {
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// Gives a new register its epoch; one that has an epoch keeps it.
    pub async fn begin(&self, epoch: String) -> Result<(), RegisterError> {
        let sql = "INSERT INTO register (only, epoch) VALUES (1, ?1) ON CONFLICT DO NOTHING";
        self.write(move |connection| Ok(connection.execute(sql, [epoch]).map(|_| ())?)).await
    }

    /// Another epoch: every device sends again all that lives.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn renew(&self, epoch: String) -> Result<(), RegisterError> {
        let sql = "UPDATE register SET epoch = ?1";
        self.write(move |connection| Ok(connection.execute(sql, [epoch]).map(drop)?)).await
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, RegisterError> + Send + 'static,
    ) -> Result<T, RegisterError> {
        self.database.write(work, |_| ()).await
    }
}

impl Register for SqliteRegister {
    fn epoch(&self) -> Answer<'_, String> {
        let sql = "SELECT epoch FROM register";
        self.database.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?)).boxed()
    }

    fn put_device(&self, id: DeviceId, device: Device, now: Timestamp) -> Answer<'_, Accepted> {
        self.write(move |connection| devices::put(connection, id, &device, now)).boxed()
    }

    fn device_with_token(&self, token_hash: Hash) -> Answer<'_, Option<DeviceId>> {
        self.database.read(move |connection| devices::with_token(connection, token_hash)).boxed()
    }

    fn put_trip(&self, owner: DeviceId, id: TripId, trip: Trip, now: Timestamp) -> Answer<'_, Accepted> {
        self.write(move |connection| trips::put(connection, owner, id, &trip, now)).boxed()
    }

    fn delete_trip(&self, owner: DeviceId, id: TripId, version: u32, now: Timestamp) -> Answer<'_, Accepted> {
        self.write(move |connection| trips::delete(connection, owner, id, version, now)).boxed()
    }

    fn put_check_in(&self, owner: DeviceId, id: CheckInId, check_in: CheckIn, now: Timestamp) -> Answer<'_, Accepted> {
        self.write(move |connection| check_ins::put(connection, owner, id, &check_in, now)).boxed()
    }

    fn put_call(&self, owner: DeviceId, id: CallId, call: Call, now: Timestamp) -> Answer<'_, Accepted> {
        self.write(move |connection| calls::put(connection, owner, id, &call, now)).boxed()
    }

    fn put_receipts(&self, owner: DeviceId, receipts: Vec<Receipt>, now: Timestamp) -> Answer<'_, Accepted> {
        self.write(move |connection| receipts::put(connection, owner, receipts, now)).boxed()
    }

    fn device(&self, owner: DeviceId) -> Answer<'_, Device> {
        self.database.read(move |connection| devices::get(connection, owner)).boxed()
    }

    fn exported(&self, owner: DeviceId, kind: Kind, after: After) -> Answer<'_, Vec<Row>> {
        self.database.read(move |connection| exported(connection, owner, kind, &after)).boxed()
    }

    fn erase(&self, owner: DeviceId, now: Timestamp) -> Answer<'_, ()> {
        self.database.erase(move |connection| devices::erase(connection, owner, now)).boxed()
    }

    fn retain(&self, retention: Retention, now: Timestamp) -> Answer<'_, usize> {
        self.database.erase(move |connection| retention::run(connection, &retention, now)).boxed()
    }

    fn changes(&self, since: u64) -> Answer<'_, RecordsPage> {
        self.database.read(move |connection| changes::page(connection, since)).boxed()
    }

    fn probe(&self) -> Answer<'_, ()> {
        self.write(|connection| Ok(connection.execute("UPDATE register SET epoch = epoch", []).map(drop)?)).boxed()
    }

    fn headcount(&self, place: Where, at: Timestamp) -> Answer<'_, Headcount> {
        self.database.read(move |connection| count::headcount(connection, place, at)).boxed()
    }
}

/// What of a record the register writes, whatever its kind.
struct Written<'a> {
    id: &'a str,
    owner: String,
    version: u32,
    received_us: i64,
    json: String,
    change: i64,
}

/// Puts a record: `allow` says whether there may be one more, or one of so many bytes; `write` writes its row.
fn put<R: Record>(
    connection: &Connection,
    owner: DeviceId,
    id: &str,
    record: &R,
    now: Timestamp,
    allow: impl FnOnce(bool, usize) -> Result<(), RegisterError>,
    write: impl FnOnce(Written<'_>) -> Result<(), RegisterError>,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    let json = serde_json::to_string(record)?;
    let held = standing(connection, R::KIND, id)?;
    let is_new = held.is_none();
    if let Some(accepted) = judge(held, owner, record.version(), &json)? {
        return Ok(accepted);
    }
    devices::must_exist(connection, owner)?;
    allow(is_new, json.len())?;
    let change = changes::next(connection)?;
    let (owner, version, received_us) = (owner.to_string(), record.version(), now.as_microsecond());
    write(Written { id, owner, version, received_us, json, change })?;
    Ok(Accepted { version, received_at: now })
}

/// What stands under `id`.
fn standing(connection: &Connection, kind: Kind, id: &str) -> Result<Option<Standing>, RegisterError> {
    let sql = format!("SELECT device_id, version, received_us, record FROM {} WHERE id = ?1", kind.plural());
    let row = connection
        .prepare_cached(&sql)?
        .query_row([id], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    row.map(|(owner, version, us, record)| {
        Ok(Standing { owner: parse(&owner)?, version, received_at: Timestamp::from_microsecond(us)?, record })
    })
    .transpose()
}

fn exported(connection: &Connection, owner: DeviceId, kind: Kind, after: &After) -> Result<Vec<Row>, RegisterError> {
    let owner = owner.to_string();
    let limit = export::PAGE as i64;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let rows: Vec<(String, u32, i64, Option<String>)> = if kind == Kind::Receipts {
        connection
            .prepare_cached(receipts::EXPORT)?
            .query_map(params![owner, after.id, limit, after.version], read)?
            .collect::<Result<_, _>>()?
    } else {
        let sql = format!(
            "SELECT id, version, received_us, record FROM {} WHERE device_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            kind.plural()
        );
        connection.prepare_cached(&sql)?.query_map(params![owner, after.id, limit], read)?.collect::<Result<_, _>>()?
    };
    let row =
        |(id, version, us, record)| Ok(Row { id, version, received_at: Timestamp::from_microsecond(us)?, record });
    rows.into_iter().map(row).collect()
}

fn parse<T: std::str::FromStr<Err = contract::ids::InvalidId>>(text: &str) -> Result<T, RegisterError> {
    text.parse().map_err(|error| RegisterError::Record(serde::de::Error::custom(error)))
}

/// What the register's clock can hold, so that a repeat is answered with the very same time.
fn stamp(now: Timestamp) -> Result<Timestamp, RegisterError> {
    Ok(Timestamp::from_microsecond(now.as_microsecond())?)
}
