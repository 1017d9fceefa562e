//! A ministry with keys of its own, a device, and the outside that a test owns.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use contract::{
    advisory::{Advisory, AdvisoryText, Area, Certainty, MessageType, Severity, Urgency},
    bulletin::{Frame, Hash, Head, Place, snapshot_bytes},
    entry::{Body, Entry},
    hours::Hours,
    ids::EntryId,
    jws::{Purpose, Signatory, sign_by_all},
    keys::{KeySet, NamedKey, Role, RootKey, Roots, key_text},
    place::CountryCode,
    profile::{Profile, ProfileLine},
    words::{Lang, Words},
};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::{
    Companion, Session,
    advisories::Notice,
    front_client::Transport,
    host::{Host, Window},
    trips::{LegDraft, TripDraft},
    view::View,
};

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn kz() -> CountryCode {
    "KZ".parse().unwrap()
}

pub fn words(text: &str) -> Words {
    Words::new(format!("{text} kk"), format!("{text} ru"), format!("{text} en"))
}

/// The desk and the front of one ministry, with the log they have written.
pub struct Ministry {
    root: [Signatory; 1],
    pub publisher: Signatory,
    header: Signatory,
    consular: [u8; 32],
    pub place: Place,
    live: BTreeMap<EntryId, String>,
}

impl Ministry {
    pub fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut signatory = |kid: &str| {
            let mut secret = [0; 32];
            rng.fill_bytes(&mut secret);
            Signatory { kid: kid.parse().unwrap(), key: SigningKey::from_bytes(&secret) }
        };
        let (root, publisher, header) = ([signatory("root-1")], signatory("publish-1"), signatory("head-1"));
        let (_, consular) = contract::seal::key_pair(&mut rng);
        Self { root, publisher, header, consular, place: Place::default(), live: BTreeMap::new() }
    }

    fn public(signatory: &Signatory) -> String {
        key_text(&signatory.key.verifying_key().to_bytes())
    }

    fn roots(&self) -> Roots {
        let key = |root: &Signatory| RootKey { kid: root.kid.clone(), public: Self::public(root) };
        Roots { threshold: 1, keys: self.root.iter().map(key).collect() }
    }

    pub fn profile(&self) -> Profile {
        Profile {
            name: words("Ministry"),
            demo: true,
            front: "http://127.0.0.1:9".into(),
            roots: self.roots(),
            home_country: "KZ".parse().unwrap(),
            home_time_zone: "Asia/Almaty".into(),
            home_city: words("Astana"),
            line: ProfileLine { name: words("Duty"), hours: Hours::Always, number: "+442079460100".into() },
            disputed: Vec::new(),
            shipped: None,
        }
    }

    pub fn key_set(&self) -> String {
        let named = |kid: &str, role, public| NamedKey {
            kid: kid.parse().unwrap(),
            role,
            public,
            from_seq: 0,
            until_seq: None,
        };
        let keys = vec![
            named("publish-1", Role::Publish, Self::public(&self.publisher)),
            named("head-1", Role::Head, Self::public(&self.header)),
            named("consular-1", Role::Consular, key_text(&self.consular)),
        ];
        sign_by_all(&self.root, Purpose::Keys, &KeySet { number: 1, roots: self.roots(), keys }).unwrap()
    }

    pub fn sign(&self, entry: &Entry) -> String {
        self.publisher.sign(Purpose::Entry, entry).unwrap()
    }

    /// What would come next in the log, not yet in it.
    pub fn next(&self, entry: String) -> Frame {
        Frame { seq: self.place.seq + 1, prev: self.place.hash, entry }
    }

    /// Appends an entry to the log.
    pub fn publish(&mut self, entry: &Entry) -> Frame {
        let jws = self.sign(entry);
        let frame = self.next(jws.clone());
        self.place = self.place.after(&frame).unwrap();
        self.live.insert(entry.id.clone(), jws);
        frame
    }

    pub fn snapshot(&self) -> String {
        String::from_utf8(snapshot_bytes(self.live.values().map(String::as_str))).unwrap()
    }

    /// The head of the log, in force for a day.
    pub fn head(&self, issued_at: &str) -> String {
        self.head_of(self.place, issued_at, &self.snapshot())
    }

    pub fn head_of(&self, place: Place, issued_at: &str, snapshot: &str) -> String {
        let issued_at = at(issued_at);
        let expires_at = issued_at + jiff::SignedDuration::from_hours(24);
        let snapshot = Hash::of(snapshot.as_bytes());
        let head = Head { seq: place.seq, hash: place.hash, issued_at, expires_at, snapshot };
        self.header.sign(Purpose::Head, &head).unwrap()
    }
}

pub fn entry(id: &str, version: u32, body: Body) -> Entry {
    Entry { id: id.parse().unwrap(), version, issued_at: at("2026-03-01T06:00:00Z"), body }
}

/// An advisory for one country, in force on the first two days of March.
pub fn advisory(country: &str) -> Advisory {
    let text = |lang: Lang| AdvisoryText {
        lang: lang.tag().into(),
        headline: format!("Headline {}", lang.tag()),
        steps: vec![format!("Step {}", lang.tag())],
        why: format!("Why {}", lang.tag()),
    };
    Advisory {
        message_type: MessageType::Alert,
        severity: Severity::Extreme,
        urgency: Urgency::Immediate,
        certainty: Certainty::Observed,
        effective: at("2026-03-01T06:00:00Z"),
        expires: at("2026-03-03T06:00:00Z"),
        areas: vec![Area { country: Some(country.parse().unwrap()), ..Area::default() }],
        texts: Lang::ALL.map(text).to_vec(),
        relayed: None,
    }
}

pub fn advisory_entry(id: &str, version: u32, country: &str) -> Entry {
    entry(id, version, Body::Advisory(advisory(country)))
}

pub fn stay(country: &str, city: Option<&str>, from: &str, until: &str) -> LegDraft {
    LegDraft::Stay {
        country: country.into(),
        city: city.map(Into::into),
        from: from.into(),
        until: until.into(),
        address: "Creek 5".into(),
    }
}

pub fn transit(airport: &str, arrives: &str, departs: &str) -> LegDraft {
    LegDraft::Transit {
        airport: airport.into(),
        flight: "QR 391".into(),
        arrives: arrives.into(),
        departs: departs.into(),
        airside: true,
        onward_ticket: true,
    }
}

pub fn trip(legs: Vec<LegDraft>) -> TripDraft {
    TripDraft { origin: Some("ALA".into()), legs, adults: 2, children: 1, phone: String::new(), next_of_kin: None }
}

pub fn dubai() -> TripDraft {
    trip(vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04")])
}

pub fn http() -> reqwest::Client {
    // a second installation in one process is refused, and the first is as good
    let _ = rustls::crypto::ring::default_provider().install_default();
    let none = reqwest::redirect::Policy::none();
    reqwest::Client::builder().redirect(none).no_proxy().build().unwrap()
}

/// A window that only remembers.
#[derive(Default)]
pub struct Remembered {
    pub notices: Mutex<Vec<Notice>>,
}

impl Remembered {
    pub fn titles(&self) -> Vec<String> {
        self.notices.lock().unwrap().iter().map(|notice| notice.title.clone()).collect()
    }
}

impl Window for Remembered {
    fn changed(&self) {}

    fn notify(&self, notice: Notice) {
        self.notices.lock().unwrap().push(notice);
    }
}

/// An app whose clock is moved by hand and whose notifications are remembered.
pub struct Device {
    pub ministry: Ministry,
    pub companion: Companion,
    pub window: Arc<Remembered>,
    clock: Arc<Mutex<Timestamp>>,
    pub folder: tempfile::TempDir,
}

fn host(clock: &Arc<Mutex<Timestamp>>, window: &Arc<Remembered>, http: Arc<dyn Transport>) -> Host {
    let clock = clock.clone();
    Host {
        clock: Arc::new(move || *clock.lock().unwrap()),
        rng: StdRng::seed_from_u64(2),
        http,
        window: window.clone(),
        lang: Lang::En,
    }
}

impl Device {
    pub fn new(now: &str) -> Self {
        Self::with_profile(now, |profile| profile)
    }

    /// With the ministry's profile changed.
    pub fn with_profile(now: &str, change: impl FnOnce(Profile) -> Profile) -> Self {
        let ministry = Ministry::new(1);
        let profile = change(ministry.profile());
        Self::of(ministry, profile, tempfile::tempdir().unwrap(), now)
    }

    fn of(ministry: Ministry, profile: Profile, folder: tempfile::TempDir, now: &str) -> Self {
        let (clock, window) = (Arc::new(Mutex::new(at(now))), Arc::new(Remembered::default()));
        let companion = Companion::open(folder.path(), Ok(Some(profile)), host(&clock, &window, Arc::new(http())));
        Self { ministry, companion, window, clock, folder }
    }

    /// Whose requests to the front `transport` carries.
    pub fn behind(transport: Arc<dyn Transport>, now: &str) -> Self {
        let (ministry, folder) = (Ministry::new(1), tempfile::tempdir().unwrap());
        let (clock, window) = (Arc::new(Mutex::new(at(now))), Arc::new(Remembered::default()));
        let host = host(&clock, &window, transport);
        let companion = Companion::open(folder.path(), Ok(Some(ministry.profile())), host);
        Self { ministry, companion, window, clock, folder }
    }

    /// An app with no ministry set.
    pub fn without_ministry(now: &str) -> Companion {
        let (clock, window) = (Arc::new(Mutex::new(at(now))), Arc::new(Remembered::default()));
        Companion::open(tempfile::tempdir().unwrap().path(), Ok(None), host(&clock, &window, Arc::new(http())))
    }

    /// The app closed and opened again over the same folder.
    pub fn reopened(self) -> Self {
        self.reopened_with(|profile| profile)
    }

    /// The same with the ministry's profile changed.
    pub fn reopened_with(self, change: impl FnOnce(Profile) -> Profile) -> Self {
        let now = self.clock.lock().unwrap().to_string();
        let Self { ministry, companion, folder, .. } = self;
        drop(companion);
        let profile = change(ministry.profile());
        Self::of(ministry, profile, folder, &now)
    }

    pub fn session(&self) -> &Session {
        self.companion.session().unwrap()
    }

    pub fn view(&self) -> View {
        self.companion.view().unwrap()
    }

    pub fn pass_to(&self, now: &str) {
        *self.clock.lock().unwrap() = at(now);
        self.session().time_passed();
    }

    /// Takes the key set and the log as far as it is.
    pub fn catch_up(&self) {
        let session = self.session();
        let head = self.ministry.head(&session.now().to_string());
        let (store, now) = (&session.store, session.now());
        let mut bulletin = session.bulletin();
        bulletin.accept_keys(store, &session.profile, &self.ministry.key_set()).unwrap();
        bulletin.accept_snapshot(store, &head, &self.ministry.snapshot(), now).unwrap();
    }

    /// Publishes and delivers one entry.
    pub fn hear(&mut self, entry: &Entry) {
        let frame = self.ministry.publish(entry);
        self.session().accept_frame(&frame).unwrap();
    }
}
