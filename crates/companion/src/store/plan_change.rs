//! The last change of a plan, while it can be taken back.

use contract::ids::{CheckInId, TripId};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::{
    check_ins::{self, CheckIn},
    closed,
    database::{Damage, Result, Store, json},
    settings::{self, Setting},
    trips::{self, Draft, Under},
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

impl Store {
    /// A plan that changes by one press, the word that changes it and what was agreed to by saying it: all or nothing.
    pub fn change_plan<D: Draft>(
        &self,
        (id, draft): (TripId, &D),
        word: Option<&CheckIn>,
        under: &Under,
        agreed: &[(Setting, String)],
        at: Timestamp,
    ) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let before: Option<D> = trips::one(&transaction, &self.keys, id)?.flatten();
        settings::write_all(&transaction, agreed)?;
        self.put_trip(&transaction, id, draft, Some(under))?;
        if let Some(word) = word {
            // where they said they were is where they were
            settings::remove(&transaction, Setting::Choice)?;
            self.put_check_in(&transaction, word)?;
        }
        let change = PlanChange { trip: id, word: word.map(|word| word.id), at };
        settings::write(&transaction, Setting::PlanChange, &json(&change)?)?;
        closed::write(&transaction, &self.keys, Setting::BeforePlanChange, &json(&before)?)?;
        transaction.commit()?;
        Ok(())
    }

    /// The trip as it was before its last change, gone where there was none; the word is taken back with it. False where
    /// that cannot be any more.
    pub fn undo_change<D: Draft>(&self, trip: TripId) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let change = last(&transaction, &Damage::default())?.filter(|change| change.trip == trip);
        let before = closed::read(&transaction, &self.keys, Setting::BeforePlanChange, &Damage::default())?;
        let (Some(change), Some(before)) = (change, before) else { return Ok(false) };
        match serde_json::from_str::<Option<D>>(&before)? {
            Some(draft) => {
                let under = self.under_of(&transaction, trip)?;
                self.put_trip(&transaction, trip, &draft, under.as_ref())?;
            }
            None => drop(self.forget_trip::<D>(&transaction, trip)?),
        }
        if let Some(word) = change.word {
            check_ins::take_back(self, &transaction, word)?;
        }
        transaction.commit()?;
        Ok(true)
    }
}
