//! Table `check_ins`.

use contract::{
    ids::{CheckInId, DeviceId},
    record::{Accepted, CheckIn, CheckInStatus},
};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{RegisterError, devices, stamp, standing};
use crate::register::judge;

pub const EXPORT: &str = "SELECT id, version, received_us, record FROM check_ins WHERE device_id = ?1 ORDER BY id";
const STANDING: &str = "SELECT device_id, version, received_us FROM check_ins WHERE id = ?1";
const UPSERT: &str = "INSERT INTO check_ins \
     (id, device_id, version, received_us, trip_id, status, people, at_us, record) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
     ON CONFLICT (id) DO UPDATE SET version = ?3, received_us = ?4, trip_id = ?5, status = ?6, people = ?7, \
     at_us = ?8, record = ?9";

pub fn put(
    connection: &Connection,
    owner: DeviceId,
    id: CheckInId,
    check_in: &CheckIn,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    if let Some(accepted) = judge(standing(connection, STANDING, &id.to_string())?, owner, check_in.version)? {
        return Ok(accepted);
    }
    devices::must_exist(connection, owner)?;
    connection.prepare_cached(UPSERT)?.execute(params![
        id.to_string(),
        owner.to_string(),
        check_in.version,
        now.as_microsecond(),
        check_in.trip.map(|trip| trip.to_string()),
        word(check_in.most_urgent()),
        check_in.everybody(),
        check_in.at.as_microsecond(),
        serde_json::to_string(check_in)?
    ])?;
    Ok(Accepted { version: check_in.version, received_at: now })
}

const STATUSES: [CheckInStatus; 4] =
    [CheckInStatus::Safe, CheckInStatus::NeedHelp, CheckInStatus::Left, CheckInStatus::Stranded];

fn word(status: CheckInStatus) -> &'static str {
    match status {
        CheckInStatus::Safe => "safe",
        CheckInStatus::NeedHelp | CheckInStatus::Other => "need_help",
        CheckInStatus::Left => "left",
        CheckInStatus::Stranded => "stranded",
    }
}

pub fn status(text: &str) -> Result<CheckInStatus, RegisterError> {
    let known = STATUSES.into_iter().find(|status| word(*status) == text);
    known.ok_or_else(|| RegisterError::Record(serde::de::Error::custom(format!("unknown status {text}"))))
}
