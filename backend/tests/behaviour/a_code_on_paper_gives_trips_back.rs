use contract::{
    hash::Hash,
    ids::{DeviceId, TripId},
    record::Trip,
};
use jiff::Timestamp;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{App, Ministry, Served};

const TOKEN: &str = "token of a paper";

fn on_paper(trip: Trip) -> Trip {
    Trip { sealed_to_owner: Some(trip.sealed.clone()), paper: Some(Hash::of(TOKEN.as_bytes())), ..trip }
}

async fn asked(served: &Served, device: DeviceId, token: &str) -> (StatusCode, Value) {
    let answer = served.get(&format!("/v1/devices/{device}/paper")).bearer_auth(token).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

async fn refused(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json::<Value>().await.unwrap()["code"].clone())
}

#[tokio::test]
async fn whoever_has_the_code_is_given_the_trips_and_leads_them_from_another_device() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let (before, after) = (App::register(&served).await, App::register(&served).await);
    let (now, ids) = (Timestamp::now(), [(); 2].map(|()| TripId::random(&mut rand::rng())));
    let path = |id| format!("/v1/trips/{id}");
    before.put(&served, &path(ids[0]), &json!(on_paper(before.trip(ids[0], 1, now)))).await;
    before.put(&served, &path(ids[1]), &json!(before.trip(ids[1], 1, now))).await;

    let (status, given) = asked(&served, before.id, TOKEN).await;
    assert_eq!(status, 200);
    let trips = given["trips"].as_array().unwrap();
    assert_eq!(trips.len(), 1, "the other one is on no paper");
    let names: Vec<_> = trips[0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["id", "sealed_to_owner", "version"], "and nothing of it is plain");

    let taken = json!(after.trip(ids[0], 2, now));
    let put = || served.put(&path(ids[0]), &taken).bearer_auth(&after.token);
    assert_eq!(refused(put()).await, (404, json!("not_found")));
    assert_eq!(refused(put().header("paper-token", "another")).await, (404, json!("not_found")));
    for _ in 0..2 {
        assert_eq!(put().header("paper-token", TOKEN).send().await.unwrap().status(), 200);
    }
    let late = served.put(&path(ids[0]), &json!(before.trip(ids[0], 3, now))).bearer_auth(&before.token);
    assert_eq!(refused(late).await, (409, json!("trip_moved")));
    let late = served.request(Method::DELETE, &format!("{}?version=3", path(ids[0]))).bearer_auth(&before.token);
    assert_eq!(refused(late).await, (409, json!("trip_moved")));

    // and learns of it without sending anything
    let told = async |app: &App| {
        let page = served.request(Method::GET, "/v1/devices/self/messages?since=0").bearer_auth(&app.token);
        page.send().await.unwrap().json::<Value>().await.unwrap()["moved"].clone()
    };
    assert_eq!((told(&before).await, told(&after).await), (json!([ids[0]]), Value::Null));
}

#[tokio::test]
async fn an_unknown_device_another_code_and_a_used_one_are_answered_alike() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let id = TripId::random(&mut rand::rng());
    app.put(&served, &format!("/v1/trips/{id}"), &json!(on_paper(app.trip(id, 1, Timestamp::now())))).await;
    let nobody = asked(&served, DeviceId::random(&mut rand::rng()), TOKEN).await;
    assert_eq!((nobody.0.as_u16(), &nobody.1["code"]), (401, &json!("unauthorized")));
    assert_eq!(asked(&served, app.id, "another").await, nobody);
    assert_eq!(asked(&served, app.id, &app.token).await, nobody, "the device's own token is none");
    app.put(&served, &format!("/v1/trips/{id}"), &json!(app.trip(id, 2, Timestamp::now()))).await;
    assert_eq!(asked(&served, app.id, TOKEN).await, nobody);
}

#[tokio::test]
async fn nobody_tries_codes_without_end() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let mut last = 401;
    for _ in 0..100 {
        last = asked(&served, DeviceId::random(&mut rand::rng()), TOKEN).await.0.as_u16();
    }
    assert_eq!(last, 429);
}
