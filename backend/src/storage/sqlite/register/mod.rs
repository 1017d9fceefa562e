//! The register in SQLite: devices, the records of any kind, what is counted of them, receipts, what was erased.

mod changes;
mod count;
mod counted;
mod devices;
mod letters;
mod moved;
mod receipts;
mod records;
mod retention;

use contract::{
    hash::Hash,
    ids::DeviceId,
    profile::Retention,
    record::{Accepted, Device, Headcount, Kind, Letter, Letters, PaperTrip, Posted, Receipt, RecordsPage},
};
use futures_util::{FutureExt, future::ready};
use jiff::Timestamp;
use rusqlite::{Connection, Params, types::FromSqlError};

use super::Database;
use crate::register::{
    Answer, Register, RegisterError, Where,
    export::{self, After, List},
    kept::Incoming,
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

    fn put_device(
        &self,
        id: DeviceId,
        device: Device,
        network: Option<String>,
        now: Timestamp,
    ) -> Answer<'_, Accepted> {
        self.write(move |connection| devices::put(connection, id, &device, network, now)).boxed()
    }

    fn device_with_token(&self, token_hash: Hash) -> Answer<'_, Option<DeviceId>> {
        ready(self.database.look_up(|connection| devices::with_token(connection, token_hash))).boxed()
    }

    fn answered<'a>(&'a self, owner: DeviceId, record: &'a Incoming) -> Answer<'a, Option<Accepted>> {
        ready(self.database.look_up(|connection| records::answered(connection, owner, record))).boxed()
    }

    fn put(&self, owner: DeviceId, record: Incoming, now: Timestamp) -> Answer<'_, Accepted> {
        self.write(move |connection| records::put(connection, owner, &record, now)).boxed()
    }

    fn put_receipts(&self, owner: DeviceId, receipts: Vec<Receipt>, now: Timestamp) -> Answer<'_, Accepted> {
        self.write(move |connection| receipts::put(connection, owner, receipts, now)).boxed()
    }

    fn post(&self, letters: Vec<Letter>, now: Timestamp) -> Answer<'_, Posted> {
        self.write(move |connection| letters::post(connection, &letters, now)).boxed()
    }

    fn letters(&self, owner: DeviceId, since: u64) -> Answer<'_, Letters> {
        self.database.read(move |connection| letters::since(connection, owner, since)).boxed()
    }

    fn device(&self, owner: DeviceId) -> Answer<'_, Device> {
        self.database.read(move |connection| devices::get(connection, owner)).boxed()
    }

    fn on_paper(&self, device: DeviceId, token: Hash) -> Answer<'_, Vec<PaperTrip>> {
        self.database.read(move |connection| moved::on_paper(connection, device, token)).boxed()
    }

    fn exported(&self, owner: DeviceId, list: List, after: After) -> Answer<'_, Vec<export::Row>> {
        let read = move |connection: &Connection| match list {
            List::Of(Kind::Receipts) => receipts::exported(connection, owner, &after),
            List::Of(kind) => records::exported(connection, owner, kind, &after.id),
            List::Letters => letters::exported(connection, owner, &after.id),
        };
        self.database.read(read).boxed()
    }

    fn longest(&self, owner: DeviceId) -> Answer<'_, usize> {
        self.database.read(move |connection| records::longest(connection, owner)).boxed()
    }

    fn erase(&self, owner: DeviceId, now: Timestamp) -> Answer<'_, ()> {
        self.database.erase(move |connection| devices::erase(connection, owner, now)).boxed()
    }

    fn retain(&self, retention: Retention, now: Timestamp) -> Answer<'_, usize> {
        async move {
            let over = self.database.read(move |connection| retention::look(connection, &retention, now)).await?;
            let mut erased = 0;
            for piece in over.chunks(retention::PIECE) {
                let piece = piece.to_vec();
                erased += self.database.erase(move |connection| retention::erase(connection, &piece, now)).await?;
            }
            Ok(erased)
        }
        .boxed()
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

/// A page of an export; `sql` gives id, version, time of arrival, JSON.
fn page(connection: &Connection, sql: &str, by: impl Params) -> Result<Vec<export::Row>, RegisterError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(by)?;
    let (mut page, mut bytes) = (Vec::new(), 0);
    while bytes < export::PAGE_BYTES
        && let Some(row) = rows.next()?
    {
        let received_at = Timestamp::from_microsecond(row.get(2)?)?;
        let record: Option<String> = row.get(3)?;
        bytes += record.as_ref().map_or(0, String::len);
        page.push(export::Row { id: row.get(0)?, version: row.get(1)?, received_at, record });
    }
    Ok(page)
}

fn parse<T: std::str::FromStr<Err = contract::ids::InvalidId>>(text: &str) -> Result<T, RegisterError> {
    text.parse().map_err(|error| RegisterError::Record(serde::de::Error::custom(error)))
}

/// What the register's clock can hold, so that a repeat is answered with the very same time.
fn stamp(now: Timestamp) -> Result<Timestamp, RegisterError> {
    Ok(Timestamp::from_microsecond(now.as_microsecond())?)
}
