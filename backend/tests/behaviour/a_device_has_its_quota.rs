use std::process::Command;

use contract::{
    ids::{CheckInId, TripId},
    record::{CheckIn, CheckInStatus, PeopleByStatus},
};
use futures_util::future::join_all;
use jiff::Timestamp;
use ministry::{
    register::{Register, RegisterError, kept::Incoming, quota},
    storage::sqlite::{Database, Schema, SqliteRegister},
};
use reqwest::{Client, Response};
use serde_json::json;

use crate::support::{App, Ministry, Served, client};

async fn make_device(http: &Client, served: &Served, forwarded: &str) -> Response {
    let app = App::new();
    let request = http.put(format!("{}/v1/devices/{}", served.url, app.id)).json(&json!(app.record()));
    request.header("x-forwarded-for", forwarded).send().await.unwrap()
}

#[tokio::test]
async fn an_airport_registers_and_a_flood_from_one_address_does_not() {
    let ministry = Ministry::new();
    let command = Command::new(env!("CARGO_BIN_EXE_ministry"));
    let served = Served::run(command, ministry.outside.path(), &["--hops", "1"]);
    let http = client();
    let mut made = 0;
    // far more than an allowance, so that one that grows meanwhile does not let all in
    for _ in 0..20 {
        let hundred = (0..100).map(|_| make_device(&http, &served, "198.51.100.7, 203.0.113.1"));
        let answers = join_all(hundred).await;
        made += answers.iter().filter(|answer| answer.status() == 200).count();
    }
    assert!((1_000..2_000).contains(&made), "{made}");
    let refused = make_device(&http, &served, "203.0.113.1").await;
    let other = make_device(&http, &served, "203.0.113.1, 203.0.113.2").await;
    assert_eq!(other.status(), 200, "the flood is its own address's");
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(refused.json::<serde_json::Value>().await.unwrap()["code"], "too_many_requests");
}

fn check_in(status: CheckInStatus) -> CheckIn {
    let people = PeopleByStatus::from([(status, 1)]);
    CheckIn { version: 1, people, trip: None, country: None, airport: None, at: Timestamp::UNIX_EPOCH, sealed: None }
}

#[tokio::test]
async fn a_device_at_its_quota_still_asks_for_help() {
    let folder = tempfile::TempDir::new().unwrap();
    let register = SqliteRegister::new(Database::create(&folder.path().join("register.db"), Schema::Register).unwrap());
    register.begin("epoch".into()).await.unwrap();
    let (app, now) = (App::new(), Timestamp::UNIX_EPOCH);
    register.put_device(app.id, app.record(), now).await.unwrap();
    let trip = || {
        let id = TripId::random(&mut rand::rng());
        register.put(app.id, Incoming::new(id, &app.trip(id, 1, now)).unwrap(), now)
    };
    let full = |outcomes: Vec<Result<_, RegisterError>>| {
        outcomes.iter().filter(|outcome| matches!(outcome, Err(RegisterError::QuotaReached))).count()
    };
    assert_eq!(full(join_all((0..quota::TRIPS + 3).map(|_| trip())).await), 3);
    let say = |status| {
        let word = Incoming::new(CheckInId::random(&mut rand::rng()), &check_in(status)).unwrap();
        register.put(app.id, word, now)
    };
    assert_eq!(full(join_all((0..quota::WORDS + 3).map(|_| say(CheckInStatus::Safe))).await), 3);
    assert!(say(CheckInStatus::NeedHelp).await.is_ok(), "help first");
    let cries = join_all((0..quota::CRIES).map(|_| say(CheckInStatus::NeedHelp))).await;
    assert_eq!(full(cries), 1, "and not without end");
}

#[tokio::test]
async fn what_a_device_says_fills_no_disk() {
    let folder = tempfile::TempDir::new().unwrap();
    let register = SqliteRegister::new(Database::create(&folder.path().join("register.db"), Schema::Register).unwrap());
    register.begin("epoch".into()).await.unwrap();
    let (app, now) = (App::new(), Timestamp::UNIX_EPOCH);
    register.put_device(app.id, app.record(), now).await.unwrap();
    let long = |status, version, bytes: u64| {
        let mut word = Incoming::new(CheckInId::random(&mut rand::rng()), &check_in(status)).unwrap();
        word.version = version;
        word.json = Some(format!("\"{}\"", "x".repeat(usize::try_from(bytes).unwrap() - 2)));
        word
    };
    let put = |word| register.put(app.id, word, now);
    let quarter = quota::WORD_BYTES / 4;
    let first = long(CheckInStatus::Safe, 1, quarter);
    put(first.clone()).await.unwrap();
    for _ in 0..3 {
        put(long(CheckInStatus::Safe, 1, quarter)).await.unwrap();
    }
    let full = |outcome: Result<_, RegisterError>| matches!(outcome, Err(RegisterError::QuotaReached));
    assert!(full(put(long(CheckInStatus::Safe, 1, 2)).await));
    let same_size = Incoming { id: first.id, ..long(CheckInStatus::Safe, 2, quarter) };
    put(same_size).await.unwrap();
    put(long(CheckInStatus::NeedHelp, 1, quota::CRY_BYTES)).await.unwrap();
    assert!(full(put(long(CheckInStatus::NeedHelp, 1, 2)).await), "help is taken longer, and not without end");
}
