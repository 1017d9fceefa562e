//! The register in SQLite: one file a table.

mod calls;
mod check_ins;
mod count;
mod devices;
mod receipts;
mod trips;

use contract::{
    hash::Hash,
    ids::{CallId, CheckInId, DeviceId, TripId},
    record::{Accepted, Call, CheckIn, Device, Headcount, Receipt, Trip},
};
use futures_util::FutureExt;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::Database;
use crate::register::{Answer, Export, Exported, Register, RegisterError, Standing, Where};

impl From<rusqlite::Error> for RegisterError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
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

    fn export(&self, owner: DeviceId) -> Answer<'_, Export> {
        let export = move |connection: &Connection| {
            Ok(Export {
                id: owner,
                device: devices::get(connection, owner)?,
                trips: records(connection, trips::EXPORT, owner)?,
                check_ins: records(connection, check_ins::EXPORT, owner)?,
                calls: records(connection, calls::EXPORT, owner)?,
                receipts: receipts::of(connection, owner)?,
            })
        };
        self.database.read(export).boxed()
    }

    fn erase(&self, owner: DeviceId) -> Answer<'_, ()> {
        self.write(move |connection| devices::erase(connection, owner)).boxed()
    }

    fn headcount(&self, place: Where, at: Timestamp) -> Answer<'_, Headcount> {
        self.database.read(move |connection| count::headcount(connection, place, at)).boxed()
    }
}

/// What stands under `id`, by a statement that selects device, version and time.
fn standing(connection: &Connection, sql: &str, id: &str) -> Result<Option<Standing>, RegisterError> {
    let row = connection
        .prepare_cached(sql)?
        .query_row([id], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    row.map(|(owner, version, us)| {
        Ok(Standing { owner: parse(&owner)?, version, received_at: Timestamp::from_microsecond(us)? })
    })
    .transpose()
}

/// Every record of `owner`, by a statement that selects id, version, time and record.
fn records<Id, T>(connection: &Connection, sql: &str, owner: DeviceId) -> Result<Vec<Exported<Id, T>>, RegisterError>
where
    Id: std::str::FromStr<Err = contract::ids::InvalidId>,
    T: DeserializeOwned,
{
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let rows = statement.query_map([owner.to_string()], read)?;
    rows.map(|row| {
        let (id, version, us, record): (_, _, _, Option<String>) = row?;
        let record = record.map(|record| serde_json::from_str(&record)).transpose()?;
        Ok(Exported { id: parse(&id)?, version, received_at: Timestamp::from_microsecond(us)?, record })
    })
    .collect()
}

fn parse<T: std::str::FromStr<Err = contract::ids::InvalidId>>(text: &str) -> Result<T, RegisterError> {
    text.parse().map_err(|error| RegisterError::Record(serde::de::Error::custom(error)))
}

/// What the register's clock can hold, so that a repeat is answered with the very same time.
fn stamp(now: Timestamp) -> Result<Timestamp, RegisterError> {
    Ok(Timestamp::from_microsecond(now.as_microsecond())?)
}
