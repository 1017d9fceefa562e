//! Table `calls`.

use contract::{
    ids::{CallId, DeviceId},
    record::{Accepted, Call},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, devices, stamp, standing};
use crate::register::judge;

pub const EXPORT: &str = "SELECT id, version, received_us, record FROM calls WHERE device_id = ?1 ORDER BY id";
const STANDING: &str = "SELECT device_id, version, received_us FROM calls WHERE id = ?1";
const UPSERT: &str = "INSERT INTO calls (id, device_id, version, received_us, record) VALUES (?1, ?2, ?3, ?4, ?5) \
     ON CONFLICT (id) DO UPDATE SET version = ?3, received_us = ?4, record = ?5";

pub fn put(
    connection: &Connection,
    owner: DeviceId,
    id: CallId,
    call: &Call,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    if let Some(accepted) = judge(standing(connection, STANDING, &id.to_string())?, owner, call.version)? {
        return Ok(accepted);
    }
    devices::must_exist(connection, owner)?;
    connection.prepare_cached(UPSERT)?.execute(params![
        id.to_string(),
        owner.to_string(),
        call.version,
        now.as_microsecond(),
        serde_json::to_string(call)?
    ])?;
    Ok(Accepted { version: call.version, received_at: now })
}
