//! An app on a device of its own, with the clock, the window and the network that a test owns.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use contract::{entry::Entry, profile::Profile, words::Lang};
use flate2::{Compression, write::DeflateEncoder};
use jiff::Timestamp;
use rand::{SeedableRng, rngs::StdRng};
use testkit::{Ministry, at};

use crate::{
    Companion, Session,
    bulletin::Missing,
    front_client::Transport,
    host::{Host, Keychain, NotShown, Shown, Window},
    import::{Reader, Seen, Unseen},
    notices::Notice,
    trips::{Arrival, LegDraft, TripDraft},
    view::View,
};

pub fn stay(country: &str, city: Option<&str>, from: &str, until: &str) -> LegDraft {
    LegDraft::Stay {
        country: country.into(),
        city: city.map(Into::into),
        from: from.into(),
        until: until.into(),
        address: "Creek 5".into(),
        arrival: None,
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
        arrival: None,
    }
}

/// The leg, with how they come to it.
pub fn arriving(mut leg: LegDraft, said: Arrival) -> LegDraft {
    match &mut leg {
        LegDraft::Stay { arrival, .. } | LegDraft::Transit { arrival, .. } => *arrival = Some(said),
    }
    leg
}

pub fn trip(legs: Vec<LegDraft>) -> TripDraft {
    TripDraft { origin: Some("ALA".into()), legs, adults: 2, children: 1, ..TripDraft::of_one() }
}

pub fn dubai() -> TripDraft {
    trip(vec![stay("AE", Some("ae-dubai"), "2026-02-27", "2026-03-04")])
}

/// A trip on which the traveller is not, so that it may be at one time with another.
pub fn of_others(draft: TripDraft) -> TripDraft {
    TripDraft { of_others: true, ..draft }
}

/// A ZIP of these files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut zip);
    for (name, data) in files {
        let (mut entry, config) =
            archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE).start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::best()));
        writer.write_all(data).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    zip
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
    /// The system has nobody who shows a notification.
    pub shows_nothing: Mutex<bool>,
    /// Of the last change that it was told of.
    pub revision: Mutex<u64>,
}

impl Remembered {
    pub fn titles(&self) -> Vec<String> {
        self.notices.lock().unwrap().iter().map(|notice| notice.title.clone()).collect()
    }
}

impl Window for Remembered {
    fn changed(&self, revision: u64) {
        *self.revision.lock().unwrap() = revision;
    }

    fn notify(&self, notice: Notice, shown: Shown) {
        if *self.shows_nothing.lock().unwrap() {
            return shown(Err(NotShown("nobody shows it".into())));
        }
        self.notices.lock().unwrap().push(notice);
        shown(Ok(()));
    }
}

/// The reader itself: a fault of it fails the test.
pub struct InProcess;

impl Reader for InProcess {
    fn see(&self, file: &[u8]) -> Result<Seen, Unseen> {
        reader::see(file)
    }
}

/// An app whose clock is moved by hand and whose notifications are remembered.
pub struct Device {
    pub ministry: Ministry,
    pub companion: Companion,
    pub window: Arc<Remembered>,
    pub clock: Arc<Mutex<Timestamp>>,
    pub folder: tempfile::TempDir,
}

/// The second start draws other numbers than the first.
fn host(clock: &Arc<Mutex<Timestamp>>, window: &Arc<Remembered>, http: Arc<dyn Transport>, is_first: bool) -> Host {
    let clock = clock.clone();
    Host {
        clock: Arc::new(move || *clock.lock().unwrap()),
        rng: StdRng::seed_from_u64(if is_first { 2 } else { 3 }),
        http,
        window: window.clone(),
        keychain: Arc::new(crate::host::NoKeychain("none".into())),
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
        Self::on(ministry, profile, folder, now, |host| host)
    }

    /// On a host that is another in something.
    fn on(
        ministry: Ministry,
        profile: Profile,
        folder: tempfile::TempDir,
        now: &str,
        change: impl FnOnce(Host) -> Host,
    ) -> Self {
        let (clock, window) = (Arc::new(Mutex::new(at(now))), Arc::new(Remembered::default()));
        let is_first = !folder.path().join("saparlas.db").exists();
        let host = change(host(&clock, &window, Arc::new(http()), is_first));
        let companion = Companion::open(folder.path(), Ok(Some(profile)), host);
        Self { ministry, companion, window, clock, folder }
    }

    /// Over a folder in which an app has been before.
    pub fn over(folder: tempfile::TempDir, now: &str) -> Self {
        let ministry = Ministry::new(1);
        let profile = ministry.profile();
        Self::of(ministry, profile, folder, now)
    }

    /// Over a folder whose key `keychain` keeps.
    pub fn keeping_its_key(folder: tempfile::TempDir, keychain: Arc<dyn Keychain>, now: &str) -> Self {
        let ministry = Ministry::new(1);
        let profile = ministry.profile();
        Self::on(ministry, profile, folder, now, |host| Host { keychain, ..host })
    }

    /// Whose requests to the front `transport` carries.
    pub fn behind(transport: Arc<dyn Transport>, now: &str) -> Self {
        let ministry = Ministry::new(1);
        let profile = ministry.profile();
        Self::on(ministry, profile, tempfile::tempdir().unwrap(), now, |host| Host { http: transport, ..host })
    }

    /// An app with no ministry set.
    pub fn without_ministry(now: &str) -> Companion {
        let (clock, window) = (Arc::new(Mutex::new(at(now))), Arc::new(Remembered::default()));
        Companion::open(tempfile::tempdir().unwrap().path(), Ok(None), host(&clock, &window, Arc::new(http()), true))
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
        bulletin.accept_watermark(store, &watermark, clock).unwrap();
        bulletin.accept_snapshot(store, &self.ministry.snapshot()).unwrap();
        assert_eq!(bulletin.accept_head(store, &head, clock).unwrap(), Missing::Nothing);
    }

    /// Publishes and delivers whatever is signed.
    pub fn hear_json(&mut self, entry: &serde_json::Value) {
        let frame = self.ministry.publish_json(entry);
        self.session().accept_frame(&frame).unwrap();
    }

    /// Publishes and delivers one entry.
    pub fn hear(&mut self, entry: &Entry) {
        let frame = self.ministry.publish(entry);
        self.session().accept_frame(&frame).unwrap();
    }
}
