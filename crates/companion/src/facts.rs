//! Everything a screen is made from, as it was in one moment.

use contract::{
    ids::{EntryId, TripId},
    place::CountryCode,
    profile::Profile,
    record::{About, CallOutcome, CaseStep, CheckInStatus, Intent, Kind, Need, PrivateCheckIn},
    words::{Lang, Preference, Tag},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    app_lock::LockView,
    bulletin::{Bulletin, Refused},
    calendar::A_DAY,
    concern::Concern,
    error::Trouble,
    front_client::Link,
    store::{
        Call, CheckIn, Delivery, Item, Kept, Letter, Mended, Message, PlanChange, PlanChanged, Saying, Told, Undoable,
    },
    trips::{self, LegDraft, PlannedLeg, PlannedTrip, TripDraft},
    whereabouts::{self, Choice, HereSource, WasIn, Whereabouts},
};

/// A cry for help.
pub struct Cry {
    /// The last time.
    pub at: Timestamp,
    /// The first time: whoever cries again still waits since then.
    pub since: Timestamp,
    /// When the ministry got it first.
    pub received: Option<Timestamp>,
    /// The word or the call that it is.
    pub about: About,
    pub delivery: Delivery,
}

pub struct Facts<'a> {
    /// All changes up to this one are in it.
    pub revision: u64,
    /// The device's clock, raised to what the ministry has said.
    pub now: Timestamp,
    /// The ministry has signed later than this clock says it is now.
    pub is_clock_behind: bool,
    pub lang: Lang,
    /// Absent where no ministry is set.
    pub profile: Option<&'a Profile>,
    /// Why nothing can be kept.
    pub trouble: Option<Trouble>,
    pub bulletin: &'a Bulletin,
    pub trips: Vec<(TripId, PlannedTrip)>,
    /// Home as a leg without an end.
    pub home: Option<PlannedLeg>,
    /// The airport there that the traveller left from last.
    pub home_airport: Option<atlas::Airport>,
    /// `None` where nothing is known: home.
    pub here: Option<Whereabouts>,
    /// The traveller does not hear or speak.
    pub prefers_text: bool,
    /// Who this app is of needs no saying: it was read and put away, or there is nowhere to keep that it was.
    pub welcomed: bool,
    /// In which the family is told.
    pub family_lang: Lang,
    /// Notifications say neither what nor where.
    pub discreet: bool,
    /// How the trips stand locked.
    pub lock: LockView,
    pub latest_call: Option<Call>,
    pub latest_check_in: Option<CheckIn>,
    /// What was said before any cry that stands.
    pub said_before_cries: Option<CheckIn>,
    /// When it was last said that nobody cries, of whatever trip.
    pub answered_at: Option<Timestamp>,
    /// The cries that no other word answers, the oldest first.
    pub cries: Vec<CheckIn>,
    /// The latest of each trip.
    pub check_ins_of_trips: Vec<CheckIn>,
    /// What is sealed with the latest.
    pub latest_details: Option<PrivateCheckIn>,
    /// When the latest check-in was last opened as an SMS.
    pub sms_opened_at: Option<Timestamp>,
    /// What was notified here or read of what is held, the oldest first.
    pub told: Vec<Told>,
    /// What the ministry wrote to this phone, the oldest first.
    pub letters: Vec<Letter>,
    /// What was written here to it, the oldest first.
    pub messages: Vec<Message>,
    pub outbox: Vec<Item>,
    /// When the ministry had each word and call first.
    pub first_received: Vec<(Kind, String, Timestamp)>,
    pub link: Link,
    /// When the ministry was last heard, with everything verified.
    pub last_heard: Option<Timestamp>,
    pub refused: Option<Refused>,
    /// Some of what is kept cannot be read.
    pub is_damaged: bool,
    /// What was damaged and made good, until it is put away.
    pub mended: Option<Mended>,
    /// The id of a call whose outcome is asked no more.
    pub unasked: Option<String>,
    /// Time zones of what was found with a code on paper, and not taken over yet.
    pub found_zones: Vec<String>,
    /// The last split of a trip, where it can be taken back.
    pub split: Option<Undoable>,
    /// The last change of a plan, where it can be taken back.
    pub plan_change: Option<PlanChange>,
}

/// For so long a word can be taken back by who said it.
const TEN_MINUTES: SignedDuration = SignedDuration::from_mins(10);

/// Where they were when they said last that they left, or deleted the trip under way.
fn was_in(kept: &Kept<TripDraft>, trips: &[(TripId, PlannedTrip)]) -> Option<WasIn> {
    let is_own = |said: &&CheckIn| match said.trip {
        Some(trip) => trips.iter().any(|(id, planned)| *id == trip && !planned.draft.of_others),
        None => true,
    };
    let moved = kept.moved.iter().filter(is_own).max_by_key(|said| said.at);
    // whoever cannot leave by a later word is where the plan has them
    let left = moved.filter(|said| said.status() == CheckInStatus::Left);
    // help is asked for still, by somebody who left
    let is_out = is_out(kept.latest_details.as_ref());
    let in_need = kept.latest_check_in.as_ref().filter(|said| is_out && said.status().asks_for_help());
    let said = left.into_iter().chain(in_need).filter_map(WasIn::said);
    let deleted = kept.was_in.as_deref().and_then(whereabouts::kept);
    let was_in = said.chain(deleted).max_by_key(|was_in| was_in.at)?;
    let cut_off = kept.plan_change.as_ref().filter(|change| change.how == PlanChanged::CutOff);
    cut_off.is_none_or(|change| change.at < was_in.at).then_some(was_in)
}

fn is_out(details: Option<&PrivateCheckIn>) -> bool {
    details.is_some_and(|details| details.intent == Some(Intent::Out))
}

fn is_held_in_an_airport(here: &Whereabouts) -> bool {
    here.leg.open && here.leg.airport.is_some()
}

impl<'a> Facts<'a> {
    /// With no store there is nothing of the traveller's own.
    pub fn without_store(now: Timestamp, lang: Lang, bulletin: &'a Bulletin) -> Self {
        Self {
            revision: 0,
            now: bulletin.time(now),
            is_clock_behind: bulletin.is_clock_behind(now),
            lang,
            profile: None,
            trouble: None,
            bulletin,
            trips: Vec::new(),
            home: None,
            home_airport: None,
            here: None,
            prefers_text: false,
            welcomed: true,
            family_lang: lang,
            discreet: false,
            lock: LockView::default(),
            latest_call: None,
            latest_check_in: None,
            said_before_cries: None,
            answered_at: None,
            cries: Vec::new(),
            check_ins_of_trips: Vec::new(),
            latest_details: None,
            sms_opened_at: None,
            told: Vec::new(),
            letters: Vec::new(),
            messages: Vec::new(),
            outbox: Vec::new(),
            first_received: Vec::new(),
            link: Link::Idle,
            last_heard: None,
            refused: None,
            is_damaged: false,
            mended: None,
            unasked: None,
            found_zones: Vec::new(),
            split: None,
            plan_change: None,
        }
    }

    /// From what was kept; `lang` is the system's language, for a traveller who chose none.
    pub fn of(mut kept: Kept<TripDraft>, lock: LockView, now: Timestamp, lang: Lang, bulletin: &'a Bulletin) -> Self {
        let time = bulletin.time(now);
        let mut trips = trips::schedule_all(std::mem::take(&mut kept.trips));
        trips::in_one_place(&mut trips, time);
        let choice: Option<Choice> = kept.choice.as_deref().and_then(whereabouts::kept);
        let lang = kept.language.as_deref().and_then(Lang::from_tag).unwrap_or(lang);
        let was_in = was_in(&kept, &trips);
        let here = whereabouts::now(&trips, choice.as_ref(), was_in.as_ref(), time);
        let under_way = here.as_ref().and_then(|here| here.trip);
        let is_over = |id: &TripId| trips.iter().any(|(known, trip)| known == id && trip.until() <= time);
        // how they were on a trip that is over is not how they are on this one; who cried for help is waited for
        let is_of_now = |said: &CheckIn| {
            said.status().asks_for_help() || under_way.is_none() || !said.trip.as_ref().is_some_and(is_over)
        };
        let latest_check_in = kept.latest_check_in.filter(is_of_now);
        Self {
            said_before_cries: kept.said_before_cries.filter(is_of_now),
            latest_details: kept.latest_details.filter(|_| latest_check_in.is_some()),
            sms_opened_at: kept.sms_opened_at.filter(|_| latest_check_in.is_some()),
            latest_check_in,
            here,
            trips,
            prefers_text: kept.prefers_text,
            welcomed: kept.welcomed,
            family_lang: kept.family_language.as_deref().and_then(Lang::from_tag).unwrap_or(lang),
            discreet: kept.discreet,
            is_damaged: kept.is_damaged || lock.pin_damaged,
            lock,
            latest_call: kept.latest_call,
            answered_at: kept.answered_at,
            cries: kept.cries,
            check_ins_of_trips: kept.check_ins_of_trips,
            told: kept.told,
            letters: kept.letters,
            messages: kept.messages,
            outbox: kept.outbox,
            first_received: kept.first_received,
            mended: kept.mended,
            unasked: kept.unasked,
            split: kept.split,
            plan_change: kept.plan_change,
            last_heard: kept.last_heard.and_then(|at| at.parse().ok()),
            ..Self::without_store(now, lang, bulletin)
        }
    }

    /// The leg under way, or the place chosen by hand; at home, home.
    pub fn where_now(&self) -> Option<&PlannedLeg> {
        self.leg().or(self.home.as_ref())
    }

    /// The leg under way, or the place chosen by hand.
    pub fn leg(&self) -> Option<&PlannedLeg> {
        self.here.as_ref().map(|here| &here.leg)
    }

    /// On a day of which the plan does not say where they are, all the legs that they may be on; none once they said it.
    pub fn perhaps_on(&self) -> impl Iterator<Item = (&LegDraft, &PlannedLeg)> {
        self.planned_on().into_iter().flat_map(|trip| {
            let legs = trips::perhaps_on(trip, self.now).into_iter();
            legs.filter_map(|index| Some((trip.draft.legs.get(index)?, trip.legs.get(index)?)))
        })
    }

    /// They may be at home: it is asked with wherever else they may be.
    pub fn perhaps_at_home(&self) -> bool {
        self.has_left() || self.planned_on().is_some_and(|trip| trips::perhaps_at_home(trip, self.now))
    }

    /// They said by hand where they are, at that moment or since.
    pub fn chose_since(&self, moment: Timestamp) -> bool {
        self.here.as_ref().is_some_and(|here| here.source == HereSource::Chosen && moment <= here.leg.from)
    }

    /// They left, or deleted the trip under way, and did not say yet where they are.
    pub fn has_left(&self) -> bool {
        self.here.as_ref().is_some_and(|here| here.source == HereSource::Left)
    }

    /// The same of those on that trip.
    pub fn has_left_on(&self, trip: TripId) -> bool {
        self.has_left() && self.here.as_ref().is_some_and(|here| here.trip == Some(trip))
    }

    /// The trip whose plan says where they are.
    fn planned_on(&self) -> Option<&PlannedTrip> {
        let planned = self.here.as_ref().filter(|here| here.source == HereSource::Itinerary)?;
        self.trip(planned.trip?)
    }

    /// Where the traveller is, and where else they may be.
    pub fn where_perhaps(&self) -> impl Iterator<Item = &PlannedLeg> {
        self.where_now().into_iter().chain(self.perhaps_on().map(|(_, leg)| leg))
    }

    /// One of the traveller's trips.
    pub fn trip(&self, id: TripId) -> Option<&PlannedTrip> {
        self.trips.iter().find(|(known, _)| *known == id).map(|(_, trip)| trip)
    }

    /// Where those on a trip are: where the traveller said, on a day of their own trip that leaves it open, else by its plan.
    pub fn leg_on(&self, id: TripId) -> Option<&PlannedLeg> {
        let trip = self.trip(id)?;
        let own = self.here.as_ref().filter(|here| here.trip == Some(id)).map(|here| &here.leg);
        if self.has_left_on(id) {
            return own;
        }
        match trips::said_on(trip, own, self.now) {
            Some(index) => trip.legs.get(index),
            None => trip.legs.iter().find(|leg| leg.from <= self.now && self.now < leg.until),
        }
    }

    /// Whether what the ministry said by a moment is here: it is listened to, or was heard from since.
    pub fn is_heard_since(&self, moment: Timestamp) -> bool {
        self.link == Link::Connected || self.last_heard.is_some_and(|heard| heard >= moment)
    }

    /// The last that was said of those on a trip.
    pub fn said_of(&self, trip: TripId) -> Option<&CheckIn> {
        self.check_ins_of_trips.iter().find(|said| said.trip == Some(trip))
    }

    /// The cry that nothing said since takes back.
    pub fn cry(&self) -> Option<Cry> {
        let said = self.latest_check_in.as_ref();
        let is_latest =
            |call: &&Call| said.map(|said| said.at).max(self.answered_at).is_none_or(|said_at| said_at < call.at);
        let call = self.latest_call.as_ref().filter(|call| call.outcome == CallOutcome::StillNeedHelp);
        let (at, about, kind, id) = match call.filter(is_latest) {
            Some(call) => (call.at, About::Call { id: call.id }, Kind::Call, call.id.to_string()),
            None => {
                let word = said.filter(|said| said.status().asks_for_help())?;
                (word.at, About::CheckIn { id: word.id }, Kind::CheckIn, word.id.to_string())
            }
        };
        let again: Vec<&CheckIn> = self.repeated_cries().collect();
        let received = again.iter().filter_map(|cry| self.received_at(Kind::CheckIn, &cry.id.to_string()));
        Some(Cry {
            at,
            since: again.iter().map(|cry| cry.at).min().map_or(at, |first| first.min(at)),
            received: received.chain(self.received_at(kind, &id)).min(),
            about,
            delivery: self.delivery(kind, &id),
        })
    }

    /// The words that cry for the party of the latest one, since the ministry last closed a case.
    fn repeated_cries(&self) -> impl Iterator<Item = &CheckIn> {
        let trip = self.cries.last().and_then(|cry| cry.trip);
        self.cries.iter().filter(move |cry| cry.trip == trip && !self.is_closed(cry))
    }

    /// The last word of those on a trip, but for a cry whose case was closed since.
    pub fn word_of(&self, trip: TripId) -> Option<&CheckIn> {
        self.said_of(trip).filter(|said| !(said.status().asks_for_help() && self.is_closed(said)))
    }

    /// When the ministry asked last for an answer of one tap, and got none.
    pub fn asked_at(&self) -> Option<Timestamp> {
        let asks = |letter: &&Letter| !letter.private.asks.is_empty();
        let letter = self.letters.iter().rev().find(asks)?;
        let is_answered = self.messages.iter().any(|message| message.private.answers == Some(letter.id));
        (!is_answered).then_some(letter.at)
    }

    /// Whether the ministry closed a case since.
    pub fn is_closed(&self, cry: &CheckIn) -> bool {
        let closes = |letter: &&Letter| letter.private.case.as_ref().is_some_and(|case| case.step == CaseStep::Closed);
        self.letters.iter().filter(closes).any(|letter| letter.at >= cry.at)
    }

    /// The latest word, where it asks for help for those on a trip, or for the traveller on none, and no case of it was
    /// closed.
    pub fn cry_of(&self, trip: Option<TripId>) -> Option<&CheckIn> {
        self.cries.last().filter(|cry| cry.trip == trip && !self.is_closed(cry))
    }

    /// The last message of who on a trip is missing, by number; nobody, where it says that all were found.
    pub fn said_missing(&self, trip: TripId) -> Option<(&Message, &[u16])> {
        let of_trip =
            self.messages.iter().rev().filter(|message| message.private.about == Some(About::Trip { id: trip }));
        of_trip.filter_map(|message| Some((message, message.private.missing.as_deref()?))).next()
    }

    /// Whether they cannot go on from where they are. A cry for help takes none of it back.
    pub fn is_stuck(&self) -> bool {
        let Some((here, said)) = self.here.as_ref().zip(self.latest_check_in.as_ref()) else { return false };
        if here.source == HereSource::Home {
            return false;
        }
        match said.status() {
            CheckInStatus::Stranded => true,
            CheckInStatus::NeedHelp | CheckInStatus::Other => {
                if self.is_out() {
                    return false;
                }
                let is_stranded = |said: &CheckIn| said.people.contains_key(&CheckInStatus::Stranded);
                // behind the PIN nobody sees what was said to be needed
                let told = self.latest_details.as_ref().filter(|_| !self.lock.locked);
                is_stranded(said)
                    || self.said_before_cries.as_ref().is_some_and(is_stranded)
                    || told.is_some_and(|told| told.needs.contains(&Need::Stranded))
                    || self.is_cut_off(here)
            }
            // who is safe in an airport still cannot leave it, until they have or their plan goes on
            CheckInStatus::Safe => here.source == HereSource::Itinerary && is_held_in_an_airport(here),
            CheckInStatus::Left => false,
        }
    }

    /// They said that they left and need help still.
    pub fn is_out(&self) -> bool {
        is_out(self.latest_details.as_ref())
    }

    /// Whether the plan has them where they are without a way on: in an airport, or since it was cut off under a cry.
    fn is_cut_off(&self, here: &Whereabouts) -> bool {
        let under_a_cry = |change: &PlanChange| {
            Some(change.trip) == here.trip && change.how == PlanChanged::CutOff && change.words.is_empty()
        };
        is_held_in_an_airport(here) || here.leg.open && self.plan_change.as_ref().is_some_and(under_a_cry)
    }

    /// How the plan of a trip was changed by one press, while that can be taken back: no trip goes that a cry is of.
    pub fn plan_changed(&self, id: TripId) -> Option<&PlanChange> {
        // later the plan is an old one, and nobody's slip
        let is_lately = |change: &&PlanChange| change.trip == id && self.now.duration_since(change.at) < A_DAY;
        let keeps_cries = |change: &&PlanChange| !change.is_new_trip || self.cry_of(Some(id)).is_none();
        self.plan_change.as_ref().filter(is_lately).filter(keeps_cries)
    }

    /// The latest word, where it says that all is well or that they left, and was said just now: it may be a slip of the thumb.
    pub fn said_just_now(&self) -> Option<&CheckIn> {
        let can_be =
            |said: &&CheckIn| matches!(said.status(), CheckInStatus::Safe | CheckInStatus::Left) || self.is_out();
        let said = self.latest_check_in.as_ref().filter(can_be)?;
        (self.now.duration_since(said.at) < TEN_MINUTES).then_some(said)
    }

    /// Whether a word alone changed the plan of its trip.
    pub fn is_of_plan(&self, said: &CheckIn) -> bool {
        let changed = said.trip.and_then(|trip| self.plan_changed(trip));
        changed.is_some_and(|change| change.words == [said.id])
    }

    /// Whether whoever has the phone registered others and is on no trip: what they call about is those.
    pub fn is_of_others(&self) -> bool {
        let of_others = |(_, trip): &(TripId, PlannedTrip)| (self.now < trip.until()).then_some(trip.draft.of_others);
        let is_home =
            self.leg().is_none_or(|leg| self.profile.is_some_and(|profile| profile.home_country == leg.country));
        let whose: Vec<bool> = self.trips.iter().filter_map(of_others).collect();
        is_home && !whose.is_empty() && whose.into_iter().all(|of_others| of_others)
    }

    /// The trip under way.
    pub fn trip_now(&self) -> Option<(TripId, &PlannedTrip)> {
        let id = self.here.as_ref().and_then(|here| here.trip)?;
        Some((id, self.trip(id)?))
    }

    /// Of all trips, with whom a warning that holds there concerns.
    pub fn legs(&self) -> impl Iterator<Item = (Concern, &PlannedLeg)> {
        let whose = |trip: &PlannedTrip| if trip.draft.of_others { Concern::Others } else { Concern::Trip };
        self.trips.iter().flat_map(move |(_, trip)| trip.legs.iter().map(move |leg| (whose(trip), leg)))
    }

    /// In which order a text is looked for: the reader's language, then the ministry's.
    pub fn preference(&self) -> Preference {
        Preference::new(self.lang, &self.languages())
    }

    /// The ministry's languages in its order; the app's own where no ministry is set.
    pub fn languages(&self) -> Vec<Tag> {
        self.profile.map_or_else(|| Lang::ALL.map(Tag::from).to_vec(), |profile| profile.languages.clone())
    }

    /// Where the traveller is; home where nothing else is known.
    pub fn country(&self) -> Option<CountryCode> {
        self.leg().map(|leg| leg.country).or(self.profile.map(|profile| profile.home_country))
    }

    /// The last that was notified of an entry, below a version of it.
    pub fn told_before(&self, entry: &EntryId, version: u32) -> Option<&Told> {
        let of_it = self.notified().filter(|told| told.entry == *entry && told.version < version);
        of_it.max_by_key(|told| (told.version, told.shown_at))
    }

    /// Whether a version of an entry was notified.
    pub fn is_told(&self, entry: &EntryId, version: u32) -> bool {
        self.notified().any(|told| told.entry == *entry && told.version == version)
    }

    fn notified(&self) -> impl Iterator<Item = &Told> {
        let is_word = |told: &&Told| matches!(told.saying, Saying::Warning | Saying::Ending);
        self.told.iter().filter(is_word).filter(|told| told.shown_at.is_some())
    }

    /// When the ministry got a thing first, whatever was added to it since.
    pub fn received_at(&self, kind: Kind, id: &str) -> Option<Timestamp> {
        let last = self.outbox.iter().find(|item| item.kind == kind && item.id == id)?.received_at?;
        let of_it = |(of, name, _): &&(Kind, String, Timestamp)| *of == kind && name == id;
        Some(self.first_received.iter().find(of_it).map_or(last, |(_, _, first)| last.min(*first)))
    }

    /// Where a thing stands on its way to the ministry.
    pub fn delivery(&self, kind: Kind, id: &str) -> Delivery {
        let item = self.outbox.iter().find(|item| item.kind == kind && item.id == id);
        item.map_or(Delivery::OnlyHere, Item::delivery)
    }
}
