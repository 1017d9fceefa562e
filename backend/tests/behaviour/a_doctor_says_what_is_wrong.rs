use std::{path::Path, sync::Arc};

use contract::{
    ids::{KeyId, TripId},
    seal::{self, Context},
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    Clock,
    upkeep::doctor::{Finding, Health, examine},
};

use serde_json::json;

use crate::support::{App, Ministry, advisory, client, run, said};

async fn findings(data: &Path, off: SignedDuration) -> Vec<Finding> {
    let clock: Clock = Arc::new(move || Timestamp::now() + off);
    examine(data, &clock, &client()).await.unwrap()
}

/// What is bad, or to be looked at, but for the disk: that is this machine's own.
async fn ills(data: &Path, off: SignedDuration) -> Vec<String> {
    let ill = findings(data, off).await.into_iter().filter(|found| found.health != Health::Well);
    ill.map(|found| found.words).filter(|words| !words.contains("the disk is")).collect()
}

fn has(ills: &[String], words: &str) -> bool {
    ills.iter().any(|ill| ill.contains(words))
}

#[tokio::test]
async fn a_head_a_watermark_or_a_clock_that_is_wrong_is_said_in_words() {
    let ministry = Ministry::new();
    let front = ministry.outside.path();
    let _served = ministry.serve();
    assert_eq!(ills(front, SignedDuration::ZERO).await, [""; 0]);
    let later = ills(front, SignedDuration::from_hours(2)).await;
    assert!(has(&later, "the head is 120 minutes old; 90 are the most") && later.len() == 1, "{later:?}");
    let later = ills(front, SignedDuration::from_hours(8)).await;
    assert!(has(&later, "the watermark is 480 minutes old; 420 are the most"), "{later:?}");
    let earlier = ills(front, SignedDuration::from_hours(-3)).await;
    assert!(has(&earlier, "the head was signed at"), "{earlier:?}");
}

#[tokio::test]
async fn a_desk_compares_its_clock_with_the_front_and_counts_what_waits() {
    let ministry = Ministry::new();
    let desk = ministry.inside.path();
    let away = ills(desk, SignedDuration::ZERO).await;
    assert!(has(&away, "does not answer"), "{away:?}");
    let served = ministry.serve();
    let settings = ministry.desk().join("settings.json");
    let text = std::fs::read_to_string(&settings).unwrap().replace("http://127.0.0.1:0/", &served.inside);
    std::fs::write(&settings, text).unwrap();
    assert_eq!(ills(desk, SignedDuration::ZERO).await, [""; 0]);
    assert!(has(&ills(desk, SignedDuration::from_secs(6)).await, "the clock says"));
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(!ministry.publish("127.0.0.1:1", &[&file]).status.success());
    assert!(has(&ills(desk, SignedDuration::ZERO).await, "1 entries wait"));
}

#[tokio::test]
async fn records_that_do_not_open_are_counted_by_the_key_that_the_desk_lacks() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let inside = ["--inside", &served.inside];
    let data = ministry.inside.path();
    let settings = ministry.desk().join("settings.json");
    let text = std::fs::read_to_string(&settings).unwrap().replace("http://127.0.0.1:0/", &served.inside);
    std::fs::write(&settings, text).unwrap();
    let app = App::register(&served).await;
    let keys = served.keys(&ministry.profile()).await;
    let (first, public) = keys.consular().unwrap();
    let put = async |key: &KeyId, public: &[u8; 32], version: u32| {
        let id = TripId::random(&mut rand::rng());
        let mut trip = app.trip(id, version, Timestamp::now());
        let context = Context { device: app.id, id: &id.to_string(), version };
        trip.sealed = seal::seal(&json!({ "name": "Айгүл" }), context, key, public, &mut rand::rng()).unwrap();
        app.put(&served, &format!("/v1/trips/{id}"), &json!(trip)).await;
        id
    };
    put(first, &public, 1).await;
    // a new consular key opens what comes, and the old one what came
    let rotated = run(&[&["keys", "--data", data.to_str().unwrap(), "--new", "consular"], &inside[..]].concat());
    assert!(rotated.status.success(), "{}", said(&rotated));
    let keys = keys.verify_next(&served.text("/v1/bulletin/keys/2").await).unwrap();
    let (second, public) = keys.consular().unwrap();
    assert_eq!(second.as_str(), "consular-2");
    put(second, &public, 1).await;
    let told = findings(data, SignedDuration::ZERO).await;
    assert!(told.iter().any(|found| found.words == "desk: 2 sealed records, each opens"), "{told:?}");

    let key = ministry.desk().join("consular-1.key");
    std::fs::rename(&key, data.join("safe")).unwrap();
    let without = ills(data, SignedDuration::ZERO).await;
    assert_eq!(without, ["desk: 1 records are sealed to consular-1, a key that this desk does not have"]);
    let doctor = run(&["doctor", "--data", data.to_str().unwrap()]);
    assert_eq!(doctor.status.code(), Some(2), "{}", said(&doctor));
    std::fs::rename(data.join("safe"), &key).unwrap();

    let gateway = ministry.desk().join("gateway-1.key");
    std::fs::rename(&gateway, data.join("safe")).unwrap();
    let without = ills(data, SignedDuration::ZERO).await;
    assert_eq!(without, ["desk: gateway-1 is gone: SMS that are sealed to it are kept closed"]);
    std::fs::rename(data.join("safe"), &gateway).unwrap();

    let broken = put(first, &[9; 32], 1).await;
    let told = ills(data, SignedDuration::ZERO).await;
    assert_eq!(told, [format!("desk: what was sealed in {broken} is broken")]);
    drop(served);
    let away = ills(data, SignedDuration::ZERO).await;
    assert!(has(&away, &format!("what was sealed in {broken} is broken, as they were read last")), "{away:?}");
}

#[test]
fn the_exit_code_is_that_of_the_worst() {
    let ministry = Ministry::new();
    let data = ministry.outside.path().to_str().unwrap();
    let code = || {
        let told = run(&["doctor", "--data", data]);
        (told.status.code().unwrap(), said(&told))
    };
    let (worst, told) = code();
    let full = told.lines().any(|line| line.starts_with("look"));
    assert_eq!(worst, i32::from(full), "{told}");
    assert!(told.contains("desk: not here"), "{told}");
    std::fs::remove_file(ministry.outside.path().join("front/bulletin.db")).unwrap();
    let (worst, told) = code();
    assert_eq!(worst, 2, "{told}");
    assert!(told.contains("BAD  front: there is no database at"), "{told}");
    let none = run(&["doctor", "--data", ministry.outside.path().join("nowhere").to_str().unwrap()]);
    assert!(said(&none).contains("there is neither a front nor a desk"), "{}", said(&none));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn each_volume_is_looked_at_once_wherever_a_link_leads() {
    use std::os::unix::fs::MetadataExt;
    let ministry = Ministry::new();
    let data = ministry.inside.path();
    std::fs::rename(ministry.outside.path().join("front"), data.join("front")).unwrap();
    let disks = async || {
        let found = findings(data, SignedDuration::ZERO).await.into_iter().map(|found| found.words);
        let names = found.filter_map(|words| words.split_once(": the disk is ").map(|(names, _)| names.to_owned()));
        names.collect::<Vec<_>>()
    };
    assert_eq!(disks().await, ["front and desk"]);
    let Ok(other) = tempfile::TempDir::new_in("/dev/shm") else { return };
    if std::fs::metadata(other.path()).unwrap().dev() == std::fs::metadata(data).unwrap().dev() {
        return;
    }
    let moved = std::process::Command::new("mv").arg(ministry.desk()).arg(other.path()).status().unwrap();
    assert!(moved.success());
    std::os::unix::fs::symlink(other.path().join("desk"), ministry.desk()).unwrap();
    assert_eq!(disks().await, ["front", "desk"]);
}

#[tokio::test]
async fn a_desk_that_is_at_work_is_not_ill() {
    let ministry = Ministry::new();
    let lock = std::fs::File::open(ministry.desk().join("lock")).unwrap();
    lock.lock().unwrap();
    let told = findings(ministry.inside.path(), SignedDuration::ZERO).await;
    let busy = told.iter().find(|found| found.words.contains("another command is at work")).unwrap();
    assert_eq!(busy.health, Health::Well);
}
