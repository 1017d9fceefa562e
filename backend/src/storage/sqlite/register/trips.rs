//! Tables `trips` and `legs`.

use contract::{
    ids::{DeviceId, TripId},
    record::{Accepted, Kind, Trip},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, Written, changes, check_ins, devices, had, stamp, standing};
use crate::register::quota;

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
    let id = id.to_string();
    let allow = |is_new, bytes| quota::trip(had::trips(connection, owner, &id)?, is_new, bytes);
    super::put(connection, owner, &id, trip, now, allow, |row| {
        replace(connection, &row, trip.people, Some(&row.json))?;
        for (position, leg) in trip.legs.iter().enumerate() {
            connection.prepare_cached(INSERT_LEG)?.execute(params![
                row.id,
                position as i64,
                leg.country.as_str(),
                leg.airport.as_ref().map(|airport| airport.as_str()),
                leg.from.as_microsecond(),
                leg.until.as_microsecond()
            ])?;
        }
        Ok(())
    })
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
    let held = standing(connection, Kind::Trip, &text)?;
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
    let (owner, received_us, change) = (owner.to_string(), now.as_microsecond(), changes::next(connection)?);
    replace(connection, &Written { id: &text, owner, version, received_us, json: String::new(), change }, 0, None)?;
    check_ins::erase_of_trip(connection, &text, now)?;
    Ok(Accepted { version, received_at: now })
}

fn replace(connection: &Connection, row: &Written<'_>, people: u16, json: Option<&str>) -> Result<(), RegisterError> {
    let Written { id, owner, version, received_us, change, .. } = row;
    connection.prepare_cached(UPSERT)?.execute(params![id, owner, version, received_us, people, json, change])?;
    connection.prepare_cached("DELETE FROM legs WHERE trip_id = ?1")?.execute([id])?;
    Ok(())
}
