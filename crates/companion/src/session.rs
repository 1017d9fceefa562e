//! The working app: its store open, its ministry set, what the ministry is heard to say.

#![deny(missing_docs)]

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
};

use contract::{
    entry::line::TextWay, ids::DeviceId, jws::Refusal, keys, log::Frame, profile::Profile, record::Kind, seal,
    words::Lang,
};
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, RngExt, rngs::StdRng};
use tokio::sync::Notify;
use url::Url;

use crate::{
    advisories,
    app_lock::Screen,
    bulletin::{Bulletin, BulletinError, Refused},
    changes::Changes,
    error::{Failure, FailureCode, Trouble},
    facts::Facts,
    front_client::{FrontClient, Link},
    host::{Clock, Host, Window},
    lock::lock,
    paper::Found,
    store::{Identity, Item, Setting, Store, StoreError},
    trips::{self, TripDraft},
    whereabouts,
};

/// The app with its store open and a ministry set.
pub struct Session {
    pub(crate) store: Arc<Store>,
    pub(crate) profile: Profile,
    pub(crate) front: FrontClient,
    pub(crate) listen_now: Notify,
    pub(crate) send_now: Notify,
    /// Somebody may have written.
    pub(crate) letters_now: Notify,
    clock: Clock,
    rng: Mutex<StdRng>,
    pub(crate) window: Arc<dyn Window>,
    pub(crate) screen: Mutex<Screen>,
    changes: Arc<Changes>,
    system_lang: Lang,
    bulletin: Mutex<Bulletin>,
    link: Mutex<Link>,
    /// The last sign of life of a front that is listened to; kept when that ends, for signs are many.
    sign: Mutex<Option<Timestamp>>,
    refused: Mutex<Option<Refused>>,
    /// With a code on paper, until it is taken over.
    pub(crate) found: Mutex<Option<Found>>,
}

impl Session {
    pub(crate) fn open(
        folder: &Path,
        mut profile: Profile,
        host: Host,
        changes: Arc<Changes>,
    ) -> Result<Self, Trouble> {
        let Host { clock, mut rng, http, window, keychain, lang } = host;
        let base = Url::parse(&profile.front).map_err(|error| {
            tracing::error!(%error, "the profile's front is not a URL");
            Trouble::ProfileUnreadable
        })?;
        let is_here = matches!(base.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if base.scheme() != "https" && !(base.scheme() == "http" && is_here) {
            tracing::error!("the profile's front is not reached over https");
            return Err(Trouble::ProfileUnreadable);
        }
        let store = Store::open(folder, &profile, clock(), keychain.as_ref(), &mut rng)?;
        let damaged = |error: StoreError| {
            tracing::error!(%error, "the store cannot be read");
            Trouble::DataDamaged
        };
        store.close_names::<TripDraft>(clock()).map_err(not_kept)?;
        let mut bulletin = Bulletin::load(&store, &profile).map_err(damaged)?;
        if let Some(shipped) = profile.shipped.take()
            && let Err(error) = bulletin.accept_shipped(&store, &profile, &shipped, clock())
        {
            tracing::error!(%error, "the bulletin that came with the app is not believed");
        }
        let session = Self {
            store: Arc::new(store),
            front: FrontClient::new(http, base),
            profile,
            listen_now: Notify::new(),
            send_now: Notify::new(),
            letters_now: Notify::new(),
            clock,
            rng: Mutex::new(rng),
            window,
            screen: Mutex::new(Screen::new()),
            changes,
            system_lang: lang,
            bulletin: Mutex::new(bulletin),
            link: Mutex::new(Link::Idle),
            sign: Mutex::new(None),
            refused: Mutex::new(None),
            found: Mutex::new(None),
        };
        // whoever erased everything is a new device once something is entered
        let has_erased = session.store.erased().map_err(damaged)?.is_some();
        if has_erased {
            session.store.clear_log();
        }
        // and whoever cannot be read today may be who they were tomorrow
        let is_new = !has_erased && session.store.identity().map_err(damaged)?.is_none();
        if is_new && !session.store.is_key_away().map_err(damaged)? {
            session.make_identity().map_err(not_kept)?;
        }
        Ok(session)
    }

    /// The first, or one in the place of what was lost.
    fn make_identity(&self) -> Result<(), StoreError> {
        let identity = self.with_rng(new_identity);
        let kept = self.store.kept()?;
        // where a damaged file gave nothing back this phone may have been a device
        if kept.outbox.is_empty() && kept.mended.is_none() {
            return self.store.set_identity(&identity);
        }
        let now = self.now();
        let living = trips::schedule_all(kept.trips).into_iter().filter(|(_, trip)| trip.until() > now);
        let living: Vec<_> = living.map(|(id, _)| id).collect();
        self.with_rng(|rng| self.store.begin_anew(&identity, |id| living.contains(&id), now, rng))
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

    /// Uniform in 0..1.
    pub(crate) fn random_fraction(&self) -> f64 {
        self.with_rng(|rng| rng.random())
    }

    pub(crate) fn identity(&self) -> Result<Identity, StoreError> {
        self.store.identity()?.ok_or(StoreError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
    }

    /// Makes this a device where it is none and something waits to be sent.
    pub(crate) fn identify(&self) -> Result<(), StoreError> {
        if self.store.identity()?.is_some() {
            return Ok(());
        }
        let outbox = self.store.outbox()?;
        if !outbox.iter().any(Item::is_lacking) && self.store.is_key_away()? {
            return Ok(());
        }
        if outbox.iter().any(|item| item.kind == Kind::Device) {
            // it was one before, which is lost
            self.make_identity()?;
        } else if !outbox.is_empty() {
            self.store.set_identity(&self.with_rng(new_identity))?;
        }
        Ok(())
    }

    /// What was sent before is listed no more, where it stands no more: as long as the ministry may keep such things.
    pub(crate) fn sent_since(&self) -> Timestamp {
        let kept = &self.profile.law.retention;
        let days = kept.trip.max(kept.check_in).max(kept.call);
        self.now().saturating_sub(SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(Timestamp::MIN)
    }

    /// The traveller's choice, else the system's.
    pub fn lang(&self) -> Lang {
        let chosen = self.store.setting(Setting::Language).ok().flatten();
        chosen.and_then(|tag| Lang::from_tag(&tag)).unwrap_or(self.system_lang)
    }

    pub(crate) fn link(&self) -> Link {
        *lock(&self.link)
    }

    /// The traveller has seen what was refused.
    pub fn dismiss_refused(&self) {
        *lock(&self.refused) = None;
        self.changed();
    }

    pub(crate) fn changed(&self) {
        self.changes.tell();
    }

    pub(crate) fn set_link(&self, link: Link) {
        let before = std::mem::replace(&mut *lock(&self.link), link);
        if before != link {
            if before == Link::Connected
                && let Some(sign) = *lock(&self.sign)
            {
                self.keep_heard(sign);
            }
            self.changed();
        }
    }

    /// The front was heard and all it said held.
    pub(crate) fn heard(&self) {
        let now = self.now();
        *lock(&self.sign) = Some(now);
        self.keep_heard(now);
        *lock(&self.link) = Link::Connected;
        self.changed();
    }

    fn keep_heard(&self, at: Timestamp) {
        if let Err(error) = self.store.set(Setting::LastHeard, &at.to_string()) {
            tracing::error!(%error, "the time of contact could not be kept");
        }
    }

    /// The front that is listened to has said by a sign that it has nothing new to say. Of an old head that proves nothing.
    pub(crate) fn hear_a_sign(&self) {
        let now = self.now();
        if !self.bulletin().may_be_stale(now) {
            *lock(&self.sign) = Some(now);
        }
    }

    /// The front took a record: it is within reach, and is listened to where it was not.
    pub(crate) fn answered(&self) {
        let before = self.link();
        self.set_link(Link::Connected);
        if before != Link::Connected {
            self.listen_now.notify_one();
        }
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
        let taken = self.bulletin().accept_frame(&self.store, frame);
        let just_came = taken.as_ref().ok().and_then(Option::as_ref);
        self.notify(just_came);
        self.changed();
        taken.map(|_| ())
    }

    /// Takes the next key set. What it voids leaves the screen, and those who were shown it are told.
    pub(crate) fn accept_key_set(&self, document: &str) -> Result<(), BulletinError> {
        let taken = self.bulletin().accept_key_set(&self.store, &self.profile, document);
        self.notify_due();
        self.changed();
        taken
    }

    pub(crate) fn time_passed(&self) {
        self.notify_due();
        self.notify_letters();
        self.changed();
    }

    /// Reads everything in one moment: the bulletin stands still while the store is read in one transaction.
    pub(crate) fn with_facts<T>(&self, make: impl FnOnce(&Facts) -> T) -> Result<T, StoreError> {
        // what changes while it is read is asked for again
        let revision = self.changes.revision();
        let bulletin = self.bulletin();
        let kept = self.store.kept()?;
        let lock_view = self.lock_view(&kept);
        let facts = Facts::of(kept, lock_view, self.now(), self.system_lang, &bulletin);
        let home_airport = whereabouts::home_airport(&self.profile, &facts.trips);
        Ok(make(&Facts {
            revision,
            profile: Some(&self.profile),
            home: whereabouts::home(&self.profile, home_airport.as_ref()),
            home_airport,
            link: *lock(&self.link),
            last_heard: facts.last_heard.max(*lock(&self.sign)),
            refused: lock(&self.refused).clone(),
            found_zones: lock(&self.found).as_ref().map(Found::zones).unwrap_or_default(),
            ..facts
        }))
    }

    /// Whether something that was verified names this address: no other is opened.
    pub fn names_link(&self, url: &str) -> bool {
        // a browser has its own way to write an address
        let is_it = |named: &str| {
            named.starts_with("https://") && Url::parse(named).is_ok_and(|read| read.as_str() == url || named == url)
        };
        let bulletin = self.bulletin();
        // the page of another authority, as the app shows it
        let of_alert = advisories::warnings(&bulletin).iter().any(|warning| warning.names_page(url));
        let of_mission = bulletin
            .missions()
            .any(|(_, mission)| is_it(&mission.site) || mission.sources.iter().any(|source| is_it(&source.url)));
        of_alert
            || of_mission
            || bulletin.chats().any(|(_, chat)| is_it(&chat.link.url))
            || bulletin.lines().any(|(_, line)| matches!(&line.text, Some(TextWay::Chat(link)) if is_it(&link.url)))
            || bulletin.topics().any(|(_, topic)| topic.sources.iter().any(|source| is_it(&source.url)))
    }

    /// Where the front is, by the profile.
    pub fn front_url(&self) -> &str {
        &self.profile.front
    }
}

fn not_kept(error: StoreError) -> Trouble {
    if Failure::from(error).code == FailureCode::DiskFull { Trouble::DiskFull } else { Trouble::FolderNotWritable }
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
