//! The last change of a plan, while it can be taken back.

use contract::{
    ids::{CheckInId, TripId},
    record::CheckInStatus,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::{
    closed,
    database::{Damage, Result, word},
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

/// The last change, where nothing was said with it or since.
pub(super) fn last(connection: &Connection, damage: &Damage) -> Result<Option<PlanChange>> {
    let Some(change) = kept(connection, damage)? else { return Ok(None) };
    let Some(said) = change.word.map(|said| said.to_string()) else { return Ok(Some(change)) };
    let newest =
        "SELECT id, status, private IS NOT NULL FROM check_in WHERE taken_back = 0 ORDER BY rowid DESC LIMIT 1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let newest: Option<(String, String, bool)> = connection.query_row(newest, [], read).optional()?;
    let Some((newest, status, told_more)) = newest else { return Ok(None) };
    // no cry for help goes with a plan, and nothing that somebody wrote of it
    let is_plain = !told_more && !word::<CheckInStatus>(status)?.asks_for_help();
    Ok(Some(change).filter(|_| newest == said && is_plain))
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
