use contract::{
    hash::Hash,
    jws::{Signatory, sign_by_all},
    keys::{KeySet, Positions, Role},
};
use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp};
use ministry::desk::{Desk, folder::DeskFolder};
use reqwest::Method;
use serde_json::Value;

use crate::support::{Ministry, Served, advisory, said};

async fn told(served: &Served, method: Method, path: &str, credential: &str, body: Vec<u8>) -> (u16, String) {
    let answer = served.inside(method, path).bearer_auth(credential).body(body).send().await.unwrap();
    let status = answer.status().as_u16();
    let problem: Value = answer.json().await.unwrap_or_default();
    (status, problem["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_watermark_comes_after_its_snapshot_and_never_goes_back() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let credential = ministry.credential();
    let watermark = async |jws: &str| told(&served, Method::POST, "/v1/watermark", &credential, jws.into()).await;
    let old = ministry.profile().shipped.unwrap().watermark;

    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
    let mut desk = Desk::open(&DeskFolder::of(ministry.inside.path())).unwrap();
    let confirmed = desk.confirm(Timestamp::now(), true).unwrap();
    let (hash, bytes) = confirmed.snapshot.unwrap();
    assert_eq!(watermark(&confirmed.jws).await, (409, "not_yet_there".into()), "its snapshot is not here");
    let snapshot = |hash: Hash| format!("/v1/snapshots/{hash}");
    let wrong = told(&served, Method::PUT, &snapshot(Hash::ZERO), &credential, bytes.clone()).await;
    assert_eq!(wrong, (409, "entry_refused".into()), "not what its hash names");
    let forged = String::from_utf8(bytes.clone()).unwrap().replace("Leave", "Stay!").into_bytes();
    let forged = told(&served, Method::PUT, &snapshot(Hash::of(&forged)), &credential, forged).await;
    assert_eq!(forged, (409, "entry_refused".into()), "says what the log does not");
    let heavy = vec![b' '; 9 * 1024 * 1024];
    assert_eq!(
        told(&served, Method::PUT, &snapshot(Hash::of(&heavy)), &credential, heavy).await.0,
        413,
        "no app reads it"
    );
    assert_eq!(told(&served, Method::PUT, &snapshot(hash), &credential, bytes).await.0, 204);
    assert_eq!(watermark(&confirmed.jws).await.0, 204);
    assert_eq!(watermark(&confirmed.jws).await.0, 204, "the same request");
    assert_eq!(watermark(&old).await, (409, "entry_refused".into()), "never back");
    let ahead = desk.confirm(Timestamp::now() + SignedDuration::from_hours(9), false).unwrap();
    assert_eq!(watermark(&ahead.jws).await, (409, "entry_refused".into()), "a desk whose clock is ahead");
    assert_eq!(watermark("x.y.z").await, (409, "entry_refused".into()));
    assert_eq!(told(&served, Method::POST, "/v1/watermark", "a guess", Vec::new()).await.0, 401);
}

#[tokio::test]
async fn a_watermark_names_a_snapshot_of_what_lives_and_the_new_one_is_served_by_its_hash() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let keys = served.keys(&ministry.profile()).await;
    let first = served.watermark(&keys).await;
    for headline in ["First", "Second"] {
        let file = ministry.file("ae.json", advisory("advisory.ae", None, headline).to_string());
        assert!(ministry.publish(&served.inside, &[&file]).status.success());
    }
    let with_publish = served.watermark(&keys).await;
    assert_eq!(with_publish.seq, first.seq + 2);
    assert_eq!(with_publish.snapshot, first.snapshot, "six hours are not over");
    let confirmed = ministry.confirm(&served.inside);
    assert!(confirmed.status.success(), "{}", said(&confirmed));
    let watermark = served.watermark(&keys).await;
    assert_eq!(watermark.snapshot.seq, watermark.seq);
    let snapshot = served.text(&format!("/v1/bulletin/snapshot/{}", watermark.snapshot.hash)).await;
    assert!(snapshot.contains("Second") && !snapshot.contains("First"));
    assert_eq!(snapshot.lines().count() as u64, first.seq + 1);
    let older = served.text(&format!("/v1/bulletin/snapshot/{}", first.snapshot.hash)).await;
    assert!(!older.contains("Second"), "the last two are always there");
}

#[tokio::test]
async fn a_front_that_lost_the_last_frames_gets_them_back_and_the_log_is_not_forked() {
    let ministry = Ministry::new();
    let copy = ministry.outside.path().join("copy.db");
    let database = ministry.outside.path().join("front/bulletin.db");
    rusqlite::Connection::open(&database).unwrap().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    let keys = {
        let served = ministry.serve();
        let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
        assert!(ministry.publish(&served.inside, &[&file]).status.success());
        served.keys(&ministry.profile()).await
    };
    for name in ["bulletin.db-wal", "bulletin.db-shm"] {
        drop(std::fs::remove_file(ministry.outside.path().join("front").join(name)));
    }
    std::fs::rename(&copy, &database).unwrap();
    let served = ministry.serve();
    let behind = served.head(&keys).await;
    let file = ministry.file("qa.json", advisory("advisory.qa", None, "Stay").to_string());
    let published = ministry.publish(&served.inside, &[&file]);
    assert!(published.status.success(), "{}", said(&published));
    let head = served.head(&keys).await;
    assert_eq!(head.seq, behind.seq + 2);
    let frames = served.log(behind.seq + 1, head.seq).await;
    assert!(frames[0].entry.payload.contains("advisory.ae") && frames[1].entry.payload.contains("advisory.qa"));
}

#[tokio::test]
async fn the_desk_confirms_nothing_that_it_did_not_sign() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    // whoever stole the publishing key and the credential
    let stolen = ministry.sign(&advisory("advisory.x", Some(1), "Come to the square"));
    let request = served.inside(Method::POST, "/v1/entries").bearer_auth(ministry.credential());
    let body = serde_json::json!({ "entries": [stolen] });
    assert_eq!(request.json(&body).send().await.unwrap().status(), 200);
    let keys = served.keys(&ministry.profile()).await;
    let before = served.watermark(&keys).await;
    let refused = ministry.confirm(&served.inside);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("this desk never signed what is in it"), "{}", said(&refused));
    assert_eq!(served.watermark(&keys).await.seq, before.seq);
}

fn root(ministry: &Ministry) -> Signatory {
    let secret = ministry::files::read_secret(&ministry.desk().join("root-1.key")).unwrap();
    Signatory { kid: "root-1".parse().unwrap(), key: SigningKey::from_bytes(&secret) }
}

/// The set after the first, with a change.
async fn next_set(ministry: &Ministry, served: &Served, change: impl FnOnce(&mut KeySet)) -> KeySet {
    let mut set = served.keys(&ministry.profile()).await.into_inner();
    set.number += 1;
    change(&mut set);
    set
}

#[tokio::test]
async fn the_next_key_set_is_a_way_back_from_a_stolen_key() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let credential = ministry.credential();
    let file = ministry.file("x.json", advisory("advisory.x", None, "Come to the square").to_string());
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
    let keys = served.keys(&ministry.profile()).await;
    let seq = served.head(&keys).await.seq;
    let put = async |number: u32, document: String| {
        told(&served, Method::PUT, &format!("/v1/keys/{number}"), &credential, document.into()).await
    };
    let void = next_set(&ministry, &served, |set| {
        let publish = set.keys.iter_mut().find(|key| key.role == Role::Publish).unwrap();
        publish.void = vec![Positions { from: seq, until: None }];
    });
    let set = void.await;
    let stranger = Signatory { kid: "root-1".parse().unwrap(), key: SigningKey::from_bytes(&[1; 32]) };
    let forged = put(2, sign_by_all(&[stranger], &set).unwrap()).await;
    assert_eq!(forged, (409, "entry_refused".into()));
    let document = sign_by_all(&[root(&ministry)], &set).unwrap();
    assert_eq!(put(3, document.clone()).await, (409, "entry_refused".into()), "not its number");
    assert_eq!(put(2, document.clone()).await.0, 204);
    assert_eq!(put(2, document.clone()).await.0, 204, "the same request");
    assert_eq!(served.text("/v1/bulletin/keys/2").await, document);
    let keys = keys.verify_next(&document).unwrap();
    assert_eq!(served.head(&keys).await.keys, 2);
    let stolen = ministry.sign(&advisory("advisory.y", Some(1), "Come"));
    let body = serde_json::json!({ "entries": [stolen] }).to_string();
    let request = served.inside(Method::POST, "/v1/entries").bearer_auth(&credential);
    let refused = request.header("content-type", "application/json").body(body).send().await.unwrap();
    assert_eq!(refused.status(), 409, "voided from then on");
    assert_eq!(served.get("/cap/advisory.x.xml").send().await.unwrap().status(), 404, "as if never said");
    drop(served);
    let served = ministry.serve();
    assert_eq!(served.head(&keys).await.keys, 2, "and the log still proves itself");
    std::fs::write(ministry.desk().join("keys/2.json"), &document).unwrap();
    let confirmed = ministry.confirm(&served.inside);
    assert!(confirmed.status.success(), "{}", said(&confirmed));
    let watermark = served.watermark(&keys).await;
    assert_eq!((watermark.seq, watermark.keys), (seq, 2));
    let snapshot = served.text(&format!("/v1/bulletin/snapshot/{}", watermark.snapshot.hash)).await;
    assert!(!snapshot.contains("Come to the square"));
}
