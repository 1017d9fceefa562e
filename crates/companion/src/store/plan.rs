//! A plan that changes by one press: trip and word are written together, and so is taking it back.

use std::collections::BTreeSet;

use contract::{
    ids::{CheckInId, TripId},
    record::PrivateCheckIn,
};
use rusqlite::Connection;

use super::{
    check_ins::{self, CheckIn},
    closed,
    database::{Damage, Result, Store, json},
    forms::{self, Form},
    settings::{self, Setting},
    sightings,
    trips::{self, Draft, Under},
    undoable::{self, PlanChange},
};

/// What a word made of its trip.
pub struct MadeByWord {
    pub trip: TripId,
    /// It changed the plan, and nothing else did since.
    pub plan: bool,
    /// Whose need it ended, and who is otherwise at the roll by it, by number.
    pub changed: BTreeSet<u16>,
}

impl Store {
    /// A plan that changes by one press, the word that changes it, the form it was typed into and what was agreed to by
    /// saying it: all or nothing. What goes on with a change is taken back with it.
    pub fn change_plan<D: Draft>(
        &self,
        change: &PlanChange,
        draft: &D,
        word: Option<(&CheckIn, Option<&PrivateCheckIn>)>,
        typed_into: Option<Form>,
        under: &Under,
        agreed: &[(Setting, String)],
    ) -> Result<()> {
        let id = change.trip;
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let begun = undoable::plan_change(&transaction, &Damage::default())?;
        let goes_on = begun.is_some_and(|begun| (begun.trip, begun.how, begun.at) == (id, change.how, change.at));
        let before = if goes_on {
            closed::read(&transaction, &self.keys, Setting::BeforePlanChange, &Damage::default())?
        } else {
            Some(json(&trips::one::<D>(&transaction, &self.keys, id)?.flatten())?)
        };
        // what stands under a key that is away would be lost on the way back
        let is_whole = !trips::is_closed_away(&transaction, &self.keys, &id.to_string())?;
        settings::write_all(&transaction, agreed)?;
        self.put_trip(&transaction, id, draft, Some(under))?;
        if let Some(form) = typed_into {
            forms::forget(&transaction, &self.keys, form)?;
        }
        if let Some((word, carried)) = word {
            // where they said they were is where they were
            settings::remove(&transaction, Setting::Choice)?;
            self.put_check_in(&transaction, word, carried)?;
        }
        if let Some(before) = before.filter(|_| is_whole) {
            settings::write(&transaction, Setting::PlanChange, &json(change)?)?;
            closed::write(&transaction, &self.keys, Setting::BeforePlanChange, &before)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The trip as it was before its last change, gone where there was none; what says that change and nothing more is taken
    /// back with it. False where that cannot be any more.
    pub fn undo_change<D: Draft>(&self, trip: TripId) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let is_undone = self.put_plan_back::<D>(&transaction, trip)?;
        transaction.commit()?;
        Ok(is_undone)
    }

    /// Takes a word back with what it `made` of plan and roll, and where they `chose` to be since, and says another again that
    /// was said before it: all or nothing.
    pub fn undo_word<D: Draft>(
        &self,
        id: CheckInId,
        made: Option<MadeByWord>,
        chose: bool,
        again: Option<(&CheckIn, Option<&PrivateCheckIn>)>,
    ) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        if let Some(MadeByWord { trip, plan, changed }) = made {
            for person in changed {
                sightings::unnote(&transaction, trip, person)?;
            }
            if plan {
                self.put_plan_back::<D>(&transaction, trip)?;
            }
        }
        if chose {
            settings::remove(&transaction, Setting::Choice)?;
        }
        check_ins::take_back(self, &transaction, id)?;
        if let Some((word, details)) = again {
            self.put_check_in(&transaction, word, details)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn put_plan_back<D: Draft>(&self, transaction: &Connection, trip: TripId) -> Result<bool> {
        let change = undoable::plan_change(transaction, &Damage::default())?.filter(|change| change.trip == trip);
        let before = closed::read(transaction, &self.keys, Setting::BeforePlanChange, &Damage::default())?;
        let (Some(change), Some(before)) = (change, before) else { return Ok(false) };
        match serde_json::from_str::<Option<D>>(&before)? {
            Some(draft) => {
                let under = self.under_of(transaction, trip)?;
                self.put_trip(transaction, trip, &draft, under.as_ref())?;
            }
            None => drop(self.forget_trip::<D>(transaction, trip)?),
        }
        for word in change.words {
            if check_ins::says_the_plan_alone(transaction, &self.keys, word)? {
                check_ins::take_back(self, transaction, word)?;
            }
        }
        Ok(true)
    }
}
