//! Table `moved`: from which devices a trip was taken over. Their words on it are its words for ever, so that nobody is
//! counted twice.

use contract::{
    hash::Hash,
    ids::{DeviceId, TripId},
    record::{Former, PaperTrip, Trip},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{RegisterError, devices, parse};

const ON_PAPER: &str = "SELECT r.id, r.record FROM records r JOIN devices d ON d.number = r.device \
     WHERE d.id = ?1 AND r.kind = 'trip' AND r.record ->> '$.paper' = ?2 ORDER BY r.id";

/// The trips of a device that are sealed to the paper with this token.
pub fn on_paper(connection: &Connection, device: DeviceId, token: Hash) -> Result<Vec<PaperTrip>, RegisterError> {
    let mut statement = connection.prepare_cached(ON_PAPER)?;
    let mut rows = statement.query(params![device.to_string(), token.to_string()])?;
    let mut trips = Vec::new();
    while let Some(row) = rows.next()? {
        let id: TripId = parse(row.get_ref(0)?.as_str()?)?;
        let trip: Trip = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
        trips.extend(trip.sealed_to_owner.map(|sealed_to_owner| PaperTrip {
            id,
            version: trip.version,
            sealed_to_owner,
        }));
    }
    Ok(trips)
}

/// The trip is led from `after` now: what was said of it until then goes along.
pub fn note(
    connection: &Connection,
    trip: &str,
    before: DeviceId,
    after: i64,
    now: Timestamp,
) -> Result<(), RegisterError> {
    let before = devices::number(connection, before)?;
    // a phone that had it back for a while leaves it a second time
    let sql = "INSERT INTO moved (trip, device, at_us) VALUES (?1, ?2, ?3) \
         ON CONFLICT DO UPDATE SET at_us = excluded.at_us";
    connection.prepare_cached(sql)?.execute(params![trip, before, now.as_microsecond()])?;
    connection
        .prepare_cached("UPDATE words SET device = ?3 WHERE trip = ?1 AND device = ?2")?
        .execute(params![trip, before, after])?;
    Ok(())
}

/// The devices that a trip was taken over from, and when.
pub fn former(connection: &Connection, trip: &str) -> Result<Vec<Former>, RegisterError> {
    let sql =
        "SELECT d.id, m.at_us FROM moved m JOIN devices d ON d.number = m.device WHERE m.trip = ?1 ORDER BY m.at_us";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([trip])?;
    let mut former = Vec::new();
    while let Some(row) = rows.next()? {
        let until = Timestamp::from_microsecond(row.get(1)?)?;
        former.push(Former { device: parse(row.get_ref(0)?.as_str()?)?, until });
    }
    Ok(former)
}

/// Whether a trip was taken over from this device.
pub fn was_of(connection: &Connection, trip: &str, device: DeviceId) -> Result<bool, RegisterError> {
    let sql = "SELECT 1 FROM moved m JOIN devices d ON d.number = m.device WHERE m.trip = ?1 AND d.id = ?2";
    Ok(connection.prepare_cached(sql)?.query_row(params![trip, device.to_string()], |_| Ok(())).optional()?.is_some())
}

/// The trips that were taken over from a device, and have not come back to it.
pub fn from(connection: &Connection, device: i64) -> Result<Vec<TripId>, RegisterError> {
    let sql = "SELECT m.trip FROM moved m JOIN records r ON r.id = m.trip AND r.kind = 'trip' \
         WHERE m.device = ?1 AND r.device <> ?1 ORDER BY m.trip";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([device])?;
    let mut trips = Vec::new();
    while let Some(row) = rows.next()? {
        trips.push(parse(row.get_ref(0)?.as_str()?)?);
    }
    Ok(trips)
}

/// Whose word it is that `device` says of a trip: of whoever leads it now, where it was taken over from the device.
pub fn speaks_for(connection: &Connection, trip: Option<&str>, device: i64) -> Result<i64, RegisterError> {
    let sql = "SELECT r.device FROM moved m JOIN records r ON r.id = m.trip AND r.kind = 'trip' \
         WHERE m.trip = ?1 AND m.device = ?2";
    Ok(connection.prepare_cached(sql)?.query_row(params![trip, device], |row| row.get(0)).optional()?.unwrap_or(device))
}

/// The trip is erased: nothing says any more whose it was.
pub fn forget(connection: &Connection, trip: &str) -> Result<(), RegisterError> {
    connection.prepare_cached("DELETE FROM moved WHERE trip = ?1")?.execute([trip])?;
    Ok(())
}
