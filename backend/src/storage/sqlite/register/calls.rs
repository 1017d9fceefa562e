//! Table `calls`.

use contract::{
    ids::{CallId, DeviceId},
    record::{Accepted, Call, CallOutcome},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, Written, had};
use crate::register::quota;

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
    let asks_for_help = call.outcome == CallOutcome::StillNeedHelp;
    let allow = |is_new, _| if is_new { quota::word(had::words(connection, owner)?, asks_for_help) } else { Ok(()) };
    super::put(connection, owner, &id.to_string(), call, now, allow, |row| {
        let Written { id, owner, version, received_us, json, change } = row;
        connection.prepare_cached(UPSERT)?.execute(params![id, owner, version, received_us, json, change])?;
        Ok(())
    })
}
