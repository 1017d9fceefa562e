//! What was made good here after damage, for the traveller to know until they put it away.

use jiff::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    database::{Result, Store, json},
    settings::{self, Setting},
};

/// What was found wrong with what is kept when the app was opened, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Mended {
    /// When it was found.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// The file was damaged: it is set aside, and what could be read of it was taken over.
    pub damaged: bool,
    /// Rows that could not be read; absent where nobody can tell how many.
    pub lost: Option<u32>,
    /// What names people cannot be read any more: its key is gone.
    pub names_lost: bool,
    /// The ministry knows this device no more: what lives is sent again as a new one's.
    pub new_device: bool,
}

impl Mended {
    /// Nothing yet.
    fn at(at: Timestamp) -> Self {
        Self { at, damaged: false, lost: Some(0), names_lost: false, new_device: false }
    }
}

/// Adds to what the traveller has not read yet.
fn add(connection: &Connection, at: Timestamp, change: impl FnOnce(&mut Mended)) -> Result<()> {
    let mut mended = read(connection)?.unwrap_or_else(|| Mended::at(at));
    change(&mut mended);
    settings::write(connection, Setting::Mended, &json(&mended)?)
}

/// Both, where both are known.
pub(super) fn sum(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    Some(one?.saturating_add(other?))
}

/// What is lost adds up until it is read.
pub(super) fn note_damage(connection: &Connection, at: Timestamp, lost: Option<u32>) -> Result<()> {
    add(connection, at, |mended| {
        (mended.at, mended.damaged, mended.lost) = (at, true, sum(mended.lost, lost));
    })
}

pub(super) fn note_names_lost(connection: &Connection, at: Timestamp) -> Result<()> {
    add(connection, at, |mended| mended.names_lost = true)
}

pub(super) fn note_new_device(connection: &Connection, at: Timestamp) -> Result<()> {
    add(connection, at, |mended| mended.new_device = true)
}

pub(super) fn read(connection: &Connection) -> Result<Option<Mended>> {
    Ok(settings::read(connection, Setting::Mended)?.and_then(|text| serde_json::from_str(&text).ok()))
}

impl Store {
    /// The traveller has read what was damaged.
    pub fn dismiss_mended(&self) -> Result<()> {
        self.unset(Setting::Mended)
    }
}
