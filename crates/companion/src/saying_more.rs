//! What the traveller adds to their word: what they need, for whom, where, how to reach them. The word itself has gone
//! already, and waits for none of it.

#![deny(missing_docs)]

use std::collections::BTreeMap;

use contract::{
    profile::REGISTERING,
    record::{
        CheckInStatus, GivenBy, Intent, MAX_TEXT, Need, PeopleByStatus, PlaceSource, PrivateCheckIn, SafeContact,
        SaidPlace,
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    error::{Failure, FailureCode},
    facts::Facts,
    session::Session,
    store::CheckIn,
    whereabouts::HereSource,
};

/// What is said beyond how somebody is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Details {
    /// What they need.
    pub needs: Vec<Need>,
    /// For how many days they have enough of a medicine.
    pub medicine_days: Option<u16>,
    /// What they mean to do.
    pub intent: Option<Intent>,
    /// In their own words.
    pub words: String,
    /// Where exactly, in their own words.
    pub place: String,
    /// "Do not call, write."
    pub write_only: bool,
    /// How to reach them safely.
    pub contact: SafeContact,
    /// Of whom it is said.
    pub whom: Whom,
}

/// Of whom a word is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Whom {
    /// Of everybody that it was said of.
    #[default]
    All,
    /// Of the traveller alone.
    Me,
    /// Of so many; the others are safe, where that is said.
    Some {
        /// How many.
        count: u16,
        /// "The others are safe."
        others_safe: bool,
    },
    /// Of those, by their number in the party; the others are safe, where that is said.
    Named {
        /// From the list of the trip.
        numbers: Vec<u16>,
        /// "The others are safe."
        others_safe: bool,
    },
}

impl Whom {
    /// How many of `all` are as was said, and whether the others are safe.
    fn count(&self, all: u16) -> (u16, bool) {
        match self {
            Self::All => (all, false),
            Self::Me => (1, false),
            Self::Some { count, others_safe } => (*count, *others_safe),
            Self::Named { numbers, others_safe } => (u16::try_from(numbers.len()).unwrap_or(u16::MAX), *others_safe),
        }
    }

    fn people(&self, status: CheckInStatus, all: u16) -> Result<PeopleByStatus, Failure> {
        let (count, others_safe) = self.count(all);
        if count == 0 {
            return Err(Failure::at(FailureCode::NoPeople, "/whom"));
        }
        if count > all {
            return Err(Failure::at(FailureCode::TooManyPeople, "/whom"));
        }
        let others = if others_safe { all - count } else { 0 };
        let each = [(status, count), (CheckInStatus::Safe, others)];
        Ok(each.into_iter().filter(|(_, count)| *count > 0).collect())
    }
}

impl Session {
    /// Adds to the latest word that asks for help, or says "stranded": it goes again, with what was added sealed.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where the latest word says neither; `NoPeople` or `TooManyPeople`, `TextTooLong`, at
    /// its field; `DiskFull` or `StoreUnavailable`.
    pub fn say_more(&self, details: &Details) -> Result<(), Failure> {
        let (said, party, place) = self.with_facts(|facts| {
            let said = facts.latest_check_in.clone();
            let party = said.as_ref().and_then(|said| facts.trip(said.trip?)).map_or(1, |trip| trip.people);
            (said, party, place(facts, &details.place))
        })?;
        let asks = |said: &CheckIn| said.status().asks_for_help() || said.status() == CheckInStatus::Stranded;
        let said = said.filter(asks).ok_or(Failure::new(FailureCode::NotFound))?;
        let status = said.status();
        let all = party.max(said.everybody());
        let people = details.whom.people(status, all)?;
        let who = match &details.whom {
            Whom::Named { numbers, .. } => BTreeMap::from([(status, numbers.clone())]),
            Whom::All | Whom::Me | Whom::Some { .. } => BTreeMap::new(),
        };
        let mut needs = details.needs.clone();
        needs.sort_unstable();
        needs.dedup();
        let is_quiet = needs.iter().any(|need| need.is_quiet());
        let private = PrivateCheckIn {
            consent: self.agreed(REGISTERING)?.unwrap_or_else(|| self.nothing_shown()),
            by: if details.whom == Whom::Me { GivenBy::Traveller } else { said_by(all) },
            intent: details.intent,
            words: tidied(&details.words, "/words")?,
            medicine_days: details.medicine_days.filter(|_| needs.contains(&Need::Medical)),
            needs,
            write_only: details.write_only || details.contact.may_call == Some(false),
            // asked of nobody else, and kept with the person
            contact: if is_quiet { details.contact.clone() } else { SafeContact::default() },
            who,
            place,
            language: Some(self.lang().into()),
        };
        if let Err(field) = private.check() {
            return Err(Failure::at(FailureCode::TextTooLong, field.pointer));
        }
        if !self.store.save_details(said.id, &people, &private)? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        self.changed();
        Ok(())
    }
}

/// A word for more than one is a proxy's for the others.
fn said_by(people: u16) -> GivenBy {
    if people > 1 { GivenBy::Proxy } else { GivenBy::Traveller }
}

fn tidied(text: &str, field: &str) -> Result<String, Failure> {
    let text = crate::correspondence::tidied(text);
    if text.chars().count() > MAX_TEXT { Err(Failure::at(FailureCode::TextTooLong, field)) } else { Ok(text) }
}

/// Where they say that they are, or where the app has them.
pub(crate) fn place(facts: &Facts, typed: &str) -> Option<SaidPlace> {
    let words = crate::correspondence::tidied(typed);
    if !words.is_empty() {
        return Some(SaidPlace {
            words,
            position: None,
            source: PlaceSource::OwnWord,
            accuracy_m: None,
            at: facts.now,
        });
    }
    let here = facts.here.as_ref()?;
    let source = match here.source {
        HereSource::Itinerary => PlaceSource::Itinerary,
        HereSource::Chosen => PlaceSource::Chosen,
        HereSource::Home => return None,
    };
    let words = here.leg.place.shown(&facts.preference()).to_owned();
    Some(SaidPlace { words, position: here.leg.position, source, accuracy_m: None, at: here.leg.from })
}
