use contract::{
    ids::{CheckInId, TripId},
    record::Kind,
};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{App, Ministry, Served};

async fn problem(request: reqwest::RequestBuilder) -> (u16, String, Option<String>) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    assert_eq!(answer.headers()["content-type"], "application/problem+json", "{status}");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["status"], status);
    let text = |field: &str| body[field].as_str().map(str::to_owned);
    (status, text("code").unwrap(), text("pointer"))
}

fn told(status: u16, code: &str, pointer: Option<&str>) -> (u16, String, Option<String>) {
    (status, code.to_owned(), pointer.map(str::to_owned))
}

fn trip_path() -> String {
    format!("/v1/trips/{}", TripId::random(&mut rand::rng()))
}

async fn put_trip(served: &Served, app: &App, change: impl FnOnce(&mut Value)) -> (u16, String, Option<String>) {
    let mut trip = json!(app.trip(TripId::random(&mut rand::rng()), 1, Timestamp::now()));
    change(&mut trip);
    problem(served.put(&trip_path(), &trip).bearer_auth(&app.token)).await
}

#[tokio::test]
async fn each_fault_of_a_body_has_its_own_code_and_names_its_field() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let put = |body: &'static str, content_type: &'static str| {
        served
            .request(Method::PUT, &trip_path())
            .bearer_auth(&app.token)
            .header("content-type", content_type)
            .body(body)
    };
    assert_eq!(problem(put("{}", "text/plain")).await, told(415, "content_type_not_json", None));
    assert_eq!(problem(put("{\"version\": ", "application/json")).await, told(400, "body_not_json", None));
    assert_eq!(problem(put("<html>", "application/json; charset=utf-8")).await, told(400, "body_not_json", None));
    let long = "x".repeat(Kind::Trip.max_bytes());
    let big = served.put(&trip_path(), &json!({ "x": long })).bearer_auth(&app.token);
    assert_eq!(problem(big).await, told(413, "body_too_large", None));

    let invalid = |pointer| told(422, "field_invalid", Some(pointer));
    assert_eq!(put_trip(&served, &app, |t| t["legs"][0]["country"] = json!("Qatar")).await, invalid("/legs/0/country"));
    assert_eq!(
        put_trip(&served, &app, |t| t["legs"][0]["from"] = json!("2026-02-30T00:00:00Z")).await,
        invalid("/legs/0/from")
    );
    assert_eq!(put_trip(&served, &app, |t| t["people"] = json!(501)).await, invalid("/people"));
    assert_eq!(put_trip(&served, &app, |t| t["version"] = json!(0)).await, invalid("/version"));
    assert_eq!(put_trip(&served, &app, |t| t["legs"] = json!([])).await, invalid("/legs"));
    let leg = json!({ "country": "AE", "from": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z" });
    assert_eq!(put_trip(&served, &app, |t| t["legs"] = json!(vec![leg.clone(); 41])).await, invalid("/legs"));
    assert_eq!(
        put_trip(&served, &app, |t| t["legs"][0]["until"] = t["legs"][0]["from"].clone()).await,
        invalid("/legs/0/until")
    );
    assert_eq!(
        put_trip(&served, &app, |t| t["legs"][1]["until"] = json!("2140-01-01T00:00:00Z")).await,
        invalid("/legs/1/until")
    );
    assert_eq!(
        put_trip(&served, &app, |t| t["sealed"]["ciphertext"] = json!("?")).await,
        invalid("/sealed/ciphertext")
    );
    let heavy = "A".repeat(44 * 1024);
    assert_eq!(
        put_trip(&served, &app, |t| t["sealed"]["ciphertext"] = json!(heavy)).await,
        invalid("/sealed/ciphertext")
    );
}

#[tokio::test]
async fn forty_legs_and_five_hundred_receipts_are_taken_and_one_more_is_not() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let leg = json!({ "country": "AE", "from": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z" });
    let mut trip = json!(app.trip(TripId::random(&mut rand::rng()), 1, Timestamp::now()));
    trip["legs"] = json!(vec![leg; 40]);
    app.put(&served, &trip_path(), &trip).await;
    let now = Timestamp::now();
    let receipt =
        json!({ "entry": "line.ministry", "version": 1, "delivered_at": now, "shown_at": now, "read_at": now });
    let receipts = vec![receipt; 501];
    app.put(&served, "/v1/receipts", &json!(receipts[..500])).await;
    let over = served.put("/v1/receipts", &json!(receipts)).bearer_auth(&app.token);
    assert_eq!(problem(over).await, told(422, "field_invalid", Some("")));
}

#[tokio::test]
async fn an_unknown_address_method_or_token_is_told_as_such() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    assert_eq!(problem(served.get("/v2/anything")).await, told(404, "not_found", None));
    assert_eq!(problem(served.get(&trip_path())).await, told(405, "method_not_allowed", None));
    assert_eq!(problem(served.put(&trip_path(), &json!({}))).await, told(401, "unauthorized", None));
    assert_eq!(
        problem(served.put(&trip_path(), &json!({})).bearer_auth("guess")).await,
        told(401, "unauthorized", None)
    );
    let trip = json!(app.trip(TripId::random(&mut rand::rng()), 1, Timestamp::now()));
    let no_id = served.put("/v1/trips/mine", &trip).bearer_auth(&app.token);
    assert_eq!(problem(no_id).await, told(404, "not_found", None));
    let no_version = served.request(Method::DELETE, &trip_path()).bearer_auth(&app.token);
    assert_eq!(problem(no_version).await, told(422, "field_invalid", Some("/version")));
    let desk = served.inside(Method::GET, "/v1/headcount?country=AE&at=2026-01-01T00:00:00Z");
    assert_eq!(problem(desk.bearer_auth(&app.token)).await, told(401, "unauthorized", None));
}

#[tokio::test]
async fn a_headcount_of_two_places_of_none_or_at_no_time_is_refused() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    for query in [
        "country=AE",
        "at=2026-01-01T00:00:00Z",
        "country=AE&airport=DOH&at=2026-01-01T00:00:00Z",
        "country=ae&at=2026-01-01T00:00:00Z",
        "country=AE&at=now",
        "city=x",
    ] {
        let request = served.inside(Method::GET, &format!("/v1/headcount?{query}"));
        let request = request.bearer_auth(ministry.reading_credential());
        let (status, code, _) = problem(request).await;
        assert_eq!((status, code.as_str()), (422, "field_invalid"), "{query}");
    }
}

#[tokio::test]
async fn an_app_of_another_kind_is_told_which_field_it_got_wrong() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let id = CheckInId::random(&mut rand::rng());
    let check_in = json!({ "version": 1, "people": { "safe": "one" }, "at": Timestamp::now() });
    let request = served.put(&format!("/v1/check-ins/{id}"), &check_in).bearer_auth(&app.token);
    assert_eq!(problem(request).await, told(422, "field_invalid", Some("/people")));
    let device = json!({ "token_hash": "short", "public_key": "short" });
    let request = served.put(&format!("/v1/devices/{}", App::new().id), &device);
    assert_eq!(problem(request).await, told(422, "field_invalid", Some("/token_hash")));
}

#[tokio::test]
async fn what_nobody_knows_is_named_and_refused() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let invalid = |pointer| told(422, "field_invalid", Some(pointer));
    assert_eq!(put_trip(&served, &app, |t| t["legs"][1]["country"] = json!("ZZ")).await, invalid("/legs/1/country"));
    assert_eq!(put_trip(&served, &app, |t| t["legs"][0]["airport"] = json!("QQQ")).await, invalid("/legs/0/airport"));
    assert_eq!(put_trip(&served, &app, |t| t["sealed"]["key_id"] = json!("mine")).await, invalid("/sealed/key_id"));
    assert_eq!(put_trip(&served, &app, |t| t["sealed"]["ciphertext"] = json!("")).await, invalid("/sealed/ciphertext"));
    let year = json!("9999-01-01T00:00:00Z");
    assert_eq!(put_trip(&served, &app, |t| t["legs"][1]["until"] = year.clone()).await, invalid("/legs/1/until"));
    let receipt =
        |entry: &str, version: u32| json!([{ "entry": entry, "version": version, "delivered_at": Timestamp::now() }]);
    for (entry, version) in [("advisory.none", 1), ("line.ministry", 99)] {
        let request = served.put("/v1/receipts", &receipt(entry, version)).bearer_auth(&app.token);
        assert_eq!(problem(request).await, invalid("/0/entry"), "{entry} {version}");
    }
    for id in ["00000000-0000-0000-0000-000000000000", "5f0c2d0e-7f6e-1a52-9a5e-6f1f0a6f3f11"] {
        let trip = json!(app.trip(TripId::random(&mut rand::rng()), 1, Timestamp::now()));
        let request = served.put(&format!("/v1/trips/{id}"), &trip).bearer_auth(&app.token);
        assert_eq!(problem(request).await, told(404, "not_found", None), "{id}");
    }
}
