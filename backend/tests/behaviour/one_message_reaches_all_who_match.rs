//! One message to all who match: whom it is for is seen first, a second officer agrees where they are many, and each phone
//! alone opens its own.

use contract::{
    ids::{CheckInId, TripId},
    keys::key_text,
    record::{Letters, PrivateLetter},
    seal::{self, Context, open_letter},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    console::{Console, Desk, Passkey},
    support::{App, Ministry, Served},
};

fn texts() -> Value {
    json!({ "kk": "Әуежайға бармаңыз", "ru": "Не едьте в аэропорт", "en": "Do not go to the airport" })
}

/// A phone whose letters the test can open.
async fn phone(served: &Served) -> (App, [u8; 32]) {
    let app = App::new();
    let (private, public) = seal::key_pair(&mut rand::rng());
    let record = contract::record::Device { public_key: key_text(&public), ..app.record() };
    let answer = served.put(&format!("/v1/devices/{}", app.id), &json!(record)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    (app, *private)
}

/// Says how they are, with what is sealed beside it.
async fn says(ministry: &Ministry, served: &Served, app: &App, status: &str, country: &str, more: Value) {
    let keys = served.keys(&ministry.profile()).await;
    let (key_id, public) = keys.consular().unwrap();
    let id = CheckInId::random(&mut rand::rng());
    let consent = json!({ "text": "", "version": 0, "language": "kk", "at": Timestamp::now(), "by": "traveller" });
    let mut private = json!({ "consent": consent, "by": "traveller" });
    private.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let context = Context { device: app.id, id: &id.to_string(), version: 1 };
    let sealed = seal::seal(&private, context, key_id, &public, &mut rand::rng()).unwrap();
    let word = json!({ "version": 1, "people": { (status): 1 }, "country": country, "at": Timestamp::now(), "sealed": sealed });
    app.put(served, &format!("/v1/check-ins/{id}"), &word).await;
}

async fn letters(ministry: &Ministry, served: &Served, (app, private): &(App, [u8; 32])) -> Vec<PrivateLetter> {
    let request = served.get("/v1/devices/self/messages").bearer_auth(&app.token);
    let page: Letters = request.send().await.unwrap().json().await.unwrap();
    let keys = served.keys(&ministry.profile()).await;
    let (_, public) = keys.consular().unwrap();
    let open = |letter| open_letter(letter, private, &public).unwrap();
    page.letters.iter().map(|numbered| open(&numbered.letter)).collect()
}

async fn preview(console: &Console, to: &Value) -> Value {
    let (status, preview) = console.post("/v1/messages/receivers", to).await;
    assert_eq!(status, 200, "{preview}");
    preview
}

/// Told by the desk of each change, until so many phones match.
async fn until_there_are(console: &Console, to: &Value, count: u64) -> Value {
    console.until_read().await;
    console.when(async || Some(preview(console, to).await).filter(|seen| seen["receivers"] == count)).await
}

#[tokio::test]
async fn of_half_a_register_nobody_is_written_to() {
    let ministry = Ministry::new();
    // nobody listens there
    let desk = Desk::at(&ministry, "http://127.0.0.1:1", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "bronze").await;
    let there = json!({ "country": "AE" });
    let (status, refused) = dana.post("/v1/messages/receivers", &there).await;
    assert_eq!((status, &refused["code"]), (503, &json!("register_unread")));
    let (status, refused) = write(&dana, &there, 0).await;
    assert_eq!((status, &refused["code"]), (503, &json!("register_unread")));
}

async fn write(console: &Console, to: &Value, receivers: u64) -> (u16, Value) {
    let id = TripId::random(&mut rand::rng());
    let body = json!({ "id": id, "to": to, "texts": texts(), "announced": "loud", "receivers": receivers });
    console.post("/v1/messages", &body).await
}

#[tokio::test]
async fn each_who_matches_reads_it_in_their_language_and_nobody_else() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let (kazakh, quiet) = (phone(&served).await, phone(&served).await);
    let (elsewhere, hiding) = (phone(&served).await, phone(&served).await);
    says(&ministry, &served, &kazakh.0, "safe", "AE", json!({ "language": "kk", "intent": "wants_out" })).await;
    says(&ministry, &served, &quiet.0, "need_help", "AE", json!({ "language": "ru", "needs": ["violence"] })).await;
    says(&ministry, &served, &elsewhere.0, "safe", "TR", json!({ "language": "en" })).await;
    says(&ministry, &served, &hiding.0, "safe", "AE", json!({ "contact": { "may_write": false } })).await;
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "bronze").await;
    let there = json!({ "country": "AE" });
    let seen = until_there_are(&dana, &there, 2).await;
    assert_eq!(seen, json!({ "receivers": 2, "kk": 1, "ru": 1, "en": 0, "quiet": 1, "left_out": 1, "second": false }));
    for (to, count) in [
        (json!({ "country": "AE", "said": "need_help" }), 1),
        (json!({ "country": "AE", "intent": "wants_out" }), 1),
        (json!({ "country": "AE", "language": "en" }), 0),
        (json!({ "said": "safe" }), 2),
    ] {
        assert_eq!(preview(&dana, &to).await["receivers"], count, "{to}");
    }
    assert_eq!(dana.post("/v1/messages/receivers", &json!({})).await.0, 422, "nobody writes to everybody by a slip");
    assert_eq!(write(&dana, &there, 3).await.0, 409, "others than were seen");
    let once = json!({ "id": "4b8f8f2e-7f1c-4c57-9f0e-000000000001", "to": there, "texts": texts(), "announced": "loud", "receivers": 2 });
    let (status, sent) = dana.post("/v1/messages", &once).await;
    assert_eq!((status, &sent["state"]), (200, &json!("sent")));
    let (_, again) = dana.post("/v1/messages", &once).await;
    assert_eq!(again["id"], sent["id"], "an answer that was not heard sends nothing twice");
    assert_eq!(dana.get("/v1/messages").await["mailings"].as_array().unwrap().len(), 1);
    dana.until_at("/v1/messages", |all| all["mailings"][0]["at_front"] == 2).await;
    let of_kazakh = letters(&ministry, &served, &kazakh).await;
    let of_quiet = letters(&ministry, &served, &quiet).await;
    let text = |letters: &[PrivateLetter]| letters.iter().map(|letter| letter.text.clone()).collect::<Vec<_>>();
    assert_eq!(text(&of_kazakh), ["Әуежайға бармаңыз"]);
    let last = of_quiet.iter().find(|letter| letter.text == "Не едьте в аэропорт").unwrap();
    assert!(last.neutral && json!(last.announced) == "silent", "nobody beside them hears it");
    assert!(letters(&ministry, &served, &elsewhere).await.is_empty());
    assert!(letters(&ministry, &served, &hiding).await.is_empty());
}

/// An officer whom another let in.
async fn let_in(by: &Console, desk: &Desk, name: &str, role: &str) -> Console {
    let (status, made) = by.post("/v1/officers", &json!({ "name": name, "role": role })).await;
    assert_eq!(status, 200, "{made}");
    let token = made["link"].as_str().unwrap().split_once("#enrol=").unwrap().1.to_owned();
    Console::enrol(desk, &token, &Passkey::new()).await
}

#[tokio::test]
async fn to_more_than_fifty_a_second_officer_agrees_first() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let mut apps = Vec::new();
    for _ in 0..51 {
        let one = phone(&served).await;
        let id = TripId::random(&mut rand::rng());
        // in the Emirates since yesterday
        let trip = json!(one.0.trip(id, 1, Timestamp::now() - SignedDuration::from_hours(36)));
        one.0.put(&served, &format!("/v1/trips/{id}"), &trip).await;
        apps.push(one);
    }
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "bronze").await;
    let marat = Console::of(&ministry, &desk, "Марат", "bronze").await;
    let to = json!({ "country": "AE" });
    assert_eq!(until_there_are(&dana, &to, 51).await["second"], true);
    let (status, waits) = write(&dana, &to, 51).await;
    assert_eq!((status, &waits["state"]), (200, &json!("waits")));
    let path = format!("/v1/messages/{}", waits["id"]);
    assert_eq!(dana.post(&format!("{path}/send"), &json!({})).await.0, 409, "nobody is their own second");
    // nor is who was let in by them, or let them in: both may be one
    let gold = Console::of(&ministry, &desk, "Ахметов", "gold").await;
    let puppet = let_in(&gold, &desk, "Қуыршақ", "silver").await;
    let (of_gold, of_puppet) =
        (let_in(&gold, &desk, "Екінші", "bronze").await, let_in(&puppet, &desk, "Үшінші", "bronze").await);
    let (_, other) = write(&puppet, &to, 51).await;
    let (_, third) = write(&of_puppet, &to, 51).await;
    for (second, written) in [(&gold, &other), (&of_gold, &other), (&gold, &third), (&of_gold, &third)] {
        let refused = second.post(&format!("/v1/messages/{}/send", written["id"]), &json!({})).await;
        assert_eq!(refused.0, 409, "{}", refused.1);
    }
    // who keeps the keys lets a shift in, and writes to nobody
    let keys = Console::of(&ministry, &desk, "Кілтші", "key_keeper").await;
    let shift = [let_in(&keys, &desk, "Сәуле", "bronze").await, let_in(&keys, &desk, "Ерлан", "bronze").await];
    let (_, of_shift) = write(&shift[0], &to, 51).await;
    let (status, sent) = shift[1].post(&format!("/v1/messages/{}/send", of_shift["id"]), &json!({})).await;
    assert_eq!(status, 200, "{sent}");
    let (status, sent) = marat.post(&format!("{path}/send"), &json!({})).await;
    assert_eq!((status, &sent["state"], &sent["second"]["name"]), (200, &json!("sent"), &json!("Марат")));
    assert_eq!(marat.post(&format!("{path}/drop"), &json!({})).await.0, 409, "what went is not taken back");
    let is_there = |one: &Value| one["id"] == waits["id"] && one["at_front"] == 51;
    dana.until_at("/v1/messages", |all| all["mailings"].as_array().unwrap().iter().any(is_there)).await;
    let of_both = |one: &Value| one["at_front"] == 51;
    dana.until_at("/v1/messages", |all| {
        all["mailings"].as_array().unwrap().iter().filter(|one| of_both(one)).count() == 2
    })
    .await;
    for one in &apps[..3] {
        assert_eq!(letters(&ministry, &served, one).await.len(), 2);
    }
}

#[tokio::test]
async fn the_same_answer_goes_to_many_cases_and_one_that_changed_keeps_none_from_it() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let apps = [phone(&served).await.0, phone(&served).await.0];
    for (app, language) in apps.iter().zip(["ru", "kk"]) {
        says(&ministry, &served, app, "need_help", "AE", json!({ "language": language })).await;
    }
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "bronze").await;
    let board = dana.until(|board| board["upper"].as_array().unwrap().len() == 2).await;
    let rows = board["upper"].as_array().unwrap().clone();
    for row in &rows {
        // the page says when the key of the phone is there
        dana.until_at(&format!("/v1/cases/{}", row["number"]), |page| page["can_write"] == true).await;
    }
    let board = dana.get("/v1/board").await;
    let mut cases: Vec<Value> = board["upper"].as_array().unwrap().clone();
    cases[1]["version"] = json!(0);
    let answer = json!({ "cases": cases, "texts": texts(), "announced": "loud" });
    let (status, acted) = dana.post("/v1/answers", &answer).await;
    assert_eq!((status, acted["done"].as_array().unwrap().len()), (200, 1), "{acted}");
    assert_eq!(acted["refused"][0]["code"], "case_changed");
}
