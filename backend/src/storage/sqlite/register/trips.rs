//! Tables `trips` and `legs`.

use contract::{
    ids::{DeviceId, TripId},
    record::{Accepted, Trip},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, Standing, devices, stamp, standing};
use crate::register::judge;

pub const EXPORT: &str = "SELECT id, version, received_us, record FROM trips WHERE device_id = ?1 ORDER BY id";
const STANDING: &str = "SELECT device_id, version, received_us FROM trips WHERE id = ?1";
const UPSERT: &str = "INSERT INTO trips (id, device_id, version, received_us, people, record) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
     ON CONFLICT (id) DO UPDATE SET version = ?3, received_us = ?4, people = ?5, record = ?6";
const INSERT_LEG: &str = "INSERT INTO legs (trip_id, position, country, airport, from_us, until_us) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub fn put(
    connection: &Connection,
    owner: DeviceId,
    id: TripId,
    trip: &Trip,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    let text = id.to_string();
    if let Some(accepted) = judge(standing(connection, STANDING, &text)?, owner, trip.version)? {
        return Ok(accepted);
    }
    devices::must_exist(connection, owner)?;
    let record = Some(serde_json::to_string(trip)?);
    replace(connection, owner, &text, trip.version, now, trip.people, record)?;
    for (position, leg) in trip.legs.iter().enumerate() {
        connection.prepare_cached(INSERT_LEG)?.execute(params![
            text,
            position as i64,
            leg.country.as_str(),
            leg.airport.as_ref().map(|airport| airport.as_str()),
            leg.from.as_microsecond(),
            leg.until.as_microsecond()
        ])?;
    }
    Ok(Accepted { version: trip.version, received_at: now })
}

pub fn delete(
    connection: &Connection,
    owner: DeviceId,
    id: TripId,
    version: u32,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    let text = id.to_string();
    let held = standing(connection, STANDING, &text)?;
    let is_tombstone: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM trips WHERE id = ?1 AND record IS NULL)")?
        .query_row([&text], |row| row.get(0))?;
    // at the same version a deletion outranks what it deletes, in whichever order they come
    let outranks = matches!(held, Some(Standing { owner: holder, version: held, .. })
        if holder == owner && held == version && !is_tombstone);
    if let Some(accepted) = judge(held, owner, version)?.filter(|_| !outranks) {
        return Ok(accepted);
    }
    devices::must_exist(connection, owner)?;
    replace(connection, owner, &text, version, now, 0, None)?;
    Ok(Accepted { version, received_at: now })
}

fn replace(
    connection: &Connection,
    owner: DeviceId,
    id: &str,
    version: u32,
    now: Timestamp,
    people: u16,
    record: Option<String>,
) -> Result<(), RegisterError> {
    connection.prepare_cached(UPSERT)?.execute(params![
        id,
        owner.to_string(),
        version,
        now.as_microsecond(),
        people,
        record
    ])?;
    connection.prepare_cached("DELETE FROM legs WHERE trip_id = ?1")?.execute([id])?;
    Ok(())
}
