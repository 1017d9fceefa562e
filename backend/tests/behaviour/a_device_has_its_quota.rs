use std::process::Command;

use contract::{
    ids::{CheckInId, EntryId, TripId},
    record::{Accepted, CheckIn, CheckInStatus, PeopleByStatus, Receipt},
};
use futures_util::future::join_all;
use jiff::Timestamp;
use ministry::register::{Register, RegisterError, kept::Incoming, quota};
use reqwest::{Client, Response};
use serde_json::json;

use crate::support::{App, Ministry, Served, client, sqlite_register};

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
    let (register, _folder) = sqlite_register();
    register.begin("epoch".into()).await.unwrap();
    let (app, now) = (App::new(), Timestamp::UNIX_EPOCH);
    register.put_device(app.id, app.record(), None, now).await.unwrap();
    let trip = || {
        let id = TripId::random(&mut rand::rng());
        register.put(app.id, Incoming::new(id, &app.trip(id, 1, now)).unwrap(), now)
    };
    let full = |outcomes: Vec<_>| outcomes.iter().filter(|outcome| is_full(outcome)).count();
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

/// `record` in another size, as its id's `version`.
fn sized(record: &Incoming, version: u32, bytes: u64) -> Incoming {
    let json = format!("\"{}\"", "x".repeat(usize::try_from(bytes).unwrap() - 2));
    Incoming { version, json: Some(json), ..record.clone() }
}

fn is_full(outcome: &Result<Accepted, RegisterError>) -> bool {
    matches!(outcome, Err(RegisterError::QuotaReached))
}

#[tokio::test]
async fn what_a_device_says_and_plans_fills_no_disk() {
    let (register, _folder) = sqlite_register();
    register.begin("epoch".into()).await.unwrap();
    let (app, now) = (App::new(), Timestamp::UNIX_EPOCH);
    register.put_device(app.id, app.record(), None, now).await.unwrap();
    let put = |record| register.put(app.id, record, now);
    let say = |status| Incoming::new(CheckInId::random(&mut rand::rng()), &check_in(status)).unwrap();
    let plan = || {
        let id = TripId::random(&mut rand::rng());
        Incoming::new(id, &app.trip(id, 1, now)).unwrap()
    };
    const MIB: u64 = 1024 * 1024;
    let (word, trip) = (say(CheckInStatus::Safe), plan());
    put(sized(&word, 1, MIB)).await.unwrap();
    put(sized(&trip, 1, MIB)).await.unwrap();
    for _ in 0..3 {
        put(sized(&say(CheckInStatus::Safe), 1, MIB)).await.unwrap();
        put(sized(&plan(), 1, MIB)).await.unwrap();
    }
    assert!(is_full(&put(sized(&say(CheckInStatus::Safe), 1, 2)).await));
    assert!(is_full(&put(sized(&plan(), 1, 2)).await));
    put(sized(&word, 2, MIB)).await.unwrap();
    put(sized(&trip, 2, MIB)).await.unwrap();
    put(sized(&say(CheckInStatus::NeedHelp), 1, 4 * MIB)).await.unwrap();
    let cry = put(sized(&say(CheckInStatus::NeedHelp), 1, 2)).await;
    assert!(is_full(&cry), "help is taken longer, and not without end");
    // of a device that has more than any but a cry may fill
    for (version, bytes) in [(3, MIB), (4, MIB - 1)] {
        put(sized(&word, version, bytes)).await.expect("what takes up no more than before is kept");
    }
    assert!(is_full(&put(sized(&word, 5, MIB)).await));
    let other = App::new();
    register.put_device(other.id, other.record(), None, now).await.unwrap();
    let others = sized(&say(CheckInStatus::Safe), 1, MIB);
    register.put(other.id, others, now).await.expect("what one device fills is its own");
}

#[tokio::test]
async fn a_device_has_so_many_receipts_and_no_more() {
    let (register, _folder) = sqlite_register();
    register.begin("epoch".into()).await.unwrap();
    let (app, now) = (App::new(), Timestamp::UNIX_EPOCH);
    register.put_device(app.id, app.record(), None, now).await.unwrap();
    let put_by = |app: &App, versions: std::ops::RangeInclusive<u32>| {
        let entry: EntryId = "advisory.ae".parse().unwrap();
        let receipt =
            |version| Receipt { entry: entry.clone(), version, delivered_at: now, shown_at: None, read_at: None };
        register.put_receipts(app.id, versions.map(receipt).collect(), now)
    };
    let put = |versions| put_by(&app, versions);
    let most = quota::RECEIPTS;
    put(1..=most - 1).await.unwrap();
    assert!(is_full(&put(most..=most + 1).await));
    put(most..=most).await.unwrap();
    assert!(is_full(&put(most + 1..=most + 1).await));
    let other = App::new();
    register.put_device(other.id, other.record(), None, now).await.unwrap();
    put_by(&other, 1..=1).await.expect("what one device fills is its own");
}
