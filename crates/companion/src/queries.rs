//! What is asked of the app and it answers with no network, with or without a store.

#![deny(missing_docs)]

use std::collections::{HashMap, hash_map::Entry};

use atlas::PlaceKey;
use contract::{
    entry::topic::Topic,
    ids::TripId,
    place::{CountryCode, Position},
    record::{CheckInStatus, Kind, Person},
};

use crate::{
    advisories,
    call_bar::{self, CallBar},
    companion::Companion,
    error::{Failure, FailureCode},
    facts::Facts,
    family::{self, FamilyText},
    import::{self, Proposed, Refusal},
    lock::lock,
    party::{self, Against, Party},
    places::{self, PickedPlace, PlaceAt},
    search::{self, Hit, Index, Reader, Target},
    session::Session,
    store::{Sent, StoreError},
    topics,
    verify::{self, Printed},
    view::{
        View,
        areas::{self, WarnedArea},
        calls,
        check_ins::{StatusCount, by_status},
        here,
        levels::{self, LevelView},
        pages::{
            contacts::{self, Contacts},
            country::CountryPage,
            left::{LeftPage, Noted, StillKnown, Word},
            messages::MessagesPage,
            paper::PaperPage,
            party::PartyPage,
            privacy::PrivacyPage,
            there::{self, There},
        },
    },
    writing,
};

/// A longer text was pasted by mistake.
const MOST_TYPED: usize = 200;
/// A longer text is no message.
const MOST_PASSED_ON: usize = 20_000;

impl Companion {
    /// What is on the first screen and around every other, read in one moment.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn view(&self) -> Result<View, Failure> {
        Ok(self.with_facts(View::of)?)
    }

    /// What the call bar dials now. There is always something.
    pub fn call_bar(&self) -> CallBar {
        self.with_facts(calls::call_bar).unwrap_or_else(|error| {
            tracing::error!(%error, "what is kept cannot be read");
            self.profile().map_or_else(call_bar::of_nobody, call_bar::of_profile)
        })
    }

    /// The shipped topics, and the ministry's own over them.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn topics(&self) -> Result<Vec<Topic>, Failure> {
        Ok(self.with_facts(all_topics)?)
    }

    /// What somebody safe sends to their family, with the place where they wish to say it.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where the latest check-in says anything else, or there is none; `StoreUnavailable`.
    pub fn family_text(&self, says_where: bool) -> Result<FamilyText, Failure> {
        let trip = self.with_facts(|facts| facts.latest_check_in.as_ref().and_then(|said| said.trip))?;
        let calls = match trip {
            Some(trip) => self.session()?.store.roll(trip)?.is_called(),
            None => false,
        };
        let text = self.with_facts(|facts| family::text(facts, says_where, calls))?;
        text.ok_or(Failure::new(FailureCode::NotFound))
    }

    /// The address of an SMS to `number`, its text begun with what is known.
    pub fn sms_to(&self, number: &str) -> String {
        self.with_facts(|facts| writing::sms(facts, number)).unwrap_or_else(|error| {
            tracing::error!(%error, "what is kept cannot be read");
            format!("sms:{number}")
        })
    }

    /// What is known of one country.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::UnknownCountry`] for a code that is none, [`crate::error::FailureCode::StoreUnavailable`] where the store cannot
    /// be read.
    pub fn country_page(&self, code: CountryCode) -> Result<CountryPage, Failure> {
        self.with_facts(|facts| CountryPage::of(facts, code))?
    }

    /// All missions, lines and chats.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn contacts(&self) -> Result<Contacts, Failure> {
        Ok(self.with_facts(contacts::all)?)
    }

    /// Where the warnings that are not over hold.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn warned_areas(&self) -> Result<Vec<WarnedArea>, Failure> {
        Ok(self.with_facts(areas::all)?)
    }

    /// The level of every country abroad that has one.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn levels(&self) -> Result<Vec<LevelView>, Failure> {
        Ok(self.with_facts(levels::all)?)
    }

    /// Places as a person types them.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn look_up(&self, typed: &str) -> Result<Vec<PickedPlace>, Failure> {
        Ok(places::look_up(&shortened(typed), &self.with_facts(|facts| own_places(facts, typed))?))
    }

    /// The airports that the traveller may be in: of the plan, and near where they are.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn airports_here(&self) -> Result<Vec<PickedPlace>, Failure> {
        Ok(self.with_facts(places::airports_here)?)
    }

    /// The places of the traveller's trips, to say with one press where they are.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn own_places(&self) -> Result<Vec<PickedPlace>, Failure> {
        Ok(self.with_facts(places::of_own_trips)?)
    }

    /// The answers to what was typed, from everything the app knows. Nothing of it is kept.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::StoreUnavailable`] where the store cannot be read.
    pub fn search(&self, typed: &str) -> Result<Vec<Hit>, Failure> {
        let mut index = lock(&self.index);
        Ok(self.with_facts(|facts| {
            let newest = facts.bulletin.revision();
            let made = match index.take() {
                Some((revision, made)) if revision == newest => made,
                Some(_) | None => Index::new(search::documents(&all_topics(facts), facts.bulletin)),
            };
            let (here, places) = (here::numbers_of(facts), own_places(facts, typed));
            let mut hits =
                search::search(&made, &shortened(typed), &Reader { lang: facts.lang, here, places: &places });
            *index = Some((newest, made));
            hits.retain(|hit| holds(facts, &hit.target));
            hits
        })?)
    }

    /// Whether a text that somebody passed on is the ministry's; `printed` is what the screens show with its words. Nothing
    /// of it is kept.
    ///
    /// # Errors
    /// [`crate::error::FailureCode::TextTooLong`] beyond 20,000 letters; `StoreUnavailable` where the store cannot be read.
    pub fn verify(&self, text: &str, printed: &[Printed]) -> Result<verify::Answer, Failure> {
        if text.chars().count() > MOST_PASSED_ON {
            return Err(Failure::new(FailureCode::TextTooLong));
        }
        Ok(self.with_facts(|facts| verify::answer(facts, here::numbers_of(facts), text, printed))?)
    }

    /// The legs that a traveller's files, or a text, propose together; `reader` looks at pictures and PDF. Nothing of it
    /// is kept.
    ///
    /// # Errors
    /// A [`Refusal`], when nothing can be proposed and there is nothing to say of it.
    pub fn import_read(&self, files: &[&[u8]], reader: &dyn import::Reader) -> Result<Proposed, Refusal> {
        let with = import::With { now: self.now(), reader };
        import::read_several(files, with).map(Proposed::from)
    }

    /// The country at a point on the map.
    pub fn place_at(&self, position: Position) -> PlaceAt {
        places::place_at(position, self.profile().map_or(&[], |profile| &profile.disputed))
    }

    /// Whether something the app vouches for names this address: no other is opened.
    pub fn names_link(&self, url: &str) -> bool {
        topics::names_link(url) || self.session().is_ok_and(|session| session.names_link(url))
    }
}

impl Session {
    /// What left this device, and where to.
    ///
    /// # Errors
    /// [`FailureCode::Locked`](crate::error::FailureCode::Locked) or `StoreUnavailable`.
    pub fn left(&self) -> Result<LeftPage, Failure> {
        self.refuse_locked()?;
        let all = self.store.sent()?;
        let mut words: HashMap<String, Word> = HashMap::new();
        for sent in all.iter().filter(|sent| sent.kind == Kind::CheckIn) {
            let Entry::Vacant(word) = words.entry(sent.id.clone()) else { continue };
            let Ok(id) = sent.id.parse() else { continue };
            let Some(said) = self.store.check_in(id)? else { continue };
            word.insert(Word { said, sealed: self.store.check_in_details(id)? });
        }
        let sealed = |sent: Sent| {
            let part = self.sealed_in(&sent)?;
            Ok((sent, part))
        };
        let noted = Noted {
            sent: all.into_iter().map(sealed).collect::<Result<_, StoreError>>()?,
            erased: self.store.erased()?,
            left_behind: self.store.left_behind()?,
            known: StillKnown { written: self.store.calls_by_sms()?, words, headlines: self.store.headlines()? },
        };
        Ok(self.with_facts(|facts| LeftPage::of(facts, self.front.host(), noted))?)
    }

    /// What the ministry and the traveller wrote to each other.
    ///
    /// # Errors
    /// [`FailureCode::Locked`] or `StoreUnavailable`.
    pub fn messages(&self) -> Result<MessagesPage, Failure> {
        self.refuse_locked()?;
        Ok(self.with_facts(MessagesPage::of)?)
    }

    /// What holds where those on a trip are, and where they go next.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where there is no such trip; `Locked` or `StoreUnavailable`.
    pub fn there(&self, id: TripId) -> Result<Vec<There>, Failure> {
        self.refuse_locked()?;
        let found = self.with_facts(|facts| facts.trip(id).map(|trip| there::there(facts, trip)))?;
        found.ok_or(Failure::new(FailureCode::NotFound))
    }

    /// The party of a trip, by name and at the roll.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where there is no such trip; `NamesAway`, `Locked` or `StoreUnavailable`.
    pub fn party(&self, id: TripId) -> Result<PartyPage, Failure> {
        self.refuse_locked()?;
        self.refuse_away(id)?;
        let (party, unread) = (self.store.party(id)?.unwrap_or_default(), self.store.unread(id)?.unwrap_or_default());
        // with 500 people that takes a while, and holds up nobody
        let roll = self.store.roll(id)?;
        let page = PartyPage::of(party, unread, &roll, self.profile.home_country);
        let page = self.with_facts(|facts| page.on(facts, id, &roll))?;
        page.ok_or(Failure::new(FailureCode::NotFound))
    }

    /// Who of a list that is brought is on that of a trip already.
    ///
    /// # Errors
    /// [`FailureCode::NamesAway`], `Locked` or `StoreUnavailable`.
    pub fn against_list(&self, id: TripId, brought: Vec<Person>) -> Result<Against, Failure> {
        self.refuse_locked()?;
        self.refuse_away(id)?;
        let party: Party = self.store.party(id)?.unwrap_or_default();
        Ok(party::against(&party.people, brought))
    }

    /// The code on paper that was made here, and what was found with one.
    ///
    /// # Errors
    /// [`FailureCode::Locked`] or `StoreUnavailable`.
    pub fn paper(&self) -> Result<PaperPage, Failure> {
        self.refuse_locked()?;
        let made_at = self.kept_paper()?.map(|paper| paper.made_at);
        let found = lock(&self.found).as_ref().map(|found| found.trips.clone()).unwrap_or_default();
        Ok(self.with_facts(|facts| PaperPage::of(facts, made_at, &found))?)
    }

    /// How many are how by a word of all that is not said yet.
    ///
    /// # Errors
    /// `StoreUnavailable`.
    pub fn would_say(&self, status: CheckInStatus) -> Result<Vec<StatusCount>, Failure> {
        Ok(by_status(&self.people_of_word(status, false)?.1))
    }

    /// What personal data is under.
    ///
    /// # Errors
    /// [`FailureCode::StoreUnavailable`](crate::error::FailureCode::StoreUnavailable).
    pub fn privacy(&self) -> Result<PrivacyPage, Failure> {
        Ok(PrivacyPage::of(&self.profile, self.front.host(), self.store.aside()?, |name| self.agreed(name))?)
    }
}

fn all_topics(facts: &Facts) -> Vec<Topic> {
    topics::topics(facts.bulletin.topics().map(|(_, topic)| topic))
}

/// The places of the traveller's trips, where they are not locked, and the airport at home whose code was typed.
fn own_places(facts: &Facts, typed: &str) -> Vec<PlaceKey> {
    let is_at_home = |airport: &atlas::Airport| facts.profile.is_some_and(|one| one.home_country == airport.country);
    let home = atlas::airports_of_code(typed).filter(is_at_home);
    let trips = facts.trips.iter().filter(|_| !facts.lock.locked).flat_map(|(_, trip)| trip.places());
    home.map(|airport| PlaceKey::Airport(airport.code)).chain(trips).collect()
}

/// False for an advisory that is over: it passes without a word of the ministry.
fn holds(facts: &Facts, target: &Target) -> bool {
    let Target::Advisory { id } = target else { return true };
    let warnings = advisories::warnings(facts.bulletin);
    let found = warnings.iter().find(|warning| warning.entry.id == *id);
    found.is_some_and(|warning| warning.parts.iter().any(|part| !advisories::state(part, facts.now).is_over()))
}

/// As much of what was typed as a person types.
fn shortened(typed: &str) -> String {
    typed.chars().take(MOST_TYPED).collect()
}
