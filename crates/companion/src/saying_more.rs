//! What the traveller adds to their word: what they need, for whom, where, how to reach them. The word itself has gone
//! already, and waits for none of it.

#![deny(missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use contract::{
    ids::{CheckInId, TripId},
    profile::REGISTERING,
    record::{
        CheckInStatus, GivenBy, Intent, MAX_TEXT, Need, NeedsOfOne, PeopleByStatus, PlaceSource, PrivateCheckIn,
        SafeContact, SaidPlace,
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    calendar::A_DAY,
    correspondence::tidied,
    error::{Failure, FailureCode},
    facts::Facts,
    needs_of_each,
    party::{self, Party},
    session::Session,
    standing,
    store::{CheckIn, StoreError, tells_more},
    trips::{PlannedLeg, no_longer_than},
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
    /// What is needed and the words in a line, as they are read on the screen.
    pub told: String,
    /// What each of those who are named needs, where they were spoken of one by one.
    pub of_each: Vec<NeedsOfOne>,
}

/// What stands in the form of what is said, and is not said yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BeingSaid {
    /// What was typed.
    #[serde(flatten)]
    pub details: Details,
    /// Behind the PIN, by somebody who could not see what was said before.
    pub unseen: bool,
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
    /// Of this one, by their number in the party, beside whoever else is in need: of those nothing changes.
    One {
        /// From the list of the trip.
        number: u16,
    },
}

impl Whom {
    /// How many of `all` are as was said, and whether the others are safe.
    fn count(&self, all: u16) -> (u16, bool) {
        match self {
            Self::All => (all, false),
            Self::Me | Self::One { .. } => (1, false),
            Self::Some { count, others_safe } => (*count, *others_safe),
            Self::Named { numbers, others_safe } => (u16::try_from(numbers.len()).unwrap_or(u16::MAX), *others_safe),
        }
    }

    /// Those who are named.
    fn named(&self) -> BTreeSet<u16> {
        match self {
            Self::Named { numbers, .. } => numbers.iter().copied().collect(),
            Self::One { number } => BTreeSet::from([*number]),
            Self::All | Self::Me | Self::Some { .. } => BTreeSet::new(),
        }
    }

    /// Of a word that says nothing of whom: those whom the roll has in need, where they are as many as it says.
    fn of(said: &CheckIn, all: u16, private: Option<&PrivateCheckIn>, cries: &BTreeSet<u16>) -> Self {
        let status = said.status();
        let count = said.people.get(&status).copied().unwrap_or_default();
        let others_safe = status != CheckInStatus::Safe && said.people.contains_key(&CheckInStatus::Safe);
        let by = private.map(|private| private.by);
        match private.and_then(|private| private.who.get(&status)) {
            Some(_) if count == 1 && by == Some(GivenBy::Traveller) => Self::Me,
            Some(numbers) => Self::Named { numbers: numbers.clone(), others_safe },
            None if count >= all => Self::All,
            None if count == 1 && by == Some(GivenBy::Traveller) => Self::Me,
            None if by.is_none() && status.asks_for_help() && cries.len() == usize::from(count) => {
                Self::Named { numbers: cries.iter().copied().collect(), others_safe }
            }
            None => Self::Some { count, others_safe },
        }
    }

    /// How many are how; only of the `known` it can be said that they are safe.
    fn people(
        &self,
        status: CheckInStatus,
        all: u16,
        known: u16,
        cries: &BTreeSet<u16>,
    ) -> Result<PeopleByStatus, Failure> {
        let (count, others_safe) = self.count(all);
        if count == 0 {
            return Err(Failure::at(FailureCode::NoPeople, "/whom"));
        }
        if count > all {
            return Err(Failure::at(FailureCode::TooManyPeople, "/whom"));
        }
        let in_need = match self {
            Self::Named { .. } | Self::One { .. } => self.named().union(cries).count(),
            Self::All | Self::Me | Self::Some { .. } => cries.len(),
        };
        let in_need = u16::try_from(in_need).unwrap_or(all).max(count);
        let others = if others_safe { known.saturating_sub(in_need) } else { 0 };
        let each = [(status, count), (CheckInStatus::Safe, others)];
        Ok(each.into_iter().filter(|(_, count)| *count > 0).collect())
    }
}

impl Details {
    /// What was said with a word, of whom.
    fn read(private: PrivateCheckIn, whom: Whom) -> Self {
        Self {
            needs: private.needs,
            medicine_days: private.medicine_days,
            intent: private.intent,
            words: private.words,
            place: private
                .place
                .filter(|place| place.source == PlaceSource::OwnWord)
                .map_or_else(String::new, |place| place.words),
            write_only: private.write_only,
            contact: private.contact,
            whom,
            told: String::new(),
            of_each: private.of_each,
        }
    }

    /// Said by somebody who cannot see what was said before: what is too long with it is said without it.
    fn added_to(self, before: Self) -> Self {
        let words = self.words.clone();
        let both = self.over(before);
        if no_longer_than(MAX_TEXT, &both.words, "/words").is_ok() { both } else { Self { words, ..both } }
    }

    /// Over what was said before by somebody who cannot see it now: where they say nothing, that stays.
    fn over(self, before: Self) -> Self {
        let text = |now: String, before| if now.trim().is_empty() { before } else { now };
        Self {
            needs: each_once(before.needs.into_iter().chain(self.needs).collect()),
            medicine_days: self.medicine_days.or(before.medicine_days),
            intent: self.intent.or(before.intent),
            words: one_below_the_other(before.words, self.words),
            place: text(self.place, before.place),
            write_only: self.write_only || before.write_only,
            contact: SafeContact {
                may_write: self.contact.may_write.or(before.contact.may_write),
                may_call: self.contact.may_call.or(before.contact.may_call),
                when: text(self.contact.when, before.contact.when),
            },
            // of whom it was said is not theirs to change
            whom: if before.whom == Whom::All { self.whom } else { before.whom },
            told: self.told,
            of_each: before.of_each,
        }
    }
}

/// What one holds of the other is said once.
fn one_below_the_other(above: String, below: String) -> String {
    match (above.trim(), below.trim()) {
        (kept, added) if kept.contains(added) => above,
        (kept, added) if added.contains(kept) => below,
        (kept, added) => format!("{kept}\n{added}"),
    }
}

/// Each of them once.
fn each_once(mut needs: Vec<Need>) -> Vec<Need> {
    needs.sort_unstable();
    needs.dedup();
    needs
}

/// The latest word, if more can be said with it, and how many the party is.
fn to_add_to(facts: &Facts) -> Option<(CheckIn, u16)> {
    let asks = |said: &&CheckIn| said.status().asks_for_help() || said.status() == CheckInStatus::Stranded;
    let said = facts.latest_check_in.as_ref().filter(asks)?;
    Some((said.clone(), standing::party_of(facts, said)))
}

/// A cry of a party whose cry stands is the same one again: it is of as many, and what was said goes with it.
pub(crate) fn again(facts: &Facts, word: CheckIn) -> (CheckIn, Option<PrivateCheckIn>) {
    let Some(stands) = facts.cry_of(word.trip) else { return (word, None) };
    (CheckIn { people: stands.people.clone(), ..word }, carried(facts, place(facts, "")))
}

/// The same of a word that says by the roll how many are how, of those whom it has in need.
fn again_by_roll(
    facts: &Facts,
    word: &CheckIn,
    (party, cries): (Option<&Party>, &BTreeSet<u16>),
    place: Option<SaidPlace>,
) -> Option<PrivateCheckIn> {
    facts.cry_of(word.trip).filter(|_| word.status().asks_for_help())?;
    let status = word.status();
    let in_need = usize::from(party::in_need(&word.people));
    let private = carried(facts, place)?;
    // the roll has them by name, or the word that stands
    let named = [Some(cries.iter().copied().collect()), private.who.get(&status).cloned()];
    let who = named.into_iter().flatten().find(|named: &Vec<u16>| named.len() == in_need).unwrap_or_default();
    Some(needs_of_each::of_those(PrivateCheckIn { by: GivenBy::Proxy, ..private }, who, party))
}

/// What was said with the latest word, by who is there now: of where they are, only their own word is kept.
fn carried(facts: &Facts, place: Option<SaidPlace>) -> Option<PrivateCheckIn> {
    let private = facts.latest_details.clone()?;
    let own = private.place.clone().filter(|place| place.source == PlaceSource::OwnWord);
    // whoever said since where they are left nowhere
    let intent = private.intent.filter(|intent| *intent != Intent::Out || facts.has_left());
    Some(PrivateCheckIn { place: own.or(place), intent, ..private })
}

/// A word that more can be said with, and what was said with it.
struct Before {
    said: CheckIn,
    /// How many the party is.
    all: u16,
    /// Of how many of it anything is known: where some were said to be safe, those that the word speaks of; else who was
    /// seen at the roll.
    known: u16,
    /// Who is in need by the roll.
    cries: BTreeSet<u16>,
    details: Details,
}

impl Session {
    fn before(&self) -> Result<Option<Before>, Failure> {
        let (found, private) = self.with_facts(|facts| (to_add_to(facts), facts.latest_details.clone()))?;
        let Some((said, all)) = found else { return Ok(None) };
        let (known, cries) = match said.trip {
            Some(trip) => (self.known(trip, all)?, party::cries(&self.store.roll(trip)?)),
            None => (all, BTreeSet::new()),
        };
        let whom = Whom::of(&said, all, private.as_ref(), &cries);
        let details = match private {
            Some(private) => Details::read(private, whom),
            None => Details { whom, ..Details::default() },
        };
        let known = if said.people.contains_key(&CheckInStatus::Safe) { said.everybody() } else { known };
        Ok(Some(Before { said, all, known, cries, details }))
    }

    /// Whom the latest word is of.
    ///
    /// # Errors
    /// [`FailureCode::Locked`]; `StoreUnavailable`.
    pub fn said_of_whom(&self) -> Result<Whom, Failure> {
        self.refuse_locked()?;
        Ok(self.before()?.map(|before| before.details.whom).unwrap_or_default())
    }

    /// Of a new cry that says nothing more yet: what was said before it in the same need, a day ago at most. What was ended
    /// is said no more.
    fn said_last(&self, now: Before) -> Result<Details, Failure> {
        if self.with_facts(|facts| facts.latest_details.as_ref().is_some_and(tells_more))? {
            return Ok(now.details);
        }
        let last = self.store.last_told(now.said.id)?;
        let is_closed = |said: &CheckIn| self.with_facts(|facts| facts.is_closed(said));
        let last = match last.filter(|(said, _)| now.said.at.duration_since(said.at) < A_DAY) {
            Some((said, _)) if is_closed(&said)? => None,
            last => last,
        };
        let Some((said, private)) = last else { return Ok(now.details) };
        let whom = match now.details.whom {
            Whom::All => Whom::of(&said, now.all, Some(&private), &BTreeSet::new()),
            whom @ (Whom::Me | Whom::Some { .. } | Whom::Named { .. } | Whom::One { .. }) => whom,
        };
        Ok(Details::read(private, whom))
    }

    /// Those who are named; whoever speaks is, where they are on the list themselves.
    fn named(&self, whom: &Whom, trip: Option<TripId>) -> Result<BTreeSet<u16>, StoreError> {
        if *whom != Whom::Me {
            return Ok(whom.named());
        }
        let party: Option<Party> = trip.map(|trip| self.store.party(trip)).transpose()?.flatten();
        Ok(party.and_then(|party| party.leads).into_iter().collect())
    }

    /// Asks for help for those whom it is said of, and says nothing of the others.
    ///
    /// # Errors
    /// `NoPeople` or `TooManyPeople`, at its field; `DiskFull` or `StoreUnavailable`.
    pub fn cry_for(&self, whom: &Whom) -> Result<(), Failure> {
        let (word, _) = self.word(CheckInStatus::NeedHelp, false)?;
        let all = self.with_facts(|facts| standing::party_of(facts, &word))?;
        let people = whom.people(CheckInStatus::NeedHelp, all, all, &BTreeSet::new())?;
        let named = self.named(whom, word.trip)?;
        let by = if *whom == Whom::Me { GivenBy::Traveller } else { said_by(all) };
        let private = Some(self.of_whom_alone(by, &named)?).filter(|_| *whom == Whom::Me || !named.is_empty());
        let word = CheckIn { people, ..word };
        self.keep_word(&word, private)?;
        if let Some(trip) = word.trip {
            self.note_in_need(trip, &named, &BTreeSet::new())?;
        }
        self.changed();
        Ok(())
    }

    /// Asks for help for somebody on a trip, by name, beside whoever stands in need there; once. False where there is no such
    /// trip.
    pub(crate) fn cry_for_one(&self, trip: TripId, person: u16) -> Result<bool, Failure> {
        let (mut named, stand, people) = self.with_facts(|facts| {
            let people = facts.cry_of(Some(trip)).map(|stands| stands.people.clone());
            (standing::named_in_need(facts, trip), standing::in_need(facts, trip), people)
        })?;
        if !named.insert(person) {
            return Ok(true);
        }
        let in_need = stand.max(u16::try_from(named.len()).unwrap_or(stand));
        let stood = people.is_some();
        let people = party::with_in_need(people.unwrap_or_default(), in_need);
        let found = self.with_facts(|facts| {
            let word = self.word_on_trip(facts, trip, people)?;
            let place = place_on(facts, trip);
            Some((word, carried(facts, place.clone()).filter(|_| stood), place))
        })?;
        let Some((word, carried, place)) = found else { return Ok(false) };
        let alone = PrivateCheckIn { place, ..self.of_whom_alone(GivenBy::Proxy, &named)? };
        let private = PrivateCheckIn { by: GivenBy::Proxy, ..carried.unwrap_or(alone) };
        let party: Option<Party> = self.store.party(trip)?;
        let who = if named.len() == usize::from(in_need) { named.iter().copied().collect() } else { Vec::new() };
        self.keep_word(&word, Some(needs_of_each::of_those(private, who, party.as_ref())))?;
        self.note_in_need(trip, &named, &BTreeSet::new())?;
        self.changed();
        Ok(true)
    }

    /// Keeps a word, with what goes with it.
    pub(crate) fn keep_word(&self, word: &CheckIn, carried: Option<PrivateCheckIn>) -> Result<(), Failure> {
        let carried = self.written_to(word, carried)?;
        Ok(self.store.save_check_in(word, carried.as_ref())?)
    }

    /// Whoever does not hear or speak is written to, whatever they said: that goes with each word.
    pub(crate) fn written_to(
        &self,
        word: &CheckIn,
        carried: Option<PrivateCheckIn>,
    ) -> Result<Option<PrivateCheckIn>, Failure> {
        if !self.writes()? {
            return Ok(carried);
        }
        let private = carried.map_or_else(|| self.of_whom_by_roll(word), Ok)?;
        Ok(Some(PrivateCheckIn { write_only: true, ..private }))
    }

    /// Whoever turns to writing while a word stands that somebody may call them back about says so with that word too.
    pub(crate) fn write_from_now_on(&self) -> Result<(), Failure> {
        let Some((said, _)) = self.with_facts(to_add_to)? else { return Ok(()) };
        let before = self.store.check_in_details(said.id)?;
        let is_said = before.as_ref().is_some_and(|before| before.write_only);
        // what cannot be read now is left as it is
        if is_said || self.store.are_details_away(said.id)? {
            return Ok(());
        }
        if let Some(private) = self.written_to(&said, before)? {
            self.store.add_details(&said, &private)?;
        }
        Ok(())
    }

    /// What goes with a word that says by the roll how many are how, from that place: what was said of those in need, or who
    /// they are. Nothing where nobody is.
    pub(crate) fn with_roll(
        &self,
        word: &CheckIn,
        place: Option<SaidPlace>,
    ) -> Result<Option<PrivateCheckIn>, Failure> {
        if !word.status().asks_for_help() {
            return Ok(None);
        }
        let (party, cries) = self.cries_by_roll(word)?;
        match self.with_facts(|facts| again_by_roll(facts, word, (party.as_ref(), &cries), place.clone()))? {
            Some(private) => Ok(Some(private)),
            None => Ok(Some(PrivateCheckIn { place, by: GivenBy::Proxy, ..self.of_whom_by_roll(word)? })),
        }
    }

    /// Those whom the roll has in need, where they are as many as a word says.
    pub(crate) fn of_whom_by_roll(&self, word: &CheckIn) -> Result<PrivateCheckIn, Failure> {
        let by = said_by(self.with_facts(|facts| standing::party_of(facts, word))?);
        let (_, cries) = self.cries_by_roll(word)?;
        let are_as_many = cries.len() == usize::from(party::in_need(&word.people));
        self.of_whom_alone(by, &if are_as_many { cries } else { BTreeSet::new() })
    }

    /// The list of a word's trip, and whom its roll has in need, by number: who counts as one is one.
    fn cries_by_roll(&self, word: &CheckIn) -> Result<(Option<Party>, BTreeSet<u16>), Failure> {
        let Some(trip) = word.trip else { return Ok((None, BTreeSet::new())) };
        let (party, cries) = (self.store.party::<Party>(trip)?, party::cries(&self.store.roll(trip)?));
        let cries = match &party {
            Some(party) => party::each_as_one(party, &cries),
            None => cries,
        };
        Ok((party, cries))
    }

    fn writes(&self) -> Result<bool, StoreError> {
        self.with_facts(|facts| facts.prefers_text)
    }

    /// What is sealed with a cry that says of whom it is, and nothing more yet.
    fn of_whom_alone(&self, by: GivenBy, named: &BTreeSet<u16>) -> Result<PrivateCheckIn, Failure> {
        let who = (!named.is_empty()).then(|| (CheckInStatus::NeedHelp, named.iter().copied().collect()));
        Ok(PrivateCheckIn {
            consent: self.agreed(REGISTERING)?.unwrap_or_else(|| self.nothing_shown()),
            by,
            intent: None,
            words: String::new(),
            medicine_days: None,
            needs: Vec::new(),
            write_only: false,
            contact: SafeContact::default(),
            who: who.into_iter().collect(),
            of_each: Vec::new(),
            place: self.with_facts(|facts| place(facts, ""))?,
            language: Some(self.lang().into()),
        })
    }

    /// What was said with the latest word, or where that says no more yet with the one before, under what was `typed` since, the oldest first; nothing while the trips are locked.
    ///
    /// # Errors
    /// [`FailureCode::StoreUnavailable`].
    pub fn said_before(&self, typed: Vec<BeingSaid>) -> Result<Details, Failure> {
        if self.is_locked()? {
            return Ok(Details::default());
        }
        let before = match self.before()? {
            Some(before) => self.said_last(before)?,
            None => Details::default(),
        };
        let over = |before, typed: BeingSaid| if typed.unseen { typed.details.over(before) } else { typed.details };
        Ok(typed.into_iter().fold(before, over))
    }

    /// Says more with the latest word that asks for help, or says "stranded": it goes again, with that sealed. It stands
    /// for what was said before, which the traveller had before them; while the trips are locked it is added to that.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where the latest word says neither; `NoPeople` or `TooManyPeople`, `TextTooLong`, at
    /// its field; `DiskFull` or `StoreUnavailable`.
    pub fn say_more(&self, details: &Details) -> Result<(), Failure> {
        let found = self.before()?.ok_or(Failure::new(FailureCode::NotFound))?;
        if let Whom::One { number } = details.whom {
            return self.say_more_of(number, &found, details);
        }
        let Before { said, all, known, cries, details: before } = found;
        let named_before = self.named(&before.whom, said.trip)?;
        let details = if self.is_locked()? { details.clone().added_to(before) } else { details.clone() };
        let place = self.with_facts(|facts| place(facts, &details.place))?;
        let words = tidied(&details.words);
        no_longer_than(MAX_TEXT, &words, "/words")?;
        let told = told_of(&details);
        let mut needs = details.needs;
        let needs_more = needs.iter().any(|need| *need != Need::Stranded);
        // whoever cannot leave asks for nothing; whoever needs more than that does, and says so in words too
        let asks = needs_more || !words.is_empty();
        let status = if asks { CheckInStatus::NeedHelp } else { said.status() };
        let mut people = details.whom.people(status, all, known, &cries)?;
        let spoken_of: u16 = people.values().sum();
        let unspoken_of = known.saturating_sub(spoken_of);
        if said.people.contains_key(&CheckInStatus::Stranded) && status.asks_for_help() && unspoken_of > 0 {
            people.insert(CheckInStatus::Stranded, unspoken_of);
        }
        let who = match &details.whom {
            Whom::Named { numbers, .. } => BTreeMap::from([(status, numbers.clone())]),
            Whom::All | Whom::Me | Whom::Some { .. } | Whom::One { .. } => BTreeMap::new(),
        };
        let (named, is_of_all) = (self.named(&details.whom, said.trip)?, details.whom == Whom::All);
        if asks && said.status() == CheckInStatus::Stranded {
            // they still cannot leave
            needs.push(Need::Stranded);
            if !needs_more {
                // an SMS has no room for words: that there is more goes with it
                needs.push(Need::Other);
            }
        }
        let needs = each_once(needs);
        let is_quiet = needs.iter().any(|need| need.is_quiet());
        let medicine_days = details.medicine_days.filter(|_| needs.contains(&Need::Medical));
        let of_one = |number: &u16| NeedsOfOne {
            number: *number,
            needs: needs.clone(),
            medicine_days,
            words: words.clone(),
            told: told.clone(),
        };
        let of_each = named.iter().filter(|_| status.asks_for_help()).map(of_one).collect();
        let private = PrivateCheckIn {
            consent: self.agreed(REGISTERING)?.unwrap_or_else(|| self.nothing_shown()),
            by: if details.whom == Whom::Me { GivenBy::Traveller } else { said_by(all) },
            intent: details.intent,
            words,
            medicine_days,
            needs,
            write_only: details.write_only || details.contact.may_call == Some(false) || self.writes()?,
            // asked of nobody else, and kept with the person
            contact: if is_quiet { details.contact } else { SafeContact::default() },
            who,
            of_each,
            place,
            language: Some(self.lang().into()),
        };
        // the cry is of now, and "stranded" of before
        let is_anew = status.asks_for_help() && !said.status().asks_for_help();
        self.keep_more(&said, is_anew, &people, &private)?;
        if let Some(trip) = said.trip.filter(|_| status.asks_for_help() && !is_of_all) {
            self.note_in_need(trip, &named, &named_before)?;
        }
        self.changed();
        Ok(())
    }

    /// The same of one of those in need, by name: what the others need stands.
    fn say_more_of(&self, number: u16, found: &Before, details: &Details) -> Result<(), Failure> {
        self.refuse_locked()?;
        let said = &found.said;
        let trip = said.trip.filter(|_| said.status().asks_for_help()).ok_or(Failure::new(FailureCode::NotFound))?;
        let mut named = self.with_facts(|facts| standing::named_in_need(facts, trip))?;
        named.insert(number);
        let words = tidied(&details.words);
        no_longer_than(MAX_TEXT, &words, "/words")?;
        let needs = each_once(details.needs.clone());
        let one = NeedsOfOne {
            number,
            medicine_days: details.medicine_days.filter(|_| needs.contains(&Need::Medical)),
            needs,
            words,
            told: told_of(details),
        };
        let told = self.store.check_in_details(said.id)?;
        let mut private = told.map_or_else(|| self.of_whom_alone(GivenBy::Proxy, &named), Ok)?;
        needs_of_each::note(&mut private, one);
        let party: Option<Party> = self.store.party(trip)?;
        let private = needs_of_each::of_those(private, named.iter().copied().collect(), party.as_ref());
        let is_quiet = private.needs.iter().any(|need| need.is_quiet());
        let private = PrivateCheckIn {
            intent: details.intent,
            write_only: details.write_only || details.contact.may_call == Some(false) || self.writes()?,
            contact: if is_quiet { details.contact.clone() } else { SafeContact::default() },
            place: self.with_facts(|facts| place(facts, &details.place))?,
            language: Some(self.lang().into()),
            ..private
        };
        let in_need = party::in_need(&said.people).max(u16::try_from(named.len()).unwrap_or(u16::MAX));
        let people = party::with_in_need(said.people.clone(), in_need);
        self.keep_more(said, false, &people, &private)?;
        self.note_in_need(trip, &named, &BTreeSet::new())?;
        self.changed();
        Ok(())
    }

    /// Keeps what was said more with a word, with one of its own where it says so anew.
    fn keep_more(
        &self,
        said: &CheckIn,
        is_anew: bool,
        people: &PeopleByStatus,
        private: &PrivateCheckIn,
    ) -> Result<(), Failure> {
        if let Err(field) = private.check() {
            return Err(Failure::at(FailureCode::TextTooLong, field.pointer));
        }
        let mut id = said.id;
        // what cannot be read now is left as it is
        if is_anew || self.store.are_details_away(id)? {
            id = self.with_rng(CheckInId::random);
            self.store.save_check_in(&CheckIn { id, at: self.now(), ..said.clone() }, Some(private))?;
        }
        let is_kept = self.store.save_details(id, people, private)?;
        is_kept.then_some(()).ok_or(Failure::new(FailureCode::NotFound))
    }
}

/// What is read of it beside the others'.
fn told_of(details: &Details) -> String {
    tidied(&details.told).chars().take(MAX_TEXT).collect()
}

/// A word for more than one is a proxy's for the others.
fn said_by(people: u16) -> GivenBy {
    if people > 1 { GivenBy::Proxy } else { GivenBy::Traveller }
}

/// Where they say that they are, or where the app has them.
pub(crate) fn place(facts: &Facts, typed: &str) -> Option<SaidPlace> {
    let words = tidied(typed);
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
        HereSource::Left => return facts.is_out().then(|| left_from(facts, &here.leg)),
        HereSource::Home => return None,
    };
    Some(said_place(facts, &here.leg, source))
}

/// Where nobody is to look for them any more.
pub(crate) fn left_from(facts: &Facts, leg: &PlannedLeg) -> SaidPlace {
    let left = facts.lang.of(["Кеткен жері: {}", "Уже выехали отсюда: {}", "Left from here: {}"]);
    let airport = leg.airport.map(|code| format!(" ({code})")).unwrap_or_default();
    let place = format!("{}{airport}", leg.place.shown(&facts.preference()));
    let words = left.replace("{}", &place);
    SaidPlace { words, position: None, source: PlaceSource::Itinerary, accuracy_m: None, at: facts.now }
}

/// Where those on a trip are: where whoever speaks for them is, where that is in the country of theirs now, else by the trip.
pub(crate) fn place_on(facts: &Facts, trip: TripId) -> Option<SaidPlace> {
    let leg = facts.leg_on(trip)?;
    let with_them = facts.here.as_ref().filter(|here| here.trip == Some(trip) && here.leg.country == leg.country);
    with_them.and_then(|_| place(facts, "")).or_else(|| Some(said_place(facts, leg, PlaceSource::Itinerary)))
}

fn said_place(facts: &Facts, leg: &PlannedLeg, source: PlaceSource) -> SaidPlace {
    let words = leg.place.shown(&facts.preference()).to_owned();
    SaidPlace { words, position: leg.position, source, accuracy_m: None, at: leg.from }
}
