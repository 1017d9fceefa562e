//! What the ministry holds of a device that this phone was and is no more: nobody here can have it erased. That is said,
//! also after everything else was erased.

use contract::{ids::DeviceId, record::Kind};
use jiff::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{
    check_ins,
    database::{Damage, Result, Store, json},
    mended, outbox, sent,
    settings::{self, Setting},
    trips,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftBehind {
    /// When its key was missed: what was sent before is that device's.
    pub at: Timestamp,
    /// By which the ministry finds what it is to erase, where that is still known.
    pub device: Option<DeviceId>,
    /// Deletions of trips and of words that it may never have heard of.
    pub deletions: u32,
}

/// Notes that this phone is another device from now on, before anything of the one before is forgotten. False where
/// nothing of that one can be with the ministry.
pub(super) fn note(connection: &Connection, at: Timestamp) -> Result<bool> {
    let damage = Damage::default();
    // what a damaged file has lost may have been sent
    let is_unknown = mended::read(connection)?.is_some_and(|mended| mended.damaged);
    let (mut is_there, mut deletions) = (is_unknown, 0);
    for item in outbox::all(connection, &damage)?.iter().filter(|item| item.kind != Kind::Device) {
        if is_unknown || sent::has_left(connection, item.kind, &item.id)? {
            is_there = true;
            let is_deletion = match item.kind {
                Kind::Trip => !trips::is_kept(connection, &item.id)?,
                Kind::CheckIn => check_ins::is_taken_back(connection, &item.id)?,
                Kind::Device | Kind::Call | Kind::Message | Kind::Receipts => false,
            };
            deletions += u32::from(is_deletion && item.is_lacking());
        }
    }
    if is_there {
        let device = settings::read_any(connection, Setting::DeviceId, &damage)?.and_then(|id| id.parse().ok());
        let mut all = read(connection)?;
        all.push(LeftBehind { at, device, deletions });
        settings::write(connection, Setting::LeftBehind, &json(&all)?)?;
    }
    Ok(is_there)
}

fn read(connection: &Connection) -> Result<Vec<LeftBehind>> {
    let kept = settings::read_any(connection, Setting::LeftBehind, &Damage::default())?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

impl Store {
    /// The newest last.
    pub fn left_behind(&self) -> Result<Vec<LeftBehind>> {
        read(&self.lock())
    }
}
