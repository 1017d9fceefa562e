//! Table `receipts`.

use contract::{
    ids::DeviceId,
    record::{Accepted, Receipt},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{RegisterError, devices, page, stamp};
use crate::register::{
    export::{self, After, Row},
    quota,
};

const EXPORT: &str = "SELECT entry_id, version, received_us, record FROM receipts \
     WHERE device = ?1 AND (entry_id, version) > (?2, ?3) ORDER BY entry_id, version LIMIT ?4";
const HAD: &str = "SELECT count(*) FROM receipts WHERE device = ?1";

const GET: &str = "SELECT record FROM receipts WHERE device = ?1 AND entry_id = ?2 AND version = ?3";
const UPSERT: &str = "INSERT INTO receipts (device, entry_id, version, received_us, record) \
     VALUES (?1, ?2, ?3, ?4, ?5) \
     ON CONFLICT (device, entry_id, version) DO UPDATE SET received_us = ?4, record = ?5";

pub fn put(
    connection: &Connection,
    owner: DeviceId,
    receipts: Vec<Receipt>,
    now: Timestamp,
) -> Result<Accepted, RegisterError> {
    let now = stamp(now)?;
    let device = devices::number(connection, owner)?;
    let had = connection.prepare_cached(HAD)?.query_row([device], |row| row.get(0))?;
    quota::receipts(had, receipts.len())?;
    for receipt in receipts {
        let key = params![device, receipt.entry.as_str(), receipt.version];
        let held: Option<String> = connection.prepare_cached(GET)?.query_row(key, |row| row.get(0)).optional()?;
        let held = held.map(|held| serde_json::from_str(&held)).transpose()?;
        let merged = held.map_or_else(|| receipt.clone(), |held| merge(held, &receipt));
        connection.prepare_cached(UPSERT)?.execute(params![
            device,
            merged.entry.as_str(),
            merged.version,
            now.as_microsecond(),
            serde_json::to_string(&merged)?
        ])?;
    }
    Ok(Accepted { version: 1, received_at: now })
}

/// A page of a device's receipts, after an entry and version.
pub fn exported(connection: &Connection, owner: DeviceId, after: &After) -> Result<Vec<Row>, RegisterError> {
    let device = devices::number(connection, owner)?;
    page(connection, EXPORT, params![device, after.id, after.version, export::PAGE as i64])
}

/// The first time of each kind stands.
fn merge(held: Receipt, new: &Receipt) -> Receipt {
    Receipt {
        delivered_at: held.delivered_at.min(new.delivered_at),
        shown_at: earliest(held.shown_at, new.shown_at),
        read_at: earliest(held.read_at, new.read_at),
        ..held
    }
}

fn earliest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.into_iter().chain(b).min()
}
