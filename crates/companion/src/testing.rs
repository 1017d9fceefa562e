//! A ministry with keys of its own, a device, and the outside that a test owns.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use contract::{
    entry::{
        Body, Entry,
        advisory::{Advisory, AdvisoryText, Announced, Certainty, MessageType, Severity, Urgency},
    },
    hash::Hash,
    hours::Hours,
    ids::EntryId,
    jws::{Document, Jws, Purpose, Signatory, sign_by_all},
    keys::{KeySet, NamedKey, Positions, Role, RootKey, Roots, key_text},
    log::{Frame, Head, LogPosition, SnapshotLine, SnapshotName, Watermark, snapshot_bytes},
    place::{Area, CountryCode},
    profile::{ConsentText, Law, Profile, ProfileLine, Retention, Shipped},
    words::{Lang, Tag, Words},
};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::{
    Companion, Session,
    advisories::Notice,
    bulletin::Missing,
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

/// A text in one language; it must be there.
pub fn in_lang<'a>(words: &'a Words, tag: &str) -> &'a str {
    words.get(tag).unwrap()
}

pub fn words(text: &str) -> Words {
    Words::new(format!("{text} kk"), format!("{text} ru"), format!("{text} en"))
}

/// The desk and the front of one ministry, with the log they have written.
pub struct Ministry {
    root: [Signatory; 1],
    pub publisher: Signatory,
    pub header: Signatory,
    pub desk: Signatory,
    consular: [u8; 32],
    pub position: LogPosition,
    pub live: BTreeMap<EntryId, SnapshotLine>,
    /// The number of the newest key set.
    pub keys: u32,
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
        let desk = signatory("watermark-1");
        let (_, consular) = contract::seal::key_pair(&mut rng);
        Self {
            root,
            publisher,
            header,
            desk,
            consular,
            position: LogPosition::default(),
            live: BTreeMap::new(),
            keys: 1,
        }
    }

    fn public(signatory: &Signatory) -> String {
        key_text(&signatory.key.verifying_key().to_bytes())
    }

    fn roots(&self) -> Roots {
        let key = |root: &Signatory| RootKey { kid: root.kid.clone(), public: Self::public(root) };
        Roots { threshold: 1, keys: self.root.iter().map(key).collect() }
    }

    pub fn profile(&self) -> Profile {
        let consent = ConsentText { version: 1, text: words("I agree") };
        Profile {
            identifier: "org.example.companion".into(),
            name: words("Ministry"),
            demo: true,
            languages: Lang::ALL.map(Tag::from).to_vec(),
            front: "http://127.0.0.1:9".into(),
            roots: self.roots(),
            home_country: "KZ".parse().unwrap(),
            home_time_zone: "Asia/Almaty".into(),
            home_city: words("Astana"),
            line: ProfileLine { name: words("Duty"), hours: Hours::Always, number: "+442079460100".parse().unwrap() },
            disputed: Vec::new(),
            law: Law {
                country: "KZ".parse().unwrap(),
                responsible: words("Responsible"),
                consents: [("registering".to_owned(), consent)].into(),
                retention: Retention {
                    trip: 30,
                    check_in: 30,
                    case: 365,
                    message: 365,
                    sms: 30,
                    call: 90,
                    audit: 365,
                    backup: 30,
                },
                breach: words("Breach"),
            },
            shipped: None,
        }
    }

    pub fn named(signatory: &Signatory, role: Role) -> NamedKey {
        let (kid, public) = (signatory.kid.clone(), Self::public(signatory));
        NamedKey { kid, role, public, valid: vec![Positions::ALL], void: Vec::new() }
    }

    /// The keys of set 1.
    pub fn named_keys(&self) -> Vec<NamedKey> {
        let consular = NamedKey {
            kid: "consular-1".parse().unwrap(),
            role: Role::Consular,
            public: key_text(&self.consular),
            valid: vec![Positions::ALL],
            void: Vec::new(),
        };
        vec![
            Self::named(&self.publisher, Role::Publish),
            Self::named(&self.header, Role::Head),
            Self::named(&self.desk, Role::Watermark),
            consular,
        ]
    }

    pub fn key_set(&self) -> String {
        self.key_set_of(1, self.named_keys())
    }

    pub fn key_set_of(&self, number: u32, keys: Vec<NamedKey>) -> String {
        sign_by_all(&self.root, &KeySet { number, roots: self.roots(), keys }).unwrap()
    }

    /// Whatever the roots sign as a key set.
    pub fn sign_keys(&self, set: &(impl Document + serde::Serialize)) -> String {
        sign_by_all(&self.root, set).unwrap()
    }

    pub fn sign(&self, entry: &Entry) -> Jws {
        self.publisher.sign(entry).unwrap()
    }

    /// What would come next in the log, not yet in it.
    pub fn next(&self, entry: Jws) -> Frame {
        Frame { seq: self.position.seq + 1, prev: self.position.hash, entry }
    }

    /// Appends an entry to the log.
    pub fn publish(&mut self, entry: &Entry) -> Frame {
        let frame = self.append(self.sign(entry));
        let line = SnapshotLine { seq: frame.seq, entry: frame.entry.clone() };
        self.live.insert(entry.id.clone(), line);
        frame
    }

    /// Appends whatever was signed.
    pub fn append(&mut self, entry: Jws) -> Frame {
        let frame = self.next(entry);
        self.position = self.position.after(&frame).unwrap();
        frame
    }

    pub fn snapshot(&self) -> String {
        let mut lines: Vec<&SnapshotLine> = self.live.values().collect();
        lines.sort_by_key(|line| line.seq);
        String::from_utf8(snapshot_bytes(lines).unwrap()).unwrap()
    }

    /// The head of the log, in force for a day.
    pub fn head(&self, issued_at: &str) -> String {
        self.head_of(self.position, issued_at)
    }

    pub fn head_of(&self, position: LogPosition, issued_at: &str) -> String {
        let issued_at = at(issued_at);
        let expires_at = issued_at + jiff::SignedDuration::from_hours(24);
        let LogPosition { seq, hash } = position;
        self.header.sign(&Head { seq, hash, keys: self.keys, issued_at, expires_at }).unwrap().compact()
    }

    /// The desk's word on the log as it is, with the snapshot of what lives, in force for a day.
    pub fn watermark(&self, issued_at: &str) -> String {
        self.watermark_of(self.position, self.position.seq, &self.snapshot(), issued_at)
    }

    pub fn watermark_of(&self, position: LogPosition, snapshot_seq: u64, snapshot: &str, issued_at: &str) -> String {
        let issued_at = at(issued_at);
        let expires_at = issued_at + jiff::SignedDuration::from_hours(24);
        let snapshot = SnapshotName { seq: snapshot_seq, hash: Hash::of(snapshot.as_bytes()) };
        let LogPosition { seq, hash } = position;
        let watermark = Watermark { seq, hash, snapshot, keys: self.keys, issued_at, expires_at };
        self.desk.sign(&watermark).unwrap().compact()
    }

    /// What would come with an app that is made now.
    pub fn shipped(&self, issued_at: &str) -> Shipped {
        Shipped { keys: vec![self.key_set()], watermark: self.watermark(issued_at), snapshot: self.snapshot() }
    }
}

pub fn entry(id: &str, version: u32, body: Body) -> Entry {
    Entry { id: id.parse().unwrap(), version, issued_at: at("2026-03-01T06:00:00Z"), body }
}

/// An advisory for one country, in force on the first two days of March.
pub fn advisory(country: &str) -> Advisory {
    let text = |lang: Lang| {
        let text = AdvisoryText {
            headline: format!("Headline {}", lang.tag()),
            steps: vec![format!("Step {}", lang.tag())],
            why: format!("Why {}", lang.tag()),
        };
        (Tag::from(lang), text)
    };
    Advisory {
        message_type: MessageType::Alert,
        announced: Announced::Loud,
        severity: Severity::Extreme,
        urgency: Urgency::Immediate,
        certainty: Certainty::Observed,
        effective: at("2026-03-01T06:00:00Z"),
        onset: None,
        expires: at("2026-03-03T06:00:00Z"),
        areas: vec![Area { country: Some(country.parse().unwrap()), ..Area::default() }],
        texts: Lang::ALL.into_iter().map(text).collect(),
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
        Self::of_ministry(Ministry::new(1), now, change)
    }

    /// Of a ministry that has spoken already.
    pub fn of_ministry(ministry: Ministry, now: &str, change: impl FnOnce(Profile) -> Profile) -> Self {
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
        let now = session.now().to_string();
        let (head, watermark) = (self.ministry.head(&now), self.ministry.watermark(&now));
        let (store, clock) = (&session.store, session.now());
        let mut bulletin = session.bulletin();
        if bulletin.key_set_number() == 0 {
            bulletin.accept_key_set(store, &session.profile, &self.ministry.key_set()).unwrap();
        }
        bulletin.accept_watermark(store, &watermark).unwrap();
        bulletin.accept_snapshot(store, &self.ministry.snapshot()).unwrap();
        assert_eq!(bulletin.accept_head(store, &head, clock).unwrap(), Missing::Nothing);
    }

    /// Publishes and delivers whatever is signed.
    pub fn hear_json(&mut self, entry: &serde_json::Value) {
        let entry = self.ministry.publisher.sign_text(Purpose::Entry, entry.to_string()).unwrap();
        let frame = self.ministry.append(entry);
        self.session().accept_frame(&frame).unwrap();
    }

    /// Publishes and delivers one entry.
    pub fn hear(&mut self, entry: &Entry) {
        let frame = self.ministry.publish(entry);
        self.session().accept_frame(&frame).unwrap();
    }
}
