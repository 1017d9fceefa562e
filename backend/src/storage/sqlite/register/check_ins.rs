//! Table `check_ins`.

use contract::{
    ids::{CheckInId, DeviceId},
    place::CountryCode,
    record::{Accepted, CheckIn, Kind},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, changes, had};
use crate::register::{headcount::Told, quota};

const UPSERT: &str = "INSERT INTO check_ins (id, device_id, version, received_us, trip_id, safe, need_help, stranded, \
       left, at_us, country, airport, record, change) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
     ON CONFLICT (id) DO UPDATE SET version = ?3, received_us = ?4, trip_id = ?5, safe = ?6, need_help = ?7, \
       stranded = ?8, left = ?9, at_us = ?10, country = ?11, airport = ?12, record = ?13, change = ?14";

pub fn put(
    connection: &Connection,
    owner: DeviceId,
    id: CheckInId,
    check_in: &CheckIn,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let asks_for_help = check_in.in_need() > 0;
    let allow = |is_new, _| if is_new { quota::word(had::words(connection, owner)?, asks_for_help) } else { Ok(()) };
    let told = Told::from(check_in);
    super::put(connection, owner, &id.to_string(), check_in, now, allow, |row| {
        connection.prepare_cached(UPSERT)?.execute(params![
            row.id,
            row.owner,
            row.version,
            row.received_us,
            check_in.trip.map(|trip| trip.to_string()),
            told.safe,
            told.need_help,
            told.stranded,
            told.left,
            check_in.at.as_microsecond(),
            country(check_in).map(|code| code.to_string()),
            check_in.airport.map(|code| code.to_string()),
            row.json,
            row.change
        ])?;
        Ok(())
    })
}

/// Its own, or its airport's.
fn country(check_in: &CheckIn) -> Option<CountryCode> {
    check_in.country.or_else(|| Some(atlas::airport(check_in.airport?)?.country))
}

/// A trip takes its check-ins with it. What another device said of it is that device's.
pub fn erase_of_trip(connection: &Connection, trip: &str, now: Timestamp) -> Result<(), RegisterError> {
    let of_trip = "trip_id = ?1 AND device_id = (SELECT device_id FROM trips WHERE id = ?1)";
    changes::erase(connection, Kind::CheckIn, of_trip, &trip, now).map(drop)
}
