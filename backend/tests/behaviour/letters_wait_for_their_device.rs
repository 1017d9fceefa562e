use contract::{
    ids::{MessageId, TripId},
    record::Letters,
};
use jiff::Timestamp;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{App, Ministry, Served};

fn letter(app: &App) -> Value {
    let sealed = app.trip(TripId::random(&mut rand::rng()), 1, Timestamp::now()).sealed;
    let id = MessageId::random(&mut rand::rng());
    json!({ "id": id, "device": app.id, "at": Timestamp::now(), "announced": "loud", "sealed": sealed })
}

async fn post(served: &Served, credential: &str, letters: &Value) -> (StatusCode, Value) {
    let request = served.inside(Method::POST, "/v1/messages").bearer_auth(credential).json(letters);
    let answer = request.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

async fn read(served: &Served, app: &App, since: &str) -> Letters {
    let request = served.get(&format!("/v1/devices/self/messages{since}")).bearer_auth(&app.token);
    request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

#[tokio::test]
async fn what_the_desk_posts_its_device_reads_and_nobody_else() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let (app, other) = (App::register(&served).await, App::register(&served).await);
    let sent = letter(&app);
    for credential in [ministry.credential(), ministry.reading_credential()] {
        let (status, posted) = post(&served, &credential, &json!([sent])).await;
        assert_eq!((status, &posted["accepted"]), (StatusCode::OK, &json!([sent["id"]])));
    }
    let page = read(&served, &app, "").await;
    assert_eq!((page.letters.len(), json!(page.letters[0].letter)), (1, sent));
    assert!(read(&served, &app, &format!("?since={}", page.next)).await.letters.is_empty());
    assert!(read(&served, &other, "").await.letters.is_empty());
}

#[tokio::test]
async fn nobody_but_the_desk_posts_and_nothing_odd_is_taken() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let fine = letter(&app);
    assert_eq!(post(&served, &app.token, &json!([fine])).await.0, StatusCode::UNAUTHORIZED);
    let outside = served.request(Method::POST, "/v1/messages").bearer_auth(ministry.credential()).json(&json!([fine]));
    assert_eq!(outside.send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let with = |pointer: &str, value: Value| {
        let mut odd = fine.clone();
        *odd.pointer_mut(pointer).unwrap() = value;
        json!([fine, odd])
    };
    for (letters, pointer) in [
        (with("/at", json!("1970-01-01T00:00:00Z")), "/1/at"),
        (with("/sealed/ciphertext", json!("AAAA")), "/1/sealed/ciphertext"),
        (with("/sealed/key_id", json!("nobody-1")), "/1/sealed/key_id"),
        (json!(vec![fine.clone(); 65]), ""),
    ] {
        let (status, problem) = post(&served, &ministry.credential(), &letters).await;
        assert_eq!((status, &problem["pointer"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(pointer)));
    }
    assert!(read(&served, &app, "").await.letters.is_empty(), "all of them or none");
    let since = served.get("/v1/devices/self/messages?since=x").bearer_auth(&app.token).send().await.unwrap();
    assert_eq!(since.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = served.get("/v1/devices/self/messages").send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_message_is_kept_for_the_desk_under_a_consular_key() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let path = format!("/v1/messages/{}", MessageId::random(&mut rand::rng()));
    let message = json!({ "version": 1, "at": Timestamp::now(), "sealed": letter(&app)["sealed"] });
    app.put(&served, &path, &message).await;
    let records = served.inside(Method::GET, "/v1/records").bearer_auth(ministry.reading_credential());
    let page: Value = records.send().await.unwrap().json().await.unwrap();
    let change = page["changes"].as_array().unwrap().last().unwrap();
    assert_eq!((&change["kind"], &change["record"]), (&json!("message"), &message));
    let mut foreign = message.clone();
    foreign["sealed"]["key_id"] = json!("nobody-1");
    foreign["version"] = json!(2);
    let refused = served.put(&path, &foreign).bearer_auth(&app.token).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
