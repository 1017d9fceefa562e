//! Table `calls`.

use contract::{
    ids::{CallId, DeviceId},
    record::{Accepted, Call, CallOutcome},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, changes, devices, had, stamp, standing};
use crate::register::{judge, quota};

pub const EXPORT: &str =
    "SELECT id, version, received_us, record FROM calls WHERE device_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
const STANDING: &str = "SELECT device_id, version, received_us, record FROM calls WHERE id = ?1";
const UPSERT: &str = "INSERT INTO calls (id, device_id, version, received_us, record, change) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
     ON CONFLICT (id) DO UPDATE SET version = ?3, received_us = ?4, record = ?5, change = ?6";

pub fn put(
    connection: &Connection,
    owner: DeviceId,
    id: CallId,
    call: &Call,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    let record = serde_json::to_string(call)?;
    let held = standing(connection, STANDING, &id.to_string())?;
    let is_new = held.is_none();
    if let Some(accepted) = judge(held, owner, call.version, &record)? {
        return Ok(accepted);
    }
    devices::must_exist(connection, owner)?;
    if is_new {
        quota::word(had::words(connection, owner)?, call.outcome == CallOutcome::StillNeedHelp)?;
    }
    connection.prepare_cached(UPSERT)?.execute(params![
        id.to_string(),
        owner.to_string(),
        call.version,
        now.as_microsecond(),
        record,
        changes::next(connection)?
    ])?;
    Ok(Accepted { version: call.version, received_at: now })
}
