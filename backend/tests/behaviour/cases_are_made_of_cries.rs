//! Cries in the register become cases at the desk, by the desk's own database and its copy of the register.

use std::collections::BTreeSet;

use contract::{
    ids::{CallId, CheckInId, DeviceId, KeyId, MessageId, TripId},
    profile::Retention,
    record::{CaseStep, Change, Former, Kind, Made, Posted, QuickAnswer, Rank, RecordsPage},
    seal::{self, Context, key_pair},
    words::Lang,
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    desk::{
        casework::{
            self, Casework, CaseworkError, Hold,
            acts::{Act, Outcome},
            cases::{PlaceBy, Row, Tag, WordBy},
            closed::StoreKey,
            floods::{self, Flood, Folded},
            intake::{Intake, Saved},
            letters::{LetterDraft, LetterState, Pen},
            look_ups::Asked,
            mailings::{NewMailing, Texts},
            officers::Badge,
            page::What,
            ranks::Reason,
        },
        counting::{Counted, Figures},
        folder::{ConsularKeys, DeskSettings},
        mirror::{Held, Mirror},
        people::People,
        receivers::{Match, Phones, Receiver, Words, receivers},
    },
    officers::{list::Lists, roles::Role},
};
use rand::{SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::at;
use zeroize::Zeroizing;

/// A desk without its listener, and a register that says what the test says.
struct Desk {
    folder: TempDir,
    casework: Casework,
    mirror: Mirror,
    keys: ConsularKeys,
    public: [u8; 32],
    rng: StdRng,
    number: u64,
    now: Timestamp,
    fence: u64,
}

const KEY: &str = "consular-1";

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut rng = StdRng::seed_from_u64(7);
        let (private, public) = key_pair(&mut rng);
        let keys = ConsularKeys::from([(kid(), private)]);
        let casework = open(&folder, 1, &mut rng);
        let mirror = Mirror::open(&folder.path().join("records.db")).unwrap();
        Self { folder, casework, mirror, keys, public, rng, number: 0, now: at("2026-03-01T12:00:00Z"), fence: 1 }
    }

    fn device(&mut self) -> DeviceId {
        DeviceId::random(&mut self.rng)
    }

    /// A record comes in, or goes.
    fn put(&mut self, device: DeviceId, kind: Kind, id: &str, record: Option<Value>) {
        self.change(self.record(device, kind, id, record));
    }

    fn record(&self, device: DeviceId, kind: Kind, id: &str, record: Option<Value>) -> Change {
        let (id, device, received_at) = (id.to_owned(), Some(device), self.now);
        Change { number: 0, kind, id, device, received_at, record, was_of: Vec::new(), made: None, by_person: false }
    }

    fn change(&mut self, change: Change) {
        self.number += 1;
        let changes = vec![Change { number: self.number, ..change }];
        self.mirror.take(&RecordsPage { epoch: "e".into(), changes, next: self.number, more: false }).unwrap();
    }

    fn say(&mut self, device: DeviceId, status: &str, sealed: Option<Value>) -> String {
        let id = CheckInId::random(&mut self.rng).to_string();
        let mut word = json!({ "version": 1, "people": { (status): 2 }, "country": "AE", "at": self.now });
        if let Some(private) = sealed {
            word["sealed"] = self.seal(device, &id, &private);
        }
        self.put(device, Kind::CheckIn, &id, Some(word));
        id
    }

    fn seal(&mut self, device: DeviceId, id: &str, private: &Value) -> Value {
        let context = Context { device, id, version: 1 };
        json!(seal::seal(private, context, &kid(), &self.public, &mut self.rng).unwrap())
    }

    fn write(&mut self, device: DeviceId, private: Value) -> String {
        let id = MessageId::random(&mut self.rng).to_string();
        let sealed = self.seal(device, &id, &private);
        self.put(device, Kind::Message, &id, Some(json!({ "version": 1, "at": self.now, "sealed": sealed })));
        id
    }

    fn plan(&mut self, device: DeviceId, trip: TripId, version: u32, was_of: &[Former]) {
        let id = trip.to_string();
        let private = json!({
            "consent": consent(), "adults": 2, "legs": [], "phone": "+77010000001",
            "people": [{ "number": 1, "name": "Айгүл" }],
        });
        let context = Context { device, id: &id, version };
        let sealed = seal::seal(&private, context, &kid(), &self.public, &mut self.rng).unwrap();
        let leg = json!({ "country": "AE", "from": self.now, "until": self.now + SignedDuration::from_hours(90) });
        let plan = json!({ "version": version, "people": 2, "legs": [leg], "sealed": sealed });
        self.change(Change { was_of: was_of.to_vec(), ..self.record(device, Kind::Trip, &id, Some(plan)) });
    }

    fn say_of(&mut self, device: DeviceId, trip: TripId, status: &str, sealed: Option<Value>) -> String {
        let id = CheckInId::random(&mut self.rng).to_string();
        let mut word = json!({ "version": 1, "people": { (status): 2 }, "trip": trip, "at": self.now });
        if let Some(private) = sealed {
            word["sealed"] = self.seal(device, &id, &private);
        }
        self.put(device, Kind::CheckIn, &id, Some(word));
        id
    }

    /// The register erased it.
    fn gone(&mut self, kind: Kind, id: &str, by_person: bool) {
        let id = contract::hash::Hash::of(id.as_bytes()).to_string();
        let (number, received_at) = (0, self.now);
        let (device, record, was_of) = (None, None, Vec::new());
        self.change(Change { number, kind, id, device, received_at, record, was_of, made: None, by_person });
    }

    /// A phone takes a word of its own back.
    fn take_back(&mut self, device: DeviceId, check_in: &str) {
        self.later(1);
        self.put(device, Kind::CheckIn, check_in, None);
        self.fold();
    }

    fn erase(&mut self) {
        let Self { casework, mirror, keys, now, .. } = self;
        let erased = mirror.erased().unwrap();
        casework.change(|change| change.erase(&erased, mirror, keys, *now)).unwrap();
        mirror.erased_is_done(&erased).unwrap();
    }

    fn fold(&mut self) {
        let Self { casework, mirror, keys, now, .. } = self;
        let folded = casework.change(|change| {
            change.fold(mirror, keys, *now)?;
            change.hear(mirror, keys, *now)
        });
        folded.unwrap();
    }

    fn open(&self) -> Vec<Row> {
        self.casework.reading().open_cases().unwrap()
    }

    fn only(&self) -> Row {
        let mut open = self.open();
        assert_eq!(open.len(), 1, "{open:?}");
        open.remove(0)
    }

    fn officer(&mut self) -> Badge {
        let now = self.now;
        let name = format!("Дана {}", self.casework.reading().all_officers().unwrap().len());
        self.casework.change(|change| change.add_officer(&name, Role::Silver, now)).unwrap()
    }

    fn act(&mut self, case: &Row, act: &Act, officer: &Badge) -> Result<Row, CaseworkError> {
        let now = self.now;
        self.casework.change(|change| change.act(case.number, case.version, act, officer, now))
    }

    fn later(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    fn pen(&self) -> Pen {
        Pen { key_id: kid(), private: Zeroizing::new(*self.keys[&kid()]) }
    }
}

fn open(folder: &TempDir, fence: u64, rng: &mut StdRng) -> Casework {
    let key = StoreKey::of_file(&folder.path().join("store.key"), rng).unwrap();
    let rng = StdRng::from_rng(rng);
    Casework::open(&folder.path().join("desk.db"), key, Hold::Lease(fence), rng).unwrap()
}

fn kid() -> KeyId {
    KEY.parse().unwrap()
}

fn draft(text: &str) -> LetterDraft {
    let announced = serde_json::from_value(json!("loud")).unwrap();
    let (asks, promise) = (Vec::new(), None);
    LetterDraft { text: text.into(), language: Lang::Ru.into(), asks, announced, neutral: false, promise }
}

fn consent() -> Value {
    json!({ "text": "x", "version": 1, "language": "kk", "at": "2026-03-01T12:00:00Z", "by": "traveller" })
}

fn word(words: &str, needs: &[&str]) -> Value {
    json!({ "consent": consent(), "by": "traveller", "words": words, "needs": needs })
}

#[test]
fn one_device_that_cries_a_thousand_times_is_one_case() {
    let mut desk = Desk::new();
    let device = desk.device();
    for _ in 0..1000 {
        desk.later(1);
        desk.say(device, "need_help", None);
    }
    desk.fold();
    let case = desk.only();
    assert_eq!((case.again, case.since), (999, at("2026-03-01T12:01:00Z")));
    assert_eq!(desk.casework.reading().events(case.number).unwrap().len(), 1, "nor a thousand lines");
    desk.say(device, "need_help", None);
    desk.fold();
    assert_eq!((desk.only().again, desk.only().number), (1000, case.number));
}

impl Desk {
    /// A cry without a trip, of a device that was made `hours` ago from a network.
    fn say_from(&mut self, device: DeviceId, network: &str, hours: i64) {
        let id = CheckInId::random(&mut self.rng).to_string();
        let word = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": self.now });
        let made = Some(Made { at: self.now - SignedDuration::from_hours(hours), network: Some(network.into()) });
        self.change(Change { made, ..self.record(device, Kind::CheckIn, &id, Some(word)) });
    }

    fn board(&self) -> Folded {
        floods::fold(self.open())
    }
}

#[test]
fn five_thousand_cries_alike_are_one_line_and_whoever_has_more_stands_above() {
    let mut desk = Desk::new();
    let mut with_trip = desk.device();
    for count in 0..5000 {
        let device = desk.device();
        if count < 9 {
            let trip = TripId::random(&mut desk.rng);
            desk.plan(device, trip, 1, &[]);
        }
        with_trip = device;
        desk.say_from(device, "one", 1);
    }
    let (other, old) = (desk.device(), desk.device());
    desk.say_from(other, "another", 1);
    desk.say_from(old, "one", 48);
    desk.fold();
    let board = desk.board();
    let [flood] = &board.floods[..] else { panic!("{:?}", board.floods) };
    assert_eq!((flood.alike, flood.with_more), (4991, 10), "with a trip, or of a device that is no new one");
    assert_eq!(board.cases.len(), 11);
    assert_eq!(flood.alike + board.cases.len(), desk.open().len(), "nothing is dropped");
    assert_eq!(floods::opened(desk.open(), flood.number).len(), 4991);
    // one of them turns out to be somebody, and an officer takes another
    desk.write(with_trip, json!({ "consent": consent(), "text": "Мен адаммын" }));
    desk.fold();
    let officer = desk.officer();
    let case = floods::opened(desk.open(), flood.number).remove(7);
    desk.act(&case, &Act::Take { over: false, reason: String::new() }, &officer).unwrap();
    let board = desk.board();
    assert_eq!((board.floods[0].alike, board.cases.len()), (4989, 13));
    // and the one by which the line was opened: whoever has it open sees the others still
    let first = floods::opened(desk.open(), flood.number).remove(0);
    assert_eq!(first.number, flood.number);
    desk.act(&first, &Act::Take { over: false, reason: String::new() }, &officer).unwrap();
    assert_eq!(floods::opened(desk.open(), flood.number).len(), 4988);
}

#[test]
fn whose_life_is_at_stake_or_who_says_more_is_never_folded_and_a_line_has_a_rank_and_a_clock() {
    let mut desk = Desk::new();
    let say = |desk: &mut Desk, people: u32, sealed: Option<Value>| {
        let (device, id) = (desk.device(), CheckInId::random(&mut desk.rng).to_string());
        let mut word = json!({ "version": 1, "people": { "need_help": people }, "country": "AE", "at": desk.now });
        if let Some(private) = sealed {
            word["sealed"] = desk.seal(device, &id, &private);
        }
        let made = Some(Made { at: desk.now - SignedDuration::from_hours(1), network: Some("hotel".into()) });
        desk.change(Change { made, ..desk.record(device, Kind::CheckIn, &id, Some(word)) });
    };
    for _ in 0..30 {
        say(&mut desk, 1, None);
    }
    for _ in 0..25 {
        say(&mut desk, 1, Some(word("", &["trapped"])));
    }
    say(&mut desk, 1, Some(word("", &["shelter"])));
    say(&mut desk, 4, None);
    desk.fold();
    let board = desk.board();
    let [flood] = &board.floods[..] else { panic!("{:?}", board.floods) };
    assert_eq!((flood.alike, flood.rank, board.cases.len()), (30, Rank::Hours, 27));
    assert_eq!(flood.late_at, Some(desk.now + SignedDuration::from_mins(30)));
    let lists = |floods: &[Flood]| Lists::of(Vec::new(), floods, 1, desk.now + SignedDuration::from_mins(31)).counts;
    assert_eq!((lists(&board.floods).unowned.count, lists(&board.floods).late.count), (1, 1), "it stands in a tile");
}

#[test]
fn a_family_behind_one_router_is_no_flood() {
    let mut desk = Desk::new();
    for _ in 1..floods::FLOOD {
        let device = desk.device();
        desk.say_from(device, "hotel", 1);
    }
    desk.fold();
    assert_eq!((desk.board().cases.len(), desk.board().floods.len()), (19, 0));
}

#[test]
fn a_device_that_cries_everywhere_fills_no_list() {
    let mut desk = Desk::new();
    let device = desk.device();
    for _ in 0..300 {
        let id = CheckInId::random(&mut desk.rng).to_string();
        let trip = TripId::random(&mut desk.rng);
        let word = json!({ "version": 1, "people": { "need_help": 1 }, "trip": trip, "at": desk.now });
        desk.put(device, Kind::CheckIn, &id, Some(word));
    }
    desk.fold();
    assert_eq!(desk.open().len(), 5);
    let said: u32 = desk.open().iter().map(|case| case.again + 1).sum();
    assert_eq!(said, 300, "and nothing is dropped");
}

#[test]
fn a_place_that_repeats_itself_leaves_its_case_to_the_trip_that_it_joined() {
    let mut desk = Desk::new();
    let device = desk.device();
    for _ in 0..5 {
        desk.later(1);
        let trip = TripId::random(&mut desk.rng);
        desk.say_of(device, trip, "need_help", None);
        desk.fold();
    }
    let newest = |desk: &Desk| desk.open().into_iter().max_by_key(|case| case.number).unwrap();
    let before = newest(&desk);
    assert!(before.trip.is_some());
    // a sixth that joins the newest, and its newer version
    let id = desk.say(device, "need_help", None);
    desk.fold();
    desk.later(1);
    let word = json!({ "version": 2, "people": { "need_help": 2 }, "country": "AE", "at": desk.now });
    desk.put(device, Kind::CheckIn, &id, Some(word));
    desk.fold();
    let after = newest(&desk);
    assert_eq!((after.number, after.again, after.trip), (before.number, 2, before.trip));
}

#[test]
fn a_place_is_by_their_plan_where_they_said_none() {
    let mut desk = Desk::new();
    let at_airport = desk.device();
    let id = CheckInId::random(&mut desk.rng).to_string();
    let word = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "airport": "DXB", "at": desk.now });
    desk.put(at_airport, Kind::CheckIn, &id, Some(word));
    desk.fold();
    let place = desk.only().place.unwrap();
    assert_eq!((place.airport.map(|code| code.to_string()).as_deref(), place.by), (Some("DXB"), PlaceBy::OwnWord));
    let planned = desk.device();
    let trip = TripId::random(&mut desk.rng);
    desk.plan(planned, trip, 1, &[]);
    desk.say_of(planned, trip, "need_help", None);
    desk.fold();
    let of_trip = desk.open().into_iter().find(|case| case.trip == Some(trip)).unwrap();
    let place = of_trip.place.unwrap();
    assert_eq!((place.country.as_str(), place.by), ("AE", PlaceBy::Trip));
}

#[test]
fn a_count_that_was_printed_stays_so_when_one_is_kept_at_that_moment() {
    let mut desk = Desk::new();
    let (officer, now) = (desk.officer(), desk.now);
    let nobody = Counted::default();
    let somebody = Counted { countries: [("AE".parse().unwrap(), Figures::default())].into(), ..Counted::default() };
    desk.casework.write(|change| change.keep_count(&nobody, Some(officer.id), now)).unwrap();
    desk.casework.write(|change| change.keep_count(&somebody, None, now)).unwrap();
    let kept = desk.casework.reading().known(now).unwrap().unwrap();
    assert_eq!((kept.counted, kept.printed_by), (somebody, Some(officer)));
}

#[test]
fn what_does_not_open_makes_a_case_that_says_so() {
    let mut desk = Desk::new();
    let device = desk.device();
    let id = CheckInId::random(&mut desk.rng).to_string();
    let other = desk.seal(device, "another record", &word("x", &["trapped"]));
    let said = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": desk.now, "sealed": other });
    desk.put(device, Kind::CheckIn, &id, Some(said));
    desk.fold();
    let case = desk.only();
    assert_eq!(case.rank.proposed, Rank::Hours);
    assert_eq!(json!(case.rank.because.code), "shut");
}

#[test]
fn a_rank_that_was_accepted_gives_way_to_something_worse_alone() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "need_help", Some(word("Ақша жоқ", &["money"])));
    desk.fold();
    let case = desk.only();
    assert_eq!((case.rank.proposed, case.words.as_deref()), (Rank::Planned, Some("Ақша жоқ")));
    let reason = "An old man".to_owned();
    let case = desk.act(&case, &Act::Rank { rank: Rank::Today, reason }, &officer).unwrap();
    desk.later(5);
    desk.say(device, "need_help", Some(word("Құжат та жоқ", &["documents"])));
    desk.fold();
    assert_eq!(desk.only().rank.accepted, Some(Rank::Today));
    desk.later(5);
    desk.say(device, "need_help", Some(word("Есік жабық", &["trapped"])));
    desk.fold();
    let worse = desk.only();
    assert_eq!((worse.number, worse.rank.proposed, worse.rank.accepted), (case.number, Rank::Life, None));
}

#[test]
fn whoever_says_that_they_are_well_closes_nothing_and_a_new_cry_after_the_end_is_a_new_case() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "need_help", None);
    desk.fold();
    desk.later(5);
    desk.say(device, "safe", None);
    desk.fold();
    let case = desk.only();
    assert_eq!(case.well.map(|well| well.at), Some(desk.now));
    let close = Act::Close {
        outcome: serde_json::from_value(json!("safe_by_own_word")).unwrap(),
        word: Some("Аманмыз".into()),
        word_missing: None,
    };
    desk.act(&case, &close, &officer).unwrap();
    desk.fold();
    assert!(desk.open().is_empty(), "what was answered and closed stays closed");
    desk.later(5);
    desk.say(device, "need_help", None);
    desk.fold();
    assert_ne!(desk.only().number, case.number);
}

#[test]
fn whoever_says_that_the_others_are_well_does_not_cry_anew_for_those_in_need() {
    let mut desk = Desk::new();
    let device = desk.device();
    let say = |desk: &mut Desk, people: Value| {
        let id = CheckInId::random(&mut desk.rng).to_string();
        let word = json!({ "version": 1, "people": people, "country": "AE", "at": desk.now });
        desk.put(device, Kind::CheckIn, &id, Some(word));
        desk.later(1);
        desk.fold();
        (desk.only().again, desk.only().people)
    };
    assert_eq!(say(&mut desk, json!({ "need_help": 1 })), (0, Some(1)));
    assert_eq!(say(&mut desk, json!({ "need_help": 1, "safe": 4 })), (0, Some(1)));
    assert_eq!(say(&mut desk, json!({ "need_help": 1, "left": 4 })), (0, Some(1)));
    assert_eq!(say(&mut desk, json!({ "need_help": 2, "safe": 3 })), (1, Some(2)), "one more is in need");
    assert_eq!(say(&mut desk, json!({ "need_help": 2 })), (2, Some(2)), "and they cry again");
}

#[test]
fn who_says_of_all_how_they_are_says_how_many_are_in_need_now() {
    let say = |desk: &mut Desk, device: DeviceId, people: Value| {
        let id = CheckInId::random(&mut desk.rng).to_string();
        let word = json!({ "version": 1, "people": people, "country": "AE", "at": desk.now });
        desk.put(device, Kind::CheckIn, &id, Some(word));
        desk.later(1);
        desk.fold();
        desk.only().people
    };
    for (then, people, why) in [
        (json!({ "need_help": 1 }), 3, "nothing was said of the others"),
        (json!({ "need_help": 1, "safe": 2 }), 1, "the others are well"),
    ] {
        let mut desk = Desk::new();
        let device = desk.device();
        assert_eq!(say(&mut desk, device, json!({ "need_help": 3 })), Some(3));
        assert_eq!(say(&mut desk, device, then), Some(people), "{why}");
    }
}

#[test]
fn who_cries_again_after_the_end_has_not_said_that_they_are_well() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "need_help", None);
    desk.fold();
    let first = close(&mut desk, &officer);
    desk.later(5);
    desk.say(device, "need_help", None);
    desk.fold();
    desk.fold();
    let case = desk.only();
    assert_ne!(case.number, first);
    assert_eq!(case.well, None);
    desk.later(5);
    desk.say(device, "safe", None);
    desk.fold();
    assert!(desk.only().well.is_some(), "once they say it");
}

#[test]
fn a_word_that_is_taken_back_gives_back_the_cry_that_it_answered() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "need_help", None);
    desk.fold();
    let first = desk.only();
    let is_well = |desk: &mut Desk| {
        desk.later(5);
        let left = desk.say(device, "left", None);
        desk.fold();
        assert!(desk.only().well.is_some());
        left
    };
    let left = is_well(&mut desk);
    let read = desk.only();
    desk.take_back(device, &left);
    desk.fold();
    let case = desk.only();
    assert_eq!((case.number, case.well), (first.number, None));
    assert!(case.version > read.version, "whoever read that they are well has not read it");
    let told = json!(desk.casework.reading().events(case.number).unwrap()).to_string();
    assert_eq!(told.matches("cry_back").count(), 1, "{told}");
    // a case that was closed on that word is a new one, once
    let left = is_well(&mut desk);
    close(&mut desk, &officer);
    desk.take_back(device, &left);
    assert_ne!(desk.only().number, first.number);
    desk.fold();
    close(&mut desk, &officer);
    desk.fold();
    assert!(desk.open().is_empty());
}

#[test]
fn a_word_that_went_with_its_trip_makes_no_case_again_of_one_that_was_closed() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "need_help", None);
    desk.fold();
    desk.later(5);
    let safe = desk.say(device, "safe", None);
    desk.fold();
    close(&mut desk, &officer);
    desk.gone(Kind::CheckIn, &safe, false);
    desk.fold();
    assert!(desk.open().is_empty());
}

#[test]
fn a_cry_that_was_closed_is_not_a_case_again_when_the_register_is_read_anew() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    let id = CallId::random(&mut desk.rng).to_string();
    let call = json!({ "version": 1, "outcome": "still_need_help", "country": "AE", "at": desk.now });
    desk.put(device, Kind::Call, &id, Some(call.clone()));
    desk.fold();
    let close = Act::Close {
        outcome: serde_json::from_value(json!("helped")).unwrap(),
        word: None,
        word_missing: Some("No answer in three calls".into()),
    };
    let case = desk.only();
    assert_eq!(json!(case.rank.because.code), "call_unanswered");
    desk.act(&case, &close, &officer).unwrap();
    desk.mirror.begin_anew().unwrap();
    desk.put(device, Kind::Call, &id, Some(call));
    desk.fold();
    assert!(desk.open().is_empty());
}

#[test]
fn a_register_that_was_restored_erases_nobody_nor_does_what_was_kept_long_enough_and_an_erasure_does() {
    let mut desk = Desk::new();
    let (device, stranger) = (desk.device(), desk.device());
    let id = desk.say(device, "need_help", Some(word("Есік жабық", &["trapped"])));
    desk.say(stranger, "need_help", None);
    desk.fold();
    let number = desk.open().iter().find(|case| case.device == device).unwrap().number;
    desk.mirror.begin_anew().unwrap();
    desk.erase();
    assert_eq!(desk.open().len(), 2);
    desk.gone(Kind::CheckIn, &id, false);
    desk.erase();
    let stays = desk.open().into_iter().find(|case| case.device == device).unwrap();
    assert_eq!(stays.words.as_deref(), Some("Есік жабық"), "an open case stays, with all that is known of it");
    desk.gone(Kind::Device, &device.to_string(), true);
    desk.erase();
    assert_eq!(desk.only().device, stranger);
    let case = desk.casework.reading().case(number).unwrap();
    assert_eq!((case.words, case.people, case.place), (None, None, None));
    assert!(desk.mirror.erased().unwrap().is_empty());
}

#[test]
fn what_is_erased_while_the_desk_erases_is_not_lost() {
    let mut desk = Desk::new();
    let (first, second) = (desk.device(), desk.device());
    desk.gone(Kind::Device, &first.to_string(), true);
    let erased = desk.mirror.erased().unwrap();
    desk.gone(Kind::Device, &second.to_string(), true);
    desk.mirror.erased_is_done(&erased).unwrap();
    let left = desk.mirror.erased().unwrap();
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left.is_disjoint(&erased), "{left:?}");
}

#[test]
fn a_letter_that_waits_for_somebody_who_erased_everything_waits_no_more() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "need_help", None);
    desk.fold();
    let key = contract::keys::key_text(&key_pair(&mut desk.rng).1);
    desk.casework.write(|change| change.keep_device_key(device, &key)).unwrap();
    let (case, pen, now) = (desk.only(), desk.pen(), desk.now);
    let draft = draft("19:40");
    desk.casework.change(|change| change.answer(case.number, case.version, &draft, &officer, &pen, now)).unwrap();
    desk.gone(Kind::Device, &device.to_string(), true);
    desk.erase();
    let reading = desk.casework.reading();
    assert!(reading.waiting_letters(10).unwrap().is_empty());
    let letter = reading.messages(case.number).unwrap().remove(0);
    assert_eq!((letter.text.as_str(), letter.state), ("", Some(LetterState::Refused)));
    assert!(reading.device_key(device).unwrap().is_none());
}

/// Whoever said by SMS that they are well has a key at the desk, and no case.
#[test]
fn the_key_of_a_phone_that_had_no_case_goes_with_what_it_said() {
    let mut desk = Desk::new();
    let (gone, kept, cries) = (desk.device(), desk.device(), desk.device());
    desk.say(cries, "need_help", None);
    desk.fold();
    desk.keep_keys(&[gone, kept, cries]);
    let has_key = |desk: &Desk, device| desk.casework.reading().device_key(device).unwrap().is_some();
    desk.gone(Kind::Device, &gone.to_string(), true);
    desk.erase();
    assert!(!has_key(&desk, gone) && has_key(&desk, cries));
    desk.keep_keys(&[kept]);
    desk.keep();
    assert!(!has_key(&desk, kept) && has_key(&desk, cries));
}

fn close(desk: &mut Desk, officer: &Badge) -> u32 {
    let outcome = serde_json::from_value(json!("helped")).unwrap();
    let act = Act::Close { outcome, word: Some("Рақмет".into()), word_missing: None };
    let case = desk.only();
    desk.act(&case, &act, officer).unwrap().number
}

impl Desk {
    /// What was kept long enough goes: all of it.
    fn keep(&mut self) -> usize {
        let retention =
            Retention { trip: 1, check_in: 1, case: 100, message: 30, sms: 1, call: 1, audit: 1, backup: 1 };
        let Self { casework, mirror, now, .. } = self;
        let mut kept = 0;
        loop {
            let deeds = casework.change(|change| change.keep_no_longer(&retention, *now)).unwrap();
            if deeds.is_empty() {
                break;
            }
            kept += deeds.len();
        }
        casework.write(|change| change.forget_sources(mirror)).unwrap();
        kept
    }
}

#[test]
fn a_closed_case_loses_its_person_after_its_days_its_messages_after_theirs_and_an_open_one_never() {
    let mut desk = Desk::new();
    let (device, other, officer) = (desk.device(), desk.device(), desk.officer());
    let id = desk.say(device, "need_help", Some(word("Есік жабық", &["trapped"])));
    desk.write(device, json!({ "consent": consent(), "text": "Тағы жазамын" }));
    desk.fold();
    let number = close(&mut desk, &officer);
    desk.say(other, "need_help", Some(word("Күтемін", &[])));
    desk.write(other, json!({ "consent": consent(), "text": "Әлі күтемін" }));
    desk.fold();
    let texts = |desk: &Desk| {
        let reading = desk.casework.reading();
        let events = reading.events(number).unwrap().into_iter().map(|event| json!(event).to_string());
        let messages = reading.messages(number).unwrap().into_iter().map(|message| message.text);
        events.chain(messages).collect::<String>()
    };
    desk.later(30 * 24 * 60);
    assert_eq!(desk.keep(), 0, "not a moment before");
    desk.later(1);
    assert_eq!(desk.keep(), 1);
    assert!(texts(&desk).contains("Есік жабық") && !texts(&desk).contains("жазамын"), "{}", texts(&desk));
    desk.later(70 * 24 * 60);
    assert_eq!(desk.keep(), 1);
    let reading = desk.casework.reading();
    let case = reading.case(number).unwrap();
    assert_eq!((case.words, case.people, case.place, case.tags), (None, None, None, Vec::new()));
    assert!(!texts(&desk).contains("Есік") && !texts(&desk).contains("Рақмет"), "{}", texts(&desk));
    assert!(json!(reading.events(number).unwrap()).to_string().contains("kept_long_enough"), "that it was stays");
    let (open, said) = (desk.only(), reading.messages(desk.only().number).unwrap());
    assert_eq!((open.words.as_deref(), said[0].text.as_str()), (Some("Күтемін"), "Әлі күтемін"));
    // the register may keep a cry longer than the desk its case
    desk.fold();
    assert_eq!(desk.only().number, open.number);
    desk.gone(Kind::CheckIn, &id, false);
    assert_eq!(desk.keep(), 0, "what was taken is not taken again");
    assert!(desk.casework.reading().case(number).unwrap().outcome.is_some());
}

#[test]
fn a_copy_of_the_register_that_is_still_read_forgets_no_case_and_makes_none_again() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    let id = desk.say(device, "need_help", None);
    let record = json!({ "version": 1, "people": { "need_help": 2 }, "country": "AE", "at": desk.now });
    desk.fold();
    close(&mut desk, &officer);
    let received = desk.record(device, Kind::CheckIn, &id, Some(record));
    desk.later(101 * 24 * 60);
    assert_eq!(desk.keep(), 1);
    // after an upgrade the register is read anew, page by page
    desk.mirror.begin_anew().unwrap();
    let page = RecordsPage { epoch: "e".into(), changes: Vec::new(), next: 0, more: true };
    desk.mirror.take(&page).unwrap();
    assert!(!desk.mirror.is_whole().unwrap());
    desk.keep();
    desk.change(received);
    assert!(desk.mirror.is_whole().unwrap());
    desk.fold();
    assert!(desk.open().is_empty(), "what was closed long ago stays closed");
}

#[test]
fn a_clock_that_leapt_takes_nothing() {
    let mut desk = Desk::new();
    let (hour, mut now) = (SignedDuration::from_hours(1), desk.now);
    let look =
        |desk: &mut Desk, front, now| desk.casework.write(|change| change.is_sure_of_the_time(front, now)).unwrap();
    assert!(!look(&mut desk, now, now), "it was never looked at");
    now += hour * 24;
    assert!(look(&mut desk, now - hour, now));
    assert!(!look(&mut desk, now, now + hour * 24 * 365), "a year in a day");
    assert!(!look(&mut desk, now, now + hour * 24 * 365), "and it is not the front's");
    assert!(!look(&mut desk, now, now), "it went back");
    assert!(look(&mut desk, now, now + hour));
}

#[test]
fn a_desk_that_was_made_before_days_were_asked_still_opens() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("settings.json");
    let ministry = crate::support::Ministry::new();
    let mut settings: Value =
        serde_json::from_str(&std::fs::read_to_string(ministry.desk().join("settings.json")).unwrap()).unwrap();
    settings.as_object_mut().unwrap().remove("retention").unwrap();
    std::fs::write(&path, settings.to_string()).unwrap();
    assert!(DeskSettings::read(&path).unwrap().retention.is_none());
}

/// Tables of the desk in which nobody is whose word came by the register. Whose an SMS is that does not open nobody
/// knows: it goes with its days.
const NOBODYS: [&str; 16] = [
    "desk",
    "officers",
    "passkeys",
    "links",
    "sessions",
    "counts",
    "casualties",
    "incident_log",
    "look_ups",
    "duties",
    "alarms",
    "wakes",
    "push_browsers",
    "pushes",
    "sms_unread",
    "sms_done",
];
/// Those that erasing and retention know.
const PERSONAL: [&str; 13] = [
    "cases", "sources", "events", "promises", "messages", "devices", "moves", "sms", "drafts", "joins", "signs",
    "mailings", "mailed",
];

#[test]
fn every_table_of_the_desk_is_known_to_erasure_and_keeps_nothing_of_who_erased() {
    let (mut desk, old, _, trip, cry) = moved(&["trapped"]);
    let message = desk.write(old, json!({ "consent": consent(), "text": "Күтемін" }));
    desk.fold();
    desk.keep_keys(&[old]);
    // somebody called about her, her relatives wait for a sign, and she is among many who are written to
    let officer = desk.officer();
    let case = desk.only();
    let call = desk.call(Some(trip), &officer);
    let joined = desk.act(&case, &Act::Join { other: call, reason: "same number".into() }, &officer).unwrap();
    desk.ask_for_sign(&joined, &officer);
    desk.write_to_many(&[old], &officer);
    let promise = Act::Promise {
        what: "Бес сағатта қоңырау шаламыз".into(),
        by: desk.now + SignedDuration::from_hours(5),
    };
    desk.act(&desk.casework.reading().whole_case(joined.number).unwrap(), &promise, &officer).unwrap();
    let connection = rusqlite::Connection::open(desk.folder.path().join("desk.db")).unwrap();
    let mut tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let ours = |table: &&String| !table.starts_with("sqlite_") && !table.starts_with("refinery_");
    for table in tables.iter().filter(ours) {
        assert!(
            NOBODYS.contains(&&**table) || PERSONAL.contains(&&**table),
            "{table}: what of it goes with its person?"
        );
    }
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    // words by SMS have a test of their own
    for table in PERSONAL.iter().filter(|table| **table != "sms") {
        assert!(count(&format!("SELECT count(*) FROM {table}")) > 0, "{table} had nothing to lose");
    }
    for (kind, id) in [(Kind::CheckIn, cry), (Kind::Message, message), (Kind::Device, old.to_string())] {
        desk.gone(kind, &id, true);
    }
    desk.erase();
    for rest in [
        "SELECT count(*) FROM cases WHERE private IS NOT NULL OR because IS NOT NULL OR country IS NOT NULL OR whose <> ''",
        "SELECT count(*) FROM sources",
        "SELECT count(*) FROM events WHERE private IS NOT NULL AND what <> 'erased'",
        "SELECT count(*) FROM promises WHERE what IS NOT NULL",
        "SELECT count(*) FROM messages WHERE private IS NOT NULL OR letter IS NOT NULL",
        "SELECT count(*) FROM devices",
        "SELECT count(*) FROM moves",
        "SELECT count(*) FROM sms",
        "SELECT count(*) FROM drafts",
        "SELECT count(*) FROM joins",
        "SELECT count(*) FROM signs",
        "SELECT count(*) FROM mailed",
    ] {
        assert_eq!(count(rest), 0, "{rest}, of {trip}");
    }
}

/// A desk at which a trip's cry stands, and another phone that leads the trip since.
fn moved(needs: &[&str]) -> (Desk, DeviceId, DeviceId, TripId, String) {
    let mut desk = Desk::new();
    let (old, new) = (desk.device(), desk.device());
    let trip = TripId::random(&mut desk.rng);
    desk.plan(old, trip, 1, &[]);
    let cry = desk.say_of(old, trip, "need_help", Some(word("Есік жабық", needs)));
    desk.fold();
    assert_eq!(desk.only().name.as_deref(), Some("Айгүл"));
    desk.later(5);
    desk.hand_on(trip, 2, &[old], new);
    (desk, old, new, trip, cry)
}

impl Desk {
    /// The trip was taken over by the code on paper.
    fn hand_on(&mut self, trip: TripId, version: u32, former: &[DeviceId], to: DeviceId) {
        let until = self.now;
        let former: Vec<_> = former.iter().map(|device| Former { device: *device, until }).collect();
        self.plan(to, trip, version, &former);
        self.fold();
    }

    /// An officer says that it is the same person's phone.
    fn confirm(&mut self, number: u32) -> Row {
        let officer = self.officer();
        let case = self.casework.reading().case(number).unwrap();
        self.act(&case, &Act::ConfirmMove {}, &officer).unwrap()
    }

    fn keep_keys(&mut self, devices: &[DeviceId]) {
        for device in devices {
            let key = contract::keys::key_text(&key_pair(&mut self.rng).1);
            self.casework.write(|change| change.keep_device_key(*device, &key)).unwrap();
        }
        let (pen, now) = (self.pen(), self.now);
        self.casework.write(|change| change.tell_the_untold(&pen, now)).unwrap();
    }

    /// The front took every letter.
    fn front_has_all(&mut self) {
        let letters = self.casework.reading().waiting_letters(100).unwrap();
        let accepted = letters.iter().map(|letter| letter.id).collect();
        self.casework.change(|change| change.posted(&Posted { accepted, unknown: Vec::new() })).unwrap();
    }

    fn letters_to(&self, device: DeviceId) -> usize {
        let letters = self.casework.reading().waiting_letters(100).unwrap();
        letters.iter().filter(|letter| letter.device == device).count()
    }
}

/// Her husband has the paper.
#[test]
fn whoever_takes_a_trip_over_is_told_nothing_and_erases_nothing_of_hers() {
    let (mut desk, hers, his, trip, _) = moved(&["violence"]);
    desk.say(hers, "need_help", Some(word("Көмектесіңдер", &["violence"])));
    desk.write(hers, json!({ "consent": consent(), "text": "Ол естімесін" }));
    desk.fold();
    desk.fold();
    desk.keep_keys(&[hers, his]);
    assert_eq!(desk.letters_to(his), 0, "no letter goes to him by itself");
    let is_hers = |desk: &Desk| desk.open().iter().all(|case| case.device == hers) && desk.open().len() == 2;
    assert!(is_hers(&desk), "{:?}", desk.open());
    let of_trip = desk.open().into_iter().find(|case| case.trip == Some(trip)).unwrap();
    assert!(of_trip.moved, "an officer sees it");
    let what = json!(desk.casework.reading().events(of_trip.number).unwrap()).to_string();
    assert_eq!(what.matches("moved").count(), 1, "{what}");
    // he says that all is well, and erases what he has: the trip goes with his phone
    desk.later(1);
    desk.say_of(his, trip, "safe", None);
    desk.fold();
    assert!(desk.open().iter().all(|case| case.well.is_none()), "hers is not answered by him");
    desk.gone(Kind::Trip, &trip.to_string(), true);
    desk.gone(Kind::Device, &his.to_string(), true);
    desk.erase();
    desk.fold();
    assert!(is_hers(&desk), "{:?}", desk.open());
    let words: Vec<_> = desk.open().into_iter().map(|case| (case.words, case.tags)).collect();
    assert!(words.iter().all(|(words, tags)| words.is_some() && tags == &[Tag::Quiet]), "{words:?}");
}

#[test]
fn a_case_follows_its_trip_once_an_officer_confirmed_it_and_nothing_else_goes_along() {
    let (mut desk, old, new, trip, cry) = moved(&["trapped"]);
    desk.say(old, "need_help", None);
    desk.fold();
    let number = desk.open().iter().find(|case| case.trip == Some(trip)).unwrap().number;
    let given = desk.confirm(number);
    assert_eq!((given.device, given.rank.proposed, given.moved), (new, Rank::Life, false));
    desk.keep_keys(&[old, new]);
    assert_eq!((desk.letters_to(old), desk.letters_to(new)), (0, 1));
    desk.later(1);
    // the lost phone speaks of the trip: of the same people, and still to the new one
    desk.say_of(old, trip, "need_help", None);
    desk.write(old, json!({ "consent": consent(), "text": "x", "about": { "kind": "trip", "id": trip } }));
    desk.fold();
    let case = desk.casework.reading().case(number).unwrap();
    assert_eq!((case.device, case.again, case.unread), (new, 1, 1));
    assert!(desk.open().iter().any(|case| case.device == old && case.trip.is_none()), "what it said of no trip stays");
    // its owner erases what it said, and the trip lives on
    desk.gone(Kind::CheckIn, &cry, true);
    desk.gone(Kind::Device, &old.to_string(), true);
    desk.erase();
    let case = desk.only();
    assert_eq!((case.device, case.name.as_deref(), case.words.as_deref()), (new, Some("Айгүл"), None));
    assert_ne!(case.rank.proposed, Rank::Life, "nothing rests on what was erased");
    let told = desk.casework.reading().events(case.number).unwrap();
    assert!(told.iter().all(|event| event.word.word.as_ref().is_none_or(|word| word.words.is_empty())), "{told:?}");
    // confirmed, it is theirs: it goes with their phone
    desk.gone(Kind::Device, &new.to_string(), true);
    desk.erase();
    assert!(desk.open().is_empty());
}

#[test]
fn a_move_that_was_confirmed_holds_as_long_as_its_trip_and_not_only_its_case() {
    let (mut desk, _, new, trip, _) = moved(&[]);
    let (number, officer) = (desk.only().number, desk.officer());
    desk.confirm(number);
    close(&mut desk, &officer);
    desk.later(101 * 24 * 60);
    assert_eq!(desk.keep(), 1);
    let phone = |desk: &Desk| desk.casework.reading().phone_of(trip, &desk.mirror).unwrap();
    assert_eq!(phone(&desk), Some(new), "it is not the lost phone's again");
    desk.gone(Kind::Trip, &trip.to_string(), false);
    desk.keep();
    let moves = |desk: &mut Desk| {
        desk.casework.write(|change| {
            Ok(change.transaction.query_row("SELECT count(*) FROM moves", [], |row| row.get::<_, u32>(0))?)
        })
    };
    assert_eq!(moves(&mut desk).unwrap(), 0);
}

#[test]
fn a_call_that_nobody_saved_and_a_letter_to_many_go_after_the_days_of_a_message_and_the_audit_file_says_so() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "safe", None);
    desk.keep_keys(&[device]);
    desk.write_to_many(&[device], &officer);
    let (draft, now) = (DeviceId::random(&mut desk.rng).to_string(), desk.now);
    let intake = Intake { name: "Айгүл".into(), ..Intake::default() };
    desk.casework.change(|change| change.keep_draft(&draft, &intake, None, &officer, now)).unwrap();
    desk.later(31 * 24 * 60);
    assert_eq!(desk.keep(), 1, "one line");
    let reading = desk.casework.reading();
    assert!(reading.drafts(desk.now).unwrap().is_empty());
    let mailing = reading.mailings().unwrap().remove(0);
    let nothing = Texts { kk: String::new(), ru: String::new(), en: String::new() };
    assert_eq!((mailing.texts, mailing.to, mailing.officer), (nothing, Match::default(), officer));
}

#[test]
fn a_clock_that_was_set_back_locks_nobody_out() {
    let mut desk = Desk::new();
    let now = desk.now;
    let taker = desk.casework.change(|change| change.add_officer("Ерлан", Role::CallTaker, now)).unwrap();
    let ask = |desk: &mut Desk| {
        let now = desk.now;
        desk.casework.write(|change| change.note_look_up(&taker, None, now)).unwrap()
    };
    while ask(&mut desk) != Asked::TooOften {}
    let (device, officer) = (desk.device(), desk.officer());
    desk.keep_keys(&[device]);
    desk.write_to_many(&[device], &officer);
    assert_eq!(desk.casework.reading().sent_alone(officer.id, desk.now).unwrap(), 1);
    desk.later(-2 * 24 * 60);
    assert_eq!(ask(&mut desk), Asked::Fine);
    assert_eq!(desk.casework.reading().sent_alone(officer.id, desk.now).unwrap(), 0);
}

/// Her husband took it over, and she took it back; or he deleted it.
#[test]
fn a_move_that_is_no_more_is_confirmed_by_nobody() {
    let is_gone: [fn(&mut Desk, TripId, [DeviceId; 2]); 2] = [
        |desk, trip, [hers, his]| desk.hand_on(trip, 3, &[hers, his], hers),
        |desk, trip, _| desk.gone(Kind::Trip, &trip.to_string(), true),
    ];
    for gone in is_gone {
        let (mut desk, hers, his, trip, _) = moved(&["violence"]);
        let (case, officer) = (desk.only(), desk.officer());
        assert!(case.moved);
        desk.later(5);
        gone(&mut desk, trip, [hers, his]);
        desk.fold();
        assert!(matches!(desk.act(&case, &Act::ConfirmMove {}, &officer), Err(CaseworkError::Changed)));
        let case = desk.only();
        assert!(!case.moved, "nothing is asked any more");
        assert!(matches!(desk.act(&case, &Act::ConfirmMove {}, &officer), Err(CaseworkError::NotPossible(_))));
        assert_eq!(desk.only().device, hers);
        // where it moves again, it is asked again
        desk.later(5);
        desk.hand_on(trip, 4, &[hers], his);
        assert!(desk.only().moved);
    }
}

#[test]
fn a_register_that_is_read_anew_takes_no_move_back() {
    let (mut desk, hers, his, trip, _) = moved(&[]);
    let before = desk.only();
    desk.mirror.begin_anew().unwrap();
    desk.mirror.take(&RecordsPage { epoch: "f".into(), changes: Vec::new(), next: 0, more: true }).unwrap();
    desk.fold();
    assert_eq!((desk.only().version, desk.only().moved), (before.version, true));
    desk.hand_on(trip, 2, &[hers], his);
    let told = json!(desk.casework.reading().events(before.number).unwrap()).to_string();
    assert_eq!(told.matches("\"moved\"").count(), 1, "asked once: {told}");
}

#[test]
fn where_both_phones_cried_for_one_trip_both_cases_stay_also_when_a_third_takes_it_over() {
    let mut desk = Desk::new();
    let (old, new, third) = (desk.device(), desk.device(), desk.device());
    let trip = TripId::random(&mut desk.rng);
    desk.plan(old, trip, 1, &[]);
    desk.say_of(old, trip, "need_help", None);
    desk.say_of(new, trip, "need_help", None);
    desk.fold();
    assert_eq!(desk.open().len(), 2);
    desk.later(5);
    desk.hand_on(trip, 2, &[old], new);
    let number = desk.open().iter().find(|case| case.device == old).unwrap().number;
    desk.confirm(number);
    desk.fold();
    assert_eq!(desk.open().iter().filter(|case| case.device == new).count(), 2);
    assert!(desk.open().iter().all(|case| case.well.is_none()), "they still cry: {:?}", desk.open());
    desk.later(5);
    desk.hand_on(trip, 3, &[old, new], third);
    assert!(desk.open().iter().all(|case| case.device == new && case.moved), "asked again, for each");
    desk.confirm(number);
    desk.fold();
    assert_eq!(desk.open().iter().filter(|case| case.device == third).count(), 2);
    desk.gone(Kind::Device, &third.to_string(), true);
    desk.erase();
    assert!(desk.open().is_empty(), "and both go with it");
}

impl Desk {
    /// A relative calls; an officer finds the person by a trip.
    fn call(&mut self, of: Option<TripId>, officer: &Badge) -> u32 {
        let held = of.map(|trip| {
            let held = self.mirror.trip(trip).unwrap().unwrap();
            let device = self.casework.reading().phone_of(trip, &self.mirror).unwrap().unwrap();
            Held { device, ..held }
        });
        let (draft, now) = (DeviceId::random(&mut self.rng).to_string(), self.now);
        let intake = Intake {
            by: WordBy::Relative,
            caller_name: "Сәуле".into(),
            caller_number: "+77020000002".into(),
            name: "Айгүл".into(),
            number: "+77010000001".into(),
            lost_touch: true,
            ..Intake::default()
        };
        let saved = Saved { draft: &draft, intake: &intake, trip: held.as_ref() };
        self.casework.change(|change| change.take_down(&saved, officer, now)).unwrap().0
    }

    fn ask_for_sign(&mut self, case: &Row, officer: &Badge) {
        let (pen, now, lang) = (self.pen(), self.now, Lang::Kk.into());
        let ask = |change: &mut casework::Change<'_>| {
            change.ask_for_sign(case.number, case.version, &lang, officer, &pen, now)
        };
        self.casework.change(ask).unwrap();
    }

    fn write_to_many(&mut self, devices: &[DeviceId], officer: &Badge) {
        assert_eq!(self.mail(devices, officer), devices.len());
    }

    /// How many of them it was sealed to, or given up.
    fn mail(&mut self, devices: &[DeviceId], officer: &Badge) -> usize {
        let receivers: Vec<_> =
            devices.iter().map(|device| Receiver { device: *device, lang: Lang::Kk, quiet: false }).collect();
        let texts = Texts { kk: "Күтіңіз".into(), ru: "Ждите".into(), en: "Wait".into() };
        let draft = DeviceId::random(&mut self.rng).to_string();
        let announced = serde_json::from_value(json!("loud")).unwrap();
        let to = Match { country: Some("AE".parse().unwrap()), ..Match::default() };
        let new = NewMailing { draft: &draft, to: &to, texts: &texts, announced, receivers: &receivers };
        let (pen, now) = (self.pen(), self.now);
        let written = self.casework.change(|change| {
            change.write_mailing(&new, officer, now)?;
            change.seal_mailings(&pen, now)
        });
        written.unwrap()
    }

    fn seal_mailings(&mut self) {
        let (pen, now) = (self.pen(), self.now);
        self.casework.write(|change| change.seal_mailings(&pen, now)).unwrap();
    }

    fn answer(&mut self, number: u32, asks: &[QuickAnswer], officer: &Badge) -> Result<String, CaseworkError> {
        let version = self.casework.reading().whole_case(number)?.version;
        let (pen, now, draft) = (self.pen(), self.now, LetterDraft { asks: asks.to_vec(), ..draft("19:40") });
        self.casework.change(|change| change.answer(number, version, &draft, officer, &pen, now))
    }

    /// How many events of a case are that.
    fn told(&self, number: u32, what: What) -> usize {
        let events = self.casework.reading().events(number).unwrap();
        events.iter().filter(|event| event.what == what).count()
    }

    /// Who is written to of all who are in the Emirates, and how many are left out.
    fn receivers(&mut self) -> (Vec<DeviceId>, usize) {
        let (reading, mut people, mut words) = (self.casework.reading(), People::default(), Words::default());
        people.catch_up(reading, &self.mirror, &self.keys).unwrap();
        words.catch_up(&self.mirror, &reading.by_sms().unwrap(), &self.keys).unwrap();
        let phones = Phones {
            guarded: reading.guarded().unwrap(),
            leads: reading.confirmed(self.mirror.leads().unwrap()).unwrap(),
            of_moved: reading.phones_of_moved(&self.mirror).unwrap(),
        };
        let to = Match { country: Some("AE".parse().unwrap()), ..Match::default() };
        let found = receivers(&people, &words, &phones, &to, self.now);
        (found.list.into_iter().map(|one| one.device).collect(), found.left_out)
    }

    fn device_of(&self, number: u32) -> DeviceId {
        self.casework.reading().case(number).unwrap().device
    }
}

#[test]
fn a_call_goes_where_the_trip_of_its_person_goes_and_an_answer_to_both_goes_to_no_lost_phone() {
    let mut desk = Desk::new();
    let (old, new, officer) = (desk.device(), desk.device(), desk.officer());
    let trip = TripId::random(&mut desk.rng);
    desk.plan(old, trip, 1, &[]);
    desk.say_of(old, trip, "need_help", None);
    desk.fold();
    let case = desk.only();
    let call = desk.call(Some(trip), &officer);
    assert_eq!(desk.device_of(call), old);
    desk.act(&case, &Act::Join { other: call, reason: "same number".into() }, &officer).unwrap();
    desk.later(5);
    desk.hand_on(trip, 2, &[old], new);
    // who calls now is tied to the phone that is known to be hers, and it is asked again whose the new one is
    let second = desk.call(Some(trip), &officer);
    desk.fold();
    assert_eq!(desk.device_of(second), old);
    assert!(desk.open().iter().all(|case| case.moved), "{:?}", desk.open());
    let whole = desk.casework.reading().whole_case(case.number).unwrap();
    desk.act(&whole, &Act::ConfirmMove {}, &officer).unwrap();
    assert_eq!([case.number, call, second].map(|number| desk.device_of(number)), [new; 3], "all at once");
    desk.keep_keys(&[old, new]);
    let whole = desk.casework.reading().whole_case(case.number).unwrap();
    let (pen, now, told) = (desk.pen(), desk.now, desk.letters_to(new));
    let answered =
        desk.casework.change(|change| change.answer(whole.number, whole.version, &draft("19:40"), &officer, &pen, now));
    answered.unwrap();
    assert_eq!((desk.letters_to(old), desk.letters_to(new) - told), (0, 1));
    assert_eq!(told, 2, "joined, one of them speaks for both");
    // confirmed, it is hers: whoever calls later is tied to it, and all of it goes with it
    let third = desk.call(Some(trip), &officer);
    assert_eq!(desk.device_of(third), new);
    desk.gone(Kind::Device, &new.to_string(), true);
    desk.erase();
    assert!(desk.open().is_empty());
}

#[test]
fn two_moved_trips_are_two_questions_also_where_their_cases_are_one() {
    let mut desk = Desk::new();
    let officer = desk.officer();
    let cases = [0, 1].map(|_| {
        let (old, new, trip) = (desk.device(), desk.device(), TripId::random(&mut desk.rng));
        desk.plan(old, trip, 1, &[]);
        desk.say_of(old, trip, "need_help", None);
        desk.fold();
        desk.later(1);
        desk.hand_on(trip, 2, &[old], new);
        (desk.open().iter().find(|case| case.device == old).unwrap().number, new)
    });
    let [(head, new), (other, _)] = cases;
    let row = desk.casework.reading().case(head).unwrap();
    let whole = desk.act(&row, &Act::Join { other, reason: "one family".into() }, &officer).unwrap();
    assert!(matches!(desk.act(&whole, &Act::ConfirmMove {}, &officer), Err(CaseworkError::NotPossible(_))));
    let parted = desk.act(&whole, &Act::Part { other, reason: String::new() }, &officer).unwrap();
    assert_eq!(desk.act(&parted, &Act::ConfirmMove {}, &officer).unwrap().device, new);
    assert!(desk.casework.reading().case(other).unwrap().moved, "the other is still asked");
}

#[test]
fn what_she_takes_back_leaves_a_call_about_her_as_it_was_told() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    let trip = TripId::random(&mut desk.rng);
    desk.plan(device, trip, 1, &[]);
    let call = desk.call(Some(trip), &officer);
    let message = desk.write(device, json!({ "consent": consent(), "text": "Мен жақсымын" }));
    desk.fold();
    assert_eq!(desk.casework.reading().case(call).unwrap().unread, 1);
    let before = desk.casework.reading().facts(call).unwrap();
    desk.gone(Kind::Message, &message, true);
    // the trip alone: whoever holds the paper may have erased that
    desk.gone(Kind::Trip, &trip.to_string(), true);
    desk.erase();
    assert_eq!(desk.casework.reading().facts(call).unwrap(), before);
    let messages = desk.casework.reading().messages(call).unwrap();
    assert!(messages.iter().all(|message| message.text.is_empty()), "and of her own word nothing is left");
    desk.gone(Kind::Device, &device.to_string(), true);
    desk.erase();
    assert!(desk.open().is_empty(), "erased whole, she takes it along");
    assert_eq!(desk.casework.reading().facts(call).unwrap(), None);
}

#[test]
fn a_phone_from_which_the_case_was_moved_gives_no_sign() {
    let mut desk = Desk::new();
    let (old, new, officer) = (desk.device(), desk.device(), desk.officer());
    let trip = TripId::random(&mut desk.rng);
    desk.plan(old, trip, 1, &[]);
    desk.keep_keys(&[old, new]);
    let call = desk.call(Some(trip), &officer);
    let asked = |desk: &mut Desk| {
        let row = desk.casework.reading().case(call).unwrap();
        desk.ask_for_sign(&row, &officer);
        desk.casework.reading().messages(call).unwrap().last().unwrap().id.clone()
    };
    let letter = asked(&mut desk);
    desk.later(5);
    desk.hand_on(trip, 2, &[old], new);
    desk.confirm(call);
    desk.later(1);
    let yes = |letter: &str| json!({ "consent": consent(), "quick": "yes", "answers": letter });
    desk.write(old, yes(&letter));
    desk.fold();
    let sign = |desk: &Desk| desk.casework.reading().sign(call).unwrap().unwrap().answer;
    assert_eq!(sign(&desk), None, "whoever holds the lost phone says nothing for her");
    desk.later(1);
    let letter = asked(&mut desk);
    desk.write(new, yes(&letter));
    desk.fold();
    assert_eq!(sign(&desk), Some(QuickAnswer::Yes));
}

#[test]
fn a_phone_that_was_only_written_to_is_known_as_long_as_its_letter() {
    let mut desk = Desk::new();
    let (written, waits, officer) = (desk.device(), desk.device(), desk.officer());
    desk.keep_keys(&[written, waits]);
    desk.write_to_many(&[written], &officer);
    desk.front_has_all();
    let connection = rusqlite::Connection::open(desk.folder.path().join("desk.db")).unwrap();
    let count = |table: &str| {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap()
    };
    // of one the letter is still to be sealed: its key is needed
    let sql = "INSERT INTO mailed (mailing, device) SELECT id, ?1 FROM mailings";
    connection.execute(sql, [waits.to_string()]).unwrap();
    desk.keep();
    assert_eq!((count("mailed"), count("devices")), (2, 1));
    desk.later(31 * 24 * 60);
    desk.keep();
    assert_eq!((count("mailed"), count("devices")), (0, 0));
}

#[test]
fn a_letter_to_many_knows_that_a_trip_moved_and_whose_wish_stands() {
    let mut desk = Desk::new();
    let (old, new, officer) = (desk.device(), desk.device(), desk.officer());
    let trip = TripId::random(&mut desk.rng);
    desk.plan(old, trip, 1, &[]);
    assert_eq!(desk.receivers(), (vec![old], 0));
    desk.later(5);
    desk.hand_on(trip, 2, &[old], new);
    let mut both = vec![old, new];
    both.sort();
    assert_eq!(desk.receivers(), (both, 0), "nobody has said whose the new one is");
    let mut hides = word("", &[]);
    hides["contact"] = json!({ "may_write": false });
    desk.later(1);
    desk.say_of(old, trip, "safe", Some(hides));
    assert_eq!(desk.receivers(), (vec![new], 1), "she is left out, and counted");
    let call = desk.call(Some(trip), &officer);
    desk.fold();
    desk.confirm(call);
    assert_eq!(desk.receivers(), (vec![], 1), "what she said of the trip holds for her new phone");
    desk.gone(Kind::Trip, &trip.to_string(), true);
    desk.gone(Kind::Device, &new.to_string(), true);
    desk.erase();
    assert!(!desk.receivers().0.contains(&new), "nobody writes to who erased");
}

#[test]
fn of_a_letter_to_many_so_many_keys_are_fetched_at_once_and_not_always_the_same() {
    let mut desk = Desk::new();
    let officer = desk.officer();
    let phones: Vec<_> = (0..150).map(|_| desk.device()).collect();
    for some in phones.chunks(50) {
        assert_eq!(desk.mail(some, &officer), 0);
        desk.later(61);
    }
    let mut asked = BTreeSet::new();
    for _ in 0..1000 {
        let some = desk.casework.reading().devices_without_key(false).unwrap();
        assert_eq!(some.len(), 100);
        asked.extend(some);
        if asked.len() == phones.len() {
            return;
        }
    }
    panic!("whom nobody knows holds up others: {} of {}", asked.len(), phones.len());
}

#[test]
fn a_key_that_gives_no_secret_silences_nobody_else() {
    let mut desk = Desk::new();
    let (bad, good, officer) = (desk.device(), desk.device(), desk.officer());
    let nothing = contract::keys::key_text(&[0; 32]);
    desk.casework.write(|change| change.keep_device_key(bad, &nothing)).unwrap();
    desk.keep_keys(&[good]);
    desk.say(bad, "need_help", None);
    desk.fold();
    desk.write_to_many(&[bad, good], &officer);
    assert_eq!((desk.letters_to(bad), desk.letters_to(good)), (0, 1));
    let mailing = desk.casework.reading().mailings().unwrap().remove(0);
    assert_eq!((mailing.receivers, mailing.refused), (2, 1), "an officer sees that one was not reached");
    desk.seal_mailings();
    // its case is read, and goes its way: whoever writes to it is told that it does not go
    let (case, pen, now) = (desk.only(), desk.pen(), desk.now);
    desk.casework.change(|change| change.tell_person(case.number, &pen, now)).unwrap();
    desk.casework.change(|change| change.tell_the_untold(&pen, now)).unwrap();
    assert!(matches!(desk.answer(case.number, &[], &officer), Err(CaseworkError::NotPossible(_))));
}

/// She says of it after somebody wrote: what waits was sealed as if nobody stood beside her.
#[test]
fn a_wish_that_is_new_holds_back_what_waits_for_that_phone() {
    let hides = |needs: &[&str], may_write: bool| {
        let mut hides = word("", needs);
        hides["contact"] = json!({ "may_write": may_write });
        hides
    };
    for (wish, of_many) in [(hides(&["violence"], true), 1), (hides(&[], false), 0)] {
        let mut desk = Desk::new();
        let (hers, other, officer) = (desk.device(), desk.device(), desk.officer());
        let trip = TripId::random(&mut desk.rng);
        desk.plan(hers, trip, 1, &[]);
        desk.say_of(hers, trip, "need_help", None);
        desk.say(other, "need_help", None);
        desk.fold();
        desk.keep_keys(&[hers, other]);
        let number_of = |desk: &Desk, device| desk.open().iter().find(|case| case.device == device).unwrap().number;
        let (case, others) = (number_of(&desk, hers), number_of(&desk, other));
        desk.answer(case, &[QuickAnswer::Yes], &officer).unwrap();
        desk.answer(others, &[], &officer).unwrap();
        desk.write_to_many(&[hers, other], &officer);
        assert_eq!((desk.letters_to(hers), desk.letters_to(other)), (2, 2));
        // in another place, of no trip: the same phone
        desk.later(1);
        desk.say(hers, "need_help", Some(wish.clone()));
        desk.fold();
        assert_eq!((desk.letters_to(hers), desk.letters_to(other)), (0, 2));
        // what is for many goes silently, where it may go
        desk.seal_mailings();
        assert_eq!((desk.letters_to(hers), desk.letters_to(other)), (of_many, 2));
        let letters = desk.casework.reading().waiting_letters(10).unwrap();
        let silent = |letter: &&contract::record::Letter| letter.device == hers && json!(letter.announced) == "silent";
        assert_eq!(letters.iter().filter(silent).count(), of_many);
        assert_eq!(desk.casework.reading().mailings().unwrap()[0].receivers, 1 + of_many);
        assert_eq!((desk.told(case, What::LettersHeldBack), desk.told(others, What::LettersHeldBack)), (1, 0));
        let row = desk.casework.reading().case(case).unwrap();
        let letter = desk.casework.reading().messages(case).unwrap().remove(0);
        assert_eq!((row.waiting, letter.state), (false, Some(LetterState::Refused)), "it is for the officer again");
        // who writes knowing of it is not held back when it is said again
        let said = desk.open().iter().find(|case| case.device == hers && case.trip.is_none()).unwrap().number;
        desk.answer(said, &[], &officer).unwrap();
        desk.later(1);
        desk.say(hers, "need_help", Some(wish));
        desk.fold();
        assert_eq!(desk.letters_to(hers), 1 + of_many);
    }
}

#[test]
fn what_is_for_many_waits_until_the_front_has_it_and_keeps_nothing_then() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.keep_keys(&[device]);
    desk.write_to_many(&[device], &officer);
    assert!(desk.casework.reading().mailings_wait().unwrap());
    desk.front_has_all();
    assert!(!desk.casework.reading().mailings_wait().unwrap());
    let connection = rusqlite::Connection::open(desk.folder.path().join("desk.db")).unwrap();
    let sql = "SELECT count(*) FROM mailed WHERE private IS NULL AND letter IS NULL AND device = id";
    assert_eq!(connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
}

#[test]
fn what_waited_a_day_for_the_front_is_news_to_nobody() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.keep_keys(&[device]);
    desk.write_to_many(&[device], &officer);
    desk.later(23 * 60);
    desk.seal_mailings();
    assert_eq!(desk.letters_to(device), 1);
    desk.later(2 * 60);
    desk.seal_mailings();
    assert_eq!(desk.letters_to(device), 0);
}

#[test]
fn a_call_that_was_of_somebody_else_takes_no_letter_and_no_word_along() {
    let mut desk = Desk::new();
    let officer = desk.officer();
    let [(wrong, his), (right, hers)] = [0, 1].map(|_| {
        let (device, trip) = (desk.device(), TripId::random(&mut desk.rng));
        desk.plan(device, trip, 1, &[]);
        (device, trip)
    });
    desk.fold();
    desk.keep_keys(&[wrong, right]);
    let tie = |desk: &mut Desk, number: u32, trip: Option<TripId>| {
        let held = trip.map(|trip| desk.mirror.trip(trip).unwrap().unwrap());
        let version = desk.casework.reading().whole_case(number).unwrap().version;
        let now = desk.now;
        desk.casework.change(|change| change.tie(number, version, held.as_ref(), &officer, now)).unwrap();
    };
    for moved_to in [Some(hers), None] {
        desk.later(1);
        let call = desk.call(Some(his), &officer);
        desk.answer(call, &[], &officer).unwrap();
        desk.write(wrong, json!({ "consent": consent(), "text": "Мен Айгүл емеспін" }));
        desk.fold();
        assert_eq!((desk.letters_to(wrong), desk.casework.reading().case(call).unwrap().unread), (1, 1));
        // found again where it is: nothing changes
        tie(&mut desk, call, Some(his));
        assert_eq!(desk.letters_to(wrong), 1);
        tie(&mut desk, call, moved_to);
        assert_eq!((desk.letters_to(wrong), desk.letters_to(right)), (0, 0));
        desk.fold();
        let reading = desk.casework.reading();
        let row = reading.case(call).unwrap();
        assert_eq!((row.unread, row.device == wrong), (0, false));
        let texts: Vec<_> = reading.messages(call).unwrap().into_iter().map(|one| (one.text, one.state)).collect();
        assert_eq!(
            texts,
            [("19:40".to_owned(), Some(LetterState::Refused))],
            "whoever wrote it sees that it did not go"
        );
        let told = json!(reading.events(call).unwrap()).to_string();
        assert!(!told.contains("Айгүл емеспін"), "{told}");
        // and who wrote it is heard, in a case of their own
        let own = desk.open().into_iter().find(|case| case.device == wrong).unwrap();
        assert_eq!(own.unread, 1);
        desk.act(
            &own,
            &Act::Close { outcome: Outcome::Mistake, word: None, word_missing: Some("no need".into()) },
            &officer,
        )
        .unwrap();
    }
}

#[test]
fn who_passed_a_call_on_says_nothing_more_in_it_once_somebody_has_it() {
    let mut desk = Desk::new();
    let (asel, dana, now) = (desk.officer(), desk.officer(), desk.now);
    let draft = DeviceId::random(&mut desk.rng).to_string();
    let save = |desk: &mut Desk, name: &str, officer: &Badge| {
        let intake = Intake { name: name.into(), number: "+77010000001".into(), ..Intake::default() };
        let saved = Saved { draft: &draft, intake: &intake, trip: None };
        desk.casework.change(|change| change.take_down(&saved, officer, now))
    };
    let (number, _) = save(&mut desk, "Айгүл", &asel).unwrap();
    assert_eq!(save(&mut desk, "Айгерім", &asel).unwrap(), (number, true));
    let row = desk.casework.reading().case(number).unwrap();
    desk.act(&row, &Act::Take { over: false, reason: String::new() }, &dana).unwrap();
    assert!(matches!(save(&mut desk, "Сәуле", &asel), Err(CaseworkError::Taken)));
    assert_eq!(save(&mut desk, "Айгерім", &asel).unwrap(), (number, false), "what is the same is no news");
}

#[test]
fn in_a_letter_to_many_a_wish_holds_though_a_newer_word_is_silent_of_it_and_its_case_is_closed() {
    let mut hides = word("", &[]);
    hides["contact"] = json!({ "may_write": false });
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    let trip = TripId::random(&mut desk.rng);
    desk.plan(device, trip, 1, &[]);
    let cry = desk.say_of(device, trip, "need_help", Some(hides));
    desk.fold();
    let case = desk.only();
    let close = Act::Close { outcome: Outcome::Helped, word: Some("Рақмет".into()), word_missing: None };
    desk.act(&case, &close, &officer).unwrap();
    desk.later(1);
    desk.say_of(device, trip, "safe", None);
    desk.fold();
    assert_eq!(desk.receivers(), (vec![], 1), "of all that is said");
    // the register keeps the word no longer than a day; the desk's case is kept
    desk.gone(Kind::CheckIn, &cry, false);
    assert_eq!(desk.receivers(), (vec![], 1), "of the case");
    // nor is it sealed where it was written before they said so
    desk.keep_keys(&[device]);
    desk.write_to_many(&[device], &officer);
    assert_eq!(desk.letters_to(device), 0);
}

#[test]
fn what_they_write_joins_their_case_and_an_answer_is_sealed_to_their_device() {
    let mut desk = Desk::new();
    let (device, stranger, officer) = (desk.device(), desk.device(), desk.officer());
    let (private, public) = key_pair(&mut desk.rng);
    desk.say(device, "need_help", None);
    desk.fold();
    let case = desk.only();
    let pen = desk.pen();
    let draft = LetterDraft { asks: vec![QuickAnswer::IAmThere], ..draft("19:40, 3-терминал") };
    let now = desk.now;
    let answer = |desk: &mut Desk, case: &Row| {
        desk.casework.change(|change| change.answer(case.number, case.version, &draft, &officer, &pen, now))
    };
    assert!(matches!(answer(&mut desk, &case), Err(CaseworkError::NotPossible(_))), "its key is not known");
    let key = contract::keys::key_text(&public);
    desk.casework.write(|change| change.keep_device_key(device, &key)).unwrap();
    // another key later is not believed
    let other = contract::keys::key_text(&[9; 32]);
    desk.casework.write(|change| change.keep_device_key(device, &other)).unwrap();
    let twice = LetterDraft { asks: vec![QuickAnswer::Yes, QuickAnswer::Yes], ..draft.clone() };
    let refused = desk.casework.change(|change| change.answer(case.number, case.version, &twice, &officer, &pen, now));
    assert!(matches!(refused, Err(CaseworkError::Letter(field)) if field.pointer == "/asks"));
    let id = answer(&mut desk, &case).unwrap();
    let letters = desk.casework.reading().waiting_letters(10).unwrap();
    let opened = seal::open_letter(&letters[0], &private, &desk.public).unwrap();
    assert_eq!(opened.text, "19:40, 3-терминал");
    let told = opened.case.unwrap();
    assert_eq!((told.number, told.step, told.rank), (case.number, CaseStep::Answered, None));
    assert!(desk.only().waiting, "it is for them to answer");

    desk.later(1);
    let about = json!({ "consent": consent(), "quick": "i_am_there", "answers": id });
    desk.write(device, about.clone());
    // somebody else's answer to this letter joins no case of theirs
    desk.write(stranger, about);
    desk.fold();
    let mut open = desk.open();
    open.sort_by_key(|case| case.number);
    assert_eq!(open.len(), 2);
    assert_eq!((open[0].number, open[0].unread, open[0].waiting), (case.number, 1, false));
    let messages = desk.casework.reading().messages(case.number).unwrap();
    assert_eq!(messages.last().and_then(|message| message.quick), Some(QuickAnswer::IAmThere));
    desk.fold();
    assert_eq!(desk.casework.reading().messages(case.number).unwrap().len(), 2, "each is heard once");
}

#[test]
fn a_quiet_case_is_written_to_silently_whatever_an_officer_says() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    let (private, public) = key_pair(&mut desk.rng);
    desk.say(device, "need_help", Some(word("", &["violence"])));
    desk.fold();
    let key = contract::keys::key_text(&public);
    desk.casework.write(|change| change.keep_device_key(device, &key)).unwrap();
    let (case, pen, now) = (desk.only(), desk.pen(), desk.now);
    let draft = draft("x");
    desk.casework.change(|change| change.answer(case.number, case.version, &draft, &officer, &pen, now)).unwrap();
    let letter = desk.casework.reading().waiting_letters(1).unwrap().remove(0);
    let opened = seal::open_letter(&letter, &private, &desk.public).unwrap();
    assert_eq!(
        (json!(letter.announced), json!(opened.announced), opened.neutral),
        (json!("silent"), json!("silent"), true)
    );
}

#[test]
fn an_objection_stands_until_an_officer_ranks_again() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "need_help", None);
    desk.fold();
    let case = desk.only();
    desk.act(&case, &Act::Rank { rank: Rank::Hours, reason: String::new() }, &officer).unwrap();
    desk.write(device, json!({ "consent": consent(), "objection": true, "text": "Қате" }));
    desk.fold();
    let case = desk.only();
    assert!(case.objection && case.unread == 1);
    let case = desk.act(&case, &Act::Rank { rank: Rank::Life, reason: "They are right".into() }, &officer).unwrap();
    assert!(!case.objection);
}

#[test]
fn a_desk_that_lost_its_lease_changes_nothing() {
    let mut desk = Desk::new();
    let device = desk.device();
    desk.fence += 1;
    let mut newer = open(&desk.folder, desk.fence, &mut desk.rng);
    desk.say(device, "need_help", None);
    let Desk { casework, mirror, keys, now, .. } = &mut desk;
    let late = casework.change(|change| change.fold(mirror, keys, *now));
    assert!(matches!(late, Err(CaseworkError::Fenced)), "{:?}", late.err());
    newer.change(|change| change.fold(mirror, keys, *now)).unwrap();
    assert_eq!(newer.reading().open_cases().unwrap().len(), 1);
    // whose lease was lost with its number
    let mut again = open(&desk.folder, 1, &mut desk.rng);
    again.change(|_| Ok(())).unwrap();
    assert!(matches!(newer.change(|_| Ok(())), Err(CaseworkError::Fenced)));
}

#[test]
fn another_key_opens_nothing_and_says_so() {
    let mut desk = Desk::new();
    let path = desk.folder.path().join("desk.db");
    let key = StoreKey::of_passphrase("x", &desk.folder.path().join("store.salt"), &mut desk.rng).unwrap();
    let refused = Casework::open(&path, key, Hold::Lease(9), StdRng::seed_from_u64(1));
    assert!(matches!(refused, Err(CaseworkError::OtherKey)));
}

fn call(desk: &mut Desk, device: DeviceId) {
    let id = CallId::random(&mut desk.rng).to_string();
    let call = json!({ "version": 1, "outcome": "still_need_help", "country": "AE", "at": desk.now });
    desk.put(device, Kind::Call, &id, Some(call));
}

#[test]
fn a_call_or_another_word_takes_nothing_back_of_what_was_said() {
    let mut desk = Desk::new();
    let device = desk.device();
    desk.say(device, "need_help", Some(word("ол осында", &["violence"])));
    desk.fold();
    assert_eq!(desk.only().tags, [Tag::Quiet]);
    desk.later(1);
    call(&mut desk, device);
    desk.fold();
    let case = desk.only();
    assert_eq!((case.rank.proposed, &case.tags[..]), (Rank::Life, &[Tag::Quiet][..]), "nobody rings there");
    assert_eq!(case.words.as_deref(), Some("ол осында"));
    // two words at once: each is read
    desk.later(1);
    desk.say(device, "need_help", Some(word("", &["money"])));
    desk.later(1);
    desk.say(device, "need_help", None);
    desk.fold();
    let case = desk.only();
    assert_eq!((case.rank.proposed, &case.tags[..]), (Rank::Life, &[Tag::Quiet][..]));
    assert!(case.rank.because.also.contains(&Reason::Money), "{:?}", case.rank.because);
}

#[test]
fn a_case_that_came_by_a_message_rests_on_no_cry() {
    let mut desk = Desk::new();
    let device = desk.device();
    desk.write(device, json!({ "consent": consent(), "text": "Сәлем" }));
    desk.fold();
    desk.fold();
    let what = |desk: &Desk| {
        let events = desk.casework.reading().events(desk.only().number).unwrap();
        events.iter().map(|event| json!(event.what)).collect::<Vec<_>>()
    };
    assert_eq!(what(&desk), ["they_wrote"], "nothing was taken back of it");
}

#[test]
fn what_is_written_after_the_end_is_a_case_that_somebody_sees() {
    let mut desk = Desk::new();
    let (device, officer) = (desk.device(), desk.officer());
    desk.say(device, "need_help", None);
    desk.fold();
    let case = desk.only();
    let close = Act::Close {
        outcome: serde_json::from_value(json!("helped")).unwrap(),
        word: None,
        word_missing: Some("жауап жоқ".into()),
    };
    desk.act(&case, &close, &officer).unwrap();
    desk.later(5);
    desk.write(device, json!({ "consent": consent(), "text": "олар қайтып келді" }));
    desk.fold();
    let late = desk.only();
    assert_eq!((late.number == case.number, late.unread), (false, 1));
}
