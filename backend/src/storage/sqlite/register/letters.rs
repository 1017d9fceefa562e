//! Table `letters`: what the desk wrote to a device.

use contract::{
    ids::DeviceId,
    record::{Letter, Letters, NumberedLetter, Posted},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{RegisterError, devices, moved, page};
use crate::register::{
    export::{self, Row},
    letters::{KEPT, PAGE, PAGE_BYTES},
};

const IS_HERE: &str = "SELECT EXISTS (SELECT 1 FROM letters WHERE id = ?1)";
const NEXT: &str = "UPDATE devices SET letters = letters + 1 WHERE id = ?1 RETURNING number, letters";
const INSERT: &str = "INSERT INTO letters (id, device, number, received_us, record) VALUES (?1, ?2, ?3, ?4, ?5)";
const TOO_MANY: &str = "DELETE FROM letters WHERE device = ?1 AND number <= ?2";
const SINCE: &str = "SELECT number, record FROM letters WHERE device = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
const EXPORT: &str =
    "SELECT id, 0, received_us, record FROM letters WHERE device = ?1 AND id > ?2 ORDER BY id LIMIT ?3";

/// Each letter once, by its id, however often it is posted.
pub fn post(connection: &Connection, letters: &[Letter], now: Timestamp) -> Result<Posted, RegisterError> {
    let mut posted = Posted { accepted: Vec::new(), unknown: Vec::new() };
    for letter in letters {
        let is_here = connection.prepare_cached(IS_HERE)?.query_row([letter.id.to_string()], |row| row.get(0))?;
        let known = is_here || put(connection, letter, now)?;
        let list = if known { &mut posted.accepted } else { &mut posted.unknown };
        list.push(letter.id);
    }
    Ok(posted)
}

/// False where there is no such device.
fn put(connection: &Connection, letter: &Letter, now: Timestamp) -> Result<bool, RegisterError> {
    let next: Option<(i64, u64)> = connection
        .prepare_cached(NEXT)?
        .query_row([letter.device.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((device, number)) = next else { return Ok(false) };
    connection.prepare_cached(INSERT)?.execute(params![
        letter.id.to_string(),
        device,
        number,
        now.as_microsecond(),
        serde_json::to_string(letter)?
    ])?;
    connection.prepare_cached(TOO_MANY)?.execute(params![device, number.saturating_sub(KEPT)])?;
    Ok(true)
}

/// A page of what came after a number.
pub fn since(connection: &Connection, owner: DeviceId, since: u64) -> Result<Letters, RegisterError> {
    let epoch = connection.query_row("SELECT epoch FROM register", [], |row| row.get(0))?;
    let device = devices::number(connection, owner)?;
    let mut statement = connection.prepare_cached(SINCE)?;
    // one more than a page tells whether there are more
    let mut rows = statement.query(params![device, i64::try_from(since).unwrap_or(i64::MAX), PAGE as i64 + 1])?;
    let (mut letters, mut bytes, mut more) = (Vec::new(), 0, false);
    while let Some(row) = rows.next()? {
        if letters.len() == PAGE || bytes >= PAGE_BYTES {
            more = true;
            break;
        }
        let record = row.get_ref(1)?.as_str()?;
        bytes += record.len();
        letters.push(NumberedLetter { number: row.get(0)?, letter: serde_json::from_str(record)? });
    }
    let next = letters.last().map_or(since, |letter| letter.number);
    Ok(Letters { epoch: Some(epoch), letters, next, more, moved: moved::from(connection, device)? })
}

/// A page of a device's letters, after an id.
pub fn exported(connection: &Connection, owner: DeviceId, after: &str) -> Result<Vec<Row>, RegisterError> {
    let device = devices::number(connection, owner)?;
    page(connection, EXPORT, params![device, after, export::PAGE as i64])
}
