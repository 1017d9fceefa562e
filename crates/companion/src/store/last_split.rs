//! The last split, while it can be taken back.

use contract::ids::TripId;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::{
    closed,
    database::{Damage, Result},
    settings::{self, Setting},
};

/// What a split leaves to be taken back, until one of the trips is changed or forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoable {
    /// The trip that was split.
    pub stay: TripId,
    /// That of those who go another way.
    pub go: TripId,
}

/// The last split, where it can be taken back: nobody said how those who go are.
pub(super) fn undoable(connection: &Connection, damage: &Damage) -> Result<Option<Undoable>> {
    let Some(last) = kept(connection, damage)? else { return Ok(None) };
    let said = "SELECT 1 FROM check_in WHERE trip = ?1 LIMIT 1";
    let is_said_of = connection.query_row(said, [last.go.to_string()], |_| Ok(())).optional()?.is_some();
    Ok(Some(last).filter(|_| !is_said_of))
}

fn kept(connection: &Connection, damage: &Damage) -> Result<Option<Undoable>> {
    let kept = settings::read_any(connection, Setting::Split, damage)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

/// A trip of the last split is another now: what it was before goes too.
pub(super) fn forget(connection: &Connection, trip: TripId) -> Result<()> {
    let last = kept(connection, &Damage::default())?;
    if last.is_some_and(|last| last.stay == trip || last.go == trip) {
        settings::remove(connection, Setting::Split)?;
        closed::remove(connection, Setting::BeforeSplit)?;
    }
    Ok(())
}
