use contract::ids::{CallId, TripId};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{App, Ministry};

#[tokio::test]
async fn every_answer_to_a_device_carries_the_same_register_epoch() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let epoch =
        async |request: reqwest::RequestBuilder| request.send().await.unwrap().headers()["register-epoch"].clone();
    let first = epoch(served.get("/v1/devices/self/export").bearer_auth(&app.token)).await;
    assert_eq!(epoch(served.put("/v1/receipts", &json!([])).bearer_auth(&app.token)).await, first);
    assert_eq!(epoch(served.put("/v1/receipts", &json!([]))).await, first);
    drop(served);
    let again = ministry.serve();
    assert_eq!(epoch(again.get("/v1/devices/self/export").bearer_auth(&app.token)).await, first);
}

#[tokio::test]
async fn a_device_is_made_once_and_taken_by_nobody_else() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let path = format!("/v1/devices/{}", app.id);
    let again = served.put(&path, &json!(app.record())).send().await.unwrap();
    assert_eq!(again.status(), 200);
    let other = served.put(&path, &json!(App::new().record())).send().await.unwrap();
    assert_eq!(other.status(), 409);
    assert_eq!(other.json::<Value>().await.unwrap()["code"], "device_taken");
}

#[tokio::test]
async fn a_record_of_another_device_is_not_found() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let (owner, other) = (App::register(&served).await, App::register(&served).await);
    let id = TripId::random(&mut rand::rng());
    let path = format!("/v1/trips/{id}");
    owner.put(&served, &path, &json!(owner.trip(id, 1, Timestamp::now()))).await;
    let put = served.put(&path, &json!(other.trip(id, 2, Timestamp::now()))).bearer_auth(&other.token);
    assert_eq!(put.send().await.unwrap().status(), 404);
    let delete = served.request(Method::DELETE, &format!("{path}?version=2")).bearer_auth(&other.token);
    assert_eq!(delete.send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_late_older_trip_does_not_revive_a_deleted_one() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let id = TripId::random(&mut rand::rng());
    let path = format!("/v1/trips/{id}");
    let delete = served.request(Method::DELETE, &format!("{path}?version=3")).bearer_auth(&app.token);
    let deleted: Value = delete.send().await.unwrap().json().await.unwrap();
    assert_eq!(deleted["version"], 3);
    let late = app.put(&served, &path, &json!(app.trip(id, 2, Timestamp::now()))).await;
    assert_eq!(late, deleted);
    let export: Value =
        served.get("/v1/devices/self/export").bearer_auth(&app.token).send().await.unwrap().json().await.unwrap();
    assert_eq!(export["trips"][0]["record"], Value::Null);
}

#[tokio::test]
async fn a_device_exports_all_it_sent_and_then_erases_it_all() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let trip = TripId::random(&mut rand::rng());
    let sent = json!(app.trip(trip, 1, Timestamp::now()));
    app.put(&served, &format!("/v1/trips/{trip}"), &sent).await;
    let call = json!({ "version": 1, "number": "+442079460101", "outcome": "called", "at": Timestamp::now() });
    app.put(&served, &format!("/v1/calls/{}", CallId::random(&mut rand::rng())), &call).await;
    let receipt = json!({ "entry": "line.ministry", "version": 1, "delivered_at": Timestamp::now() });
    app.put(&served, "/v1/receipts", &json!([receipt])).await;
    let export = served.get("/v1/devices/self/export").bearer_auth(&app.token).send().await.unwrap();
    let export: Value = export.json().await.unwrap();
    assert_eq!(export["id"], json!(app.id));
    assert_eq!(export["trips"][0]["record"], sent);
    assert_eq!(export["calls"][0]["record"], call);
    assert_eq!(export["receipts"], json!([receipt]));

    let erase = || served.request(Method::DELETE, "/v1/devices/self").bearer_auth(&app.token);
    assert_eq!(erase().send().await.unwrap().status(), 204);
    assert_eq!(erase().send().await.unwrap().status(), 401);
    drop(served);
    let database = rusqlite::Connection::open(ministry.outside.path().join("front/register.db")).unwrap();
    for table in ["devices", "records", "trips", "legs", "words", "receipts"] {
        let rows: i64 = database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test]
async fn the_same_version_with_other_content_is_a_conflict_and_the_next_version_is_none() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let path = format!("/v1/calls/{}", CallId::random(&mut rand::rng()));
    let call =
        |version: u32, outcome: &str| json!({ "version": version, "outcome": outcome, "at": "2026-03-01T00:00:00Z" });
    app.put(&served, &path, &call(1, "called")).await;
    app.put(&served, &path, &call(1, "called")).await;
    let other = served.put(&path, &call(1, "still_need_help")).bearer_auth(&app.token).send().await.unwrap();
    assert_eq!(other.status(), 409);
    assert_eq!(other.json::<Value>().await.unwrap()["code"], "version_conflict");
    assert_eq!(app.put(&served, &path, &call(2, "still_need_help")).await["version"], 2);
}

#[tokio::test]
async fn an_edit_of_a_deleted_trip_is_a_conflict_and_the_next_version_revives_it() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let trip = TripId::random(&mut rand::rng());
    let path = format!("/v1/trips/{trip}");
    let version = |version| json!(app.trip(trip, version, Timestamp::now()));
    app.put(&served, &path, &version(1)).await;
    let deleted = served.request(Method::DELETE, &format!("{path}?version=2")).bearer_auth(&app.token);
    assert_eq!(deleted.send().await.unwrap().status(), 200);
    let edit = served.put(&path, &version(2)).bearer_auth(&app.token).send().await.unwrap();
    assert_eq!(edit.status(), 409);
    assert_eq!(edit.json::<Value>().await.unwrap()["code"], "version_conflict");
    assert_eq!(app.put(&served, &path, &version(3)).await["version"], 3);
}

#[tokio::test]
async fn what_was_erased_is_in_no_file_the_moment_it_is_answered() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let (app, other) = (App::register(&served).await, App::register(&served).await);
    let trip = TripId::random(&mut rand::rng());
    let sent = app.trip(trip, 1, Timestamp::now());
    app.put(&served, &format!("/v1/trips/{trip}"), &json!(sent)).await;
    let kept = TripId::random(&mut rand::rng());
    other.put(&served, &format!("/v1/trips/{kept}"), &json!(other.trip(kept, 1, Timestamp::now()))).await;
    let files = || {
        let folder = std::fs::read_dir(ministry.outside.path().join("front")).unwrap();
        folder.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect::<Vec<_>>()
    };
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let secrets = [sent.sealed.ciphertext[..64].to_owned(), trip.to_string(), app.id.to_string()];
    let before = files();
    assert!(secrets.iter().all(|secret| holds(&before, secret)));
    let erase = served.request(Method::DELETE, "/v1/devices/self").bearer_auth(&app.token).send().await.unwrap();
    assert_eq!(erase.status(), 204);
    let after = files();
    for secret in secrets {
        assert!(!holds(&after, &secret), "{secret}");
    }
    assert!(holds(&after, &kept.to_string()));
}
