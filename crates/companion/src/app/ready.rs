//! The app with its store open and a ministry set: what the traveller does, and what the ministry is heard to say.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
};

use contract::{
    bulletin::Frame,
    ids::{CallId, CheckInId, DeviceId, EntryId, TripId},
    jws::Refusal,
    keys,
    profile::Profile,
    records::{CallOutcome, CheckInStatus},
    seal,
    words::Lang,
};
use jiff::Timestamp;
use rand::{Rng, RngExt, rngs::StdRng};
use tokio::sync::Notify;
use url::Url;

use super::{Clock, Outside, Window, lock};
use crate::{
    advice::{self, Notice},
    bulletin::{Bulletin, BulletinError},
    error::{Failure, FailureCode, Trouble},
    front::Front,
    store::{self, Identity, Item, Kind, Setting, Store, StoreError},
    trips::{self, PlannedTrip, TripDraft},
    view::{Concern, Link, Refused},
    whereabouts,
};

/// The app with its store open and a ministry set.
pub struct Ready {
    pub(crate) store: Store,
    pub(crate) profile: Profile,
    pub(crate) front: Front,
    pub(crate) listen_now: Notify,
    pub(crate) deliver_now: Notify,
    clock: Clock,
    rng: Mutex<StdRng>,
    window: Arc<dyn Window>,
    system_lang: Lang,
    bulletin: Mutex<Bulletin>,
    link: Mutex<Link>,
    refused: Mutex<Option<Refused>>,
}

impl Ready {
    pub(super) fn open(folder: &Path, profile: Profile, outside: Outside) -> Result<Self, Trouble> {
        let Outside { clock, rng, http, window, lang } = outside;
        let base = Url::parse(&profile.front).map_err(|error| {
            tracing::error!(%error, "the profile's front is not a URL");
            Trouble::ProfileUnreadable
        })?;
        let is_here = matches!(base.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if base.scheme() != "https" && !(base.scheme() == "http" && is_here) {
            tracing::error!("the profile's front is not reached over https");
            return Err(Trouble::ProfileUnreadable);
        }
        let store = Store::open(folder, &profile)?;
        let damaged = |error: StoreError| {
            tracing::error!(%error, "the store cannot be read");
            Trouble::DataDamaged
        };
        let bulletin = Bulletin::load(&store, &profile).map_err(damaged)?;
        let ready = Self {
            store,
            front: Front::new(http, base),
            profile,
            listen_now: Notify::new(),
            deliver_now: Notify::new(),
            clock,
            rng: Mutex::new(rng),
            window,
            system_lang: lang,
            bulletin: Mutex::new(bulletin),
            link: Mutex::new(Link::Idle),
            refused: Mutex::new(None),
        };
        if ready.store.identity().map_err(damaged)?.is_none() {
            let identity = ready.with_rng(new_identity);
            ready.store.set_identity(&identity).map_err(|error| Failure::from(error).code).map_err(|code| {
                if code == FailureCode::DiskFull { Trouble::DiskFull } else { Trouble::FolderNotWritable }
            })?;
        }
        Ok(ready)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn bulletin(&self) -> MutexGuard<'_, Bulletin> {
        lock(&self.bulletin)
    }

    pub(crate) fn with_rng<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut lock(&self.rng))
    }

    pub(crate) fn random_seed(&self) -> u64 {
        self.with_rng(|rng| rng.next_u64())
    }

    /// Uniform in 0..1.
    pub(crate) fn random_fraction(&self) -> f64 {
        self.with_rng(|rng| rng.random())
    }

    pub(crate) fn identity(&self) -> Result<Identity, StoreError> {
        self.store.identity()?.ok_or(StoreError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
    }

    pub fn lang(&self) -> Lang {
        let chosen = self.store.setting(Setting::Language).ok().flatten();
        chosen.and_then(|tag| Lang::from_tag(&tag)).unwrap_or(self.system_lang)
    }

    pub(crate) fn link(&self) -> Link {
        *lock(&self.link)
    }

    pub(crate) fn refused(&self) -> Option<Refused> {
        lock(&self.refused).clone()
    }

    pub(crate) fn changed(&self) {
        self.window.changed();
    }

    pub(crate) fn set_link(&self, link: Link) {
        let before = std::mem::replace(&mut *lock(&self.link), link);
        if before != link {
            self.changed();
        }
    }

    /// The front was heard and all it said held.
    pub(crate) fn heard(&self) {
        if let Err(error) = self.store.set(Setting::LastHeard, &self.now().to_string()) {
            tracing::error!(%error, "the time of contact could not be kept");
        }
        *lock(&self.link) = Link::Connected;
        self.deliver_now.notify_one();
        self.changed();
    }

    /// Something was not believed: the log says why, the traveller sees that it happened.
    pub(crate) fn refuse(&self, reason: Refusal) {
        tracing::warn!(code = ?reason, %reason, "refused");
        // an old but honest head is no lie: it advances nothing, and the age on screen says the rest
        if reason != Refusal::ExpiredHead {
            *lock(&self.refused) = Some(Refused { reason, at: self.now() });
        }
        self.changed();
    }

    /// Takes a frame from whoever carried it. What it says is shown; a refusal is told and goes no further.
    pub(crate) fn accept_frame(&self, frame: &Frame) -> Result<(), BulletinError> {
        let result = self.bulletin().accept_frame(&self.store, frame);
        self.advise();
        result
    }

    pub(crate) fn park(&self, item: &Item, code: &str) {
        tracing::warn!(kind = ?item.kind, code, "parked");
        if let Err(error) = self.store.park(item.kind, &item.id, item.version, code) {
            tracing::error!(%error, "the refusal could not be kept");
        }
        self.changed();
    }

    pub(crate) fn register_again(&self) {
        let again = self.identity().and_then(|identity| self.store.set_identity(&identity));
        if let Err(error) = again {
            tracing::error!(%error, "the device could not be put in the outbox");
        }
    }

    pub(crate) fn time_passed(&self) {
        self.advise();
    }

    /// Notifies what newly concerns the traveller, each `(id, version)` once, committed before it is shown.
    pub(crate) fn advise(&self) {
        match self.due_notices() {
            Ok(notices) => notices.into_iter().for_each(|notice| self.window.notify(notice)),
            Err(error) => tracing::error!(%error, "advisories could not be matched"),
        }
        self.changed();
    }

    fn due_notices(&self) -> Result<Vec<Notice>, StoreError> {
        let (now, lang) = (self.now(), self.lang());
        let trips = self.planned_trips()?;
        let current = whereabouts::current_leg(&trips, now).map(|(_, leg)| leg);
        let bulletin = self.bulletin();
        let mut notices = Vec::new();
        for (entry, advisory) in bulletin.advisories().filter(|(_, advisory)| advisory.is_in_force(now)) {
            let legs = trips.iter().flat_map(|(_, trip)| &trip.legs);
            if advice::concern(advisory, legs, current, now, false) == Concern::Elsewhere {
                continue;
            }
            if let Some(notice) = advice::notice(&entry.id, entry.version, advisory, lang)
                && self.store.claim_notification(&entry.id, entry.version, now)?
            {
                notices.push(notice);
            }
        }
        Ok(notices)
    }

    /// The kept trips, checked again; one that the atlas no longer knows a place of is left out of matching.
    pub(crate) fn planned_trips(&self) -> Result<Vec<(TripId, PlannedTrip)>, StoreError> {
        let drafts = self.store.trips()?;
        Ok(drafts
            .into_iter()
            .filter_map(|(id, draft)| match trips::plan(&draft, self.profile.home_country) {
                Ok(planned) => Some((id, planned)),
                Err(failure) => {
                    tracing::error!(%failure, "a kept trip does not hold any more");
                    None
                }
            })
            .collect())
    }

    // what the traveller does

    /// Checks and keeps a trip, new where `id` is absent. Durable when this returns.
    pub fn save_trip(&self, id: Option<TripId>, draft: &TripDraft) -> Result<TripId, Failure> {
        let planned = trips::plan(draft, self.profile.home_country)?;
        let id = id.unwrap_or_else(|| self.with_rng(TripId::random));
        self.store.save_trip(id, &planned.draft)?;
        self.deliver_now.notify_one();
        self.advise();
        Ok(id)
    }

    pub fn trip_draft(&self, id: TripId) -> Result<TripDraft, Failure> {
        let kept = self.store.trip(id)?.and_then(|(_, draft)| draft);
        kept.ok_or(Failure::new(FailureCode::NotFound))
    }

    pub fn delete_trip(&self, id: TripId) -> Result<(), Failure> {
        if !self.store.delete_trip(id)? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        self.deliver_now.notify_one();
        self.changed();
        Ok(())
    }

    /// Tells the ministry how the party is, and where by the plan: the traveller acts, so the place may leave.
    pub fn check_in(&self, status: CheckInStatus) -> Result<(), Failure> {
        let now = self.now();
        let trips = self.planned_trips()?;
        let current = whereabouts::current_leg(&trips, now);
        let trip = current.map(|(id, _)| id);
        let people = trips.iter().find(|(id, _)| Some(*id) == trip).map_or(1, |(_, trip)| trip.people);
        self.store.save_check_in(&store::CheckIn {
            id: self.with_rng(CheckInId::random),
            trip,
            status,
            people,
            country: current.map(|(_, leg)| leg.country),
            airport: current.and_then(|(_, leg)| leg.airport),
            at: now,
        })?;
        self.deliver_now.notify_one();
        self.changed();
        Ok(())
    }

    /// Records a tap on a number after it was handed to the dialler. A call to the ministry is reported;
    /// one to anybody else stays here.
    pub(super) fn called(&self, number: &str, dialled: bool) -> Result<(), Failure> {
        let now = self.now();
        let of_ministry =
            number == self.profile.line.number || self.bulletin().lines().any(|(_, line)| line.number == number);
        let trips = self.planned_trips()?;
        let country = whereabouts::current_leg(&trips, now).map(|(_, leg)| leg.country);
        let call = store::Call {
            id: self.with_rng(CallId::random),
            number: number.to_owned(),
            country: country.filter(|_| of_ministry),
            outcome: CallOutcome::Called,
            dialled,
            at: now,
        };
        self.store.save_call(&call, of_ministry)?;
        self.deliver_now.notify_one();
        self.changed();
        Ok(())
    }

    pub(super) fn call_outcome(&self, id: CallId, outcome: CallOutcome) -> Result<(), Failure> {
        if !self.store.set_call_outcome(id, outcome)? {
            return Err(Failure::new(FailureCode::NotFound));
        }
        self.deliver_now.notify_one();
        self.changed();
        Ok(())
    }

    /// For the impatient: no waiting for the next try, parked things included.
    pub fn send_now(&self) -> Result<(), Failure> {
        self.store.unpark_all()?;
        self.listen_now.notify_one();
        self.deliver_now.notify_one();
        Ok(())
    }

    /// The traveller opened an advisory.
    pub fn advisory_read(&self, id: &EntryId, version: u32) -> Result<(), Failure> {
        self.store.mark_read(id, version, self.now())?;
        self.deliver_now.notify_one();
        Ok(())
    }

    pub fn dismiss_refused(&self) {
        *lock(&self.refused) = None;
        self.changed();
    }

    pub fn front_url(&self) -> &str {
        &self.profile.front
    }

    pub(crate) fn delivery_of(&self, kind: Kind, id: &str) -> Result<Option<Item>, StoreError> {
        self.store.outbox_item(kind, id)
    }
}

fn new_identity(rng: &mut StdRng) -> Identity {
    let mut token = [0; 32];
    rng.fill_bytes(&mut token);
    let (private, public) = seal::key_pair(rng);
    Identity {
        id: DeviceId::random(rng),
        token: keys::key_text(&token),
        private_key: keys::key_text(&private),
        public_key: keys::key_text(&public),
    }
}
