//! Table `devices`.

use contract::{
    hash::Hash,
    ids::DeviceId,
    record::{Accepted, Device, Kind},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    RegisterError,
    changes::{self, Why},
    parse, stamp,
};

pub fn put(
    connection: &Connection,
    id: DeviceId,
    device: &Device,
    network: Option<String>,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    let token_hash = device.token_hash.to_string();
    let holders: Vec<(String, String, String, i64)> = connection
        .prepare_cached("SELECT id, token_hash, public_key, received_us FROM devices WHERE id = ?1 OR token_hash = ?2")?
        .query_map(params![id.to_string(), token_hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    match holders.as_slice() {
        [] => {}
        [(holder, hash, key, us)] if *holder == id.to_string() && *hash == token_hash && *key == device.public_key => {
            return Ok(Accepted { version: 1, received_at: Timestamp::from_microsecond(*us)? });
        }
        [_, ..] => return Err(RegisterError::DeviceTaken),
    }
    connection
        .prepare_cached(
            "INSERT INTO devices (id, token_hash, public_key, received_us, network) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![id.to_string(), token_hash, device.public_key, now.as_microsecond(), network])?;
    Ok(Accepted { version: 1, received_at: now })
}

pub fn with_token(connection: &Connection, token_hash: Hash) -> Result<Option<DeviceId>, RegisterError> {
    let id: Option<String> = connection
        .prepare_cached("SELECT id FROM devices WHERE token_hash = ?1")?
        .query_row([token_hash.to_string()], |row| row.get(0))
        .optional()?;
    id.map(|id| parse(&id)).transpose()
}

pub fn get(connection: &Connection, id: DeviceId) -> Result<Device, RegisterError> {
    let row: Option<(String, String)> = connection
        .prepare_cached("SELECT token_hash, public_key FROM devices WHERE id = ?1")?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (token_hash, public_key) = row.ok_or(RegisterError::UnknownDevice)?;
    let token_hash = token_hash.parse().map_err(|error| RegisterError::Record(serde::de::Error::custom(error)))?;
    Ok(Device { version: 1, token_hash, public_key })
}

/// By what number the register knows a device. It can be erased between the moment its token was read and the moment
/// its record is written.
pub fn number(connection: &Connection, id: DeviceId) -> Result<i64, RegisterError> {
    let number = connection
        .prepare_cached("SELECT number FROM devices WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    number.ok_or(RegisterError::UnknownDevice)
}

/// Every other table follows by ON DELETE CASCADE; of the ids, digests stay.
pub fn erase(connection: &Connection, id: DeviceId, now: Timestamp) -> Result<(), RegisterError> {
    let number = number(connection, id)?;
    // what a former phone said of its trips goes with these, and not from the desk: whoever has the code on paper takes
    // nothing from the case of whom they took it from
    let of_others = "device <> ?1 AND change IN (SELECT change FROM words WHERE device = ?1)";
    changes::erase(connection, of_others, [number], Why::Kept, now)?;
    changes::erase(connection, "device = ?1", [number], Why::ByPerson, now)?;
    // it may have nothing here any more, and still something at the desk
    changes::leave_digest(connection, Kind::Device.name(), &id.to_string(), Why::ByPerson, now)?;
    connection.prepare_cached("DELETE FROM devices WHERE number = ?1")?.execute([number])?;
    Ok(())
}
