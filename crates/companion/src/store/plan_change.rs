//! The last change of a plan, while it can be taken back.

use contract::ids::{CheckInId, TripId};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::{
    closed,
    database::{Damage, Result},
    settings::{self, Setting},
};

/// A plan that was changed by one press, until its trip is changed again or another word is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChange {
    /// Of the trip.
    pub trip: TripId,
    /// The word that changed it, where one did.
    pub word: Option<CheckInId>,
    /// When.
    pub at: Timestamp,
}

/// The last change, where nothing was said since.
pub(super) fn last(connection: &Connection, damage: &Damage) -> Result<Option<PlanChange>> {
    let Some(change) = kept(connection, damage)? else { return Ok(None) };
    let newest = "SELECT id FROM check_in WHERE taken_back = 0 ORDER BY rowid DESC LIMIT 1";
    let newest: Option<String> = connection.query_row(newest, [], |row| row.get(0)).optional()?;
    let stands = change.word.is_none_or(|word| newest.is_some_and(|newest| newest == word.to_string()));
    Ok(Some(change).filter(|_| stands))
}

fn kept(connection: &Connection, damage: &Damage) -> Result<Option<PlanChange>> {
    let kept = settings::read_any(connection, Setting::PlanChange, damage)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

/// The trip is another now: what it was before goes too.
pub(super) fn forget(connection: &Connection, trip: TripId) -> Result<()> {
    if kept(connection, &Damage::default())?.is_some_and(|change| change.trip == trip) {
        settings::remove(connection, Setting::PlanChange)?;
        closed::remove(connection, Setting::BeforePlanChange)?;
    }
    Ok(())
}
