//! What any register must do, whatever database stands behind it.

use contract::{
    hash::Hash,
    ids::{CallId, CheckInId, DeviceId, MessageId, TripId},
    place::AirportCode,
    profile::Retention,
    record::{
        Accepted, Call, CallOutcome, Change, CheckIn, CheckInStatus, Kind, Letter, Message, PaperTrip, PeopleByStatus,
        Receipt, Trip,
    },
};
use jiff::{SignedDuration, Timestamp};
use ministry::register::{
    Answer, Register, RegisterError, Where, changes,
    export::{self, Export, Exporter},
    kept::{Incoming, Kept},
    letters,
};

use proptest::{prelude::*, sample};
use testkit::country;

use crate::support::{App, sqlite_register};

#[tokio::test]
async fn the_sqlite_register_conforms() {
    let (register, _folder) = sqlite_register();
    register.begin("first".into()).await.unwrap();
    register.begin("second".into()).await.unwrap();
    assert_eq!(register.epoch().await.unwrap(), "first");
    register.renew("third".into()).await.unwrap();
    assert_eq!(register.epoch().await.unwrap(), "third");
    conforms(&register).await;
}

#[tokio::test]
async fn many_writes_at_once_are_all_kept() {
    let (register, _folder) = sqlite_register();
    let apps: Vec<_> = (0..300).map(|_| App::new()).collect();
    let writes = apps.iter().map(|app| register.put_device(app.id, app.record(), None, time(0)));
    for outcome in futures_util::future::join_all(writes).await {
        outcome.unwrap();
    }
    for app in &apps {
        let found = register.device_with_token(app.record().token_hash).await.unwrap();
        assert_eq!(found, Some(app.id));
    }
}

pub async fn conforms(register: &dyn Register) {
    devices_are_made_once(register).await;
    the_higher_version_wins(register).await;
    tombstones_stay(register).await;
    records_have_one_owner(register).await;
    a_trip_moves_with_its_code_on_paper(register).await;
    receipts_only_grow(register).await;
    export_and_erasure_are_whole(register).await;
    counts_follow_the_latest_word(register).await;
    a_long_export_is_whole(register).await;
    changes_are_read_in_their_order(register).await;
    a_page_of_large_trips_ends_before_it_is_long(register).await;
    what_was_kept_long_enough_is_erased(register).await;
    a_letter_waits_for_its_device(register).await;
    letters_are_kept_so_long_and_so_many(register).await;
}

fn time(hours: i64) -> Timestamp {
    Timestamp::from_second(1_772_323_200).unwrap() + SignedDuration::from_hours(hours)
}

/// What an export says, read as a device reads it.
pub async fn export(register: &dyn Register, owner: DeviceId) -> Result<Export, RegisterError> {
    let (mut exporter, mut text) = (Exporter::new(owner), String::new());
    while let Some(piece) = exporter.next(register).await? {
        text += &piece;
    }
    Ok(serde_json::from_str(&text).unwrap())
}

pub fn keep<R: Kept>(
    register: &dyn Register,
    owner: DeviceId,
    id: R::Id,
    record: R,
    now: Timestamp,
) -> Answer<'_, Accepted> {
    register.put(owner, Incoming::new(id, &record).unwrap(), now)
}

pub async fn device(register: &dyn Register) -> App {
    let app = App::new();
    register.put_device(app.id, app.record(), None, time(0)).await.unwrap();
    app
}

async fn devices_are_made_once(register: &dyn Register) {
    let (app, other) = (device(register).await, App::new());
    let again = register.put_device(app.id, app.record(), None, time(9)).await.unwrap();
    assert_eq!(again, Accepted { version: 1, received_at: time(0) });
    let taken = register.put_device(app.id, other.record(), None, time(9)).await;
    assert!(matches!(taken, Err(RegisterError::DeviceTaken)));
    let taken = register.put_device(other.id, app.record(), None, time(9)).await;
    assert!(matches!(taken, Err(RegisterError::DeviceTaken)), "a token is one device's");
    assert_eq!(register.device_with_token(app.record().token_hash).await.unwrap(), Some(app.id));
    assert_eq!(register.device_with_token(Hash::of(b"nobody's")).await.unwrap(), None);
}

async fn the_higher_version_wins(register: &dyn Register) {
    let app = device(register).await;
    let trip = TripId::random(&mut rand::rng());
    let versions: Vec<_> = (1..=3).map(|version| app.trip(trip, version, time(0))).collect();
    let put = |version: usize, hours| keep(register, app.id, trip, versions[version - 1].clone(), time(hours));
    assert_eq!(put(2, 1).await.unwrap(), Accepted { version: 2, received_at: time(1) });
    assert_eq!(put(2, 2).await.unwrap(), Accepted { version: 2, received_at: time(1) }, "the same request");
    assert_eq!(put(1, 3).await.unwrap(), Accepted { version: 2, received_at: time(1) }, "too late");
    assert_eq!(put(3, 4).await.unwrap(), Accepted { version: 3, received_at: time(4) });
    let other = keep(register, app.id, trip, app.trip(trip, 3, time(1)), time(5)).await;
    assert!(matches!(other, Err(RegisterError::VersionConflict)), "the same version with other content");
    let call = |version| Call {
        version,
        number: "+442079460100".parse().ok(),
        outcome: CallOutcome::Called,
        country: None,
        at: time(0),
    };
    let id = CallId::random(&mut rand::rng());
    assert_eq!(keep(register, app.id, id, call(2), time(5)).await.unwrap().version, 2);
    assert_eq!(keep(register, app.id, id, call(1), time(6)).await.unwrap().received_at, time(5));
    let of_the_trip_s_id = Incoming { id: trip.into(), ..Incoming::new(id, &call(1)).unwrap() };
    let taken = register.put(app.id, of_the_trip_s_id, time(7)).await.unwrap();
    assert_eq!(taken, Accepted { version: 1, received_at: time(7) }, "of another kind it is another record");
}

async fn tombstones_stay(register: &dyn Register) {
    let app = device(register).await;
    let trip = TripId::random(&mut rand::rng());
    let put = |version, hours| keep(register, app.id, trip, app.trip(trip, version, time(0)), time(hours));
    let word = CheckInId::random(&mut rand::rng());
    let safe = CheckIn {
        version: 1,
        people: PeopleByStatus::from([(CheckInStatus::Safe, 1)]),
        trip: Some(trip),
        country: None,
        airport: None,
        at: time(0),
        sealed: None,
    };
    keep(register, app.id, word, safe, time(0)).await.unwrap();
    let delete = |version, hours| register.put(app.id, Incoming::tombstone::<Trip>(trip, version), time(hours));
    put(2, 1).await.unwrap();
    assert_eq!(
        export(register, app.id).await.unwrap().check_ins.len(),
        1,
        "an edit of a trip keeps what is said of it"
    );
    assert_eq!(delete(1, 2).await.unwrap(), Accepted { version: 2, received_at: time(1) }, "an older deletion loses");
    let gone = Accepted { version: 2, received_at: time(3) };
    assert_eq!(delete(2, 3).await.unwrap(), gone, "at one version the deletion wins");
    assert_eq!(delete(2, 4).await.unwrap(), gone);
    let edited_elsewhere = put(2, 5).await;
    assert!(matches!(edited_elsewhere, Err(RegisterError::VersionConflict)), "nor is an edit of that version lost");
    assert_eq!(put(1, 6).await.unwrap(), gone, "an older one does not revive it");
    let unseen = TripId::random(&mut rand::rng());
    register.put(app.id, Incoming::tombstone::<Trip>(unseen, 4), time(7)).await.unwrap();
    let late = keep(register, app.id, unseen, app.trip(unseen, 3, time(0)), time(8)).await.unwrap();
    assert_eq!(late, Accepted { version: 4, received_at: time(7) });
    let export = export(register, app.id).await.unwrap();
    assert!(export.check_ins.is_empty(), "a trip takes its check-ins with it");
    assert!(export.trips.iter().all(|trip| trip.record.is_none()));
}

async fn records_have_one_owner(register: &dyn Register) {
    let (app, other) = (device(register).await, device(register).await);
    let trip = TripId::random(&mut rand::rng());
    keep(register, app.id, trip, app.trip(trip, 1, time(0)), time(1)).await.unwrap();
    let put = keep(register, other.id, trip, other.trip(trip, 2, time(0)), time(2)).await;
    assert!(matches!(put, Err(RegisterError::NotFound)));
    let delete = register.put(other.id, Incoming::tombstone::<Trip>(trip, 2), time(2)).await;
    assert!(matches!(delete, Err(RegisterError::NotFound)));
    let nobody = DeviceId::random(&mut rand::rng());
    let new = TripId::random(&mut rand::rng());
    let put = keep(register, nobody, new, app.trip(new, 1, time(0)), time(2)).await;
    assert!(matches!(put, Err(RegisterError::UnknownDevice)));
}

/// The same trip, sealed to a code on paper whose token is known by its hash.
fn on_paper(trip: Trip, token: &[u8]) -> Trip {
    Trip { sealed_to_owner: Some(trip.sealed.clone()), paper: Some(Hash::of(token)), ..trip }
}

fn taking(id: TripId, trip: &Trip, token: &[u8]) -> Incoming {
    Incoming::new(id, trip).unwrap().with_paper(Some(Hash::of(token)))
}

async fn a_trip_moves_with_its_code_on_paper(register: &dyn Register) {
    let (before, after) = (device(register).await, device(register).await);
    let id = TripId::random(&mut rand::rng());
    let trip = on_paper(before.trip(id, 2, time(0)), b"new paper");
    keep(register, before.id, id, trip.clone(), time(1)).await.unwrap();
    let found = async |device, token: &[u8]| register.on_paper(device, Hash::of(token)).await.unwrap();
    let sealed_to_owner = trip.sealed_to_owner.unwrap();
    assert_eq!(found(before.id, b"new paper").await, [PaperTrip { id, version: 2, sealed_to_owner }]);
    assert_eq!(found(before.id, b"old paper").await, []);
    assert_eq!(found(after.id, b"new paper").await, []);
    assert_eq!(found(DeviceId::random(&mut rand::rng()), b"new paper").await, [], "nobody is as nothing");

    let put = |trip: &Trip, token: &[u8]| register.put(after.id, taking(id, trip, token), time(2));
    let (same, higher) = (after.trip(id, 2, time(0)), after.trip(id, 3, time(0)));
    assert!(matches!(put(&higher, b"old paper").await, Err(RegisterError::NotFound)));
    assert!(matches!(put(&same, b"new paper").await, Err(RegisterError::VersionConflict)), "it goes over what stands");
    let taken = put(&higher, b"new paper").await.unwrap();
    assert_eq!(put(&higher, b"new paper").await.unwrap(), taken, "the same request");
    assert_eq!(found(before.id, b"new paper").await, [], "a paper is used once");
    for late in [before.trip(id, 3, time(0)), before.trip(id, 9, time(0))] {
        assert!(matches!(keep(register, before.id, id, late, time(3)).await, Err(RegisterError::TripMoved)));
    }
    let delete = register.put(before.id, Incoming::tombstone::<Trip>(id, 9), time(3)).await;
    assert!(matches!(delete, Err(RegisterError::TripMoved)), "nor does it delete what it does not lead");
    assert_eq!(export(register, before.id).await.unwrap().trips.len(), 0);
    assert_eq!(export(register, after.id).await.unwrap().trips[0].version, 3);
    let newest = changes(register, 0).await.into_iter().rfind(|change| change.id == id.to_string()).unwrap();
    assert_eq!(newest.device, Some(after.id), "the desk reads whose it is");

    // it goes back the same way, and then the other one's is the late word
    let again = on_paper(after.trip(id, 4, time(0)), b"third paper");
    keep(register, after.id, id, again, time(4)).await.unwrap();
    register.put(before.id, taking(id, &before.trip(id, 5, time(0)), b"third paper"), time(5)).await.unwrap();
    keep(register, before.id, id, before.trip(id, 6, time(0)), time(6)).await.unwrap();
    let late = keep(register, after.id, id, after.trip(id, 7, time(0)), time(7)).await;
    assert!(matches!(late, Err(RegisterError::TripMoved)));
    register.erase(before.id, time(8)).await.unwrap();
    let after_all = keep(register, after.id, id, after.trip(id, 8, time(0)), time(9)).await;
    assert_eq!(after_all.unwrap().version, 8, "nothing is remembered of what was erased");
    register.erase(after.id, time(10)).await.unwrap();

    let (owner, thief) = (device(register).await, device(register).await);
    let deleted = TripId::random(&mut rand::rng());
    keep(register, owner.id, deleted, on_paper(owner.trip(deleted, 1, time(0)), b"paper"), time(1)).await.unwrap();
    register.put(owner.id, Incoming::tombstone::<Trip>(deleted, 2), time(2)).await.unwrap();
    assert_eq!(found(owner.id, b"paper").await, []);
    let revived = register.put(thief.id, taking(deleted, &thief.trip(deleted, 3, time(0)), b"paper"), time(3)).await;
    assert!(matches!(revived, Err(RegisterError::NotFound)), "what was deleted is moved by nobody");
}

/// Something that one of two devices does with a trip.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Writes it, on paper.
    Write,
    /// Says how all of its people are.
    Say(CheckInStatus),
    /// Takes it over.
    Take,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn nobody_is_counted_twice_however_often_a_trip_moves(
        steps in proptest::collection::vec((0_usize..2, sample::select(vec![
            Step::Write, Step::Take, Step::Say(CheckInStatus::Safe), Step::Say(CheckInStatus::NeedHelp),
        ])), 1..12)
    ) {
        let counted = tokio::runtime::Runtime::new().unwrap().block_on(counted_after(&steps));
        prop_assert_eq!(counted.0, 3);
        prop_assert!(counted.1 <= 3, "{:?}", counted);
    }
}

/// People, and how many of them a word was said of, while the trip is in Doha.
async fn counted_after(steps: &[(usize, Step)]) -> (u64, u64) {
    let (register, _folder) = sqlite_register();
    register.begin("first".into()).await.unwrap();
    let devices = [device(&register).await, device(&register).await];
    let id = TripId::random(&mut rand::rng());
    let first = on_paper(devices[0].trip(id, 1, time(0)), b"paper");
    keep(&register, devices[0].id, id, first, time(0)).await.unwrap();
    let mut has_led = [true, false];
    for (version, (who, step)) in (2..).zip(steps) {
        let (device, at) = (&devices[*who], time(6) + SignedDuration::from_mins(version.into()));
        let trip = on_paper(device.trip(id, version, time(0)), b"paper");
        match step {
            // one that does not lead it is refused, which changes nothing
            Step::Write => drop(keep(&register, device.id, id, trip, at).await),
            Step::Take => {
                has_led[*who] |= register.put(device.id, taking(id, &trip, b"paper"), at).await.is_ok();
            }
            // whoever never led it speaks of others
            Step::Say(_) if !has_led[*who] => {}
            Step::Say(status) => {
                let people = PeopleByStatus::from([(*status, 3)]);
                let (trip, country) = (Some(id), Some(country("QA")));
                let word = CheckIn { version: 1, people, trip, country, airport: None, at, sealed: None };
                keep(&register, device.id, CheckInId::random(&mut rand::rng()), word, at).await.unwrap();
            }
        }
    }
    let counted = register.headcount(Where::Country(country("QA")), time(8)).await.unwrap();
    (counted.people, counted.safe + counted.need_help)
}

async fn receipts_only_grow(register: &dyn Register) {
    let app = device(register).await;
    let receipt = |delivered, shown_at, read_at| Receipt {
        entry: "advisory.ae".parse().unwrap(),
        version: 1,
        delivered_at: time(delivered),
        shown_at,
        read_at,
    };
    let (other, early) = (device(register).await, receipt(0, Some(time(0)), Some(time(0))));
    let of_another_entry = Receipt { entry: "advisory.om".parse().unwrap(), ..early.clone() };
    register.put_receipts(other.id, vec![early], time(5)).await.unwrap();
    register.put_receipts(app.id, vec![of_another_entry.clone()], time(5)).await.unwrap();
    for told in [
        receipt(3, None, None),
        receipt(1, Some(time(2)), None),
        receipt(2, Some(time(5)), Some(time(3))),
        receipt(1, None, None),
    ] {
        register.put_receipts(app.id, vec![told], time(6)).await.unwrap();
    }
    let export = export(register, app.id).await.unwrap();
    assert_eq!(export.receipts, [receipt(1, Some(time(2)), Some(time(3))), of_another_entry]);
}

async fn export_and_erasure_are_whole(register: &dyn Register) {
    let app = device(register).await;
    let trip = TripId::random(&mut rand::rng());
    let sent = app.trip(trip, 1, time(0));
    keep(register, app.id, trip, sent.clone(), time(1)).await.unwrap();
    let longest = serde_json::to_string(&sent).unwrap().len();
    assert_eq!(register.longest(app.id).await.unwrap(), longest);
    let exported = export(register, app.id).await.unwrap();
    assert_eq!((exported.id, exported.device), (app.id, app.record()));
    assert_eq!(exported.trips[0].record, Some(sent));
    register.erase(app.id, time(2)).await.unwrap();
    assert!(matches!(export(register, app.id).await, Err(RegisterError::UnknownDevice)));
    assert!(matches!(register.erase(app.id, time(2)).await, Err(RegisterError::UnknownDevice)));
    assert_eq!(register.device_with_token(app.record().token_hash).await.unwrap(), None);
    register.put_device(app.id, app.record(), None, time(9)).await.unwrap();
    assert!(export(register, app.id).await.unwrap().trips.is_empty());
}

/// Uses far-off airports and times of its own, so that what other parts put there is not counted.
async fn counts_follow_the_latest_word(register: &dyn Register) {
    let app = device(register).await;
    let trip = TripId::random(&mut rand::rng());
    let begin = time(24 * 365 * 20);
    let at = |hours| begin + SignedDuration::from_hours(hours);
    let mut plan = app.trip(trip, 1, begin);
    let airport: AirportCode = "SYD".parse().unwrap();
    plan.legs[1].country = country("AU");
    plan.legs[1].airport = Some(airport);
    keep(register, app.id, trip, plan, time(1)).await.unwrap();
    let count = async |place, hours| {
        let count = register.headcount(place, at(hours)).await.unwrap();
        (count.people, count.overdue, count.safe, count.need_help, count.stranded)
    };
    let (country, airport) = (Where::Country(country("AU")), Where::Airport(airport));
    assert_eq!(count(country, 20).await, (3, 0, 0, 0, 0));
    assert_eq!(count(airport, 20).await, (3, 0, 0, 0, 0));
    for hours in [132, 132 + 24 * 90] {
        assert_eq!(count(country, hours).await, (0, 3, 0, 0, 0));
    }
    assert_eq!(count(country, 132 + 24 * 90 + 1).await, (0, 0, 0, 0, 0), "nobody is overdue for ever");
    let word = async |status, people, hours, arrived| {
        let id = CheckInId::random(&mut rand::rng());
        let people = PeopleByStatus::from([(status, people)]);
        let check_in =
            CheckIn { version: 1, people, trip: Some(trip), country: None, airport: None, at: at(hours), sealed: None };
        keep(register, app.id, id, check_in, at(arrived)).await.unwrap();
        id
    };
    word(CheckInStatus::Safe, 2, 15, 15).await;
    assert_eq!(count(country, 20).await, (3, 0, 2, 0, 0), "two of three said so");
    word(CheckInStatus::Stranded, 500, 14, 16).await;
    assert_eq!(count(country, 20).await, (3, 0, 2, 0, 0), "an earlier word that came later");
    let stranded = word(CheckInStatus::Stranded, 500, 16, 17).await;
    assert_eq!(count(country, 132).await, (0, 3, 0, 0, 3), "never more than the trip has");
    let cry = word(CheckInStatus::NeedHelp, 1, 18, 18).await;
    assert_eq!(count(country, 132).await, (0, 3, 0, 1, 0));
    register.put(app.id, Incoming::tombstone::<CheckIn>(cry, 2), at(19)).await.unwrap();
    assert_eq!(count(country, 132).await, (0, 3, 0, 0, 3), "a word that was taken back counts for nothing");
    register.put(app.id, Incoming::tombstone::<CheckIn>(stranded, 2), at(19)).await.unwrap();
    assert_eq!(count(country, 20).await, (3, 0, 2, 0, 0), "the word before it stands again");
    word(CheckInStatus::Left, 3, 100, 101).await;
    assert_eq!(count(country, 132).await, (0, 0, 0, 0, 0));
    let counted = register.headcount(country, at(20)).await.unwrap();
    assert_eq!((counted.trips, counted.as_of), (1, Some(at(101))));
}

async fn a_long_export_is_whole(register: &dyn Register) {
    let app = device(register).await;
    let all = export::PAGE * 2 + 3;
    let receipt = |version| Receipt {
        entry: "advisory.long".parse().unwrap(),
        version,
        delivered_at: time(1),
        shown_at: None,
        read_at: None,
    };
    register.put_receipts(app.id, (1..=all as u32).map(receipt).collect(), time(1)).await.unwrap();
    for _ in 0..all {
        let call = Call { version: 1, number: None, outcome: CallOutcome::Called, country: None, at: time(0) };
        keep(register, app.id, CallId::random(&mut rand::rng()), call, time(1)).await.unwrap();
    }
    let exported = export(register, app.id).await.unwrap();
    assert_eq!((exported.calls.len(), exported.receipts.len()), (all, all));
}

/// Every change after `since`, page by page.
async fn changes(register: &dyn Register, since: u64) -> Vec<Change> {
    let (mut since, mut all) = (since, Vec::new());
    loop {
        let page = register.changes(since).await.unwrap();
        all.extend(page.changes);
        since = page.next;
        if !page.more {
            return all;
        }
    }
}

async fn a_page_of_large_trips_ends_before_it_is_long(register: &dyn Register) {
    let before = changes(register, 0).await.last().unwrap().number;
    let large = "A".repeat(1024 * 1024);
    let mut apps = Vec::new();
    for _ in 0..10 {
        let (app, id) = (device(register).await, TripId::random(&mut rand::rng()));
        let mut trip = app.trip(id, 1, time(0));
        trip.sealed.ciphertext.clone_from(&large);
        keep(register, app.id, id, trip, time(1)).await.unwrap();
        apps.push(app);
    }
    let page = register.changes(before).await.unwrap();
    let bytes: usize = page.changes.iter().map(|change| change.record.as_ref().unwrap().to_string().len()).sum();
    assert!(page.more && bytes < changes::PAGE_BYTES + 2 * large.len(), "{bytes}");
    assert_eq!(changes(register, before).await.len(), apps.len(), "and the next page goes on");
    for app in apps {
        register.erase(app.id, time(1)).await.unwrap();
    }
}

async fn changes_are_read_in_their_order(register: &dyn Register) {
    let before = changes(register, 0).await.last().unwrap().number;
    let (app, trip) = (device(register).await, TripId::random(&mut rand::rng()));
    keep(register, app.id, trip, app.trip(trip, 1, time(0)), time(1)).await.unwrap();
    let call = Call { version: 1, number: None, outcome: CallOutcome::Called, country: None, at: time(0) };
    let ids: Vec<_> = (0..changes::PAGE).map(|_| CallId::random(&mut rand::rng())).collect();
    for id in &ids {
        keep(register, app.id, *id, call.clone(), time(1)).await.unwrap();
    }
    keep(register, app.id, trip, app.trip(trip, 2, time(0)), time(2)).await.unwrap();
    let news = changes(register, before).await;
    assert_eq!(news.len(), ids.len() + 1, "each as it stands, once");
    assert!(news.is_sorted_by(|a, b| a.number < b.number));
    let newest = news.last().unwrap();
    assert_eq!((newest.kind, &newest.id, newest.device), (Kind::Trip, &trip.to_string(), Some(app.id)));
    assert_eq!(newest.record.as_ref().unwrap()["version"], 2);
    let page = register.changes(news[0].number).await.unwrap();
    assert_eq!((page.changes.len(), page.more), (changes::PAGE, false), "a full page may be the last");

    let seen = newest.number;
    register.put(app.id, Incoming::tombstone::<Trip>(trip, 3), time(3)).await.unwrap();
    let deleted = changes(register, seen).await;
    assert_eq!(
        deleted.iter().map(|change| (&change.id, &change.record)).collect::<Vec<_>>(),
        [(&trip.to_string(), &None)]
    );
    register.erase(app.id, time(4)).await.unwrap();
    let erased = changes(register, deleted[0].number).await;
    assert_eq!(erased.len(), ids.len() + 2, "each record, and the device");
    let is_bare = |change: &Change| change.device.is_none() && change.record.is_none() && change.by_person;
    assert!(erased.iter().all(is_bare));
    for (kind, id) in [(Kind::Trip, trip.to_string()), (Kind::Device, app.id.to_string())] {
        let digest = Hash::of(id.as_bytes()).to_string();
        assert!(erased.iter().any(|change| (change.kind, &change.id) == (kind, &digest)), "and its id is not told");
    }
}

async fn what_was_kept_long_enough_is_erased(register: &dyn Register) {
    let retention = Retention { trip: 30, check_in: 20, case: 1, message: 1, sms: 1, call: 10, audit: 1, backup: 1 };
    let begin = time(24 * 365 * 30);
    let day = |days: i64| begin + SignedDuration::from_hours(24 * days);
    let all = async |register: &dyn Register, app: &App| {
        let Ok(export) = export(register, app.id).await else { return (0, 0, 0) };
        (export.trips.len(), export.check_ins.len(), export.calls.len())
    };
    let (app, cries, other) = (device(register).await, device(register).await, device(register).await);
    let helped = device(register).await;
    let need = [(&app, CheckInStatus::Safe), (&cries, CheckInStatus::Stranded), (&helped, CheckInStatus::NeedHelp)];
    for (app, status) in need {
        let trip = TripId::random(&mut rand::rng());
        // its last leg ends after five days and a half
        keep(register, app.id, trip, app.trip(trip, 1, begin), begin).await.unwrap();
        let word = |trip| CheckIn {
            version: 1,
            people: PeopleByStatus::from([(status, 3)]),
            trip,
            country: None,
            airport: None,
            at: begin,
            sealed: None,
        };
        // what another device says of the trip later is that device's
        keep(register, other.id, CheckInId::random(&mut rand::rng()), word(Some(trip)), day(30)).await.unwrap();
        for trip in [Some(trip), None] {
            keep(register, app.id, CheckInId::random(&mut rand::rng()), word(trip), begin).await.unwrap();
        }
        if status == CheckInStatus::NeedHelp {
            let people = PeopleByStatus::from([(CheckInStatus::Safe, 3)]);
            let safe = CheckIn { people, at: day(1), ..word(Some(trip)) };
            keep(register, app.id, CheckInId::random(&mut rand::rng()), safe, day(1)).await.unwrap();
        }
        let call = Call { version: 1, number: None, outcome: CallOutcome::Called, country: None, at: begin };
        keep(register, app.id, CallId::random(&mut rand::rng()), call, begin).await.unwrap();
    }
    let now = async |days| {
        let mut erased = 0;
        loop {
            match register.retain(retention, day(days)).await.unwrap() {
                0 => return (erased, all(register, &app).await, all(register, &cries).await),
                more => erased += more,
            }
        }
    };
    // what other parts put there
    now(0).await;
    assert_eq!(now(9).await, (0, (1, 2, 1), (1, 2, 1)));
    assert_eq!(now(11).await, (3, (1, 2, 0), (1, 2, 0)), "calls after ten days");
    assert_eq!(now(21).await, (3, (1, 1, 0), (1, 1, 0)), "a word of a trip stays as long as its trip");
    assert_eq!(all(register, &helped).await, (1, 2, 0));
    assert_eq!(now(36).await, (5, (0, 0, 0), (1, 1, 0)), "whoever may still be there is kept");
    assert_eq!(all(register, &helped).await, (0, 0, 0), "and nobody who has said since that all is well");
    assert_eq!(all(register, &other).await, (0, 3, 0), "another device's words are not the trip's");
    assert_eq!(now(96).await, (5, (0, 0, 0), (0, 0, 0)));
    now(120).await;
    let gone = register.device(cries.id).await;
    assert!(matches!(gone, Err(RegisterError::UnknownDevice)), "nothing is kept of whoever has nothing here");
}

fn letter(app: &App, at: Timestamp) -> Letter {
    let id = MessageId::random(&mut rand::rng());
    let sealed = app.trip(TripId::random(&mut rand::rng()), 1, at).sealed;
    Letter { id, device: app.id, at, announced: contract::entry::advisory::Announced::Silent, sealed }
}

async fn a_letter_waits_for_its_device(register: &dyn Register) {
    let (app, other) = (device(register).await, device(register).await);
    let (first, second, of_other) = (letter(&app, time(0)), letter(&app, time(0)), letter(&other, time(0)));
    let unknown = letter(&App::new(), time(0));
    let posted = register.post(vec![first.clone(), of_other, unknown.clone()], time(1)).await.unwrap();
    assert_eq!((posted.accepted.len(), posted.unknown), (2, vec![unknown.id]));
    let again = register.post(vec![first.clone(), second.clone()], time(2)).await.unwrap();
    assert_eq!(again.accepted, [first.id, second.id], "one that is there is accepted again");
    let page = register.letters(app.id, 0).await.unwrap();
    let ids: Vec<_> = page.letters.iter().map(|one| (one.number, one.letter.id)).collect();
    assert_eq!(ids, [(1, first.id), (2, second.id)], "once, in their order, and no other device's");
    assert_eq!((page.next, page.more, page.epoch), (2, false, register.epoch().await.ok()));
    let rest = register.letters(app.id, 1).await.unwrap();
    assert_eq!((&rest.letters[0].letter, rest.letters.len()), (&second, 1));
    assert_eq!(register.letters(app.id, 9).await.unwrap().next, 9);
    let mut exported: Vec<_> = export(register, app.id).await.unwrap().letters.iter().map(|one| one.id).collect();
    exported.sort_by_key(|id| *id != first.id);
    assert_eq!(exported, [first.id, second.id]);
    let message = Message { version: 1, at: time(0), sealed: first.sealed.clone() };
    let id = MessageId::random(&mut rand::rng());
    keep(register, app.id, id, message.clone(), time(3)).await.unwrap();
    assert_eq!(export(register, app.id).await.unwrap().messages[0].record, Some(message));
    register.erase(app.id, time(4)).await.unwrap();
    assert!(matches!(register.letters(app.id, 0).await, Err(RegisterError::UnknownDevice)));
    let late = register.post(vec![first.clone()], time(5)).await.unwrap();
    assert_eq!(late.unknown, [first.id], "nothing of an erased device is kept");
}

async fn letters_are_kept_so_long_and_so_many(register: &dyn Register) {
    let app = device(register).await;
    let begin = time(24 * 365 * 60);
    let days = |days: i64| begin + SignedDuration::from_hours(24 * days);
    let letters: Vec<_> = (0..letters::KEPT + 3).map(|_| letter(&app, begin)).collect();
    for some in letters.chunks(100) {
        register.post(some.to_vec(), begin).await.unwrap();
    }
    let mut held = Vec::new();
    loop {
        let page = register.letters(app.id, held.last().copied().unwrap_or(0)).await.unwrap();
        held.extend(page.letters.iter().map(|one| one.number));
        if !page.more {
            break;
        }
    }
    assert_eq!(held, (4..=letters::KEPT + 3).collect::<Vec<_>>(), "the newest");
    let retention = Retention { trip: 400, check_in: 1, case: 1, message: 30, sms: 1, call: 1, audit: 1, backup: 1 };
    let left = async |at| {
        while register.retain(retention, at).await.unwrap() > 0 {}
        register.letters(app.id, 0).await.unwrap().letters.len()
    };
    assert_eq!(left(days(30)).await, letters::PAGE);
    assert_eq!(left(days(31)).await, 0);
    let next = letter(&app, days(31));
    register.post(vec![next], days(31)).await.unwrap();
    let number = register.letters(app.id, 0).await.unwrap().letters[0].number;
    assert_eq!(number, letters::KEPT + 4, "no number is given twice");
}
