//! What the traveller does. Each is durable when it returns, and told to the ministry when there is a network.

#![deny(missing_docs)]

use contract::{
    ids::{CallId, CheckInId, EntryId, TripId},
    record::{CallOutcome, CheckInStatus, Intent, PeopleByStatus, PrivateCheckIn},
    words::Lang,
};

use crate::{
    advisories, call_bar,
    companion::Companion,
    consents::TextShown,
    error::{Failure, FailureCode},
    notices,
    party::{self, Party},
    places, saying_more,
    session::Session,
    store::{self, CallWay, Form, MadeByWord, PlanChange, PlanChanged, Setting, SplitTrip, StoreError, Typed},
    trips::{self, Overlap, PlannedTrip, Split, TripDraft},
    whereabouts::{self, Choice, ChosenPlace, WasIn},
};

/// Far more than a person types or pastes into one form.
const MAX_FORM: usize = 2 * 1024 * 1024;

/// What a word makes of the plan.
fn changed_by(status: CheckInStatus) -> PlanChanged {
    if status == CheckInStatus::Left { PlanChanged::Left } else { PlanChanged::CutOff }
}

impl Session {
    /// Says by hand where the traveller is; `None` takes the choice back.
    ///
    /// # Errors
    /// [`FailureCode::UnknownCountry`], `UnknownCity` or `UnknownAirport`, by the atlas; `DiskFull` or `StoreUnavailable`.
    pub fn choose_place(&self, place: Option<ChosenPlace>) -> Result<(), Failure> {
        match place {
            Some(place) => {
                let at = self.now();
                whereabouts::leg_of(&place, at)?;
                let trip = self.with_facts(|facts| facts.trip_now().map(|(id, _)| id))?;
                let choice = serde_json::to_string(&Choice { place, at, trip }).map_err(StoreError::from)?;
                self.store.set(Setting::Choice, &choice)?;
                self.ask_from_there()?;
            }
            None => self.store.unset(Setting::Choice)?,
        }
        self.notify_due();
        self.changed();
        Ok(())
    }

    /// Whoever asks for help and says where they are is looked for there: it goes with their request.
    fn ask_from_there(&self) -> Result<(), Failure> {
        let found = self.with_facts(|facts| {
            let is_own = |cry: &&store::CheckIn| {
                let trip = cry.trip.and_then(|id| facts.trip(id));
                cry.status().asks_for_help() && trip.is_none_or(|trip| !trip.draft.of_others) && !facts.is_closed(cry)
            };
            let cry = facts.latest_check_in.as_ref().filter(is_own)?;
            let leg = facts.leg()?;
            let there = store::CheckIn { country: Some(leg.country), airport: leg.airport, ..cry.clone() };
            Some((there, saying_more::place(facts, "")))
        })?;
        let Some((word, place)) = found else { return Ok(()) };
        // what cannot be read now is left as it is
        if self.store.are_details_away(word.id)? {
            return Ok(());
        }
        let told = self.store.check_in_details(word.id)?;
        let private = told.map_or_else(|| self.of_whom_by_roll(&word), Ok)?;
        Ok(self.store.add_details(&word, &PrivateCheckIn { place, ..private })?)
    }

    /// Whether the traveller does not hear or speak.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn set_prefers_text(&self, prefers: bool) -> Result<(), Failure> {
        self.store.turn(Setting::PrefersText, prefers)?;
        self.write_from_now_on()?;
        self.changed();
        Ok(())
    }

    /// Who this app is of was read and put away.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn put_welcome_away(&self) -> Result<(), Failure> {
        self.store.turn(Setting::Welcomed, true)?;
        self.changed();
        Ok(())
    }

    /// Whether notifications say neither what nor where.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn set_discreet(&self, discreet: bool) -> Result<(), Failure> {
        self.store.turn(Setting::Discreet, discreet)?;
        self.changed();
        Ok(())
    }

    /// The language in which the family is told, from now on.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn set_family_language(&self, lang: Lang) -> Result<(), Failure> {
        Ok(self.store.set(Setting::FamilyLanguage, lang.tag())?)
    }

    /// As [`Session::enter_trip`], where no text was shown.
    ///
    /// # Errors
    /// The same.
    pub fn save_trip(&self, id: Option<TripId>, draft: &TripDraft) -> Result<TripId, Failure> {
        self.enter_trip(id, draft, &[])
    }

    /// Checks and keeps a trip, new where `id` is absent, and that the traveller agreed to what was shown. Durable when
    /// this returns; where the trip is refused nothing was agreed to.
    ///
    /// # Errors
    /// The first field that the atlas or the calendar refuses, by its pointer, or the first leg during which they are on
    /// another trip; `Locked`; `DiskFull` or `StoreUnavailable`.
    pub fn enter_trip(&self, id: Option<TripId>, draft: &TripDraft, shown: &[TextShown]) -> Result<TripId, Failure> {
        self.refuse_locked()?;
        let planned = self.planned_free(id, draft)?;
        let form = id;
        let id = id.unwrap_or_else(|| self.with_rng(TripId::random));
        let agreed = self.agreeing(shown);
        let under = self.under(&planned.draft, &agreed)?;
        self.store.save_trip_of(id, &planned.draft, Some(&under), form, &agreed.settings()?)?;
        self.notify_due();
        self.changed();
        Ok(id)
    }

    /// A plan that holds, at a time at which the traveller is on no other trip but by what was kept already.
    fn planned_free(&self, id: Option<TripId>, draft: &TripDraft) -> Result<PlannedTrip, Failure> {
        let planned = trips::schedule(draft, self.profile.home_country)?;
        let is_known =
            self.with_facts(|facts| id.and_then(|id| facts.trip(id)).is_some_and(|kept| planned.is_when(kept)))?;
        if !is_known && let Some(overlap) = self.overlap_of(id, &planned)? {
            return Err(overlap.failure());
        }
        if !is_known && self.is_entered_already(id, &planned)? {
            return Err(Failure::at(FailureCode::EnteredAlready, "/legs/0/from"));
        }
        Ok(planned)
    }

    fn is_entered_already(&self, id: Option<TripId>, planned: &PlannedTrip) -> Result<bool, StoreError> {
        self.with_facts(|facts| {
            let mut others = facts.trips.iter().filter(|(other, _)| Some(*other) != id);
            others.any(|(_, kept)| planned.is_of_the_same_others(kept))
        })
    }

    /// On which other trip, and on which days, the traveller would be at the time of this one; `id` is its own.
    ///
    /// # Errors
    /// As [`Session::save_trip`] of a draft that does not hold; `Locked` or `StoreUnavailable`.
    pub fn trip_overlap(&self, id: Option<TripId>, draft: &TripDraft) -> Result<Option<Overlap>, Failure> {
        self.refuse_locked()?;
        self.overlap_of(id, &trips::schedule(draft, self.profile.home_country)?)
    }

    fn overlap_of(&self, id: Option<TripId>, planned: &PlannedTrip) -> Result<Option<Overlap>, Failure> {
        Ok(self.with_facts(|facts| {
            let others = facts.trips.iter().filter(|(other, _)| Some(*other) != id);
            trips::overlap(planned, others.map(|(id, trip)| (*id, trip)), facts.now)
        })?)
    }

    /// Keeps what was typed so far on a sheet of a form; `None` throws it away. What can be typed behind the PIN is kept there
    /// too.
    ///
    /// # Errors
    /// [`FailureCode::TextTooLong`] beyond 2 MiB; `Locked`; `DiskFull` or `StoreUnavailable`.
    pub fn keep_form(&self, form: impl Into<Form>, sheet: u32, content: Option<&str>) -> Result<(), Failure> {
        let form = form.into();
        if !form.is_open_to_all() {
            self.refuse_locked()?;
        }
        match content {
            Some(content) if content.len() > MAX_FORM => return Err(Failure::new(FailureCode::TextTooLong)),
            Some(content) => self.store.keep_form(form, sheet, content)?,
            None => self.store.forget_form(form, sheet)?,
        }
        Ok(())
    }

    /// What was typed into a form and not kept as what it is of. Behind the PIN nobody reads it, and what is typed there
    /// stands on a sheet of its own.
    ///
    /// # Errors
    /// [`FailureCode::Locked`] of a trip; `StoreUnavailable`.
    pub fn kept_form(&self, form: impl Into<Form>) -> Result<Typed, Failure> {
        let form = form.into();
        let unseen = form.is_open_to_all() && self.is_locked()?;
        if !unseen {
            self.refuse_locked()?;
        }
        let typed = self.store.form(form)?;
        Ok(if unseen { Typed { texts: Vec::new(), ..typed } } else { Typed { sheet: 0, ..typed } })
    }

    /// What the next trip begins with: who travels and how they are reached, as on the one before. Whoever is away begins it
    /// where they are, everybody else at home.
    ///
    /// # Errors
    /// [`FailureCode::Locked`] or `StoreUnavailable`.
    pub fn next_trip(&self) -> Result<TripDraft, Failure> {
        self.refuse_locked()?;
        let origin = self.with_facts(|facts| match facts.leg() {
            Some(leg) => places::airport_of(leg),
            None => facts.home_airport.as_ref().map(|airport| airport.code),
        })?;
        Ok(TripDraft { origin: origin.map(|code| code.to_string()), ..self.like_the_last()? })
    }

    fn like_the_last(&self) -> Result<TripDraft, Failure> {
        let before = self.store.newest_trip(|draft: &TripDraft| !draft.of_others)?;
        // of this trip they do not know yet
        let before = before.unwrap_or_else(TripDraft::of_one);
        Ok(TripDraft { origin: None, legs: Vec::new(), others_told: None, ..before })
    }

    /// The traveller cannot go on by the plan of a trip: where they are has no end any more, and they are stranded.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where no such trip is under way; `DiskFull` or `StoreUnavailable`.
    pub fn cut_off(&self, id: TripId) -> Result<(), Failure> {
        let draft = self.with_facts(|facts| trips::cut_off(facts.trip(id)?, facts.leg(), facts.now))?;
        let draft = draft.ok_or(Failure::new(FailureCode::NotFound))?;
        self.say_with_plan(id, &draft, CheckInStatus::Stranded, None, &[])
    }

    /// The last stay of a trip has so many nights more; what comes after it moves along.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where it has no stay that can last longer; otherwise as [`Session::save_trip`].
    pub fn stay_longer(&self, id: TripId, nights: u8) -> Result<(), Failure> {
        self.refuse_locked()?;
        let draft = self.with_facts(|facts| trips::longer(facts.trip(id)?, nights, facts.now))?;
        let planned = self.planned_free(Some(id), &draft.ok_or(Failure::new(FailureCode::NotFound))?)?;
        self.change_plan((id, &planned.draft), PlanChanged::Longer, None, None, &[])
    }

    /// A plan that changes by one press, the word that changes it and what was agreed to by saying it are kept together, and
    /// the form that it was typed into is forgotten. Whoever is cut off again is so from the first time on.
    fn change_plan(
        &self,
        (id, draft): (TripId, &TripDraft),
        how: PlanChanged,
        word: Option<(&store::CheckIn, Option<&PrivateCheckIn>)>,
        typed_into: Option<Form>,
        shown: &[TextShown],
    ) -> Result<(), Failure> {
        let agreed = self.agreeing(shown);
        let under = self.under(draft, &agreed)?;
        let (begun, before) =
            self.with_facts(|facts| (facts.plan_changed(id).cloned(), facts.trip(id).map(|trip| trip.draft.clone())))?;
        let begun = begun.filter(|begun| begun.how == PlanChanged::CutOff && how == begun.how);
        let is_new_trip = before.is_none();
        let begins = PlanChange { trip: id, how, words: Vec::new(), at: self.now(), is_new_trip, drops_rest: false };
        let mut change = begun.unwrap_or(begins);
        change.drops_rest |= before.is_some_and(|before| trips::drops_rest(&before, draft));
        change.words.extend(word.map(|(word, _)| word.id));
        self.store.change_plan(&change, draft, word, typed_into, &under, &agreed.settings()?)?;
        self.notify_due();
        self.changed();
        Ok(())
    }

    /// A trip is as it was before its plan was changed by one press, and the word that changed it is taken back, but for a
    /// cry and for what was said with it: for a day, until the trip is changed otherwise.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where that cannot be any more; `NamesAway`; `Locked`; `DiskFull` or `StoreUnavailable`.
    pub fn undo_change(&self, id: TripId) -> Result<(), Failure> {
        self.refuse_locked()?;
        self.refuse_away(id)?;
        let (can, in_need) = self.with_facts(|facts| {
            let said = facts.latest_check_in.as_ref().filter(|said| facts.is_out() && facts.is_of_plan(said));
            let in_need =
                said.filter(|said| said.trip == Some(id)).map(|said| (said.clone(), facts.chose_since(said.at)));
            (facts.plan_changed(id).is_some(), in_need)
        })?;
        // the request stands, as it was said before they left
        if let Some((said, chose)) = in_need {
            return self.take_back(&said, true, chose);
        }
        if !can || !self.store.undo_change::<TripDraft>(id)? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        self.notify_due();
        self.changed();
        Ok(())
    }

    /// Some of a party go another way: they have a trip and a list of their own from now on, the same until it is changed.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`]; `NoPeople`, `NobodyStays`, `TickMore` or `TickFewer`, at its field; `NamesAway`; `Locked`;
    /// `DiskFull` or `StoreUnavailable`.
    pub fn split(&self, id: TripId, who: &Split) -> Result<TripId, Failure> {
        let whole = self.trip_draft(id)?;
        self.refuse_away(id)?;
        let (stay, go) = trips::split(&whole, who)?;
        let party: Option<Party> = self.store.party(id)?;
        let travel = u32::from(whole.adults) + u32::from(whole.children);
        let goes = u32::from(who.adults) + u32::from(who.children);
        let parties = party.as_ref().map(|party| party.split(&who.numbers, goes, travel)).transpose()?;
        let (staying, going) = parties.unzip();
        let other = self.with_rng(TripId::random);
        // both under what the one was entered under
        let under = self.store.under(id)?;
        let stay = SplitTrip { id, draft: &stay, party: staying.as_ref() };
        let listed = going.as_ref().filter(|party| !party.people.is_empty());
        let go = SplitTrip { id: other, draft: &go, party: listed };
        self.store.split_trip((&whole, party.as_ref()), &stay, &go, &who.numbers, under.as_ref())?;
        self.changed();
        Ok(other)
    }

    /// The two are one again, as they were: of either trip of the last split, until one of them was changed.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where that cannot be any more; `NamesAway`; `Locked`; `DiskFull` or `StoreUnavailable`.
    pub fn undo_split(&self, id: TripId) -> Result<(), Failure> {
        self.refuse_locked()?;
        self.refuse_away(id)?;
        if !self.store.undo_split::<TripDraft, Party>(id)? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        self.notify_due();
        self.changed();
        Ok(())
    }

    /// So many are stuck in an airport, on a trip or with none: there without an end, and stranded. As many as are on
    /// the trip, or were on the last one, where nobody says how many; rung back at the phone of the trip where nobody
    /// says another. `shown` is agreed to.
    ///
    /// # Errors
    /// [`FailureCode::UnknownAirport`], `PhoneInvalid`, `NoPeople` or `TooManyPeople`; `DiskFull` or
    /// `StoreUnavailable`.
    pub fn stuck_at(
        &self,
        airport: &str,
        airside: bool,
        people: Option<u16>,
        phone: Option<&str>,
        shown: &[TextShown],
    ) -> Result<TripId, Failure> {
        let unknown = || Failure::new(FailureCode::UnknownAirport);
        let airport = airport.parse().ok().and_then(atlas::airport).ok_or_else(unknown)?;
        let phone = phone.map(|phone| trips::phone(phone, self.profile.home_country, "/phone")).transpose()?;
        let before = self.like_the_last()?;
        let (id, draft) = self.with_facts(|facts| {
            let (id, trip) = facts.trip_now().unzip();
            (id, trips::stuck(trip, before, &airport, airside, facts.now))
        })?;
        let draft = match people {
            Some(people) => draft.with_people(people),
            None => draft,
        };
        let draft = match phone {
            Some(phone) => TripDraft { phone, ..draft },
            None => draft,
        };
        let id = id.unwrap_or_else(|| self.with_rng(TripId::random));
        self.say_with_plan(id, &draft, CheckInStatus::Stranded, Some(Form::Stuck), shown)?;
        Ok(id)
    }

    /// A word that changes the plan; where a cry for help stands, the plan alone.
    fn say_with_plan(
        &self,
        id: TripId,
        draft: &TripDraft,
        status: CheckInStatus,
        typed_into: Option<Form>,
        shown: &[TextShown],
    ) -> Result<(), Failure> {
        // no change of a plan takes a cry for help back: it stays as it was said
        if self.with_facts(|facts| facts.cry().is_some())? {
            let planned = trips::schedule_kept(draft.clone())?;
            return self.change_plan((id, &planned.draft), changed_by(status), None, typed_into, shown);
        }
        self.say_and_plan((id, draft), status, typed_into, shown, false)
    }

    /// A word, and the plan that it changes.
    fn say_and_plan(
        &self,
        (id, draft): (TripId, &TripDraft),
        status: CheckInStatus,
        typed_into: Option<Form>,
        shown: &[TextShown],
        is_over: bool,
    ) -> Result<(), Failure> {
        let planned = trips::schedule_kept(draft.clone())?;
        self.note_of_all(id, status, is_over)?;
        let leg = planned.legs.last();
        let check_in = store::CheckIn {
            id: self.with_rng(CheckInId::random),
            trip: Some(id),
            people: self.said_of_all(Some(id), status, planned.people, is_over)?,
            country: leg.map(|leg| leg.country),
            airport: leg.and_then(|leg| leg.airport),
            at: self.now(),
        };
        let carried = self.carried(&check_in)?;
        let word = Some((&check_in, carried.as_ref()));
        self.change_plan((id, &planned.draft), changed_by(status), word, typed_into, shown)
    }

    /// A trip as its form holds it.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`], `Locked` or `StoreUnavailable`.
    pub fn trip_draft(&self, id: TripId) -> Result<TripDraft, Failure> {
        self.refuse_locked()?;
        let kept = self.store.trip(id)?.and_then(|(_, draft)| draft);
        kept.ok_or(Failure::new(FailureCode::NotFound))
    }

    /// Forgets a trip here, and has the ministry forget it. A request for help that stands of it is taken back.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`], `Locked`, `DiskFull` or `StoreUnavailable`.
    pub fn delete_trip(&self, id: TripId) -> Result<(), Failure> {
        self.refuse_locked()?;
        // who is stuck is so on the trip under way
        let (is_now, was_in) = self.with_facts(|facts| {
            let is_now = facts.trip_now().is_some_and(|(now, _)| now == id);
            // whoever left it is asked where they are with it and without it
            let was_in = facts.here.as_ref().filter(|_| is_now || facts.has_left()).map(|here| WasIn {
                country: here.leg.country,
                at: if facts.has_left() { here.leg.from } else { facts.now },
                place: Some(here.place.clone()),
                trip: None,
            });
            (is_now, was_in.filter(|was| was.country != self.profile.home_country))
        })?;
        if !self.store.delete_trip::<TripDraft>(id, is_now.then_some(Form::Stuck))? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        if let Some(was_in) = was_in {
            self.store.set(Setting::WasIn, &serde_json::to_string(&was_in).map_err(StoreError::from)?)?;
        }
        self.changed();
        Ok(())
    }

    /// Tells the ministry how the party is, and where by the plan: the traveller acts, so the place may leave. Who has left
    /// is no longer where the plan had no end.
    ///
    /// # Errors
    /// [`FailureCode::NobodyWell`] while the trips are locked, where only those in need were seen at the roll; `DiskFull` or
    /// `StoreUnavailable`.
    pub fn check_in(&self, status: CheckInStatus) -> Result<(), Failure> {
        match self.plan_of_who_left(status)? {
            Some((id, draft)) => self.say_with_plan(id, &draft, status, None, &[]),
            None => self.say(status, false),
        }
    }

    /// The same of somebody who was asked and says that no help is needed any more: whoever was said to be in need is as is
    /// said now, but for who said it in their own word. While the trips are locked that is whoever says so alone.
    ///
    /// # Errors
    /// The same.
    pub fn need_is_over(&self, status: CheckInStatus) -> Result<(), Failure> {
        // who does not see of whom it was said takes nothing of theirs back
        let is_over = !self.is_locked()?;
        match self.plan_of_who_left(status)? {
            Some((id, draft)) => self.say_and_plan((id, &draft), status, None, &[], is_over),
            None => self.say(status, is_over),
        }
    }

    /// They left, and help is needed still: the request stands as it was said, the plan has them there no more, and whoever
    /// acts on it reads from where they left.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where no help is asked for; `DiskFull` or `StoreUnavailable`.
    pub fn left_in_need(&self) -> Result<(), Failure> {
        let id = self.with_rng(CheckInId::random);
        let found = self.with_facts(|facts| {
            let stands = facts.latest_check_in.clone().filter(|said| said.status().asks_for_help())?;
            let country = facts.leg().map(|leg| leg.country);
            let word = store::CheckIn { id, country, airport: None, at: facts.now, ..stands };
            let trip = facts.trip_now().filter(|(trip, _)| Some(*trip) == word.trip);
            let plan = trip.and_then(|(trip, planned)| Some((trip, trips::gone(planned, facts.now)?)));
            let place = facts.leg().map(|leg| saying_more::left_from(facts, leg));
            Some((word, facts.latest_details.clone(), place, plan))
        })?;
        let (word, said, place, plan) = found.ok_or(Failure::new(FailureCode::NotFound))?;
        let said = said.map_or_else(|| self.of_whom_by_roll(&word), Ok)?;
        let sealed = PrivateCheckIn { intent: Some(Intent::Out), place, ..said };
        let Some((trip, draft)) = plan else {
            self.keep_word(&word, Some(sealed))?;
            self.changed();
            return Ok(());
        };
        let sealed = self.written_to(&word, Some(sealed))?;
        self.change_plan((trip, &draft), PlanChanged::Left, Some((&word, sealed.as_ref())), None, &[])
    }

    /// A word that all is well was a slip of the thumb: it is taken back with what it made of plan and roll, and what was
    /// said before stands; a cry is said again, whole.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where nothing of the kind was said just now; `DiskFull` or `StoreUnavailable`.
    pub fn undo_word(&self) -> Result<(), Failure> {
        let found = self.with_facts(|facts| {
            let said = facts.said_just_now()?;
            Some((said.clone(), facts.is_of_plan(said), facts.chose_since(said.at)))
        })?;
        let (said, plan, chose) = found.ok_or(Failure::new(FailureCode::NotFound))?;
        self.take_back(&said, plan, chose)
    }

    /// A word, with what it made of the `plan`, and where they `chose` to be since.
    fn take_back(&self, said: &store::CheckIn, plan: bool, chose: bool) -> Result<(), Failure> {
        let says_left = said.status() == CheckInStatus::Left || self.with_facts(|facts| facts.is_out())?;
        let before = self.store.word_before(said.id)?.filter(|word| word.status().asks_for_help());
        let details = before.as_ref().map(|cry| self.store.check_in_details(cry.id)).transpose()?.flatten();
        let again = before.map(|cry| store::CheckIn { id: self.with_rng(CheckInId::random), at: self.now(), ..cry });
        let made = said.trip.map(|trip| {
            let changed = party::changed_by(&self.store.roll(trip)?, said);
            Ok::<_, StoreError>(MadeByWord { trip, plan, changed })
        });
        let details = again.as_ref().map(|cry| self.written_to(cry, details)).transpose()?.flatten();
        let again = again.as_ref().map(|cry| (cry, details.as_ref()));
        // where they said they were after they left is not where they are
        self.store.undo_word::<TripDraft>(said.id, made.transpose()?, chose && says_left, again)?;
        self.notify_due();
        self.changed();
        Ok(())
    }

    /// Of who has left, the plan without what comes after that.
    fn plan_of_who_left(&self, status: CheckInStatus) -> Result<Option<(TripId, TripDraft)>, Failure> {
        if status != CheckInStatus::Left {
            return Ok(None);
        }
        Ok(self.with_facts(|facts| {
            let (id, trip) = facts.trip_now()?;
            Some((id, trips::left(trip, facts.now)?))
        })?)
    }

    fn say(&self, status: CheckInStatus, is_over: bool) -> Result<(), Failure> {
        if let Some(trip) = self.with_facts(|facts| facts.trip_now().map(|(id, _)| id))? {
            self.note_of_all(trip, status, is_over)?;
        }
        let (word, carried) = self.word(status, is_over)?;
        self.store.save_check_in(&word, carried.as_ref())?;
        self.changed();
        Ok(())
    }

    /// Of whom a word of all is, and how many of them are how.
    pub(crate) fn people_of_word(
        &self,
        status: CheckInStatus,
        is_over: bool,
    ) -> Result<(Option<TripId>, PeopleByStatus), StoreError> {
        let (trip, all) = self.with_facts(|facts| {
            let (id, trip) = facts.trip_now().unzip();
            (id, trip.map_or(1, |trip| trip.people))
        })?;
        Ok((trip, self.said_of_all(trip, status, all, is_over)?))
    }

    /// How the party is, where by the plan, and what goes with that.
    pub(crate) fn word(
        &self,
        status: CheckInStatus,
        is_over: bool,
    ) -> Result<(store::CheckIn, Option<PrivateCheckIn>), Failure> {
        let (country, airport, at) = self.with_facts(|facts| {
            let leg = facts.leg();
            (leg.map(|leg| leg.country), leg.and_then(|leg| leg.airport), facts.now)
        })?;
        let (trip, people) = self.people_of_word(status, is_over)?;
        let says_well = matches!(status, CheckInStatus::Safe | CheckInStatus::Left);
        // who sees no roll would not see that nothing was said
        if says_well && !people.contains_key(&status) && self.is_locked()? {
            return Err(Failure::new(FailureCode::NobodyWell));
        }
        let id = self.with_rng(CheckInId::random);
        let word = store::CheckIn { id, trip, people, country, airport, at };
        if !status.asks_for_help() {
            let carried = self.carried(&word)?;
            return Ok((word, carried));
        }
        let (word, carried) = self.with_facts(|facts| saying_more::again(facts, word))?;
        let carried = self.written_to(&word, carried)?;
        Ok((word, carried))
    }

    /// What goes with a word that is no cry: whoever the roll has in need still needs what was said.
    fn carried(&self, word: &store::CheckIn) -> Result<Option<PrivateCheckIn>, Failure> {
        let place = self.with_facts(|facts| saying_more::place(facts, ""))?;
        self.written_to(word, self.with_roll(word, place)?)
    }

    /// Records a tap on a number after it was handed to the dialler. A call to the ministry is reported;
    /// one to anybody else stays here.
    fn record_call(&self, number: &str, way: CallWay, dialled: bool) -> Result<(), Failure> {
        let (call, of_ministry) = self.with_facts(|facts| {
            let of_line = facts.bulletin.lines().any(|(_, line)| call_bar::reaches(line, number));
            let of_ministry = number == self.profile.line.number.as_str() || of_line;
            let call = store::Call {
                id: self.with_rng(CallId::random),
                number: number.to_owned(),
                way,
                country: facts.leg().map(|leg| leg.country).filter(|_| of_ministry),
                outcome: CallOutcome::Called,
                dialled,
                at: facts.now,
            };
            (call, of_ministry)
        })?;
        self.store.save_call(&call, of_ministry)?;
        self.changed();
        Ok(())
    }

    fn set_call_outcome(&self, id: CallId, outcome: CallOutcome) -> Result<(), Failure> {
        // a call is soon behind another: whoever still needs help has said so for good, and can say more with it
        let said = self.with_facts(|facts| facts.latest_check_in.as_ref().map(store::CheckIn::status))?;
        // whoever called about others did not call for themselves, and says nothing of how those are
        let is_of_others = outcome == CallOutcome::StillNeedHelp && self.with_facts(|facts| facts.is_of_others())?;
        let outcome = if is_of_others { CallOutcome::ForOthers } else { outcome };
        let cries = outcome == CallOutcome::StillNeedHelp && !said.is_some_and(CheckInStatus::asks_for_help);
        let word = if cries { Some(self.word(CheckInStatus::NeedHelp, false)?) } else { None };
        let word = word.as_ref().map(|(word, carried)| (word, carried.as_ref()));
        if !self.store.set_call_outcome(id, outcome, word)? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        self.changed();
        Ok(())
    }

    /// For the impatient: no waiting for the next try, parked things included.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn send_now(&self) -> Result<(), Failure> {
        self.store.unpark_all()?;
        self.listen_now.notify_one();
        self.send_now.notify_one();
        self.letters_now.notify_one();
        Ok(())
    }

    /// The traveller opened an advisory.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn advisory_read(&self, id: &EntryId, version: u32) -> Result<(), Failure> {
        let headline = self.with_facts(|facts| {
            let warnings = advisories::warnings(facts.bulletin);
            let found = warnings.iter().find(|warning| warning.entry.id == *id && warning.entry.version == version)?;
            found.parts.first().and_then(|part| notices::heading(facts, part)).map(|heading| heading.words)
        })?;
        self.store.mark_read(id, version, &headline.unwrap_or_default(), self.now())?;
        Ok(())
    }

    /// The traveller has read what was damaged and made good.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn dismiss_mended(&self) -> Result<(), Failure> {
        self.store.dismiss_mended()?;
        self.changed();
        Ok(())
    }

    /// The traveller has seen which warnings were not the ministry's word.
    pub fn dismiss_voids(&self) -> Result<(), Failure> {
        self.store.dismiss_voids()?;
        self.changed();
        Ok(())
    }
}

impl Companion {
    /// A number was handed to the dialler; `dialled` is false where nothing here took it.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`: the tap is shown all the same.
    pub fn called(&self, number: &str, way: CallWay, dialled: bool) -> Result<(), Failure> {
        if let Ok(session) = self.session() {
            return session.record_call(number, way, dialled);
        }
        self.keep_unkept_call(Some(store::Call {
            id: CallId::NIL,
            number: number.to_owned(),
            way,
            country: None,
            outcome: CallOutcome::Called,
            dialled,
            at: self.now(),
        }));
        Ok(())
    }

    /// What came of a tap, by the traveller's word; the ministry is told where it was its number.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`], `DiskFull` or `StoreUnavailable`.
    pub fn call_outcome(&self, id: CallId, outcome: CallOutcome) -> Result<(), Failure> {
        if let Ok(session) = self.session() {
            return session.set_call_outcome(id, outcome);
        }
        self.keep_unkept_call(None);
        Ok(())
    }

    /// What came of a tap is asked no more.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn leave_unasked(&self, id: CallId) -> Result<(), Failure> {
        if let Ok(session) = self.session() {
            session.store.set(Setting::Unasked, &id.to_string())?;
            session.changed();
        } else {
            self.keep_unkept_call(None);
        }
        Ok(())
    }

    /// The language of every screen and notification from now on.
    ///
    /// # Errors
    /// [`FailureCode::DiskFull`] or `StoreUnavailable`.
    pub fn set_language(&self, lang: Lang) -> Result<(), Failure> {
        if let Ok(session) = self.session() {
            session.store.set(Setting::Language, lang.tag())?;
        }
        self.speak(lang);
        Ok(())
    }
}
