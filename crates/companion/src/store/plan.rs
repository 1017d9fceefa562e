//! A plan that changes by one press: trip and word are written together, and so is taking it back.

use contract::ids::TripId;
use jiff::Timestamp;

use super::{
    check_ins::{self, CheckIn},
    closed,
    database::{Damage, Result, Store, json},
    forms::{self, Form},
    settings::{self, Setting},
    trips::{self, Draft, Under},
    undoable::{self, PlanChange},
};

impl Store {
    /// A plan that changes by one press, the word that changes it, the form it was typed into and what was agreed to by
    /// saying it: all or nothing.
    pub fn change_plan<D: Draft>(
        &self,
        (id, draft): (TripId, &D),
        word: Option<&CheckIn>,
        typed_into: Option<Form>,
        under: &Under,
        agreed: &[(Setting, String)],
        at: Timestamp,
    ) -> Result<()> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let before: Option<D> = trips::one(&transaction, &self.keys, id)?.flatten();
        // what stands under a key that is away would be lost on the way back
        let is_whole = !trips::is_closed_away(&transaction, &self.keys, &id.to_string())?;
        settings::write_all(&transaction, agreed)?;
        self.put_trip(&transaction, id, draft, Some(under))?;
        if let Some(form) = typed_into {
            forms::forget(&transaction, &self.keys, form)?;
        }
        if let Some(word) = word {
            // where they said they were is where they were
            settings::remove(&transaction, Setting::Choice)?;
            self.put_check_in(&transaction, word, None)?;
        }
        if is_whole {
            let change = PlanChange { trip: id, word: word.map(|word| word.id), at };
            settings::write(&transaction, Setting::PlanChange, &json(&change)?)?;
            closed::write(&transaction, &self.keys, Setting::BeforePlanChange, &json(&before)?)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The trip as it was before its last change, gone where there was none; the word is taken back with it. False where
    /// that cannot be any more.
    pub fn undo_change<D: Draft>(&self, trip: TripId) -> Result<bool> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let change = undoable::plan_change(&transaction, &Damage::default())?.filter(|change| change.trip == trip);
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
