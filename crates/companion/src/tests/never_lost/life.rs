//! One life: a traveller enters things while the weather changes, the app ends and starts again, the register goes
//! back to a backup and the phone to an older copy of itself. At the end the sky clears, and the laws are looked at.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use contract::{
    http::path,
    ids::{CheckInId, TripId},
    record::{CallOutcome, CheckInStatus, Kind, PrivateCheckIn, PrivateMessage},
    seal::{Context, Sealed},
    words::Lang,
};
use jiff::{SignedDuration, Timestamp};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

use super::{
    network::{Network, STORMS, Weather},
    register::{HeldRecord, Register},
};
use testkit::{Ministry, at};

use crate::{
    Companion, Details, MessageDraft,
    error::{Failure, FailureCode},
    host::Host,
    store::{CallWay, Delivery, Item},
    sync,
    testing::{Remembered, dubai},
    trips::TripDraft,
};

const LINE: &str = "+442079460100";
/// Long enough for every rest to end and all to be sent, once the sky is clear.
const UNTIL_ALL_IS_SENT: Duration = Duration::from_secs(1_800);

/// A folder where nothing waits for a disk: what is lost when a machine loses power is looked at elsewhere.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

type Sync = Pin<Box<dyn Future<Output = ()>>>;

struct Life {
    rng: StdRng,
    network: Arc<Network>,
    ministry: Ministry,
    clock: Arc<Mutex<Timestamp>>,
    folder: TempDir,
    companion: Companion,
    sync: Sync,
    /// Paths of all that was ever entered.
    entered: BTreeSet<String>,
    /// Paths of what was entered since the phone last went back to an older copy.
    touched: BTreeSet<String>,
    older_copy: Option<TempDir>,
    went_back: bool,
}

/// Lives one life and looks at its laws.
pub fn live(seed: u64) {
    story(seed);
}

/// The same, with every request that was made.
pub fn story(seed: u64) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let mut life = Life::new(seed);
        let acts = life.rng.random_range(4..30);
        for _ in 0..acts {
            life.act();
            life.pass().await;
            life.look_at_what_was_acknowledged();
        }
        *life.network.weather.lock().unwrap() = Weather::Calm;
        // what is late has arrived by then
        life.run_for(Duration::from_secs(120)).await;
        life.run_for(UNTIL_ALL_IS_SENT).await;
        life.look_at_the_end();
        life.network.log.lock().unwrap().clone()
    })
}

fn open(
    ministry: &Ministry,
    network: &Arc<Network>,
    clock: &Arc<Mutex<Timestamp>>,
    folder: &Path,
    seed: u64,
) -> Companion {
    let clock = clock.clone();
    let host = Host {
        clock: Arc::new(move || *clock.lock().unwrap()),
        rng: StdRng::seed_from_u64(seed),
        http: network.clone(),
        window: Arc::new(Remembered::default()),
        keychain: Arc::new(crate::host::NoKeychain("none".into())),
        lang: Lang::En,
    };
    Companion::open(folder, Ok(Some(ministry.profile())), host)
}

fn run(companion: &Companion) -> Sync {
    Box::pin(sync::run(companion.session().unwrap().clone()))
}

impl Life {
    fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let (network, ministry) = (Network::new(rng.random()), Ministry::new(1));
        let clock = Arc::new(Mutex::new(at("2026-03-01T12:00:00Z")));
        let folder = folder();
        let companion = open(&ministry, &network, &clock, folder.path(), rng.random());
        let session = companion.session().unwrap();
        // the consular key is known from the start, or learned late
        session.bulletin().accept_key_set(&session.store, &session.profile, &ministry.key_set()).unwrap();
        let sync = run(&companion);
        Self {
            rng,
            network,
            ministry,
            clock,
            folder,
            companion,
            sync,
            entered: BTreeSet::new(),
            touched: BTreeSet::new(),
            older_copy: None,
            went_back: false,
        }
    }

    fn session(&self) -> Arc<crate::Session> {
        self.companion.session().unwrap().clone()
    }

    async fn run_for(&mut self, time: Duration) {
        let _elapsed = timeout(time, self.sync.as_mut()).await;
    }

    /// Time passes, with the app running or not.
    async fn pass(&mut self) {
        let millis = match self.rng.random_range(0..4) {
            0 => 0,
            1 => self.rng.random_range(0..1_000),
            2 => self.rng.random_range(0..30_000),
            _ => self.rng.random_range(0..300_000),
        };
        let time = Duration::from_millis(millis);
        if self.rng.random_bool(0.1) {
            // the phone is off
            self.restart();
            sleep(time).await;
        } else {
            self.run_for(time).await;
        }
        // clocks go as they like
        let mut clock = self.clock.lock().unwrap();
        let skew = if self.rng.random_bool(0.1) { self.rng.random_range(-4_000..4_000) } else { 0 };
        *clock += SignedDuration::from_secs(i64::try_from(millis / 1_000).unwrap() + skew);
    }

    fn act(&mut self) {
        match self.rng.random_range(0..100) {
            0..15 => self.save_a_trip(None),
            15..30 => {
                let trip = self.some_trip();
                self.save_a_trip(trip);
            }
            30..38 => self.delete_a_trip(),
            38..43 => self.check_in(),
            43..44 => self.leave_in_need(),
            44..46 => self.be_stuck(),
            46..47 => self.undo(),
            47..48 => self.undo_a_word(),
            48..54 => self.say_more(),
            54..60 => self.write(),
            60..67 => self.call(),
            67..70 => self.tell_an_outcome(),
            70..84 => {
                let storm = STORMS[self.rng.random_range(0..STORMS.len())];
                self.network.note(&format!("{storm:?}"));
                *self.network.weather.lock().unwrap() = storm;
            }
            84..87 => self.restart(),
            87..89 => self.session().send_now().unwrap(),
            89..92 => self.at_the_register("back up", Register::back_up),
            92..94 => self.at_the_register("restore", Register::restore),
            94..95 => self.at_the_register("forget", Register::forget),
            95..98 => self.keep_a_copy(),
            _ => self.go_back_to_the_copy(),
        }
    }

    fn at_the_register(&self, what: &str, act: impl FnOnce(&mut Register)) {
        self.network.note(what);
        act(&mut self.network.register.lock().unwrap());
    }

    fn note(&mut self, path: String, urgent: bool) {
        self.network.note(&format!("enter {path}"));
        let mut waits = self.network.urgent.lock().unwrap();
        // what was taken back asks for help no more
        if urgent {
            waits.insert(path.clone())
        } else {
            waits.remove(&path)
        };
        drop(waits);
        self.touched.insert(path.clone());
        self.entered.insert(path);
    }

    fn some_trip(&mut self) -> Option<TripId> {
        let trips = self.companion.view().unwrap().trips;
        if trips.is_empty() { None } else { Some(trips[self.rng.random_range(0..trips.len())].id) }
    }

    fn save_a_trip(&mut self, id: Option<TripId>) {
        let mut draft = dubai();
        draft.adults = self.rng.random_range(1..200);
        draft.of_others = self.session().trip_overlap(id, &draft).unwrap().is_some();
        let saved = self.session().save_trip(id, &draft);
        if saved == Err(Failure::at(FailureCode::EnteredAlready, "/legs/0/from")) {
            return;
        }
        self.note(format!("/v1/trips/{}", saved.unwrap()), false);
    }

    fn delete_a_trip(&mut self) {
        let Some(id) = self.some_trip() else { return };
        let before = self.session().store.kept::<TripDraft>().unwrap();
        self.session().delete_trip(id).unwrap();
        self.note(format!("/v1/trips/{id}"), false);
        // a request for help goes with those for whom it was
        self.forget(before.cries.into_iter().filter(|cry| cry.trip == Some(id)).map(|cry| cry.id));
        let call = self.session().store.kept::<TripDraft>().unwrap().latest_call;
        if let Some(call) = call.filter(|call| before.latest_call.as_ref() != Some(call)) {
            self.note(format!("/v1/calls/{}", call.id), true);
        }
    }

    /// Takes the latest word back, if it was said just now and says that all is well.
    fn undo_a_word(&mut self) {
        let kept = self.session().store.kept::<TripDraft>().unwrap();
        let Some(said) = kept.latest_check_in else { return };
        let before =
            self.session().store.word_before(said.id).unwrap().map(|word| (word.people.clone(), word.status()));
        match self.session().undo_word() {
            Ok(()) => {}
            Err(failure) => return assert_eq!(failure, Failure::new(FailureCode::NotFound), "it is too late"),
        }
        if let Some(trip) = said.trip {
            self.note(format!("/v1/trips/{trip}"), false);
        }
        self.forget([said.id]);
        let now = self.session().store.kept::<TripDraft>().unwrap().latest_check_in;
        assert_eq!(now.as_ref().map(|word| (word.people.clone(), word.status())), before, "what stood before stands");
        if let Some(cry) = now.filter(|word| word.status().asks_for_help()) {
            self.note(format!("/v1/check-ins/{}", cry.id), true);
        }
    }

    fn check_in(&mut self) {
        let statuses = [CheckInStatus::Safe, CheckInStatus::NeedHelp, CheckInStatus::Left, CheckInStatus::Stranded];
        let status = statuses[self.rng.random_range(0..4)];
        self.session().check_in(status).unwrap();
        let outbox = self.session().store.outbox().unwrap();
        let id = &outbox.iter().rev().find(|item| item.kind == Kind::CheckIn).unwrap().id;
        self.note(format!("/v1/check-ins/{id}"), status == CheckInStatus::NeedHelp);
    }

    fn leave_in_need(&mut self) {
        match self.session().left_in_need() {
            Ok(()) => {
                let word = self.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap();
                if let Some(trip) = word.trip {
                    self.note(format!("/v1/trips/{trip}"), false);
                }
                self.note(format!("/v1/check-ins/{}", word.id), true);
            }
            Err(failure) => assert_eq!(failure, Failure::new(FailureCode::NotFound), "no help is asked for"),
        }
    }

    fn be_stuck(&mut self) {
        let newest =
            |life: &Self| life.session().store.kept::<TripDraft>().unwrap().latest_check_in.map(|word| word.id);
        let before = newest(self);
        let trip = self.session().stuck_at("DXB", true, Some(2), None, &[]).unwrap();
        self.note(format!("/v1/trips/{trip}"), false);
        // a cry that stands is left as it is
        if let Some(word) = newest(self).filter(|word| Some(*word) != before) {
            self.note(format!("/v1/check-ins/{word}"), false);
        }
    }

    /// Takes the last change of a plan back, if that can be.
    fn undo(&mut self) {
        let kept = self.session().store.kept::<TripDraft>().unwrap();
        let Some(change) = kept.plan_change else { return };
        let before = kept.latest_check_in.map(|word| word.id);
        match self.session().undo_change(change.trip) {
            Ok(()) => self.note(format!("/v1/trips/{}", change.trip), false),
            Err(failure) => return assert_eq!(failure, Failure::new(FailureCode::NotFound), "a day is over"),
        }
        self.forget(change.words);
        // who left and needs help still is where they were, and their request stands
        let now = self.session().store.kept::<TripDraft>().unwrap().latest_check_in;
        if let Some(cry) = now.filter(|word| word.status().asks_for_help() && Some(word.id) != before) {
            self.note(format!("/v1/check-ins/{}", cry.id), true);
        }
    }

    /// Those words count no more: at the ministry neither, where they had left.
    fn forget(&mut self, words: impl IntoIterator<Item = CheckInId>) {
        for word in words {
            let path = format!("/v1/check-ins/{word}");
            let store = &self.session().store;
            if store.is_taken_back(word).unwrap() {
                self.note(path, false);
            } else if store.check_in(word).unwrap().is_none() {
                self.network.note(&format!("forget {path}"));
                self.touched.remove(&path);
                // nothing of it goes any more
                self.network.urgent.lock().unwrap().remove(&path);
                assert!(!self.network.register.lock().unwrap().records().contains_key(&path), "{path} had left");
            }
        }
    }

    /// Adds to the latest word, if it is one that more can be said with.
    fn say_more(&mut self) {
        let details = Details { words: format!("{}", self.rng.random::<u32>()), ..Details::default() };
        match self.session().say_more(&details) {
            Ok(()) => {
                // words of whoever cannot leave are a cry of their own
                let word = self.session().store.kept::<TripDraft>().unwrap().latest_check_in.unwrap();
                self.note(format!("/v1/check-ins/{}", word.id), word.status() == CheckInStatus::NeedHelp);
            }
            Err(failure) => assert_eq!(failure, Failure::new(FailureCode::NotFound)),
        }
    }

    fn write(&mut self) {
        let text = format!("{}", self.rng.random::<u32>());
        self.session().write(MessageDraft { text, ..MessageDraft::default() }).unwrap();
        let message = self.session().store.kept::<TripDraft>().unwrap().messages.pop().unwrap();
        self.note(format!("/v1/messages/{}", message.id), false);
    }

    fn call(&mut self) {
        self.companion.called(LINE, CallWay::Voice, true).unwrap();
        let id = self.companion.view().unwrap().last_call.unwrap().id;
        self.note(format!("/v1/calls/{id}"), true);
    }

    fn tell_an_outcome(&mut self) {
        let Some(call) = self.companion.view().unwrap().last_call else { return };
        let outcomes =
            [CallOutcome::GotThrough, CallOutcome::StillNeedHelp, CallOutcome::TappedByMistake, CallOutcome::ForOthers];
        let said = |life: &Self| life.session().store.kept::<TripDraft>().unwrap().latest_check_in.map(|said| said.id);
        let before = said(self);
        self.companion.call_outcome(call.id, outcomes[self.rng.random_range(0..outcomes.len())]).unwrap();
        self.note(format!("/v1/calls/{}", call.id), true);
        // whoever still needs help has said so
        if let Some(word) = said(self).filter(|word| before != Some(*word)) {
            self.note(format!("/v1/check-ins/{word}"), true);
        }
    }

    /// The app ends where it stands, and starts again.
    fn restart(&mut self) {
        self.network.note("restart");
        self.sync = Box::pin(std::future::pending());
        let seed = self.rng.random();
        self.companion = open(&self.ministry, &self.network, &self.clock, self.folder.path(), seed);
        self.sync = run(&self.companion);
    }

    fn keep_a_copy(&mut self) {
        let copy = folder();
        let file = copy.path().join("saparlas.db");
        self.session().store.lock().execute("VACUUM INTO ?1", [file.to_str().unwrap()]).unwrap();
        // the key beside it goes along
        std::fs::copy(self.folder.path().join("saparlas.key"), copy.path().join("saparlas.key")).unwrap();
        self.older_copy = Some(copy);
        self.network.note("copy");
    }

    /// The phone is set up again from an older copy of its data.
    fn go_back_to_the_copy(&mut self) {
        let Some(copy) = self.older_copy.take() else { return };
        self.folder = copy;
        self.went_back = true;
        self.network.note("go back to the copy");
        self.touched.clear();
        self.network.urgent.lock().unwrap().clear();
        self.restart();
    }

    fn outbox(&self) -> BTreeMap<String, Item> {
        let path = |item: &Item| path::record(item.kind, if item.kind == Kind::Receipts { "" } else { &item.id });
        let items = self.session().store.outbox().unwrap();
        items.into_iter().filter(|item| item.kind != Kind::Device).map(|item| (path(&item), item)).collect()
    }

    /// "With the ministry" is true whenever it is shown.
    fn look_at_what_was_acknowledged(&self) {
        let register = self.network.register.lock().unwrap();
        if register.rewinds > 0 || self.went_back {
            return;
        }
        for (path, item) in self.outbox() {
            if let Delivery::Received { .. } = item.delivery() {
                let held =
                    register.records().get(&path).unwrap_or_else(|| panic!("{path} was acknowledged and is lost"));
                self.compare(&path, &item, held);
            }
        }
    }

    fn look_at_the_end(&self) {
        let register = self.network.register.lock().unwrap();
        let outbox = self.outbox();
        for (path, item) in &outbox {
            let delivery = item.delivery();
            assert!(matches!(delivery, Delivery::Received { .. }), "{path} never arrived: {delivery:?}");
            let held = register.records().get(path).unwrap_or_else(|| panic!("{path} is lost"));
            // what was not touched since the phone went back may stand newer at the ministry
            if self.touched.contains(path) || held.version == item.version && !self.went_back {
                self.compare(path, item, held);
            }
            assert!(held.version >= item.version, "{path}");
        }
        for path in &self.touched {
            assert!(outbox.contains_key(path), "{path} was entered and is not on the phone");
        }
        for path in register.records().keys() {
            assert!(self.entered.contains(path), "{path} was entered by nobody");
        }
        let (requests, minutes) = (self.network.log.lock().unwrap().len(), 32 + 5 * 30);
        assert!(requests < 20 * minutes, "{requests} requests");
    }

    /// The ministry has this item as the phone has it.
    fn compare(&self, path: &str, item: &Item, held: &HeldRecord) {
        assert_eq!(held.version, item.version, "{path}");
        let session = self.session();
        let store = &session.store;
        match item.kind {
            Kind::Trip => {
                let (_, draft) = store.trip::<TripDraft>(item.id.parse().unwrap()).unwrap().unwrap();
                let people = draft.map(|draft| u64::from(draft.adults + draft.children));
                assert_eq!(held.body.as_ref().and_then(|body| body["people"].as_u64()), people, "{path}");
            }
            Kind::CheckIn => {
                let kept = store.check_in(item.id.parse().unwrap()).unwrap().unwrap();
                let Some(body) = held.body.as_ref() else {
                    return assert!(store.is_taken_back(kept.id).unwrap(), "{path}");
                };
                assert!(!store.is_taken_back(kept.id).unwrap(), "{path}");
                assert_eq!(body["people"], serde_json::to_value(&kept.people).unwrap(), "{path}");
                let details = store.check_in_details(kept.id).unwrap();
                let sealed: Option<Sealed> = serde_json::from_value(body["sealed"].clone()).unwrap();
                assert_eq!(self.open::<PrivateCheckIn>(sealed.as_ref(), item), details, "{path}");
            }
            Kind::Call => {
                let kept = store.call(item.id.parse().unwrap()).unwrap().unwrap();
                let body = held.body.as_ref().unwrap();
                assert_eq!(body["outcome"], serde_json::to_value(kept.outcome).unwrap(), "{path}");
            }
            Kind::Message => {
                let kept = store.message(item.id.parse().unwrap()).unwrap().unwrap();
                let sealed = serde_json::from_value(held.body.as_ref().unwrap()["sealed"].clone()).unwrap();
                assert_eq!(self.open::<PrivateMessage>(Some(&sealed), item), Some(kept.private), "{path}");
            }
            Kind::Device | Kind::Receipts => {}
        }
    }

    /// What the ministry reads.
    fn open<T: DeserializeOwned>(&self, sealed: Option<&Sealed>, item: &Item) -> Option<T> {
        let device = self.session().identity().unwrap().id;
        let context = Context { device, id: &item.id, version: item.version };
        Some(self.ministry.open(sealed?, context))
    }
}
