//! Table `records`: whatever a device keeps under an id of its own, and beside it what of it is counted.

use contract::{
    ids::DeviceId,
    record::{Accepted, Kind},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{
    RegisterError,
    changes::{self, Why},
    counted, devices, moved, page, parse, stamp,
};
use crate::register::{
    Standing,
    export::{self, Row},
    judge,
    kept::Incoming,
    quota::{self, Had, Quota},
};

const STANDING: &str = "SELECT r.change, d.id, r.version, r.received_us, r.record \
     FROM records r JOIN devices d ON d.number = r.device WHERE r.id = ?1 AND r.kind = ?2";
const INSERT: &str = "INSERT INTO records (change, kind, id, device, version, received_us, bytes, record) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const HAD: &str = "SELECT count(*), coalesce(sum(bytes), 0) FROM records WHERE device = ?1 AND kind = ?2";
const EXPORT: &str = "SELECT id, version, received_us, record FROM records \
     WHERE device = ?1 AND kind = ?2 AND id > ?3 ORDER BY id LIMIT ?4";

/// What a device said of its trip: what another one says of it is that one's.
pub const WORDS_OF_TRIP: &str = "change IN (SELECT change FROM words WHERE trip = ?1 AND device = ?2)";

/// What is answered where nothing is to be stored.
pub fn answered(
    connection: &Connection,
    owner: DeviceId,
    record: &Incoming,
) -> Result<Option<Accepted>, RegisterError> {
    judged(connection, held(connection, record.rules.kind, record.id)?.as_ref(), owner, record)
}

pub fn put(
    connection: &Connection,
    owner: DeviceId,
    record: &Incoming,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    let held = held(connection, record.rules.kind, record.id)?;
    if let Some(accepted) = judged(connection, held.as_ref(), owner, record)? {
        return Ok(accepted);
    }
    let device = devices::number(connection, owner)?;
    let own = held.as_ref().filter(|held| held.standing.owner == owner);
    let replaced = own.map(|held| held.standing.record.as_ref().map_or(0, |json| json.len() as u64));
    quota::record(had(connection, device, record.rules.quota)?, record, replaced)?;
    if let Some(held) = held.as_ref().filter(|_| own.is_none()) {
        moved::note(connection, &record.id.to_string(), held.standing.owner, device, now)?;
    }
    let change = replace(connection, held.as_ref(), device, record, now)?;
    counted::add(connection, change, device, record, now)?;
    if record.json.is_none() && record.rules.kind == Kind::Trip {
        let words = params![record.id.to_string(), device];
        changes::erase(connection, WORDS_OF_TRIP, words, Why::Kept, now)?;
    }
    Ok(Accepted { version: record.version, received_at: now })
}

/// A page of a device's records of one kind, after an id.
pub fn exported(connection: &Connection, owner: DeviceId, kind: Kind, after: &str) -> Result<Vec<Row>, RegisterError> {
    let device = devices::number(connection, owner)?;
    page(connection, EXPORT, params![device, kind.name(), after, export::PAGE as i64])
}

/// How many bytes the longest record of a device has.
pub fn longest(connection: &Connection, owner: DeviceId) -> Result<usize, RegisterError> {
    let device = devices::number(connection, owner)?;
    let sql = "SELECT coalesce(max(octet_length(record)), 0) FROM \
         (SELECT record FROM records WHERE device = ?1 UNION ALL SELECT record FROM letters WHERE device = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([device], |row| row.get(0))?)
}

/// What stands under an id, and where.
struct Held {
    change: i64,
    standing: Standing,
}

fn judged(
    connection: &Connection,
    held: Option<&Held>,
    owner: DeviceId,
    record: &Incoming,
) -> Result<Option<Accepted>, RegisterError> {
    match judge(held.map(|held| &held.standing), owner, record) {
        Err(RegisterError::NotFound) if moved::was_of(connection, &record.id.to_string(), owner)? => {
            Err(RegisterError::TripMoved)
        }
        judged => judged,
    }
}

fn held(connection: &Connection, kind: Kind, id: Uuid) -> Result<Option<Held>, RegisterError> {
    let row = connection
        .prepare_cached(STANDING)?
        .query_row(params![id.to_string(), kind.name()], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    row.map(|(change, owner, version, us, record)| {
        let received_at = Timestamp::from_microsecond(us)?;
        Ok(Held { change, standing: Standing { owner: parse(&owner)?, version, received_at, record } })
    })
    .transpose()
}

fn had(connection: &Connection, device: i64, quota: Quota) -> Result<Had, RegisterError> {
    let mut had = Had::default();
    for kind in quota.kinds() {
        let (records, bytes): (u32, u64) = connection
            .prepare_cached(HAD)?
            .query_row(params![device, kind.name()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        had.records += records;
        had.bytes += bytes;
    }
    Ok(had)
}

/// Takes away what is held, and what was counted of it; puts `record` at the end.
fn replace(
    connection: &Connection,
    held: Option<&Held>,
    device: i64,
    record: &Incoming,
    now: Timestamp,
) -> Result<i64, RegisterError> {
    if let Some(held) = held {
        connection.prepare_cached("DELETE FROM records WHERE change = ?1")?.execute([held.change])?;
    }
    let change = changes::next(connection)?;
    connection.prepare_cached(INSERT)?.execute(params![
        change,
        record.rules.kind.name(),
        record.id.to_string(),
        device,
        record.version,
        now.as_microsecond(),
        record.bytes() as i64,
        record.json
    ])?;
    Ok(change)
}
