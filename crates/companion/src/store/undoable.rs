//! What was done to a trip and can be taken back: the last split, and the last change of a plan by one press.

use contract::ids::{CheckInId, TripId};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ts_rs::TS;

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

/// What one press made of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanChanged {
    /// The last stay has more nights.
    Longer,
    /// They cannot go on by it.
    CutOff,
    /// They have left.
    Left,
}

/// A plan that was changed by one press, until its trip is changed otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChange {
    /// Of the trip.
    pub trip: TripId,
    /// What was made of it.
    pub how: PlanChanged,
    /// The words that changed it; none of a change under a cry.
    pub words: Vec<CheckInId>,
    /// When it was changed first.
    pub at: Timestamp,
    /// There was no trip before: taken back, there is none.
    #[serde(default)]
    pub is_new_trip: bool,
    /// What was to follow by the plan is out of it.
    #[serde(default)]
    pub drops_rest: bool,
}

/// One of each kind is kept, with the trip before it, closed.
trait Last: DeserializeOwned {
    const KEPT: Setting;
    const BEFORE: Setting;

    fn concerns(&self, trip: TripId) -> bool;
}

impl Last for Undoable {
    const KEPT: Setting = Setting::Split;
    const BEFORE: Setting = Setting::BeforeSplit;

    fn concerns(&self, trip: TripId) -> bool {
        self.stay == trip || self.go == trip
    }
}

impl Last for PlanChange {
    const KEPT: Setting = Setting::PlanChange;
    const BEFORE: Setting = Setting::BeforePlanChange;

    fn concerns(&self, trip: TripId) -> bool {
        self.trip == trip
    }
}

fn kept<L: Last>(connection: &Connection, damage: &Damage) -> Result<Option<L>> {
    let kept = settings::read_any(connection, L::KEPT, damage)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

/// The last split, where it can be taken back: nobody said how those who go are.
pub(super) fn split(connection: &Connection, damage: &Damage) -> Result<Option<Undoable>> {
    let Some(last) = kept::<Undoable>(connection, damage)? else { return Ok(None) };
    let said = "SELECT 1 FROM check_in WHERE trip = ?1 LIMIT 1";
    let is_said_of = connection.query_row(said, [last.go.to_string()], |_| Ok(())).optional()?.is_some();
    Ok(Some(last).filter(|_| !is_said_of))
}

/// The last change of a plan.
pub(super) fn plan_change(connection: &Connection, damage: &Damage) -> Result<Option<PlanChange>> {
    kept(connection, damage)
}

/// The trip is another now: what it was before goes too.
pub(super) fn forget(connection: &Connection, trip: TripId) -> Result<()> {
    forget_split(connection, trip)?;
    forget_where(connection, |last: &PlanChange| last.concerns(trip))
}

/// Who is on it is another: the same of a split alone.
pub(super) fn forget_split(connection: &Connection, trip: TripId) -> Result<()> {
    forget_where(connection, |last: &Undoable| last.concerns(trip))
}

/// The trips are others now.
pub(super) fn forget_all(connection: &Connection) -> Result<()> {
    forget_where(connection, |_: &Undoable| true)?;
    forget_where(connection, |_: &PlanChange| true)
}

fn forget_where<L: Last>(connection: &Connection, is_over: impl Fn(&L) -> bool) -> Result<()> {
    if kept(connection, &Damage::default())?.is_some_and(|last| is_over(&last)) {
        settings::remove(connection, L::KEPT)?;
        closed::remove(connection, L::BEFORE)?;
    }
    Ok(())
}
