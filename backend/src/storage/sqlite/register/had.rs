//! What a device has already, for its quota.

use contract::ids::DeviceId;
use rusqlite::{Connection, params};

use super::RegisterError;
use crate::register::quota::Had;

/// Its trips, and their bytes without those of trip `replaced`.
pub fn trips(connection: &Connection, owner: DeviceId, replaced: &str) -> Result<Had, RegisterError> {
    let sql =
        "SELECT count(*), coalesce(sum(length(record)) FILTER (WHERE id <> ?2), 0) FROM trips WHERE device_id = ?1";
    let (trips, trip_bytes) = connection
        .prepare_cached(sql)?
        .query_row(params![owner.to_string(), replaced], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Had { trips, trip_bytes, ..Had::default() })
}

pub fn words(connection: &Connection, owner: DeviceId) -> Result<Had, RegisterError> {
    let sql = "SELECT (SELECT count(*) FROM check_ins WHERE device_id = ?1) \
         + (SELECT count(*) FROM calls WHERE device_id = ?1)";
    let words = connection.prepare_cached(sql)?.query_row([owner.to_string()], |row| row.get(0))?;
    Ok(Had { words, ..Had::default() })
}

pub fn receipts(connection: &Connection, owner: DeviceId) -> Result<Had, RegisterError> {
    let sql = "SELECT count(*) FROM receipts WHERE device_id = ?1";
    let receipts = connection.prepare_cached(sql)?.query_row([owner.to_string()], |row| row.get(0))?;
    Ok(Had { receipts, ..Had::default() })
}
