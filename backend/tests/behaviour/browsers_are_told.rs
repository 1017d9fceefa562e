//! An officer's browsers are told of a life by a push: closed to each, carried by a process without keys.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    console::{Console, Desk},
    push_service::{PushService, Rounds},
    support::Ministry,
};

/// A desk that wakes the first at once, with an officer on duty.
struct Night {
    ministry: Ministry,
    desk: Desk,
    dana: Console,
    id: Value,
}

impl Night {
    async fn begins() -> Self {
        let ministry = Ministry::new();
        let settings = ministry.desk().join("settings.json");
        let mut said: Value = serde_json::from_str(&std::fs::read_to_string(&settings).unwrap()).unwrap();
        said["wakes_after"] = json!({ "first_s": 0, "next_s": 3600, "gold_s": 7200 });
        std::fs::write(&settings, said.to_string()).unwrap();
        let desk = Desk::at(&ministry, "http://127.0.0.1:1", &[]);
        let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
        let id = dana.get("/v1/officers").await["officers"][0]["id"].clone();
        let now = Timestamp::now();
        let (from, until) = (now - SignedDuration::from_hours(1), now + SignedDuration::from_hours(8));
        let duty = json!({ "officer": id, "place": "first", "from": from, "until": until });
        assert_eq!(dana.post("/v1/rota", &duty).await.0, 204);
        Self { ministry, desk, dana, id }
    }

    /// As whoever carries pushes asks; that somebody does is known from then on.
    async fn hand_out(&self, done: Value) -> Value {
        let credential = std::fs::read_to_string(self.ministry.desk().join("push.credential")).unwrap();
        let request = self.desk.ask(Method::POST, "/v1/pushes").bearer_auth(credential.trim());
        let answer = request.json(&json!({ "done": done })).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json::<Value>().await.unwrap()["pushes"].clone()
    }

    async fn put(&self, given: &Value) -> u16 {
        self.dana.request(Method::PUT, &self.path(), Some(given)).send().await.unwrap().status().as_u16()
    }

    fn path(&self) -> String {
        format!("/v1/officers/{}/push", self.id)
    }

    /// A call comes in that nobody takes.
    async fn life(&self) {
        let call = json!({ "number": "+77010000009", "country": "AE", "needs": ["trapped"] });
        let case = json!({ "draft": "4b8f8f2e-7f1c-4c57-9f0e-000000000001", "intake": call });
        assert_eq!(self.dana.post("/v1/cases", &case).await.0, 200);
    }

    /// Waits until its push service answered, and says how.
    async fn what_became(&self) -> (Value, Value) {
        let answered = |board: &Value| {
            let state = &board["night"]["wakes"][0]["push"];
            ["taken", "gone", "refused"].iter().any(|end| state == end)
        };
        let night = self.dana.until(answered).await["night"].clone();
        (night["wakes"][0]["push"].clone(), night)
    }
}

#[tokio::test]
async fn a_browser_opens_what_its_push_service_cannot_read() {
    let night = Night::begins().await;
    let mut service = PushService::start();
    let phone = service.subscribe("phone");
    assert_eq!(night.put(&phone).await, 204);
    let set = night.dana.get(&night.path()).await;
    assert_eq!(set["browsers"].as_array().unwrap().len(), 1);
    night.hand_out(json!([])).await;
    service.answer("phone", 429, Some("1"));
    let _rounds = Rounds::start(&night.ministry, &night.desk.url, &["--also-here"]);
    night.life().await;
    let (refused, taken) = (service.next(), service.next());
    assert_eq!([&refused, &taken].map(|push| push["status"].clone()), [json!(429), json!(201)]);
    let waited = taken["at"].as_i64().unwrap() - refused["at"].as_i64().unwrap();
    assert!(waited >= 1000, "{waited} ms");
    // no name, no place, no number: a screen is read by whoever is near
    assert_eq!(taken["words"], r#"{"kind":"life"}"#);
    assert_eq!(["ttl", "urgency", "topic"].map(|header| &taken[header]), ["120", "high", "life"]);
    let signed = &taken["signed"];
    assert_eq!((&signed["holds"], &signed["alg"], &signed["key"]), (&json!(true), &json!("ES256"), &set["key"]));
    assert_eq!((&signed["aud"], &signed["sub"]), (&json!(service.origin), &json!(night.desk.origin)));
    assert!((0.0..24.0).contains(&signed["hours"].as_f64().unwrap()), "{signed}");
    let (became, night) = night.what_became().await;
    assert_eq!((became, &night["push_goes"]), (json!("taken"), &json!(true)));
    assert_eq!(night["on_duty"][0]["has_push"], true);
}

#[tokio::test]
async fn a_browser_that_is_gone_is_pruned_and_the_night_room_says_so() {
    let night = Night::begins().await;
    let mut service = PushService::start();
    let phone = service.subscribe("phone");
    assert_eq!(night.put(&phone).await, 204);
    night.hand_out(json!([])).await;
    service.answer("phone", 410, None);
    let _rounds = Rounds::start(&night.ministry, &night.desk.url, &["--also-here"]);
    night.life().await;
    assert_eq!(service.next()["status"], 410);
    let (became, said) = night.what_became().await;
    let said = &said["on_duty"][0];
    assert_eq!((became, &said["has_push"], &said["push_gone"]), (json!("gone"), &json!(false), &json!(true)));
    assert!(night.dana.get(&night.path()).await["browsers"].as_array().unwrap().is_empty());
    assert_eq!(night.put(&phone).await, 204);
    let said = night.dana.get("/v1/officers").await["officers"][0].clone();
    assert_eq!((&said["has_push"], &said["push_gone"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn a_push_goes_to_no_inner_address() {
    let night = Night::begins().await;
    let mut service = PushService::start();
    let phone = service.subscribe("phone");
    assert_eq!(night.put(&phone).await, 204);
    night.hand_out(json!([])).await;
    let _rounds = Rounds::start(&night.ministry, &night.desk.url, &[]);
    night.life().await;
    assert_eq!((night.what_became().await.0, service.count()), (json!("refused"), json!(0)));
}

#[tokio::test]
async fn each_sets_their_own_browsers_and_only_a_push_service_is_one() {
    let night = Night::begins().await;
    let mut service = PushService::start();
    let phone = service.subscribe("phone");
    let yerlan = Console::of(&night.ministry, &night.desk, "Ерлан", "gold").await;
    for method in [Method::GET, Method::PUT] {
        let body = (method == Method::PUT).then_some(&phone);
        let answer = yerlan.request(method, &night.path(), body).send().await.unwrap();
        assert_eq!(answer.status(), 403, "not even Gold says where another is told");
    }
    for (field, wrong) in [("endpoint", "https://10.0.0.1/x"), ("p256dh", "AAAA"), ("auth", "AAAA")] {
        let mut given = phone.clone();
        given[field] = json!(wrong);
        let answer = night.dana.request(Method::PUT, &night.path(), Some(&given)).send().await.unwrap();
        assert_eq!(answer.status(), 422);
        assert_eq!(answer.json::<Value>().await.unwrap()["pointer"], format!("/{field}"));
    }
    assert_eq!(night.put(&phone).await, 204);
    let browser = night.dana.get(&night.path()).await["browsers"][0].as_str().unwrap().to_owned();
    let path = format!("{}/{browser}", night.path());
    for (console, status) in [(&yerlan, 403), (&night.dana, 204), (&night.dana, 404)] {
        assert_eq!(console.request(Method::DELETE, &path, None).send().await.unwrap().status(), status);
    }
    let sms = std::fs::read_to_string(night.ministry.desk().join("sms.credential")).unwrap();
    let asked = night.desk.ask(Method::POST, "/v1/pushes").json(&json!({ "done": [] }));
    assert_eq!(asked.bearer_auth(sms.trim()).send().await.unwrap().status(), 401, "each has a credential of its own");
}
