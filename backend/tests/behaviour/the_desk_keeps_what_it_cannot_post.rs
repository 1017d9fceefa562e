use contract::jws::{Purpose, Signatory};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Ministry, Served, advisory, cap, said};

async fn post(served: &Served, credential: &str, entry: &str) -> (u16, Value) {
    let request = served.request(Method::POST, "/v1/bulletin/entries").bearer_auth(credential);
    let answer = request.json(&json!({ "entry": entry })).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn what_could_not_be_posted_is_kept_and_goes_first_the_next_time() {
    let ministry = Ministry::new();
    let first = ministry.file("first.json", advisory("advisory.first", None, "First").to_string());
    let second = ministry.file("second.json", advisory("advisory.second", None, "Second").to_string());
    let failed = ministry.publish("http://127.0.0.1:1", &[&first]);
    assert!(!failed.status.success());
    assert!(said(&failed).contains("the front cannot be reached"), "{}", said(&failed));
    let served = ministry.serve();
    let posted = ministry.publish(&served.url, &[&second]);
    assert!(posted.status.success());
    let lines = String::from_utf8(posted.stdout).unwrap();
    let ids: Vec<_> = lines.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(ids, ["advisory.first", "advisory.second"]);
    assert_eq!(std::fs::read_dir(ministry.desk().join("unposted")).unwrap().count(), 0);
}

#[tokio::test]
async fn the_same_file_again_is_the_same_entry_and_a_changed_one_the_next_version() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let file = ministry.file("ae.json", advisory("advisory.ae", None, "Leave").to_string());
    let once = ministry.publish(&served.url, &[&file]).stdout;
    assert_eq!(ministry.publish(&served.url, &[&file]).stdout, once);
    let changed = ministry.file("ae.json", advisory("advisory.ae", None, "Stay").to_string());
    let published = ministry.publish(&served.url, &[&changed]);
    assert!(said(&published).starts_with("advisory.ae 2 "), "{}", said(&published));
}

#[tokio::test]
async fn a_version_that_was_signed_is_not_signed_again_with_other_words() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let file = ministry.file("ae.json", advisory("advisory.ae", Some(5), "Leave").to_string());
    assert!(ministry.publish(&served.url, &[&file]).status.success());
    let other = ministry.file("ae.json", advisory("advisory.ae", Some(5), "Stay").to_string());
    let refused = ministry.publish(&served.url, &[&other]);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("was signed as version 5 already"), "{}", said(&refused));
}

#[tokio::test]
async fn an_update_of_an_alert_becomes_the_next_version_of_its_entry() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let alert = ministry.file("1.xml", cap("KZ.1", "Alert", "", "Гололёд"));
    let update = ministry
        .file("2.xml", cap("KZ.2", "Update", "duty@weather.example,KZ.1,2025-01-01T00:00:00-00:00", "Сильный гололёд"));
    let cancel =
        ministry.file("3.xml", cap("KZ.3", "Cancel", "duty@weather.example,KZ.2,2025-01-01T00:00:00-00:00", "Отбой"));
    let published = ministry.publish(&served.url, &[&alert, &update, &cancel]);
    assert!(published.status.success(), "{}", said(&published));
    let lines = String::from_utf8(published.stdout).unwrap();
    let words: Vec<Vec<_>> = lines.lines().map(|line| line.split(' ').collect()).collect();
    let versions: Vec<_> = words.iter().map(|line| (line[0], line[1])).collect();
    assert_eq!(versions, [(words[0][0], "1"), (words[0][0], "2"), (words[0][0], "3")]);
    assert!(words[0][0].starts_with("cap.kz-1."), "{lines}");
}

#[tokio::test]
async fn the_front_takes_the_same_bytes_once_and_no_other_for_their_place() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let credential = ministry.credential();
    let entry = ministry.sign(&advisory("advisory.x", Some(2), "Leave"));
    let (status, first) = post(&served, &credential, &entry).await;
    assert_eq!(status, 201);
    assert_eq!(post(&served, &credential, &entry).await, (200, first));
    let (status, other) = post(&served, &credential, &ministry.sign(&advisory("advisory.x", Some(2), "Stay"))).await;
    assert_eq!((status, &other["code"]), (409, &json!("entry_exists")));
    let (status, lower) = post(&served, &credential, &ministry.sign(&advisory("advisory.x", Some(1), "Leave"))).await;
    assert_eq!((status, &lower["code"]), (409, &json!("entry_refused")));
}

#[tokio::test]
async fn the_front_takes_nothing_that_a_publishing_key_did_not_sign_or_the_desk_did_not_bring() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let credential = ministry.credential();
    let entry = ministry.sign(&advisory("advisory.x", Some(1), "Leave"));
    let (status, _) = post(&served, "a guess", &entry).await;
    assert_eq!(status, 401);
    let stranger = Signatory { kid: "publish-1".parse().unwrap(), key: SigningKey::from_bytes(&[1; 32]) };
    let payload = json!({ "id": "x", "version": 1, "issued_at": Timestamp::now(), "kind": "level", "body": {} });
    let (status, problem) = post(&served, &credential, &stranger.sign(Purpose::Entry, &payload).unwrap()).await;
    assert_eq!((status, &problem["code"]), (409, &json!("entry_refused")));
    let secret = ministry::files::read_secret(&ministry.outside.path().join("front/head.key")).unwrap();
    let head = Signatory { kid: "head-1".parse().unwrap(), key: SigningKey::from_bytes(&secret) };
    let (status, _) = post(&served, &credential, &head.sign(Purpose::Entry, &payload).unwrap()).await;
    assert_eq!(status, 409);
    let keys = served.keys(&ministry.profile()).await;
    let seq = served.head(&keys).await.seq;
    let (status, answer) = post(&served, &credential, &entry).await;
    assert_eq!((status, answer["seq"].as_u64()), (201, Some(seq + 1)));
}
