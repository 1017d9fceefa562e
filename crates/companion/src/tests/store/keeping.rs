//! What was saved is there when the file is opened again.

use contract::{
    ids::{CallId, CheckInId, DeviceId},
    record::{CallOutcome, CheckInStatus, Kind},
    words::Lang,
};
use rand::{SeedableRng, rngs::StdRng};

use super::{open, trip_id, trips, warning};
use testkit::at;

use crate::{
    store::{Call, CallWay, CheckIn, Identity, Saying, Setting},
    testing::{dubai, stay, trip},
    trips::TripDraft,
};

#[test]
fn everything_saved_is_there_after_the_store_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = StdRng::seed_from_u64(1);
    let check_in = CheckIn {
        id: CheckInId::random(&mut rng),
        trip: Some(trip_id(1)),
        people: [(CheckInStatus::Stranded, 2), (CheckInStatus::NeedHelp, 1)].into(),
        country: Some("QA".parse().unwrap()),
        airport: Some("DOH".parse().unwrap()),
        at: at("2026-03-01T06:00:00Z"),
    };
    let call = Call {
        way: CallWay::Voice,
        id: CallId::random(&mut rng),
        number: "+442079460100".into(),
        country: Some("QA".parse().unwrap()),
        outcome: CallOutcome::Called,
        dialled: true,
        at: at("2026-03-01T06:00:00Z"),
    };
    let identity = Identity {
        id: DeviceId::random(&mut rng),
        token: "token".into(),
        private_key: "private".into(),
        public_key: "public".into(),
    };
    let store = open(folder.path());
    store.save_trip(trip_id(1), &dubai()).unwrap();
    store.save_check_in(&check_in, None).unwrap();
    store.save_call(&call, true).unwrap();
    store.set_identity(&identity).unwrap();
    store.set(Setting::Language, Lang::Kk.tag()).unwrap();
    let told = warning(1);
    assert!(store.claim_notice(&told, at("2026-03-01T06:00:00Z")).unwrap());
    store.notice_shown(&told.entry, 1, Saying::Warning, at("2026-03-01T06:00:00Z")).unwrap();
    let outbox = store.outbox().unwrap();
    drop(store);

    let store = open(folder.path());
    assert_eq!(trips(&store), [(trip_id(1), dubai())]);
    assert_eq!(store.check_in(check_in.id).unwrap(), Some(check_in));
    assert_eq!(store.call(call.id).unwrap(), Some(call));
    assert_eq!(store.identity().unwrap().unwrap().token, "token");
    assert_eq!(store.setting(Setting::Language).unwrap().as_deref(), Some("kk"));
    assert!(!store.claim_notice(&told, at("2026-03-02T06:00:00Z")).unwrap());
    assert_eq!(store.outbox().unwrap(), outbox);
    let kinds: Vec<Kind> = outbox.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [Kind::Trip, Kind::CheckIn, Kind::Call, Kind::Device, Kind::Receipts]);
}

#[test]
fn the_file_is_synced_before_a_save_returns() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let pragma = |name: &str| -> String {
        store
            .lock()
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| match value {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(number) => number.to_string(),
                other @ (rusqlite::types::Value::Null
                | rusqlite::types::Value::Real(_)
                | rusqlite::types::Value::Blob(_)) => format!("{other:?}"),
            })
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal");
    // FULL
    assert_eq!(pragma("synchronous"), "2");
}

#[test]
fn a_trip_saved_again_replaces_the_one_before_and_a_deleted_one_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.save_trip(trip_id(1), &dubai()).unwrap();
    let longer = trip(vec![stay("AE", None, "2026-02-27", "2026-03-09")]);
    store.save_trip(trip_id(1), &longer).unwrap();
    assert_eq!(store.trip(trip_id(1)).unwrap(), Some((2, Some(longer))));
    assert!(store.delete_trip::<TripDraft>(trip_id(1), None).unwrap());
    assert!(!store.delete_trip::<TripDraft>(trip_id(1), None).unwrap());
    assert!(trips(&store).is_empty());
    // its deletion has still to be told
    assert_eq!(store.trip::<TripDraft>(trip_id(1)).unwrap(), Some((3, None)));
    assert_eq!(store.trip::<TripDraft>(trip_id(2)).unwrap(), None);
}

#[test]
fn a_deleted_trip_keeps_none_of_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.save_trip(trip_id(1), &dubai()).unwrap();
    store.delete_trip::<TripDraft>(trip_id(1), None).unwrap();
    let draft: String = store.lock().query_row("SELECT draft FROM trip", [], |row| row.get(0)).unwrap();
    assert_eq!(draft, "");
}

#[test]
fn a_trip_that_is_saved_after_it_was_deleted_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.save_trip(trip_id(1), &dubai()).unwrap();
    store.delete_trip::<TripDraft>(trip_id(1), None).unwrap();
    store.save_trip(trip_id(1), &dubai()).unwrap();
    assert_eq!(trips(&store), [(trip_id(1), dubai())]);
    assert_eq!(store.trip(trip_id(1)).unwrap(), Some((3, Some(dubai()))));
}

#[test]
fn the_latest_word_is_the_last_one_said_within_the_same_second_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let mut rng = StdRng::seed_from_u64(1);
    // as text, ".12Z" sorts after ".123Z"
    for (status, time) in
        [(CheckInStatus::NeedHelp, "2026-03-01T06:00:00.12Z"), (CheckInStatus::Safe, "2026-03-01T06:00:00.123Z")]
    {
        let id = CheckInId::random(&mut rng);
        let (trip, country, airport) = (None, None, None);
        let people = [(status, 1)].into();
        store.save_check_in(&CheckIn { id, trip, people, country, airport, at: at(time) }, None).unwrap();
        assert_eq!(store.kept::<TripDraft>().unwrap().latest_check_in.unwrap().status(), status);
    }
    for (number, time) in [("1", "2026-03-01T06:00:00.12Z"), ("2", "2026-03-01T06:00:00.123Z")] {
        let (id, number) = (CallId::random(&mut rng), number.to_owned());
        let (country, outcome, dialled) = (None, CallOutcome::Called, true);
        store
            .save_call(
                &Call { way: CallWay::Voice, id, number: number.clone(), country, outcome, dialled, at: at(time) },
                false,
            )
            .unwrap();
        assert_eq!(store.kept::<TripDraft>().unwrap().latest_call.unwrap().number, number);
    }
}
