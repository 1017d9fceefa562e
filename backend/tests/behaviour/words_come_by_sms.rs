//! A word that came by SMS: taken once, by whichever way it comes too, and believed when its device is known.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::PathBuf,
};

use contract::{
    ids::{CheckInId, DeviceId, TripId},
    keys::key_bytes,
    place::Position,
    profile::Retention,
    record::{Change, CheckInStatus, Kind, Need, PlaceSource, RecordsPage, SafeContact},
    seal::key_pair,
    sms::{self, Content, Gateway, Measured, Spot},
    words::Lang,
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    desk::{
        casework::{
            Casework, Hold,
            acts::Act,
            cases::{CameBy, PlaceBy, Row, Tag},
            closed::StoreKey,
            floods::{self, FLOOD},
            page::What,
            sms::{ReceivedSms, SmsOutcome, TakenSms},
        },
        counting::count,
        folder::{ConsularKeys, DeskFolder, GatewayKey, GatewayKeys},
        leads::Leads,
        mirror::Mirror,
        people::People,
        receivers::{Match, Phones, Words, receivers},
    },
    officers::roles::Role,
    register::changes::digest,
};
use rand::{SeedableRng, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::at;

use crate::{
    console::{Console, Desk as DeskProcess},
    operator::{Operator, Relay},
    support::{App, Ministry, client, run, said},
};

const FROM: &str = "+971500000001";

/// A cry of two, one of whom needs help.
fn cry(device: DeviceId, check_in: CheckInId, at: Timestamp) -> Content {
    Content {
        device,
        check_in,
        version: 1,
        at,
        spot: Some(Spot::Country("AE".parse().unwrap())),
        point: Some(Measured { position: Position { lat: 25.2048, lon: 55.2708 }, accuracy_m: Some(20) }),
        source: Some(PlaceSource::Measured),
        age_min: 0,
        status: CheckInStatus::NeedHelp,
        intent: None,
        needs: BTreeSet::from([Need::Trapped]),
        medicine_days: None,
        people: 2,
        need_help: 1,
        write_only: true,
        contact: SafeContact::default(),
        language: Some(Lang::Ru.into()),
    }
}

/// A desk without its listener, its gateway, and a phone.
struct Desk {
    _folder: TempDir,
    casework: Casework,
    mirror: Mirror,
    gateways: GatewayKeys,
    gateway: [u8; 32],
    rng: StdRng,
    number: u64,
    now: Timestamp,
}

struct Phone {
    id: DeviceId,
    private: [u8; 32],
    public: String,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut rng = StdRng::seed_from_u64(7);
        let (old, _) = key_pair(&mut rng);
        let (private, gateway) = key_pair(&mut rng);
        let key = StoreKey::of_file(&folder.path().join("store.key"), &mut rng).unwrap();
        let hold = Hold::Lease(1);
        let casework = Casework::open(&folder.path().join("desk.db"), key, hold, StdRng::from_rng(&mut rng)).unwrap();
        let mirror = Mirror::open(&folder.path().join("records.db")).unwrap();
        let gateways = [old, private].map(|private| GatewayKey { key: Gateway::of(private), is_void: false }).into();
        let now = at("2026-03-01T12:00:00Z");
        Self { _folder: folder, casework, mirror, gateways, gateway, rng, number: 0, now }
    }

    fn phone(&mut self) -> Phone {
        let (private, public) = key_pair(&mut self.rng);
        let id = DeviceId::random(&mut self.rng);
        Phone { id, private: *private, public: contract::keys::key_text(&public) }
    }

    fn cry_of(&mut self, phone: &Phone) -> Content {
        cry(phone.id, CheckInId::random(&mut self.rng), self.now)
    }

    fn code(&mut self, phone: &Phone, content: &Content) -> String {
        sms::write(content, &phone.private, &self.gateway, &mut self.rng).unwrap()
    }

    fn take_texts(&mut self, texts: &[&str]) -> TakenSms {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        let received = ReceivedSms { from: FROM.to_owned(), at: self.now, texts };
        let Self { casework, mirror, gateways, now, .. } = self;
        let taken = casework.change(|change| {
            let taken = change.take_sms(&received, gateways, mirror, *now)?;
            change.fold(mirror, &ConsularKeys::new(), *now)?;
            Ok(taken)
        });
        taken.unwrap()
    }

    fn take(&mut self, phone: &Phone, content: &Content) -> SmsOutcome {
        let code = self.code(phone, content);
        self.take_texts(&[&code]).outcome
    }

    fn put(&mut self, device: DeviceId, kind: Kind, id: &str, record: impl Into<Option<Value>>) {
        self.number += 1;
        let change = Change {
            number: self.number,
            kind,
            id: id.to_owned(),
            device: Some(device),
            received_at: self.now,
            record: record.into(),
            was_of: Vec::new(),
            made: None,
            by_person: false,
        };
        let page = RecordsPage { epoch: "e".into(), changes: vec![change], next: self.number, more: false };
        self.mirror.take(&page).unwrap();
        self.fold();
    }

    /// The same word by data, of a trip or of none.
    fn put_word(&mut self, content: &Content, version: u32, trip: Option<TripId>) {
        let mut word = json!({ "version": version, "people": content.by_status(), "country": "AE", "at": content.at });
        if let Some(trip) = trip {
            word["trip"] = json!(trip);
        }
        self.put(content.device, Kind::CheckIn, &content.check_in.to_string(), word);
    }

    fn put_trip(&mut self, phone: &Phone) -> TripId {
        let device = testkit::Device { id: phone.id, ..testkit::Device::new(&mut self.rng) };
        let id = TripId::random(&mut self.rng);
        let trip = device.trip(id, 1, self.now - SignedDuration::from_hours(30), &mut self.rng);
        self.put(phone.id, Kind::Trip, &id.to_string(), json!(trip));
        id
    }

    fn fold(&mut self) {
        let Self { casework, mirror, now, .. } = self;
        casework.change(|change| change.fold(mirror, &ConsularKeys::new(), *now)).unwrap();
    }

    /// The phone's key comes to the desk.
    fn register(&mut self, id: DeviceId, public: &str) {
        let Self { casework, mirror, gateways, now, .. } = self;
        let proven = casework.change(|change| {
            change.keep_device_key(id, public)?;
            change.prove_sms(id, gateways)?;
            change.fold(mirror, &ConsularKeys::new(), *now)
        });
        proven.unwrap();
    }

    /// A person erased it, and the register says so.
    fn erase(&mut self, kind: Kind, id: &str) {
        let erased = HashSet::from([(kind.name().to_owned(), digest(id))]);
        let Self { casework, mirror, now, .. } = self;
        casework.change(|change| change.erase(&erased, mirror, &ConsularKeys::new(), *now)).unwrap();
    }

    /// What was kept long enough goes: cases, and words, after so many days.
    fn keep(&mut self, case: u32, sms: u32) {
        let retention = Retention { trip: 1, check_in: 1, case, message: case, sms, call: 1, audit: 1, backup: 1 };
        let Self { casework, mirror, now, .. } = self;
        casework.change(|change| change.keep_no_longer(&retention, *now)).unwrap();
        casework.write(|change| change.forget_sources(mirror)).unwrap();
    }

    fn close(&mut self, number: u32) {
        let now = self.now;
        let outcome = serde_json::from_value(json!("helped")).unwrap();
        let act = Act::Close { outcome, word: Some("Рақмет".into()), word_missing: None };
        let version = self.casework.reading().case(number).unwrap().version;
        let closed = self.casework.change(|change| {
            let officer = change.add_officer(&format!("Дана {number}"), Role::Silver, now)?;
            change.act(number, version, &act, &officer, now)
        });
        closed.unwrap();
    }

    fn open(&self) -> Vec<Row> {
        self.casework.reading().open_cases().unwrap()
    }

    fn only(&self) -> Row {
        let mut open = self.open();
        assert_eq!(open.len(), 1, "{open:?}");
        open.remove(0)
    }

    fn told(&self) -> Vec<What> {
        self.casework.reading().events(self.only().number).unwrap().into_iter().map(|event| event.what).collect()
    }

    fn later(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }
}

#[test]
fn a_letter_to_many_minds_what_was_said_by_sms_once_it_is_proven() {
    let mut desk = Desk::new();
    let (hers, stranger) = (desk.phone(), desk.phone());
    let may_write = |may: bool| SafeContact { may_write: Some(may), ..SafeContact::default() };
    let safe =
        |content: Content, may: bool| Content { status: CheckInStatus::Safe, contact: may_write(may), ..content };
    let said = safe(desk.cry_of(&stranger), true);
    desk.take(&stranger, &said);
    assert_eq!(desk.receivers(), (vec![], 0), "nobody knows whose that is");
    desk.register(hers.id, &hers.public);
    let said = safe(desk.cry_of(&hers), true);
    desk.take(&hers, &said);
    assert_eq!(desk.receivers(), (vec![hers.id], 0));
    desk.now += SignedDuration::from_mins(5);
    let said = safe(desk.cry_of(&hers), false);
    desk.take(&hers, &said);
    assert_eq!(desk.receivers(), (vec![], 1), "left out, and counted");
}

impl Desk {
    /// Who is written to of all who are in the Emirates, and how many are left out.
    fn receivers(&self) -> (Vec<DeviceId>, usize) {
        let (reading, mut words) = (self.casework.reading(), Words::default());
        words.catch_up(&self.mirror, &reading.by_sms().unwrap(), &ConsularKeys::new()).unwrap();
        let (guarded, leads, of_moved) = (reading.guarded().unwrap(), Leads::default(), HashMap::new());
        let to = Match { country: Some("AE".parse().unwrap()), ..Match::default() };
        let phones = Phones { guarded, leads, of_moved };
        let found = receivers(&People::default(), &words, &phones, &to, self.now);
        (found.list.into_iter().map(|one| one.device).collect(), found.left_out)
    }
}

impl Desk {
    /// How many are likely in the Emirates, own words of the last day, in need, without a trip, and not confirmed.
    fn counted(&self) -> [u64; 5] {
        let by_sms = self.casework.reading().by_sms().unwrap();
        let counted = count(&self.mirror, &by_sms, self.now).unwrap();
        let there = counted.countries.get(&"AE".parse().unwrap()).copied().unwrap_or_default();
        assert_eq!(there.high, there.likely + there.unconfirmed, "{there:?}");
        [there.likely, there.low, there.need_help, there.need_help_without_trip, there.unconfirmed]
    }
}

#[test]
fn who_speaks_by_sms_is_counted_where_they_are() {
    let mut desk = Desk::new();
    let (hers, his, stranger) = (desk.phone(), desk.phone(), desk.phone());
    desk.register(hers.id, &hers.public);
    desk.put_trip(&hers);
    assert_eq!(desk.counted(), [3, 0, 0, 0, 0], "by the plan");
    let said = Content { people: 1, ..desk.cry_of(&hers) };
    desk.take(&hers, &said);
    assert_eq!(desk.counted(), [3, 1, 1, 0, 0], "the same people, of that trip");

    desk.register(his.id, &his.public);
    let said = desk.cry_of(&his);
    desk.take(&his, &said);
    assert_eq!(desk.counted(), [5, 3, 2, 1, 0], "two without a trip, one in need");
    desk.put_word(&said, 1, None);
    assert_eq!(desk.counted(), [5, 3, 2, 1, 0], "the same word by data is nobody new");

    let said = desk.cry_of(&stranger);
    desk.take(&stranger, &said);
    assert_eq!(desk.counted(), [5, 3, 2, 1, 2], "whose phone nobody knows may be there");
    desk.register(stranger.id, &stranger.public);
    assert_eq!(desk.counted(), [7, 5, 3, 2, 0]);
    desk.later(1);
    let gone = Content { status: CheckInStatus::Left, need_help: 0, ..desk.cry_of(&stranger) };
    desk.take(&stranger, &gone);
    assert_eq!(desk.counted(), [5, 3, 2, 1, 0], "they have left");
}

#[test]
fn a_cry_of_a_phone_that_nobody_knows_is_a_case_under_no_name() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    let content = desk.cry_of(&phone);
    assert_eq!(desk.take(&phone, &content), SmsOutcome::Taken);
    let case = desk.only();
    assert_eq!((case.by, case.people, case.again), (CameBy::Sms, Some(1), 0));
    assert_eq!(case.tags, [Tag::WriteOnly, Tag::Unconfirmed]);
    let place = case.place.unwrap();
    assert_eq!((place.country.as_str(), place.said.as_deref()), ("AE", Some("25.20480, 55.27081")));
    let facts = desk.casework.reading().facts(case.number).unwrap().unwrap();
    assert_eq!(facts.needs, BTreeSet::from([Need::Trapped]));
    assert_eq!(facts.phone, "", "whoever sent it for them is not called as if it were they");
    assert_eq!(desk.told(), [What::OpenedByCry]);
}

#[test]
fn what_is_repeated_is_taken_once_and_a_newer_version_is_said_again() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    desk.register(phone.id, &phone.public);
    let content = desk.cry_of(&phone);
    let code = desk.code(&phone, &content);
    assert_eq!(desk.take_texts(&[&code]).outcome, SmsOutcome::Taken);
    assert_eq!(desk.take_texts(&[&code]).outcome, SmsOutcome::Known);
    assert_eq!(desk.take(&phone, &content), SmsOutcome::Known, "sealed anew it is the same word");
    let more = Content { version: 2, needs: BTreeSet::from([Need::Injured]), ..content.clone() };
    assert_eq!(desk.take(&phone, &more), SmsOutcome::Taken);
    assert_eq!(desk.take(&phone, &content), SmsOutcome::Known, "a late older version loses");
    let facts = desk.casework.reading().facts(desk.only().number).unwrap().unwrap();
    assert_eq!(facts.needs, BTreeSet::from([Need::Injured]));
    assert_eq!((desk.only().again, desk.told()), (1, vec![What::OpenedByCry, What::SaidAgain]));
}

#[test]
fn when_the_phone_registers_the_case_is_its_own_and_the_word_by_data_says_nothing_again() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    let content = desk.cry_of(&phone);
    desk.take(&phone, &content);
    let number = desk.only().number;
    desk.later(30);
    let trip = desk.put_trip(&phone);
    desk.register(phone.id, &phone.public);
    let case = desk.only();
    assert_eq!((case.number, case.by), (number, CameBy::Sms));
    assert_eq!(case.tags, [Tag::WriteOnly], "confirmed");
    desk.later(1);
    desk.put_word(&content, 1, Some(trip));
    let case = desk.only();
    assert_eq!((case.number, case.again), (number, 0), "the same case, said once");
    assert_eq!(desk.told(), [What::OpenedByCry]);
    assert_eq!(case.tags, [Tag::WriteOnly], "what came by SMS with it is not lost");
    desk.later(1);
    desk.put_word(&content, 2, Some(trip));
    assert_eq!(desk.only().again, 1, "a newer version is something new");
}

#[test]
fn a_trip_that_comes_later_takes_the_case_along() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    desk.register(phone.id, &phone.public);
    let content = desk.cry_of(&phone);
    desk.take(&phone, &content);
    let number = desk.only().number;
    assert_eq!(desk.only().tags, [Tag::WriteOnly], "a known phone's word is its own at once");
    desk.later(5);
    let trip = desk.put_trip(&phone);
    desk.put_word(&content, 1, Some(trip));
    assert_eq!(desk.only().number, number);
    desk.later(5);
    let another = Content { check_in: CheckInId::random(&mut desk.rng), at: desk.now, need_help: 2, ..content };
    desk.put_word(&another, 1, Some(trip));
    assert_eq!((desk.only().number, desk.only().again), (number, 1), "what the trip says next is of the same case");
}

impl Desk {
    fn put_country(&mut self, phone: &Phone, country: &str, status: &str) -> String {
        let id = CheckInId::random(&mut self.rng).to_string();
        let word = json!({ "version": 1, "people": { status: 1 }, "country": country, "at": self.now });
        self.put(phone.id, Kind::CheckIn, &id, word);
        id
    }

    /// The register is another one: it is read from its beginning, and not to its end yet.
    fn read_anew(&mut self) {
        self.mirror.begin_anew().unwrap();
        let page = RecordsPage { epoch: "f".into(), changes: Vec::new(), next: 0, more: true };
        self.mirror.take(&page).unwrap();
    }

    fn told_of(&self, number: u32) -> Vec<What> {
        self.casework.reading().events(number).unwrap().into_iter().map(|event| event.what).collect()
    }
}

#[test]
fn an_sms_that_comes_while_the_register_is_read_anew_takes_no_case_back_and_makes_none_twice() {
    let mut desk = Desk::new();
    let (by_data, both, other) = (desk.phone(), desk.phone(), desk.phone());
    let id = desk.put_country(&by_data, "KZ", "need_help");
    let mine = desk.only().number;
    // one word that came both ways, whose case is closed
    let content = desk.cry_of(&both);
    desk.take(&both, &content);
    desk.later(1);
    desk.register(both.id, &both.public);
    let came_in = desk.now;
    desk.put_word(&content, 1, None);
    let closed = desk.open().iter().find(|case| case.number != mine).unwrap().number;
    desk.later(1);
    desk.close(closed);
    assert_eq!(desk.only().number, mine);

    desk.later(1);
    desk.read_anew();
    let cry = desk.cry_of(&other);
    desk.take(&other, &cry);
    assert_eq!(desk.open().len(), 2, "its case is made all the same: {:?}", desk.open());
    assert_eq!(desk.told_of(mine), [What::OpenedByCry], "of the others nobody knows yet");

    // read to its end, it says that the cry is gone, and when the word came in
    desk.now = came_in;
    desk.put_word(&content, 1, None);
    assert_eq!(desk.told_of(mine), [What::OpenedByCry, What::CryGone]);
    assert_eq!(desk.open().len(), 2);
    assert!(!desk.mirror.has(Kind::CheckIn, &id).unwrap());
}

#[test]
fn while_the_register_is_read_anew_nobody_is_well_whose_other_cries_are_not_here_yet() {
    let mut desk = Desk::new();
    let (phone, other) = (desk.phone(), desk.phone());
    let content = desk.cry_of(&phone);
    desk.register(phone.id, &phone.public);
    desk.take(&phone, &content);
    desk.later(1);
    let safe = Content { check_in: CheckInId::random(&mut desk.rng), at: desk.now, need_help: 0, ..content };
    let safe = Content { status: CheckInStatus::Safe, ..safe };
    desk.later(1);
    let country = desk.put_country(&phone, "AE", "need_help");
    let mine = desk.only().number;
    desk.read_anew();
    desk.take(&phone, &safe);
    let cry = desk.cry_of(&other);
    desk.take(&other, &cry);
    assert_eq!(desk.told_of(mine), [What::OpenedByCry, What::SaidAgain], "{country} was said after it");
}

#[test]
fn a_desk_that_never_read_the_register_hears_what_is_said_by_sms_after_a_case_was_closed() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    desk.register(phone.id, &phone.public);
    let content = desk.cry_of(&phone);
    desk.take(&phone, &content);
    desk.later(1);
    desk.close(desk.only().number);
    desk.fold();
    assert!(desk.open().is_empty());
    desk.later(1);
    let more = Content { version: 2, ..content };
    desk.take(&phone, &more);
    let case = desk.only();
    desk.later(1);
    let safe = Content { version: 3, status: CheckInStatus::Safe, need_help: 0, ..more };
    desk.take(&phone, &safe);
    assert_eq!(desk.only().number, case.number);
    assert!(desk.only().well.is_some(), "and who is well by it");
}

#[test]
fn a_word_whose_gateway_key_was_away_when_its_phone_became_known_is_proven_when_it_is_back() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    let content = desk.cry_of(&phone);
    desk.take(&phone, &content);
    let key = desk.gateways.remove(1);
    desk.register(phone.id, &phone.public);
    assert!(desk.only().is_unconfirmed());
    desk.gateways.push(key);
    let Desk { casework, gateways, .. } = &mut desk;
    let proven = casework.change(|change| change.prove_all_sms(gateways)).unwrap();
    assert_eq!(proven, [(phone.id, content.check_in.to_string())]);
    desk.fold();
    assert!(!desk.only().is_unconfirmed());
    let Desk { casework, gateways, .. } = &mut desk;
    assert!(casework.change(|change| change.prove_all_sms(gateways)).unwrap().is_empty(), "once");
}

#[test]
fn whoever_knows_a_phone_s_id_alone_speaks_for_nobody() {
    let mut desk = Desk::new();
    let (phone, thief) = (desk.phone(), desk.phone());
    desk.register(phone.id, &phone.public);
    desk.put_trip(&phone);
    let content = desk.cry_of(&phone);
    desk.take(&phone, &content);
    let mine = desk.only();
    desk.later(5);
    // "safe", under the id of the first phone
    let check_in = CheckInId::random(&mut desk.rng);
    let safe = Content { check_in, at: desk.now, status: CheckInStatus::Safe, need_help: 0, ..content.clone() };
    assert_eq!(desk.take(&thief, &safe), SmsOutcome::Taken);
    assert_eq!(desk.only().well, None, "a cry is not answered by it");
    let false_cry = Content { check_in: CheckInId::random(&mut desk.rng), at: desk.now, ..content };
    desk.take(&thief, &false_cry);
    let open = desk.open();
    assert_eq!(open.len(), 2);
    let other = open.iter().find(|case| case.number != mine.number).unwrap();
    assert!(other.tags.contains(&Tag::Unconfirmed) && other.name.is_none());
    assert_eq!(
        desk.take(&phone, &safe),
        SmsOutcome::Taken,
        "a word that was forged does not stand in the way of the true one"
    );
    let own = Content { check_in: CheckInId::random(&mut desk.rng), ..safe };
    desk.take(&phone, &own);
    assert!(desk.open().iter().find(|case| case.number == mine.number).unwrap().well.is_some(), "its own word does");
}

#[test]
fn a_forged_word_sets_nothing_of_a_proven_case() {
    let mut desk = Desk::new();
    let (phone, thief) = (desk.phone(), desk.phone());
    let content = desk.cry_of(&phone);
    // before its phone is known, with a version that nothing comes after
    let forged = Content { version: u8::MAX, status: CheckInStatus::Safe, need_help: 0, ..content.clone() };
    assert_eq!(desk.take(&thief, &forged), SmsOutcome::Taken);
    assert_eq!(desk.take(&phone, &content), SmsOutcome::Taken);
    desk.register(phone.id, &phone.public);
    let case = desk.only();
    assert_eq!((case.tags, case.well), (vec![Tag::WriteOnly], None));
    // beyond what one device opens, a forged cry stands alone all the same
    for country in ["KZ", "TR", "EG", "TH"] {
        let spot = Some(Spot::Country(country.parse().unwrap()));
        let there = Content { spot, ..desk.cry_of(&phone) };
        desk.take(&phone, &there);
    }
    let before = desk.open();
    let again = Content { check_in: CheckInId::random(&mut desk.rng), ..content };
    desk.take(&thief, &again);
    let after = desk.open();
    assert_eq!((before.len(), after.len()), (5, 6));
    let proven: Vec<Row> = after.into_iter().filter(|case| !case.is_unconfirmed()).collect();
    assert_eq!(
        proven.iter().map(|case| case.number).collect::<HashSet<_>>(),
        before.iter().map(|case| case.number).collect()
    );
    assert!(proven.iter().all(|case| case.again == 0));
}

#[test]
fn what_is_sealed_to_a_void_key_is_read_and_never_believed() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    desk.gateways[1].is_void = true;
    let content = desk.cry_of(&phone);
    desk.take(&phone, &content);
    desk.register(phone.id, &phone.public);
    assert!(desk.only().is_unconfirmed(), "proven later");
    let more = desk.cry_of(&phone);
    assert_eq!(desk.take(&phone, &more), SmsOutcome::Taken);
    assert!(desk.open().iter().all(Row::is_unconfirmed), "or at once");
}

#[test]
fn what_was_forgotten_or_erased_does_not_come_again() {
    let mut desk = Desk::new();
    let (phone, other, by_data) = (desk.phone(), desk.phone(), desk.phone());
    let (content, erased) = (desk.cry_of(&phone), desk.cry_of(&other));
    let safe = Content { status: CheckInStatus::Safe, need_help: 0, ..content };
    desk.register(other.id, &other.public);
    let codes = [desk.code(&phone, &safe), desk.code(&other, &erased)];
    for code in &codes {
        assert_eq!(desk.take_texts(&[code]).outcome, SmsOutcome::Taken);
    }
    // its record alone is erased, and it never came by SMS
    let gone = desk.cry_of(&by_data);
    let late = desk.code(&by_data, &gone);
    desk.erase(Kind::CheckIn, &gone.check_in.to_string());
    desk.later(60);
    desk.erase(Kind::Device, &other.id.to_string());
    let now = desk.now;
    desk.casework.change(|change| change.forget_sms(now)).unwrap();
    assert!(desk.casework.reading().by_sms().unwrap().is_empty());
    for code in codes.iter().chain([&late]) {
        assert_eq!(desk.take_texts(&[code]).outcome, SmsOutcome::Known);
    }
    assert!(desk.open().is_empty());
}

#[test]
fn a_word_that_is_taken_back_by_data_says_nothing_by_sms_whichever_comes_first() {
    for is_sms_first in [true, false] {
        let mut desk = Desk::new();
        let phone = desk.phone();
        desk.register(phone.id, &phone.public);
        let cried = desk.cry_of(&phone);
        desk.put_word(&cried, 1, None);
        desk.later(5);
        let left = Content { status: CheckInStatus::Left, need_help: 0, ..desk.cry_of(&phone) };
        let id = left.check_in.to_string();
        let stranger = desk.phone();
        desk.put(stranger.id, Kind::CheckIn, &id, None);
        let code = desk.code(&phone, &left);
        if is_sms_first {
            assert_eq!(desk.take_texts(&[&code]).outcome, SmsOutcome::Taken, "nobody takes back another's word");
            assert!(desk.only().well.is_some());
        }
        desk.later(1);
        desk.put(phone.id, Kind::CheckIn, &id, None);
        assert_eq!(desk.only().well, None);
        assert_eq!(desk.take_texts(&[&code]).outcome, SmsOutcome::Known);
        assert_eq!(desk.only().well, None);
        assert!(desk.casework.reading().by_sms().unwrap().is_empty());
    }
}

#[test]
fn what_one_number_sends_of_phones_that_nobody_knows_is_one_line_of_the_board() {
    let mut desk = Desk::new();
    let mut phones = Vec::new();
    for _ in 0..FLOOD {
        let phone = desk.phone();
        // where a life is at stake nobody is folded
        let content = Content { needs: BTreeSet::from([Need::Money]), ..desk.cry_of(&phone) };
        desk.take(&phone, &content);
        phones.push(phone);
    }
    let folded = floods::fold(desk.open());
    assert_eq!((folded.cases.len(), folded.floods[0].alike), (0, FLOOD));
    desk.register(phones[0].id, &phones[0].public);
    assert_eq!(floods::fold(desk.open()).cases.len(), FLOOD, "whoever is proven stands alone");
}

#[test]
fn pieces_wait_at_the_desk_and_those_of_two_codes_are_not_mixed() {
    let mut desk = Desk::new();
    let phones = [desk.phone(), desk.phone()];
    let codes = phones.each_ref().map(|phone| {
        let content = desk.cry_of(phone);
        desk.code(phone, &content)
    });
    let pieces = [&codes[0][..153], &codes[1][..153], &codes[1][153..]];
    let outcomes = pieces.map(|piece| desk.take_texts(&[piece]).outcome);
    assert_eq!(outcomes, [SmsOutcome::Piece, SmsOutcome::Piece, SmsOutcome::Taken]);
    assert_eq!(desk.casework.reading().unread().unwrap().len(), 1, "the other's waits");
    assert_eq!(desk.take_texts(&[&codes[0][153..]]).outcome, SmsOutcome::Taken);
    assert_eq!((desk.open().len(), desk.casework.reading().unread().unwrap()), (2, vec![]));
    // brought again, they are the same
    assert_eq!(desk.take_texts(&[&codes[0][153..]]).outcome, SmsOutcome::Piece);
    assert_eq!(desk.take_texts(&[&codes[0][..153]]).outcome, SmsOutcome::Known);
}

#[test]
fn what_does_not_open_is_kept_closed_until_its_key_is_back() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    let content = desk.cry_of(&phone);
    let code = desk.code(&phone, &content);
    let key = desk.gateways.remove(1);
    assert_eq!(desk.take_texts(&[&code]).outcome, SmsOutcome::Shut);
    assert_eq!(desk.take_texts(&[&code]).outcome, SmsOutcome::Shut);
    assert_eq!(desk.take_texts(&["Help! We are at the airport"]).outcome, SmsOutcome::NotCoded);
    let piece = desk.cry_of(&phone);
    let piece = desk.code(&phone, &piece);
    assert_eq!(desk.take_texts(&[&piece[..153]]).outcome, SmsOutcome::Piece);
    assert_eq!(desk.take_texts(&[&piece[153..]]).outcome, SmsOutcome::Piece);
    let outcomes =
        |desk: &Desk| desk.casework.reading().unread().unwrap().into_iter().map(|one| one.outcome).collect::<Vec<_>>();
    let kept = outcomes(&desk);
    assert_eq!(kept, [SmsOutcome::Shut, SmsOutcome::NotCoded, SmsOutcome::Piece, SmsOutcome::Piece], "each once");
    desk.gateways.push(key);
    let Desk { casework, mirror, gateways, now, .. } = &mut desk;
    let taken = casework.change(|change| change.read_unread(gateways, mirror, *now)).unwrap();
    assert_eq!(taken.iter().map(|one| one.outcome).collect::<Vec<_>>(), [SmsOutcome::Taken, SmsOutcome::Taken]);
    assert_eq!(outcomes(&desk), [SmsOutcome::NotCoded]);
}

#[test]
fn pieces_open_in_one_order_and_what_is_no_code_is_told() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    let content = desk.cry_of(&phone);
    let code = desk.code(&phone, &content);
    assert_eq!(desk.take_texts(&["Help! We are at the airport"]).outcome, SmsOutcome::NotCoded);
    assert_eq!(desk.take_texts(&[&code[..153]]).outcome, SmsOutcome::Piece, "the others are missing");
    assert_eq!(desk.take_texts(&[&format!("Ag{}", &code[2..])]).outcome, SmsOutcome::Newer);
    let other = if code.ends_with('A') { "B" } else { "A" };
    assert_eq!(desk.take_texts(&[&format!("{}{other}", &code[..159])]).outcome, SmsOutcome::Shut);
    assert!(desk.open().is_empty());
    let taken = desk.take_texts(&[&code[140..], &code[..70], &code[70..140]]);
    assert_eq!(taken.outcome, SmsOutcome::Taken);
    // four hours ahead of Greenwich
    assert_eq!(taken.answer.as_deref(), Some("Получено 16:00"));
}

#[test]
fn nothing_is_answered_to_whom_it_can_harm() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    let harmed = [
        Content { needs: BTreeSet::from([Need::Violence]), ..desk.cry_of(&phone) },
        Content { contact: SafeContact { may_write: Some(false), ..SafeContact::default() }, ..desk.cry_of(&phone) },
    ];
    for content in harmed {
        let code = desk.code(&phone, &content);
        let taken = desk.take_texts(&[&code]);
        assert_eq!((taken.outcome, taken.answer), (SmsOutcome::Taken, None));
    }
    // she said it once: that a later one is silent of it takes nothing back
    let plain = desk.cry_of(&phone);
    let code = desk.code(&phone, &plain);
    let taken = desk.take_texts(&[&code]);
    assert_eq!((taken.outcome, taken.answer), (SmsOutcome::Taken, None));
}

#[test]
fn what_was_kept_long_enough_goes_but_not_while_its_case_is_open() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    desk.register(phone.id, &phone.public);
    let content = desk.cry_of(&phone);
    let safe = Content { status: CheckInStatus::Safe, ..desk.cry_of(&phone) };
    desk.take(&phone, &content);
    desk.take(&phone, &safe);
    desk.later(60);
    let now = desk.now;
    desk.casework.change(|change| change.forget_sms(now)).unwrap();
    let kept: Vec<_> = desk.casework.reading().by_sms().unwrap().into_iter().map(|sms| sms.held.id).collect();
    assert_eq!(kept, [content.check_in.to_string()]);
    desk.erase(Kind::Device, &phone.id.to_string());
    assert!(desk.casework.reading().by_sms().unwrap().is_empty(), "erased with its person");
}

#[test]
fn the_key_of_a_phone_stays_as_long_as_its_words() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    desk.register(phone.id, &phone.public);
    let safe = Content { status: CheckInStatus::Safe, need_help: 0, ..desk.cry_of(&phone) };
    desk.take(&phone, &safe);
    assert!(desk.open().is_empty());
    let has_key = |desk: &Desk| desk.casework.reading().device_key(phone.id).unwrap().is_some();
    desk.keep(100, 30);
    assert!(has_key(&desk));
    desk.later(31 * 24 * 60);
    desk.keep(100, 30);
    assert!(!has_key(&desk));
}

#[test]
fn a_closed_case_is_not_made_again_of_an_sms_that_is_kept_longer() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    desk.register(phone.id, &phone.public);
    desk.mirror.take(&RecordsPage { epoch: "e".into(), changes: Vec::new(), next: 0, more: false }).unwrap();
    let content = desk.cry_of(&phone);
    desk.take(&phone, &content);
    desk.later(1);
    desk.close(desk.only().number);
    desk.later(31 * 24 * 60);
    desk.keep(30, 100);
    desk.fold();
    assert!(desk.open().is_empty(), "{:?}", desk.open());
}

#[test]
fn a_place_that_an_unproven_word_says_is_by_its_own_word() {
    let mut desk = Desk::new();
    let phone = desk.phone();
    let content = desk.cry_of(&phone);
    desk.take(&phone, &content);
    assert!(desk.only().is_unconfirmed());
    assert_eq!(desk.only().place.unwrap().by, PlaceBy::OwnWord);
}

/// The key waits for no front, and for nobody who says how long things are kept.
#[tokio::test]
async fn what_could_not_be_read_is_tried_again_though_the_front_is_away() {
    let ministry = Ministry::new();
    let gateway = gateway_of(&ministry);
    let named = DeskFolder::existing(ministry.inside.path()).unwrap().newest_keys().unwrap();
    let named = named.in_use(contract::keys::Role::Gateway).unwrap().kid.clone();
    let key = DeskFolder::existing(ministry.inside.path()).unwrap().key(&named);
    let away = ministry.inside.path().join("away");
    std::fs::rename(&key, &away).unwrap();
    let desk = DeskProcess::at(&ministry, "127.0.0.1:9", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let (private, _) = key_pair(&mut rand::rng());
    let content = cry(App::new().id, CheckInId::random(&mut rand::rng()), Timestamp::now());
    let code = sms::write(&content, &private, &gateway, &mut rand::rng()).unwrap();
    let (_, told) = bring(&ministry, &desk, &[format!("{}\t{FROM}\t{code}", Timestamp::now())]);
    assert!(dana.get("/v1/board").await["upper"].as_array().unwrap().is_empty(), "{told}");
    let origin = dana.origin.clone();
    drop(desk);
    std::fs::rename(&away, &key).unwrap();
    let desk = DeskProcess::at(&ministry, "127.0.0.1:9", &["--origin", &origin]);
    let board = dana.at(&desk.url).until(|board| !board["upper"].as_array().unwrap().is_empty()).await;
    assert_eq!(board["upper"][0]["by"], "sms");
}

fn bring(ministry: &Ministry, desk: &DeskProcess, lines: &[String]) -> (bool, String) {
    let file: PathBuf = ministry.inside.path().join("sms.tsv");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let credential = ministry.desk().join("sms.credential");
    let paths = [&credential, &file].map(|path| path.to_str().unwrap().to_owned());
    let output = run(&["sms", "--credential", &paths[0], "--desk", &desk.url, "--file", &paths[1]]);
    (output.status.success(), said(&output))
}

#[tokio::test]
async fn a_file_of_sms_becomes_a_case_which_is_the_phone_s_own_when_it_registers() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = DeskProcess::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let gateway = served.keys(&ministry.profile()).await.gateway().unwrap();
    let app = App::new();
    let now = Timestamp::now();
    let content = cry(app.id, CheckInId::random(&mut rand::rng()), now);
    let private = key_pair(&mut rand::rng());
    let code = sms::write(&content, &private.0, &gateway, &mut rand::rng()).unwrap();
    let line = |text: &str| format!("{now}\t{FROM}\t{text}");
    let long = "\u{1}Ә ".repeat(100_000);
    let lines = [line(&code[..153]), line("Salem"), "x".to_owned(), line(&code[153..]), line(&long)];
    let (good, told) = bring(&ministry, &desk, &lines);
    assert!(!good, "a plain one is to be read by somebody");
    assert!(told.contains("line 1: a piece") && told.contains("line 4: taken"), "{told}");
    assert!(told.contains("line 3: not a time") && told.contains("3 of 5 are no words of the app"), "{told}");
    assert!(!told.contains(FROM) && !told.contains(&code[..20]), "{told}");
    let (good, told) = bring(&ministry, &desk, &[line(&code)]);
    assert!(good && told.contains("known already"), "{told}");
    let waits = run(&["unread-sms", "--data", ministry.inside.path().to_str().unwrap()]);
    assert!(said(&waits).contains(&format!("{FROM}, plain: Salem")), "{}", said(&waits));
    let board = dana.get("/v1/board").await;
    let case = &board["upper"][0];
    assert_eq!((&case["by"], &case["tags"]), (&json!("sms"), &json!(["write_only", "unconfirmed"])));
    let page = dana.get(&format!("/v1/cases/{}", case["number"])).await;
    assert_eq!((&page["words"][0]["sms_from"], &page["can_write"]), (&json!(FROM), &json!(false)));
    assert_eq!(page["words"][0]["sealed"]["needs"], json!(["trapped"]));

    // the phone finds a network: its key comes first, then the same word
    let mut record = json!(app.record());
    record["public_key"] = json!(contract::keys::key_text(&private.1));
    assert!(key_bytes(record["public_key"].as_str().unwrap()).is_some());
    assert_eq!(served.put(&format!("/v1/devices/{}", app.id), &record).send().await.unwrap().status(), 200);
    let word = json!({ "version": 1, "people": content.by_status(), "country": "AE", "at": content.at });
    app.put(&served, &format!("/v1/check-ins/{}", content.check_in), &word).await;
    let board = dana.until(|board| board["upper"][0]["tags"] == json!(["write_only"])).await;
    assert_eq!(board["upper"].as_array().unwrap().len(), 1, "{board}");
    assert_eq!((&board["upper"][0]["number"], &board["upper"][0]["again"]), (&case["number"], &json!(0)));
}

#[tokio::test]
async fn a_desk_that_is_cut_off_from_the_front_has_its_case_all_the_same() {
    let ministry = Ministry::new();
    let desk = DeskProcess::at(&ministry, "127.0.0.1:9", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let (private, _) = key_pair(&mut rand::rng());
    let content = cry(App::new().id, CheckInId::random(&mut rand::rng()), Timestamp::now());
    let code = sms::write(&content, &private, &gateway_of(&ministry), &mut rand::rng()).unwrap();
    let (good, told) = bring(&ministry, &desk, &[format!("{}\t{FROM}\t{code}", Timestamp::now())]);
    assert!(good, "{told}");
    assert_eq!(dana.get("/v1/board").await["upper"][0]["by"], "sms");
}

#[tokio::test]
async fn sms_come_in_by_their_credential_and_by_no_other() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = DeskProcess::start(&ministry, &served, &[]);
    let body = json!({ "messages": [{ "from": FROM, "at": Timestamp::now(), "texts": ["x"] }] });
    let status = async |credential: &str| {
        let request = client().request(Method::POST, format!("{}/v1/sms", desk.url)).json(&body);
        request.bearer_auth(credential.trim()).send().await.unwrap().status().as_u16()
    };
    let of = |name: &str| std::fs::read_to_string(ministry.desk().join(name)).unwrap();
    assert_eq!(status(&of("sms.credential")).await, 200);
    for other in [of("publish.credential"), of("read.credential"), String::new()] {
        assert_eq!(status(&other).await, 401);
    }
}

#[tokio::test]
async fn an_operator_hands_sms_over_and_the_phone_is_told_that_it_came() {
    let ministry = Ministry::new();
    let settings = ministry.desk().join("settings.json");
    let mut said: Value = serde_json::from_str(&std::fs::read_to_string(&settings).unwrap()).unwrap();
    said["answers_sms"] = json!(true);
    std::fs::write(&settings, said.to_string()).unwrap();
    let desk = DeskProcess::at(&ministry, "127.0.0.1:9", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let (mut operator, port) = Operator::start();
    {
        let _wrong = Relay::start(&ministry, &desk.url, port, "another");
        assert_eq!(operator.next(), json!({ "bound": false }));
    }
    let _relay = Relay::start(&ministry, &desk.url, port, "secret");
    // of the one before a last try may have been on its way
    while operator.next() != json!({ "bound": true }) {}
    let gateway = gateway_of(&ministry);
    let (private, _) = key_pair(&mut rand::rng());
    let code = |need| {
        let content = cry(App::new().id, CheckInId::random(&mut rand::rng()), at("2026-03-01T12:00:00Z"));
        sms::write(&Content { needs: [need].into(), ..content }, &private, &gateway, &mut rand::rng()).unwrap()
    };
    let sms = |text: &str| json!({ "from": "971500000001", "to": "442079460990", "text": text });
    operator.hand_over(&sms(&code(Need::Trapped)));
    assert_eq!(operator.next(), json!({ "status": 0 }));
    let told = json!({ "to": "971500000001", "from": "442079460990", "text": "Получено 16:00" });
    assert_eq!(operator.next(), told);
    let board = dana.get("/v1/board").await;
    assert_eq!((&board["upper"][0]["by"], board["upper"].as_array().unwrap().len()), (&json!("sms"), 1));

    // in two pieces, as a network cuts what is longer with its header; and to whom an answer can harm
    let quiet = code(Need::Violence);
    let piece = |number: u8, text: &str| {
        let mut sms = sms(text);
        sms["udh"] = json!([5, 0, 3, 7, 2, number]);
        sms
    };
    operator.hand_over(&piece(2, &quiet[153..]));
    assert_eq!(operator.next(), json!({ "status": 0 }));
    operator.hand_over(&piece(1, &quiet[..153]));
    assert_eq!(operator.next(), json!({ "status": 0 }));
    let board = dana.get("/v1/board").await;
    assert_eq!(board["upper"].as_array().unwrap().len(), 2);

    // a desk that is away takes nothing: the operator is to bring it again
    drop(desk);
    operator.hand_over(&sms(&code(Need::Injured)));
    assert_eq!(operator.next(), json!({ "status": 0x64 }), "and no answer came for the one before");
}

fn gateway_of(ministry: &Ministry) -> [u8; 32] {
    DeskFolder::existing(ministry.inside.path()).unwrap().newest_keys().unwrap().gateway().unwrap()
}
