//! The app with its store open and a ministry set: what is kept, and what the ministry is heard to say.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
};

use atlas::PlaceKey;
use contract::{
    bulletin::Frame,
    guidance::Topic,
    ids::{DeviceId, TripId},
    jws::Refusal,
    keys,
    lines::TextWay,
    problem::Code,
    profile::Profile,
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
    front_client::{FrontClient, Link},
    guidance,
    store::{self, Identity, Item, Kind, Setting, Store, StoreError},
    trips::{self, PlannedTrip},
    view::{Concern, Refused},
    whereabouts::{self, Choice, Whereabouts},
};

/// The app with its store open and a ministry set.
pub struct Ready {
    pub(crate) store: Store,
    pub(crate) profile: Profile,
    pub(crate) front: FrontClient,
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
    pub(super) fn open(folder: &Path, mut profile: Profile, outside: Outside) -> Result<Self, Trouble> {
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
        let mut bulletin = Bulletin::load(&store, &profile).map_err(damaged)?;
        if let Some(shipped) = profile.shipped.take()
            && let Err(error) = bulletin.accept_shipped(&store, &profile, &shipped)
        {
            tracing::error!(%error, "the bulletin that came with the app is not believed");
        }
        let ready = Self {
            store,
            front: FrontClient::new(http, base),
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

    pub fn dismiss_refused(&self) {
        *lock(&self.refused) = None;
        self.changed();
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

    pub(crate) fn park(&self, item: &Item, code: Code) {
        tracing::warn!(kind = ?item.kind, ?code, "parked");
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
        let here = self.whereabouts(&trips, now)?;
        let current = here.as_ref().map(|here| &here.leg);
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

    /// The kept trips, checked again. A city that the atlas no longer knows leaves its country; one whose country or
    /// airport it no longer knows is left out of matching.
    pub(crate) fn planned_trips(&self) -> Result<Vec<(TripId, PlannedTrip)>, StoreError> {
        let drafts = self.store.trips()?;
        Ok(drafts
            .into_iter()
            .filter_map(|(id, draft)| match trips::plan_kept(draft.with_known_cities()) {
                Ok(planned) => Some((id, planned)),
                Err(failure) => {
                    tracing::error!(%failure, "a kept trip does not hold any more");
                    None
                }
            })
            .collect())
    }

    pub(crate) fn whereabouts(
        &self,
        trips: &[(TripId, PlannedTrip)],
        now: Timestamp,
    ) -> Result<Option<Whereabouts>, StoreError> {
        let choice = self.store.setting(Setting::Choice)?;
        let read = |text: String| {
            serde_json::from_str(&text).inspect_err(|_| tracing::error!("the kept choice of place does not read")).ok()
        };
        let choice: Option<Choice> = choice.and_then(read);
        Ok(whereabouts::now(trips, choice.as_ref(), now))
    }

    /// The places of the traveller's trips.
    pub(crate) fn own_places(&self) -> Result<Vec<PlaceKey>, StoreError> {
        Ok(self.planned_trips()?.iter().flat_map(|(_, trip)| trip.places()).collect())
    }

    pub(crate) fn prefers_text(&self) -> Result<bool, StoreError> {
        Ok(self.store.setting(Setting::PrefersText)?.as_deref() == Some(store::YES))
    }

    /// The shipped topics and the ministry's own over them.
    pub fn topics(&self) -> Vec<Topic> {
        guidance::topics(self.bulletin().topics().map(|(_, topic)| topic))
    }

    /// Whether something that was verified names this address: no other is opened.
    pub fn names_link(&self, url: &str) -> bool {
        // a browser has its own way to write an address
        let is_it = |named: &String| {
            named.starts_with("https://") && Url::parse(named).is_ok_and(|read| read.as_str() == url || named == url)
        };
        let bulletin = self.bulletin();
        let of_mission = bulletin
            .missions()
            .any(|(_, mission)| is_it(&mission.site) || mission.sources.iter().any(|source| is_it(&source.url)));
        of_mission
            || bulletin.chats().any(|(_, chat)| is_it(&chat.link.url))
            || bulletin.lines().any(|(_, line)| matches!(&line.text, Some(TextWay::Chat(link)) if is_it(&link.url)))
            || bulletin.topics().any(|(_, topic)| topic.sources.iter().any(|source| is_it(&source.url)))
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
