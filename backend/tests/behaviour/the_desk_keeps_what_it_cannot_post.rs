use contract::jws::{Jws, Purpose, Signatory};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Ministry, Served, advisory, cap, said};

async fn post(served: &Served, credential: &str, entries: &[&Jws]) -> (u16, Value) {
    let request = served.inside(Method::POST, "/v1/entries").bearer_auth(credential);
    let answer = request.json(&json!({ "entries": entries })).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn what_could_not_be_posted_is_kept_and_goes_first_the_next_time() {
    let ministry = Ministry::new();
    let first = ministry.file("first.json", advisory("advisory.first", None, "First").to_string());
    let second = ministry.file("second.json", advisory("advisory.second", None, "Second").to_string());
    let failed = ministry.publish("127.0.0.1:1", &[&first]);
    assert!(!failed.status.success());
    assert!(said(&failed).contains("the front cannot be reached"), "{}", said(&failed));
    let served = ministry.serve();
    let posted = ministry.publish(&served.inside, &[&second]);
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
    let once = ministry.publish(&served.inside, &[&file]).stdout;
    assert_eq!(ministry.publish(&served.inside, &[&file]).stdout, once);
    let changed = ministry.file("ae.json", advisory("advisory.ae", None, "Stay").to_string());
    let published = ministry.publish(&served.inside, &[&changed]);
    assert!(said(&published).starts_with("advisory.ae 2 "), "{}", said(&published));
}

#[tokio::test]
async fn a_version_that_was_signed_is_not_signed_again_with_other_words() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let file = ministry.file("ae.json", advisory("advisory.ae", Some(1), "Leave").to_string());
    assert!(ministry.publish(&served.inside, &[&file]).status.success());
    let other = ministry.file("ae.json", advisory("advisory.ae", Some(1), "Stay").to_string());
    let refused = ministry.publish(&served.inside, &[&other]);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("was signed as version 1 already"), "{}", said(&refused));
    let skipped = ministry.file("ae.json", advisory("advisory.ae", Some(3), "Stay").to_string());
    let refused = ministry.publish(&served.inside, &[&skipped]);
    assert!(said(&refused).contains("the next version of advisory.ae is 2"), "{}", said(&refused));
    let words = json!({ "kk": "а", "ru": "б", "en": "c" });
    let level = json!({ "country": "AE", "level": 4, "since": Timestamp::now(), "why": words });
    let level = json!({ "id": "advisory.ae", "kind": "level", "body": level });
    let refused = ministry.publish(&served.inside, &[&ministry.file("level.json", level.to_string())]);
    assert!(said(&refused).contains("advisory.ae has the kind advisory, and keeps it"), "{}", said(&refused));
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
    let published = ministry.publish(&served.inside, &[&alert, &update, &cancel]);
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
    let first = ministry.sign(&advisory("advisory.x", Some(1), "Leave"));
    let second = ministry.sign(&advisory("advisory.x", Some(2), "Leave"));
    let (status, once) = post(&served, &credential, &[&first, &second]).await;
    assert_eq!(status, 200);
    assert_eq!(post(&served, &credential, &[&first, &second]).await, (200, once.clone()));
    let (status, same) = post(&served, &credential, &[&first]).await;
    assert_eq!((status, &same["frames"][0]), (200, &once["frames"][0]), "the older version again, too");
    let refused = async |version, id: &str| {
        let entry = ministry.sign(&advisory(id, Some(version), "Stay"));
        let (status, problem) = post(&served, &credential, &[&first, &entry]).await;
        assert_eq!((status, &problem["pointer"]), (409, &json!("/entries/1")));
        problem["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused(2, "advisory.x").await, "entry_exists");
    assert_eq!(refused(1, "advisory.x").await, "entry_exists");
    assert_eq!(refused(4, "advisory.x").await, "entry_refused", "held + 1, no more");
    assert_eq!(refused(u32::MAX, "advisory.x").await, "entry_refused", "nobody writes the last version of all");
    assert_eq!(refused(2, "advisory.new").await, "entry_refused", "an id begins at 1");
}

#[tokio::test]
async fn entries_are_taken_all_or_none_and_an_id_keeps_its_kind() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let credential = ministry.credential();
    let keys = served.keys(&ministry.profile()).await;
    let seq = served.head(&keys).await.seq;
    let words = json!({ "kk": "а", "ru": "б", "en": "c" });
    let body = json!({ "country": "AE", "level": 4, "since": Timestamp::now(), "why": words });
    let level = ministry.sign(&json!({ "id": "advisory.x", "version": 2, "kind": "level", "body": body }));
    let good = ministry.sign(&advisory("advisory.x", Some(1), "Leave"));
    let (status, problem) = post(&served, &credential, &[&good, &level]).await;
    assert_eq!((status, &problem["code"]), (409, &json!("entry_refused")));
    assert!(problem["title"].as_str().unwrap().contains("another kind"), "{problem}");
    assert_eq!(served.head(&keys).await.seq, seq, "the good one neither");
    assert_eq!(post(&served, &credential, &[&good]).await.0, 200);
}

#[tokio::test]
async fn the_front_takes_nothing_that_a_publishing_key_did_not_sign_or_the_desk_did_not_bring() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let credential = ministry.credential();
    let entry = ministry.sign(&advisory("advisory.x", Some(1), "Leave"));
    for guess in ["a guess", &ministry.reading_credential()] {
        assert_eq!(post(&served, guess, &[&entry]).await.0, 401);
    }
    let public = served.request(Method::POST, "/v1/entries").bearer_auth(&credential);
    assert_eq!(public.json(&json!({ "entries": [entry] })).send().await.unwrap().status(), 404);
    let count = served.inside(Method::GET, "/v1/headcount?country=AE&at=2026-01-01T00:00:00Z");
    assert_eq!(count.bearer_auth(&credential).send().await.unwrap().status(), 401, "publishing is not reading");
    let stranger = Signatory { kid: "publish-1".parse().unwrap(), key: SigningKey::from_bytes(&[1; 32]) };
    let payload = json!({ "id": "x", "version": 1, "issued_at": Timestamp::now(), "kind": "level", "body": {} });
    let sign = |by: &Signatory| by.sign_text(Purpose::Entry, payload.to_string()).unwrap();
    let (status, problem) = post(&served, &credential, &[&sign(&stranger)]).await;
    assert_eq!((status, &problem["code"]), (409, &json!("entry_refused")));
    let secret = ministry::files::read_secret(&ministry.outside.path().join("front/head-1.key")).unwrap();
    let head = Signatory { kid: "head-1".parse().unwrap(), key: SigningKey::from_bytes(&secret) };
    assert_eq!(post(&served, &credential, &[&sign(&head)]).await.0, 409);
    let keys = served.keys(&ministry.profile()).await;
    let seq = served.head(&keys).await.seq;
    let (status, answer) = post(&served, &credential, &[&entry]).await;
    assert_eq!((status, answer["frames"][0]["seq"].as_u64()), (200, Some(seq + 1)));
}
