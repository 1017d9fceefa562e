use std::{
    process::Output,
    sync::{Arc, Mutex},
};

use contract::{
    jws::{Refusal, Verified},
    keys::KeySet,
};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    desk::{Desk, folder::DeskFolder},
    front::folder::Folder,
    log::Bulletin,
    storage::sqlite::{Database, Schema, SqliteLog},
};
use reqwest::Method;
use serde_json::json;

use crate::support::{Ministry, Served, advisory, run, said};

fn keys(ministry: &Ministry, inside: &str, more: &[&str]) -> Output {
    let data = ministry.inside.path().to_str().unwrap();
    run(&[&["keys", "--data", data, "--inside", inside], more].concat())
}

/// Key sets 1 and 2, as a phone follows them.
async fn second_set(ministry: &Ministry, served: &Served) -> Verified<KeySet> {
    let first = served.keys(&ministry.profile()).await;
    first.verify_next(&served.text("/v1/bulletin/keys/2").await).unwrap()
}

/// Whoever has the publishing key and the credential says something in the ministry's name.
async fn lie(ministry: &Ministry, served: &Served, id: &str, version: u32) -> u16 {
    let stolen = ministry.sign(&advisory(id, Some(version), "Come to the square"));
    post(ministry, served, &stolen).await
}

async fn post(ministry: &Ministry, served: &Served, entry: &contract::jws::Jws) -> u16 {
    let request = served.inside(Method::POST, "/v1/entries").bearer_auth(ministry.credential());
    request.json(&json!({ "entries": [entry] })).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn what_a_stolen_publishing_key_said_is_void_and_the_version_before_shows_again() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
    let first = served.keys(&ministry.profile()).await;
    let lied_at = served.head(&first).await.seq + 1;
    assert_eq!(lie(&ministry, &served, "advisory.ae", 2).await, 200);
    let stuck = ministry.confirm(&served.inside);
    assert!(said(&stuck).contains(&format!("the front has frame {lied_at}, and this desk never signed")), "{stuck:?}");
    let another = ministry.sign(&advisory("advisory.om", Some(1), "Come too"));

    let rotated = keys(&ministry, &served.inside, &["--new", "publish", "--void-from", &lied_at.to_string()]);
    assert!(rotated.status.success(), "{}", said(&rotated));
    assert!(said(&rotated).contains("key set 2: publish-2 in"), "{}", said(&rotated));
    let second = second_set(&ministry, &served).await;
    assert_eq!(served.head(&second).await.keys, 2);
    let watermark = served.watermark(&second).await;
    assert_eq!((watermark.keys, watermark.seq), (2, lied_at));
    let snapshot = served.text(&format!("/v1/bulletin/snapshot/{}", watermark.snapshot.hash)).await;
    assert!(snapshot.contains("Leave") && !snapshot.contains("square"));
    assert_eq!(post(&ministry, &served, &another).await, 409, "the old key says nothing more");

    let next = ministry.file("ae.json", advisory("advisory.ae", None, "Stay inside").to_string());
    let published = ministry.publish(&served.inside, &[&next]);
    assert_eq!(said(&published), format!("advisory.ae 3 {}\n", lied_at + 1), "a void version's number stays used");
    let again = keys(&ministry, &served.inside, &["--new", "publish", "--void-from", &lied_at.to_string()]);
    assert!(!again.status.success(), "said twice, it would void what the ministry says since");
    assert!(said(&again).contains(&format!("publish-1 is void from {lied_at} already")), "{}", said(&again));
    let listed = said(&run(&["keys", "--data", ministry.inside.path().to_str().unwrap()]));
    assert!(listed.contains(&format!("publish-1 publish 0-{}, void {lied_at}-", lied_at - 1)), "{listed}");
    assert!(listed.contains(&format!("publish-2 publish {}-", lied_at - 1)), "{listed}");
}

#[tokio::test]
async fn what_the_desk_itself_said_after_the_theft_is_published_anew_by_the_same_draft() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
    let seq = served.head(&served.keys(&ministry.profile()).await).await.seq;
    let waits = ministry.file("qa.json", advisory("advisory.qa", None, "Wait").to_string());
    assert!(!ministry.publish("127.0.0.1:1", &[&waits]).status.success());
    let rotated = keys(&ministry, &served.inside, &["--new", "publish", "--void-from", &seq.to_string()]);
    assert!(rotated.status.success(), "{}", said(&rotated));
    assert!(said(&rotated).contains(&format!("advisory.qa 1 {}", seq + 1)), "what waited is signed anew: {rotated:?}");
    let again = ministry.publish(&served.inside, &[&file]);
    assert_eq!(said(&again), format!("advisory.ae 2 {}\n", seq + 2));
    let once_more = ministry.publish(&served.inside, &[&file]);
    assert_eq!(said(&once_more), format!("advisory.ae 2 {}\n", seq + 2), "and then it stands");
}

#[tokio::test]
async fn a_stolen_head_key_signs_no_head_that_is_believed_and_the_new_one_goes_to_the_front() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let root = ministry.desk().join("root-1.key");
    std::fs::rename(&root, ministry.inside.path().join("safe")).unwrap();
    let refused = keys(&ministry, &served.inside, &["--new", "head", "--void-from", "0"]);
    assert!(said(&refused).contains("0 of the 1 root keys are in"), "{}", said(&refused));
    assert_eq!(served.get("/v1/bulletin/keys/2").send().await.unwrap().status(), 404, "and nothing was changed");
    std::fs::rename(ministry.inside.path().join("safe"), &root).unwrap();

    let rotated = keys(&ministry, &served.inside, &["--new", "head", "--void-from", "0"]);
    assert!(rotated.status.success(), "{}", said(&rotated));
    assert!(said(&rotated).contains("bring head-2.key into the front's folder"), "{}", said(&rotated));
    let second = second_set(&ministry, &served).await;
    let old = served.text("/v1/bulletin/head").await;
    assert_eq!(second.head(&old).unwrap_err(), Refusal::VoidedKey);
    drop(served);
    // without the new key the front serves what it has, and says why it signs nothing
    let served = ministry.serve();
    let log = std::fs::read_to_string(&served.log).unwrap();
    assert!(log.contains("the head key head-2 is not in the front's folder"), "{log}");
    drop(served);
    let key = ministry.outside.path().join("front/head-2.key");
    std::fs::rename(ministry.desk().join("head-2.key"), key).unwrap();
    let served = ministry.serve();
    assert_eq!(served.head(&second).await.keys, 2);
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    let published = ministry.publish(&served.inside, &[&file]);
    assert!(published.status.success(), "{}", said(&published));
    served.head(&second).await;
}

#[tokio::test]
async fn a_watermark_that_was_signed_by_a_clock_a_year_ahead_is_led_back_by_the_next_key_set() {
    let ministry = Ministry::new();
    let ahead = Timestamp::now() + SignedDuration::from_hours(24 * 400);
    let hand = Arc::new(Mutex::new(Timestamp::now()));
    let (front, desk) = (Folder::of(ministry.outside.path()), DeskFolder::of(ministry.inside.path()));
    {
        let store = Arc::new(SqliteLog::new(Database::open(&front.bulletin(), Schema::Bulletin).unwrap()));
        let clock = Arc::new({
            let hand = hand.clone();
            move || *hand.lock().unwrap()
        });
        let roots = front.settings().unwrap().roots;
        let bulletin = Bulletin::open(store, &roots, front.head_keys().unwrap(), clock).await.unwrap();
        *hand.lock().unwrap() = ahead;
        let confirmed = Desk::open(&desk).unwrap().confirm(ahead, true).unwrap();
        let (hash, bytes) = confirmed.snapshot.unwrap();
        bulletin.put_snapshot(hash, bytes).await.unwrap();
        bulletin.put_watermark(confirmed.jws).await.unwrap();
    }
    let served = ministry.serve();
    let first = served.keys(&ministry.profile()).await;
    let far = served.watermark(&first).await;
    assert_eq!(far.issued_at, ahead);
    let stuck = ministry.confirm(&served.inside);
    assert!(said(&stuck).contains("set the clock right"), "{}", said(&stuck));

    let rotated = keys(&ministry, &served.inside, &["--new", "watermark", "--void-from", "0"]);
    assert!(rotated.status.success(), "{}", said(&rotated));
    let second = second_set(&ministry, &served).await;
    let back = served.watermark(&second).await;
    assert!(back.issued_at <= Timestamp::now() && back.keys == 2, "{back:?}");
    drop(served);
    let served = ministry.serve();
    assert_eq!(served.watermark(&second).await.issued_at, back.issued_at, "after a restart too");
    assert!(ministry.confirm(&served.inside).status.success());
}
