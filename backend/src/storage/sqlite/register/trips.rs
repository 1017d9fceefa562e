//! Tables `trips` and `legs`.

use contract::{
    ids::{DeviceId, TripId},
    record::{Accepted, Trip},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, changes, check_ins, devices, had, stamp, standing};
use crate::register::{judge, quota};

pub const EXPORT: &str =
    "SELECT id, version, received_us, record FROM trips WHERE device_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
const STANDING: &str = "SELECT device_id, version, received_us, record FROM trips WHERE id = ?1";
const UPSERT: &str = "INSERT INTO trips (id, device_id, version, received_us, people, record, change) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
     ON CONFLICT (id) DO UPDATE SET version = ?3, received_us = ?4, people = ?5, record = ?6, change = ?7";
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
    let record = serde_json::to_string(trip)?;
    let held = standing(connection, STANDING, &text)?;
    let is_new = held.is_none();
    if let Some(accepted) = judge(held, owner, trip.version, &record)? {
        return Ok(accepted);
    }
    devices::must_exist(connection, owner)?;
    quota::trip(had::trips(connection, owner, &text)?, is_new, record.len())?;
    replace(connection, owner, &text, trip.version, now, trip.people, Some(record))?;
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
    let is_new = held.is_none();
    if let Some(held) = held {
        if held.owner != owner {
            return Err(RegisterError::NotFound);
        }
        // at the same version a deletion outranks what it deletes, in whichever order they come
        if held.version > version || (held.version == version && held.record.is_none()) {
            return Ok(Accepted { version: held.version, received_at: held.received_at });
        }
    }
    devices::must_exist(connection, owner)?;
    quota::trip(had::trips(connection, owner, &text)?, is_new, 0)?;
    replace(connection, owner, &text, version, now, 0, None)?;
    check_ins::erase_of_trip(connection, &text, now)?;
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
        record,
        changes::next(connection)?
    ])?;
    connection.prepare_cached("DELETE FROM legs WHERE trip_id = ?1")?.execute([id])?;
    Ok(())
}
