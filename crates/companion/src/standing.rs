//! The law of whoever speaks for others: no word says that somebody is well whom nobody saw, and none ends the need of
//! somebody who was spoken of, unless exactly that was asked.

use std::collections::BTreeSet;

use contract::{
    ids::TripId,
    record::{CheckInStatus, GivenBy, PeopleByStatus},
};

use crate::{
    error::Failure,
    facts::Facts,
    paper::{SaidThen, Standing},
    party::{self, InRoll, Party},
    session::Session,
    store::{CheckIn, Sighting, StoreError},
};

/// What whoever takes a trip over by a code on paper reads of those on it.
pub(crate) fn on_paper(facts: &Facts, trip: TripId) -> Standing {
    let said = facts.word_of(trip).map(|said| SaidThen { people: said.people.clone(), at: said.at });
    Standing { said, asked_at: facts.asked_at() }
}

/// Of how many a word is: those on its trip, or whoever says it.
pub(crate) fn party_of(facts: &Facts, said: &CheckIn) -> u16 {
    let travel = said.trip.and_then(|id| facts.trip(id)).map_or(1, |trip| trip.people);
    travel.max(said.everybody())
}

/// How many are in need by the word that stands of a trip.
pub(crate) fn in_need(facts: &Facts, trip: TripId) -> u16 {
    facts.cry_of(Some(trip)).map(|stands| party::in_need(&stands.people)).unwrap_or_default()
}

/// The same, where they are some of those on it, and not whoever speaks: who speaks for all does not speak for them.
pub(crate) fn some_in_need(facts: &Facts, trip: TripId) -> u16 {
    let Some(stands) = facts.cry_of(Some(trip)) else { return 0 };
    let is_own = facts.latest_details.as_ref().is_some_and(|details| details.by == GivenBy::Traveller);
    let count = party::in_need(&stands.people);
    if is_own || count >= party_of(facts, stands) { 0 } else { count }
}

/// Who is in need by name, by the word that stands of a trip.
pub(crate) fn named_in_need(facts: &Facts, trip: TripId) -> BTreeSet<u16> {
    let details = facts.cry_of(Some(trip)).and(facts.latest_details.as_ref());
    let who = details.and_then(|details| details.who.get(&CheckInStatus::NeedHelp));
    who.into_iter().flatten().copied().collect()
}

impl Session {
    /// So many are as somebody says of all of them. Whoever stands in need stays so, but where it was asked whether their need
    /// `is_over`.
    pub(crate) fn said_of_all(
        &self,
        trip: Option<TripId>,
        status: CheckInStatus,
        all: u16,
        is_over: bool,
    ) -> Result<PeopleByStatus, StoreError> {
        let Some(trip) = trip.filter(|_| !status.asks_for_help()) else { return Ok([(status, all)].into()) };
        let party: Option<Party> = self.store.party(trip)?;
        let stand = if is_over { 0 } else { self.with_facts(|facts| some_in_need(facts, trip))? };
        Ok(party::with_in_need(party::said_of_all(party.as_ref(), &self.store.roll(trip)?, status, all), stand))
    }

    /// Of how many on a trip something is known: once a roll is called, of those who were seen at it.
    pub(crate) fn known(&self, trip: TripId, all: u16) -> Result<u16, StoreError> {
        let called = self.store.roll(trip)?;
        if !called.is_called() {
            return Ok(all);
        }
        let party: Party = self.store.party(trip)?.unwrap_or_default();
        let (counted, _) = party::counted(&party, &party::roll(&party, &called));
        Ok(counted.values().sum::<u16>().min(all))
    }

    /// Who was said by name to be in need is so at the roll too, until somebody says otherwise; who was said to be by
    /// mistake is not.
    pub(crate) fn note_in_need(
        &self,
        trip: TripId,
        named: &BTreeSet<u16>,
        before: &BTreeSet<u16>,
    ) -> Result<(), Failure> {
        let Some(party) = self.store.party::<Party>(trip)? else { return Ok(()) };
        let roll = self.store.roll(trip)?;
        let cries = party::cries(&roll);
        let listed = |number: &&u16| party.people.iter().any(|person| person.number == **number);
        let new = named.difference(&cries).filter(listed).copied();
        let (status, at) = (CheckInStatus::NeedHelp, self.now());
        let word = |person| Sighting { person, roll: roll.number, status, own: false, at, by: party.leader.clone() };
        self.store.note(trip, new.map(word))?;
        for number in before.difference(named).filter(|number| cries.contains(number)) {
            self.store.unsee(trip, *number)?;
        }
        Ok(())
    }

    /// Whoever was seen at the roll that is called is as somebody says of all of them, and nobody is seen by that. Whoever is
    /// in need stays so, but where it was asked whether their need `is_over`: whoever cried themselves says so themselves.
    pub(crate) fn note_of_all(&self, trip: TripId, status: CheckInStatus, is_over: bool) -> Result<(), Failure> {
        let Some(party) = self.store.party::<Party>(trip)?.filter(|_| !status.asks_for_help()) else { return Ok(()) };
        let called = self.store.roll(trip)?;
        let over = if is_over { party::told_cries(&called) } else { BTreeSet::new() };
        let is_other = |row: &InRoll| row.status.is_some_and(|said| said != status && !said.asks_for_help());
        let of_roll = |row: &InRoll| called.is_called() && is_other(row);
        let rows = party::roll(&party, &called).into_iter().filter(|row| over.contains(&row.number) || of_roll(row));
        // whoever needs help no more is the first who is seen at a roll that has begun: of the others nothing is said
        let (roll, at) = (called.number, self.now());
        let word =
            |row: InRoll| Sighting { person: row.number, roll, status, own: row.own, at, by: party.leader.clone() };
        Ok(self.store.note(trip, rows.map(word))?)
    }
}
