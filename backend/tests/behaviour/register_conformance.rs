//! What any register must do, whatever database stands behind it.

use contract::{
    hash::Hash,
    ids::{CallId, CheckInId, DeviceId, TripId},
    place::AirportCode,
    record::{Accepted, Call, CallOutcome, CheckIn, CheckInStatus, PeopleByStatus, Receipt},
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    register::{Register, RegisterError, Where},
    storage::sqlite::{Database, Schema, SqliteRegister},
};

use crate::support::{App, code};

#[tokio::test]
async fn the_sqlite_register_conforms() {
    let folder = tempfile::TempDir::new().unwrap();
    let register = SqliteRegister::new(Database::create(&folder.path().join("register.db"), Schema::Register).unwrap());
    register.begin("first".into()).await.unwrap();
    register.begin("second".into()).await.unwrap();
    assert_eq!(register.epoch().await.unwrap(), "first");
    conforms(&register).await;
}

#[tokio::test]
async fn many_writes_at_once_are_all_kept() {
    let folder = tempfile::TempDir::new().unwrap();
    let register = SqliteRegister::new(Database::create(&folder.path().join("register.db"), Schema::Register).unwrap());
    let apps: Vec<_> = (0..300).map(|_| App::new()).collect();
    let writes = apps.iter().map(|app| register.put_device(app.id, app.device(), time(0)));
    for outcome in futures_util::future::join_all(writes).await {
        outcome.unwrap();
    }
    for app in &apps {
        let found = register.device_with_token(app.device().token_hash).await.unwrap();
        assert_eq!(found, Some(app.id));
    }
}

pub async fn conforms(register: &dyn Register) {
    devices_are_made_once(register).await;
    the_higher_version_wins(register).await;
    tombstones_stay(register).await;
    records_have_one_owner(register).await;
    receipts_only_grow(register).await;
    export_and_erasure_are_whole(register).await;
    counts_follow_the_latest_word(register).await;
}

fn time(hours: i64) -> Timestamp {
    Timestamp::from_second(1_772_323_200).unwrap() + SignedDuration::from_hours(hours)
}

async fn device(register: &dyn Register) -> App {
    let app = App::new();
    register.put_device(app.id, app.device(), time(0)).await.unwrap();
    app
}

async fn devices_are_made_once(register: &dyn Register) {
    let (app, other) = (device(register).await, App::new());
    let again = register.put_device(app.id, app.device(), time(9)).await.unwrap();
    assert_eq!(again, Accepted { version: 1, received_at: time(0) });
    let taken = register.put_device(app.id, other.device(), time(9)).await;
    assert!(matches!(taken, Err(RegisterError::DeviceTaken)));
    let taken = register.put_device(other.id, app.device(), time(9)).await;
    assert!(matches!(taken, Err(RegisterError::DeviceTaken)), "a token is one device's");
    assert_eq!(register.device_with_token(app.device().token_hash).await.unwrap(), Some(app.id));
    assert_eq!(register.device_with_token(Hash::of(b"nobody's")).await.unwrap(), None);
}

async fn the_higher_version_wins(register: &dyn Register) {
    let app = device(register).await;
    let trip = TripId::random(&mut rand::rng());
    let put = |version, hours| register.put_trip(app.id, trip, app.trip(trip, version, time(0)), time(hours));
    assert_eq!(put(2, 1).await.unwrap(), Accepted { version: 2, received_at: time(1) });
    assert_eq!(put(2, 2).await.unwrap(), Accepted { version: 2, received_at: time(1) }, "the same request");
    assert_eq!(put(1, 3).await.unwrap(), Accepted { version: 2, received_at: time(1) }, "too late");
    assert_eq!(put(3, 4).await.unwrap(), Accepted { version: 3, received_at: time(4) });
    let call = |version| Call {
        version,
        number: "+442079460100".parse().ok(),
        outcome: CallOutcome::Called,
        country: None,
        at: time(0),
    };
    let id = CallId::random(&mut rand::rng());
    assert_eq!(register.put_call(app.id, id, call(2), time(5)).await.unwrap().version, 2);
    assert_eq!(register.put_call(app.id, id, call(1), time(6)).await.unwrap().received_at, time(5));
}

async fn tombstones_stay(register: &dyn Register) {
    let app = device(register).await;
    let trip = TripId::random(&mut rand::rng());
    let put = |version, hours| register.put_trip(app.id, trip, app.trip(trip, version, time(0)), time(hours));
    let delete = |version, hours| register.delete_trip(app.id, trip, version, time(hours));
    put(2, 1).await.unwrap();
    assert_eq!(delete(1, 2).await.unwrap(), Accepted { version: 2, received_at: time(1) }, "an older deletion loses");
    let gone = Accepted { version: 2, received_at: time(3) };
    assert_eq!(delete(2, 3).await.unwrap(), gone, "at one version the deletion wins");
    assert_eq!(delete(2, 4).await.unwrap(), gone);
    assert_eq!(put(2, 5).await.unwrap(), gone, "and is not revived");
    assert_eq!(put(1, 6).await.unwrap(), gone);
    let unseen = TripId::random(&mut rand::rng());
    register.delete_trip(app.id, unseen, 4, time(7)).await.unwrap();
    let late = register.put_trip(app.id, unseen, app.trip(unseen, 3, time(0)), time(8)).await.unwrap();
    assert_eq!(late, Accepted { version: 4, received_at: time(7) });
    let export = register.export(app.id).await.unwrap();
    assert!(export.trips.iter().all(|trip| trip.record.is_none()));
}

async fn records_have_one_owner(register: &dyn Register) {
    let (app, other) = (device(register).await, device(register).await);
    let trip = TripId::random(&mut rand::rng());
    register.put_trip(app.id, trip, app.trip(trip, 1, time(0)), time(1)).await.unwrap();
    let put = register.put_trip(other.id, trip, other.trip(trip, 2, time(0)), time(2)).await;
    assert!(matches!(put, Err(RegisterError::NotFound)));
    let delete = register.delete_trip(other.id, trip, 2, time(2)).await;
    assert!(matches!(delete, Err(RegisterError::NotFound)));
    let nobody = DeviceId::random(&mut rand::rng());
    let new = TripId::random(&mut rand::rng());
    let put = register.put_trip(nobody, new, app.trip(new, 1, time(0)), time(2)).await;
    assert!(matches!(put, Err(RegisterError::UnknownDevice)));
}

async fn receipts_only_grow(register: &dyn Register) {
    let app = device(register).await;
    let receipt = |shown_at, read_at| Receipt {
        entry: "advisory.ae".parse().unwrap(),
        version: 1,
        delivered_at: time(1),
        shown_at,
        read_at,
    };
    for told in
        [receipt(None, None), receipt(Some(time(2)), None), receipt(Some(time(5)), Some(time(3))), receipt(None, None)]
    {
        register.put_receipts(app.id, vec![told], time(6)).await.unwrap();
    }
    let export = register.export(app.id).await.unwrap();
    assert_eq!(export.receipts, [receipt(Some(time(2)), Some(time(3)))]);
}

async fn export_and_erasure_are_whole(register: &dyn Register) {
    let app = device(register).await;
    let trip = TripId::random(&mut rand::rng());
    let sent = app.trip(trip, 1, time(0));
    register.put_trip(app.id, trip, sent.clone(), time(1)).await.unwrap();
    let export = register.export(app.id).await.unwrap();
    assert_eq!((export.id, export.device), (app.id, app.device()));
    assert_eq!(export.trips[0].record, Some(sent));
    register.erase(app.id).await.unwrap();
    assert!(matches!(register.export(app.id).await, Err(RegisterError::UnknownDevice)));
    assert!(matches!(register.erase(app.id).await, Err(RegisterError::UnknownDevice)));
    assert_eq!(register.device_with_token(app.device().token_hash).await.unwrap(), None);
    register.put_device(app.id, app.device(), time(9)).await.unwrap();
    assert!(register.export(app.id).await.unwrap().trips.is_empty());
}

/// Uses far-off airports and times of its own, so that what other parts put there is not counted.
async fn counts_follow_the_latest_word(register: &dyn Register) {
    let app = device(register).await;
    let trip = TripId::random(&mut rand::rng());
    let begin = time(24 * 365 * 20);
    let at = |hours| begin + SignedDuration::from_hours(hours);
    let mut plan = app.trip(trip, 1, begin);
    let airport: AirportCode = "SYD".parse().unwrap();
    plan.legs[1].country = code("AU");
    plan.legs[1].airport = Some(airport);
    register.put_trip(app.id, trip, plan, time(1)).await.unwrap();
    let count = async |place, hours| {
        let count = register.headcount(place, at(hours)).await.unwrap();
        (count.people, count.overdue, count.safe, count.need_help, count.stranded)
    };
    let (country, airport) = (Where::Country(code("AU")), Where::Airport(airport));
    assert_eq!(count(country, 20).await, (3, 0, 0, 0, 0));
    assert_eq!(count(airport, 20).await, (3, 0, 0, 0, 0));
    assert_eq!(count(country, 132).await, (0, 3, 0, 0, 0));
    let word = async |status, people, hours| {
        let id = CheckInId::random(&mut rand::rng());
        let people = PeopleByStatus::from([(status, people)]);
        let check_in =
            CheckIn { version: 1, people, trip: Some(trip), country: None, airport: None, at: at(hours), sealed: None };
        register.put_check_in(app.id, id, check_in, time(2)).await.unwrap();
    };
    word(CheckInStatus::Safe, 2, 15).await;
    assert_eq!(count(country, 20).await, (3, 0, 2, 0, 0), "two of three said so");
    word(CheckInStatus::NeedHelp, 500, 14).await;
    assert_eq!(count(country, 20).await, (3, 0, 2, 0, 0), "an earlier word that came later");
    word(CheckInStatus::Stranded, 500, 16).await;
    assert_eq!(count(country, 132).await, (0, 3, 0, 0, 3), "never more than the trip has");
    word(CheckInStatus::Left, 3, 100).await;
    assert_eq!(count(country, 132).await, (0, 0, 0, 0, 0));
    let counted = register.headcount(country, at(20)).await.unwrap();
    assert_eq!((counted.trips, counted.as_of), (1, Some(time(2))));
}
