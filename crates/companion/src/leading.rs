//! What the leader of a party does: the list, the roll, and one word for all.

#![deny(missing_docs)]

use std::collections::BTreeSet;

use contract::{
    ids::{CheckInId, TripId},
    record::{CheckInStatus, PeopleByStatus},
};
use serde::Deserialize;
use ts_rs::TS;

use crate::{
    companion::Companion,
    error::{Failure, FailureCode},
    facts::Facts,
    party::{self, Listed, MAX_UNREAD, Party, Refusal, UnreadRow},
    saying_more,
    session::Session,
    standing,
    store::{self, Sighting, StoreError},
};

/// One thing that a leader does with the party of a trip.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum PartyAct {
    /// Keeps the list.
    Save {
        /// Whoever has no number gets one.
        party: Party,
        /// What waits to be corrected.
        unread: Vec<UnreadRow>,
    },
    /// Two entries are one person.
    Merge {
        /// The one that stays.
        kept: u16,
        /// The one that goes.
        other: u16,
    },
    /// Entries that look like one person are each another.
    Apart {
        /// By number.
        numbers: Vec<u16>,
    },
    /// Whoever calls the roll travels too, and is on the list from now on.
    Join {
        /// As they call themselves.
        name: String,
    },
    /// Calls the roll anew: everybody is missing.
    Begin,
    /// Somebody was seen, or said how they are.
    See {
        /// By number.
        person: u16,
        /// How they are.
        status: CheckInStatus,
        /// By their own word.
        own: bool,
    },
    /// That was a mistake.
    Unsee {
        /// By number.
        person: u16,
    },
    /// Asks the ministry for help for somebody, beside whoever stands in need.
    Cry {
        /// By number.
        person: u16,
    },
    /// Tells the ministry how many are how.
    Tell {
        /// It was asked of those who stood in need and are so no more; else they stay in need.
        over: bool,
        /// What an officer reads of whoever was said to be missing and was found; said where somebody was.
        found: String,
    },
    /// Tells the ministry who is missing, or that nobody is any more.
    TellMissing {
        /// What an officer reads, with their names.
        text: String,
    },
}

impl Session {
    /// Does it; durable when this returns.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where there is no such trip, or nobody of that number; the first field of a list that does
    /// not hold, by its pointer; `NoPeople` where nobody was seen yet; `NothingSaid` where as many are missing as was said, by
    /// name; `TextTooLong`; `NamesAway`; `Locked`; `DiskFull` or `StoreUnavailable`.
    pub fn lead(&self, trip: TripId, act: PartyAct) -> Result<(), Failure> {
        self.refuse_locked()?;
        self.refuse_away(trip)?;
        let before: Party = self.store.party(trip)?.unwrap_or_default();
        let knows = |number: u16| before.people.iter().any(|person| person.number == number);
        let done = match act {
            PartyAct::Save { party, unread } => self.save_party(trip, &before, party, unread)?,
            PartyAct::Merge { kept, other } => {
                let mut party = before.clone();
                self.keep_cry(trip, kept, other)?;
                party.merge(kept, other) && self.keep_party(trip, &before, &party, Some((kept, other)))?
            }
            PartyAct::Apart { numbers } => {
                let mut party = before.clone();
                party.part(&numbers);
                self.keep_party(trip, &before, &party, None)?
            }
            PartyAct::Join { name } => {
                let party = before.joined(name, self.profile.home_country)?;
                self.keep_party(trip, &before, &party, None)?
            }
            PartyAct::Begin => self.store.begin_roll(trip, self.now())?,
            PartyAct::See { person, status, own } => {
                knows(person) && self.store.see(trip, person, status, own, self.now(), &before.leader)?
            }
            PartyAct::Unsee { person } => self.store.unsee(trip, person)?,
            PartyAct::Cry { person } => knows(person) && self.cry_for_one(trip, person)?,
            PartyAct::Tell { over, found } => {
                self.tell(trip, &before, over)? && self.tell_found(trip, &before, &found)?
            }
            PartyAct::TellMissing { text } => self.tell_missing(trip, &before, &text)?,
        };
        if done { Ok(()) } else { Err(Failure::new(FailureCode::NotFound)) }
    }

    fn save_party(&self, trip: TripId, before: &Party, party: Party, unread: Vec<UnreadRow>) -> Result<bool, Failure> {
        if unread.len() > MAX_UNREAD {
            return Err(Failure::at(FailureCode::TooManyPeople, "/unread"));
        }
        let party = party.tidied(before, self.profile.home_country)?;
        let unread: Vec<_> = unread.into_iter().map(UnreadRow::shortened).collect();
        self.write_party(trip, before, &party, &unread, None)
    }

    fn keep_party(
        &self,
        trip: TripId,
        before: &Party,
        party: &Party,
        merged: Option<(u16, u16)>,
    ) -> Result<bool, Failure> {
        let unread: Vec<UnreadRow> = self.store.unread(trip)?.unwrap_or_default();
        self.write_party(trip, before, party, &unread, merged)
    }

    /// The ministry gets the trip anew where somebody else is on it now.
    fn write_party(
        &self,
        trip: TripId,
        before: &Party,
        party: &Party,
        unread: &Vec<UnreadRow>,
        merged: Option<(u16, u16)>,
    ) -> Result<bool, Failure> {
        let numbers: Vec<u16> = party.people.iter().map(|person| person.number).collect();
        let send = party.people != before.people;
        let kept = self.store.save_party(trip, (party, unread), &numbers, merged, send)?;
        if kept && send {
            self.changed();
        }
        Ok(kept)
    }

    /// A list that cannot be read now is not written over.
    pub(crate) fn refuse_away(&self, trip: TripId) -> Result<(), Failure> {
        if self.store.is_party_away(trip)? { Err(Failure::new(FailureCode::NamesAway)) } else { Ok(()) }
    }

    /// Where either of two who are one cries, the one who stays does: a word for the one was no answer to the other.
    fn keep_cry(&self, trip: TripId, kept: u16, other: u16) -> Result<(), Failure> {
        let roll = self.store.roll(trip)?;
        let cries = party::cries(&roll);
        let whose = [kept, other].into_iter().find(|number| cries.contains(number));
        let cry = roll.sightings.iter().rev().find(|word| whose == Some(word.person) && word.status.asks_for_help());
        if let Some(cry) = cry {
            // where the merge is undone it is theirs again
            self.store.note(trip, [Sighting { roll: roll.number, ..cry.clone() }])?;
        }
        Ok(())
    }

    /// The leader acts, so the place may leave: where the party is on its trip.
    fn tell(&self, trip: TripId, party: &Party, is_over: bool) -> Result<bool, Failure> {
        let stand = if is_over {
            0
        } else {
            let (named, stand) =
                self.with_facts(|facts| (standing::named_in_need(facts, trip), standing::in_need(facts, trip)))?;
            self.note_in_need(trip, &named, &BTreeSet::new())?;
            stand
        };
        let roll = self.store.roll(trip)?;
        let (people, _) = party::counted(party, &party::roll(party, &roll));
        if people.is_empty() {
            return Err(Failure::new(FailureCode::NoPeople));
        }
        let people = party::with_in_need(people, stand);
        let found = self
            .with_facts(|facts| Some((self.word_on_trip(facts, trip, people)?, saying_more::place_on(facts, trip))))?;
        let Some((word, place)) = found else { return Ok(false) };
        let sealed = self.with_roll(&word, place)?;
        self.keep_word(&word, sealed)?;
        self.changed();
        Ok(true)
    }

    /// Of so many of a trip, where they are on it; `None` where there is no such one.
    pub(crate) fn word_on_trip(&self, facts: &Facts, trip: TripId, people: PeopleByStatus) -> Option<store::CheckIn> {
        facts.trip(trip)?;
        let leg = facts.leg_on(trip);
        Some(store::CheckIn {
            id: self.with_rng(CheckInId::random),
            trip: Some(trip),
            people,
            country: leg.map(|leg| leg.country),
            airport: leg.and_then(|leg| leg.airport),
            at: facts.now,
        })
    }

    /// A message, and no word: nobody knows how the missing are, and no later count takes it back.
    fn tell_missing(&self, trip: TripId, party: &Party, text: &str) -> Result<bool, Failure> {
        let roll = self.store.roll(trip)?;
        let rows = party::roll(party, &roll);
        let (_, missing) = party::counted(party, &rows);
        if rows.iter().all(|row| row.status.is_none()) {
            return Err(Failure::new(FailureCode::NoPeople));
        }
        let Some(said) = self.said_missing(trip)? else { return Ok(false) };
        if missing == said {
            return Err(Failure::new(FailureCode::NothingSaid));
        }
        self.write_missing(trip, missing, text)?;
        Ok(true)
    }

    /// Whoever was said to be missing and was seen since is missing for nobody any more. Nobody else is said to be: that is
    /// asked for by itself, as half a roll lacks the other half.
    fn tell_found(&self, trip: TripId, party: &Party, text: &str) -> Result<bool, Failure> {
        let (_, missing) = party::counted(party, &party::roll(party, &self.store.roll(trip)?));
        let Some(said) = self.said_missing(trip)? else { return Ok(false) };
        let still: Vec<u16> = said.iter().copied().filter(|number| missing.contains(number)).collect();
        if still != said && !text.trim().is_empty() {
            self.write_missing(trip, still, text)?;
        }
        Ok(true)
    }

    /// Who was said to be missing last, by number; `None` where there is no such trip.
    fn said_missing(&self, trip: TripId) -> Result<Option<Vec<u16>>, StoreError> {
        self.with_facts(|facts| {
            facts.trip(trip)?;
            Some(facts.said_missing(trip).map(|(_, missing)| missing.to_vec()).unwrap_or_default())
        })
    }
}

impl Companion {
    /// Who is on a list that somebody brings: proposed, and kept nowhere.
    ///
    /// # Errors
    /// A [`Refusal`], where nobody can be read.
    pub fn read_list(&self, bytes: &[u8]) -> Result<Listed, Refusal> {
        let profile = self.profile().ok_or(Refusal::NoMinistry)?;
        party::read(bytes, profile.home_country)
    }
}
