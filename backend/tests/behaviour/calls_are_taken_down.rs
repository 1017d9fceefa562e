//! What is said on the telephone: taken down, kept at the desk, made a case, looked up, passed on.

use contract::{
    ids::TripId,
    seal::{self, Context},
};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    console::{Console, Desk},
    support::{App, Ministry, Served},
};

const DRAFT: &str = "4b8f8f2e-7f1c-4c57-9f0e-000000000001";

fn call() -> Value {
    json!({
        "by": "relative", "caller_name": "Сәуле", "caller_number": "+7 702 000 00 02", "name": "Жүнісов Әділет",
        "number": "+7 701 000 00 01", "place": "Doha, DOH", "country": "QA", "needs": ["medical"], "medicine_days": 2,
        "people": 2, "may_call": false, "safe_when": "21-23", "language": "kk", "text": "Дәрісі таусылып барады",
        "read_back": true,
    })
}

async fn put(console: &Console, draft: &str, intake: &Value) -> u16 {
    let body = json!({ "intake": intake });
    let path = format!("/v1/drafts/{draft}");
    console.request(Method::PUT, &path, Some(&body)).send().await.unwrap().status().as_u16()
}

async fn save(console: &Console, draft: &str, intake: &Value) -> Value {
    let (status, saved) = console.post("/v1/cases", &json!({ "draft": draft, "intake": intake })).await;
    assert_eq!(status, 200, "{saved}");
    saved["number"].clone()
}

fn deeds(ministry: &Ministry, deed: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(ministry.desk().join("audit")).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["deed"] == deed).collect()
}

/// A traveller who registered a trip, and asks for nothing.
async fn registered(ministry: &Ministry, served: &Served, name: &str, phone: &str) -> (App, TripId) {
    let app = App::register(served).await;
    let keys = served.keys(&ministry.profile()).await;
    let (key_id, public) = keys.consular().unwrap();
    let id = TripId::random(&mut rand::rng());
    let consent = json!({
        "text": "registering", "version": 1, "language": "kk", "at": Timestamp::now(), "by": "traveller",
    });
    let private = json!({
        "consent": consent, "adults": 1, "phone": phone, "language": "kk", "legs": [],
        "people": [{ "number": 1, "name": name }],
        "next_of_kin": { "name": "Сәуле", "phone": "+77020000002" },
    });
    let mut trip = app.trip(id, 1, Timestamp::now());
    let context = Context { device: app.id, id: &id.to_string(), version: 1 };
    trip.sealed = seal::seal(&private, context, key_id, &public, &mut rand::rng()).unwrap();
    app.put(served, &format!("/v1/trips/{id}"), &json!(trip)).await;
    (app, id)
}

#[tokio::test]
async fn a_call_is_a_case_though_the_front_is_nowhere_and_saving_it_again_makes_no_other() {
    let ministry = Ministry::new();
    // nobody listens there
    let desk = Desk::at(&ministry, "http://127.0.0.1:1", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    assert_eq!(put(&dana, DRAFT, &json!({ "by": "relative", "name": "Жүн" })).await, 204);
    let number = save(&dana, DRAFT, &call()).await;
    assert_eq!(save(&dana, DRAFT, &call()).await, number, "the same draft is the same case");
    let board = dana.get("/v1/board").await;
    let row = &board["upper"][0];
    assert_eq!(board["upper"].as_array().unwrap().len(), 1, "{board}");
    assert_eq!((&row["number"], &row["name"], &row["by"]), (&number, &json!("Жүнісов Әділет"), &json!("intake")));
    assert_eq!((&row["word_by"], &row["place"]["country"]), (&json!("relative"), &json!("QA")));
    assert_eq!((&row["rank"]["because"]["code"], &row["people"]), (&json!("medicine_soon"), &json!(2)));
    assert_eq!((&row["tags"], &row["safe_when"]), (&json!(["write_only"]), &json!("21-23")));
    let page = dana.get(&format!("/v1/cases/{number}")).await;
    assert_eq!((&page["call"]["caller_name"], &page["call"]["read_back"]), (&json!("Сәуле"), &json!(true)));
    assert_eq!((&page["call"]["text"], &page["can_write"]), (&json!("Дәрісі таусылып барады"), &json!(false)));
    assert_eq!(page["line"][0]["what"], "taken_down");
    assert_eq!(deeds(&ministry, "took_down").len(), 1);
    let (status, refused) = dana
        .post("/v1/cases", &json!({ "draft": "4b8f8f2e-7f1c-4c57-9f0e-000000000009", "intake": { "by": "relative" } }))
        .await;
    assert_eq!((status, &refused["pointer"]), (422, &json!("/intake/number")), "where, or a number");
}

#[tokio::test]
async fn what_is_corrected_after_it_was_saved_is_in_the_case_and_what_comes_late_overwrites_nothing() {
    let ministry = Ministry::new();
    let desk = Desk::at(&ministry, "http://127.0.0.1:1", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let keep = async |counter: u32, name: &str| {
        let body = json!({ "intake": { "by": "relative", "name": name }, "counter": counter });
        let path = format!("/v1/drafts/{DRAFT}");
        assert_eq!(dana.request(Method::PUT, &path, Some(&body)).send().await.unwrap().status(), 204);
    };
    keep(2, "Жүнісов").await;
    keep(1, "Жүн").await;
    let draft = dana.get("/v1/drafts").await["drafts"][0].clone();
    assert_eq!((&draft["intake"]["name"], &draft["counter"]), (&json!("Жүнісов"), &json!(2)));
    let number = save(&dana, DRAFT, &call()).await;
    let corrected =
        json!({ "by": "relative", "number": "+77010000009", "name": "Есенова Айгерім", "needs": ["injured"] });
    assert_eq!(save(&dana, DRAFT, &corrected).await, number);
    let page = dana.get(&format!("/v1/cases/{number}")).await;
    assert_eq!((&page["row"]["name"], &page["row"]["rank"]["proposed"]), (&json!("Есенова Айгерім"), &json!("life")));
    let of_before = ["place", "people"].map(|datum| page["row"].get(datum));
    assert_eq!(of_before, [None, None], "what was said of another is not theirs");
    let taken = page["line"].as_array().unwrap().iter().filter(|event| event["what"] == "taken_down").count();
    assert_eq!((taken, deeds(&ministry, "took_down").len()), (2, 2), "both words stand");
}

#[tokio::test]
async fn what_was_typed_survives_a_reload_and_stands_nowhere_in_the_clear() {
    let ministry = Ministry::new();
    let desk = Desk::at(&ministry, "http://127.0.0.1:1", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let asel = Console::of(&ministry, &desk, "Әсел", "call_taker").await;
    assert_eq!(put(&asel, DRAFT, &call()).await, 204);
    assert_eq!(asel.get("/v1/drafts").await["drafts"][0]["intake"]["name"], "Жүнісов Әділет");
    for file in ["desk.db", "desk.db-wal"] {
        let bytes = std::fs::read(ministry.desk().join(file)).unwrap_or_default();
        let name = "Жүнісов".as_bytes();
        assert!(!bytes.windows(name.len()).any(|window| window == name), "{file}");
    }
    // the shift sees that a call is being taken down, and not a word of it
    let board = dana.get("/v1/board").await;
    assert_eq!(
        (&board["drafts"][0]["officer"]["name"], &board["drafts"][0]["writing"]),
        (&json!("Әсел"), &json!(true))
    );
    assert!(!board.to_string().contains("Жүнісов"), "{board}");
    assert_eq!(put(&dana, DRAFT, &call()).await, 409, "nobody writes into another's draft");
    let (status, taken) = dana.post(&format!("/v1/drafts/{DRAFT}/take"), &json!({})).await;
    assert_eq!((status, &taken["intake"]["name"]), (200, &json!("Жүнісов Әділет")), "but takes it over");
    assert_eq!(put(&asel, DRAFT, &call()).await, 409, "and who had it is out");
    assert_eq!(asel.get("/v1/drafts").await["drafts"], json!([]));
}

#[tokio::test]
async fn a_call_taker_sees_one_call_until_it_is_passed_on() {
    let ministry = Ministry::new();
    let desk = Desk::at(&ministry, "http://127.0.0.1:1", &[]);
    let asel = Console::of(&ministry, &desk, "Әсел", "call_taker").await;
    assert_eq!(put(&asel, DRAFT, &call()).await, 204);
    let second = "4b8f8f2e-7f1c-4c57-9f0e-000000000002";
    assert_eq!(put(&asel, second, &call()).await, 409, "one at a time");
    let number = save(&asel, DRAFT, &call()).await;
    assert_eq!(asel.get("/v1/drafts").await["drafts"], json!([]), "it is gone from their screen");
    assert_eq!(put(&asel, DRAFT, &call()).await, 409);
    for path in [format!("/v1/cases/{number}"), "/v1/board".into(), format!("/v1/cases/{number}/alike")] {
        assert_eq!(asel.status(&path).await, 403, "{path}");
    }
    let (status, _) = asel.post("/v1/search", &json!({ "typed": "Жүнісов" })).await;
    assert_eq!(status, 403);
    assert_eq!(put(&asel, second, &call()).await, 204);
}

#[tokio::test]
async fn two_facts_that_agree_say_probably_one_of_ours_and_show_no_datum() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let asel = Console::of(&ministry, &desk, "Әсел", "call_taker").await;
    let number = save(&dana, DRAFT, &call()).await;
    // something else that is seen on the board tells that the register was read
    let cry = contract::ids::CheckInId::random(&mut rand::rng());
    let word = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": Timestamp::now() });
    App::register(&served).await.put(&served, &format!("/v1/check-ins/{cry}"), &word).await;
    dana.until(|board| board["upper"].as_array().unwrap().len() == 2).await;
    let ask = async |said: Value| {
        let (status, answer) = asel.post("/v1/look-up", &said).await;
        assert_eq!(status, 200, "{answer}");
        answer
    };
    let one = json!({ "name": "Zhunisov Adilet" });
    assert_eq!(ask(one).await, json!({ "probable": false }), "one fact is none");
    let wrong = json!({ "name": "Zhunisov Adilet", "number": "+7 701 000 00 09" });
    assert_eq!(ask(wrong).await, json!({ "probable": false }));
    let both = json!({ "name": "Zhunisov Adilet", "number": "8 701 000 00 01" });
    assert_eq!(ask(both.clone()).await, json!({ "probable": true, "case": number }), "and nothing more");
    let page = dana.get(&format!("/v1/cases/{number}")).await;
    let seen = page["line"].as_array().unwrap().iter().find(|event| event["what"] == "looked_up").unwrap();
    assert_eq!(seen["officer"]["name"], "Әсел", "who works on the case sees it");
    assert_eq!(deeds(&ministry, "looked_up").len(), 3, "each is a line");
    assert_eq!(dana.get("/v1/board").await["many_look_ups"], json!([]));
    let version = page["row"]["version"].clone();
    let file = rusqlite::Connection::open(ministry.desk().join("desk.db")).unwrap();
    let list = || file.query_row("SELECT list FROM desk", [], |row| row.get::<_, u64>(0)).unwrap();
    let before = list();
    for _ in 0..17 {
        ask(both.clone()).await;
    }
    assert_eq!(dana.get(&format!("/v1/cases/{number}")).await["row"]["version"], version, "to ask changes nothing");
    assert_eq!(list(), before, "and no console is told");
    for _ in 0..3 {
        assert_eq!(asel.post("/v1/look-up", &both).await.0, 429, "who asks without end is answered no more");
    }
    assert_eq!(list(), before + 1, "once");
    assert_eq!(
        deeds(&ministry, "looked_up").iter().filter(|line| line["case"] == number).count(),
        18,
        "what was found"
    );
    let board = dana.get("/v1/board").await;
    assert_eq!(
        (&board["many_look_ups"][0]["officer"]["name"], &board["many_look_ups"][0]["count"]),
        (&json!("Әсел"), &json!(21))
    );
    assert_eq!(deeds(&ministry, "many_look_ups").len(), 1);
}

#[tokio::test]
async fn half_a_register_knows_of_nobody_that_they_are_not_here() {
    let ministry = Ministry::new();
    let desk = Desk::at(&ministry, "http://127.0.0.1:1", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let (status, refused) = dana.post("/v1/look-up", &json!({ "name": "Zhunisov Adilet" })).await;
    assert_eq!((status, &refused["code"]), (503, &json!("register_unread")));
}

#[tokio::test]
async fn what_was_opened_while_the_audit_file_could_not_be_written_is_opened_and_told_again() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let (_, trip) = registered(&ministry, &served, "Жүнісов Әділет", "+77010000001").await;
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    // something else that is seen on the board tells that the register was read
    let cry = contract::ids::CheckInId::random(&mut rand::rng());
    let word = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": Timestamp::now() });
    let other = App::register(&served).await;
    other.put(&served, &format!("/v1/check-ins/{cry}"), &word).await;
    dana.until(|board| !board["upper"].as_array().unwrap().is_empty()).await;
    let (audit, away) = (ministry.desk().join("audit"), ministry.desk().join("audit.away"));
    std::fs::rename(&audit, &away).unwrap();
    std::fs::create_dir(&audit).unwrap();
    let said = json!({ "said": { "name": "Адилет Жунусов", "number": "87010000001" } });
    assert_eq!(dana.post("/v1/search", &said).await.0, 503);
    std::fs::remove_dir(&audit).unwrap();
    std::fs::rename(&away, &audit).unwrap();
    assert_eq!(dana.post("/v1/search", &said).await.0, 200);
    let told = deeds(&ministry, "people_read");
    assert!(told.iter().any(|line| line["opened"].to_string().contains(&trip.to_string())), "{told:?}");
}

#[tokio::test]
async fn who_may_open_records_sees_likely_doubles_with_their_reasons_before_it_is_saved() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let (app, trip) = registered(&ministry, &served, "Жүнісов Әділет", "+77010000001").await;
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    // something else that is seen on the board tells that the register was read
    let cry = contract::ids::CheckInId::random(&mut rand::rng());
    let word = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": Timestamp::now() });
    let other = App::register(&served).await;
    other.put(&served, &format!("/v1/check-ins/{cry}"), &word).await;
    dana.until(|board| !board["upper"].as_array().unwrap().is_empty()).await;
    let said = json!({ "name": "Адилет Жунусов", "number": "87010000001", "kin": "+7 702 000 00 02" });
    let (status, found) = dana.post("/v1/search", &json!({ "said": said })).await;
    assert_eq!(status, 200, "{found}");
    let found = found["candidates"][0].clone();
    assert_eq!((&found["trip"], &found["name"]), (&json!(trip), &json!("Жүнісов Әділет")));
    assert_eq!(found["agree"], json!(["number", "name", "kin"]));
    let opened = deeds(&ministry, "people_read");
    assert!(opened.iter().any(|line| line["opened"].to_string().contains(&trip.to_string())), "{opened:?}");
    // the call is tied to the phone of the person, who can be written to
    let (status, saved) = dana.post("/v1/cases", &json!({ "draft": DRAFT, "intake": call(), "trip": trip })).await;
    assert_eq!(status, 200, "{saved}");
    let board =
        dana.until(|board| board["upper"].as_array().unwrap().iter().any(|row| row["number"] == saved["number"])).await;
    assert_eq!(board["upper"].as_array().unwrap().len(), 2);
    dana.until_at(&format!("/v1/cases/{}", saved["number"]), |page| page["can_write"] == true).await;
    let (_, again) = dana.post("/v1/search", &json!({ "said": said })).await;
    assert_eq!(again["candidates"][0]["case"]["number"], saved["number"], "now it is a case");
    let (_, by_number) = dana.post("/v1/search", &json!({ "typed": format!("№ {}", saved["number"]) })).await;
    assert_eq!(by_number["candidates"][0]["case"]["number"], saved["number"]);
    // who erased everything is known no more
    let erase = served.request(Method::DELETE, "/v1/devices/self").bearer_auth(&app.token);
    assert_eq!(erase.send().await.unwrap().status(), 204);
    dana.until(|board| board["upper"].as_array().unwrap().len() == 1).await;
    let (_, gone) = dana.post("/v1/search", &json!({ "said": said })).await;
    assert_eq!(gone["candidates"], json!([]));
}

/// A phone answers a letter with one tap.
async fn answers(ministry: &Ministry, served: &Served, app: &App, letter: &Value, quick: &str, at: Timestamp) {
    let keys = served.keys(&ministry.profile()).await;
    let (key_id, public) = keys.consular().unwrap();
    let id = contract::ids::MessageId::random(&mut rand::rng());
    let consent = json!({ "text": "", "version": 0, "language": "kk", "at": at, "by": "traveller" });
    let said = json!({ "consent": consent, "quick": quick, "answers": letter["id"] });
    let context = Context { device: app.id, id: &id.to_string(), version: 1 };
    let sealed = seal::seal(&said, context, key_id, &public, &mut rand::rng()).unwrap();
    app.put(served, &format!("/v1/messages/{id}"), &json!({ "version": 1, "at": at, "sealed": sealed })).await;
}

#[tokio::test]
async fn who_is_sought_is_asked_and_their_yes_is_seen_in_the_case() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let (app, trip) = registered(&ministry, &served, "Жүнісов Әділет", "+77010000001").await;
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let intake = json!({
        "by": "relative", "caller_name": "Сәуле", "caller_number": "+77020000002", "name": "Жүнісов Әділет",
        "lost_touch": true, "language": "ru",
    });
    let asel = Console::of(&ministry, &desk, "Әсел", "call_taker").await;
    let number = save(&asel, DRAFT, &intake).await;
    let path = format!("/v1/cases/{number}");
    let alike = format!("{path}/alike");
    let found = dana.until_at(&alike, |found| found["candidates"][0]["trip"] == json!(trip)).await;
    assert_eq!(found["candidates"][0]["agree"], json!(["name", "kin"]));
    let version = dana.get(&path).await["row"]["version"].clone();
    let (status, tied) = dana.post(&format!("{path}/person"), &json!({ "version": version, "trip": trip })).await;
    assert_eq!((status, &tied["row"]["has_phone"]), (200, &json!(true)), "{tied}");
    let (status, refused) = dana.post(&format!("{path}/person"), &json!({ "version": version })).await;
    assert_eq!((status, &refused["code"]), (409, &json!("case_changed")));
    let page = dana.until_at(&path, |page| page["can_write"] == true).await;
    assert_eq!((&page["row"]["kind"], &page["row"]["rank"]["proposed"]), (&json!("lost_touch"), &json!("planned")));
    assert_eq!(page["people"][0]["name"], "Жүнісов Әділет");
    let (status, asked) = dana.post(&format!("{path}/sign"), &json!({ "version": page["row"]["version"] })).await;
    assert_eq!((status, &asked["row"]["waiting"]), (200, &json!(true)), "{asked}");
    let page = dana.get(&path).await;
    let letter = page["messages"][0].clone();
    assert!(letter["text"].as_str().unwrap().starts_with("Үйдегілер сізді іздеп жатыр: Сәуле."), "{letter}");
    assert_eq!((&letter["asks"], &letter["announced"]), (&json!(["yes", "no"]), &json!("silent")));
    assert!(page["sign"]["asked_at"].is_string() && page["sign"].get("answer").is_none(), "{page}");
    // the phone answers
    let now = Timestamp::now();
    answers(&ministry, &served, &app, &letter, "yes", now).await;
    dana.until(|board| board["upper"][0]["unread"] == 1).await;
    let page = dana.get(&path).await;
    assert_eq!(page["sign"]["answer"], "yes");
    assert!(page["line"].as_array().unwrap().iter().any(|event| event["what"] == "gave_sign"), "{page}");
    // what was said before it comes late, and another phone says it too: neither is their last word
    answers(&ministry, &served, &app, &letter, "no", now - SignedDuration::from_mins(5)).await;
    dana.until(|board| board["upper"][0]["unread"] == 2).await;
    assert_eq!(dana.get(&path).await["sign"]["answer"], "yes");
    let other = App::register(&served).await;
    answers(&ministry, &served, &other, &letter, "no", Timestamp::now()).await;
    dana.until(|board| board["upper"].as_array().unwrap().len() == 2).await;
    let page = dana.get(&path).await;
    assert_eq!(page["sign"]["answer"], "yes");
    // it was somebody else after all
    let (status, untied) = dana.post(&format!("{path}/person"), &json!({ "version": page["row"]["version"] })).await;
    assert_eq!((status, &untied["row"]["has_phone"]), (200, &json!(false)), "{untied}");
    let page = dana.get(&path).await;
    assert_eq!((&page["people"], &page["can_write"]), (&json!([]), &json!(false)));
    assert!(page.get("sign").is_none(), "the yes of somebody else");
}

#[tokio::test]
async fn what_a_call_and_a_cry_of_one_phone_share_is_shown_once() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let (app, trip) = registered(&ministry, &served, "Жүнісов Әділет", "+77010000001").await;
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let cry = contract::ids::CheckInId::random(&mut rand::rng());
    let word = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": Timestamp::now() });
    app.put(&served, &format!("/v1/check-ins/{cry}"), &word).await;
    let board = dana.until(|board| board["upper"].as_array().unwrap().len() == 1).await;
    let (status, saved) = dana.post("/v1/cases", &json!({ "draft": DRAFT, "intake": call(), "trip": trip })).await;
    assert_eq!(status, 200, "{saved}");
    let row = &board["upper"][0];
    dana.act(row, json!({ "act": "join", "other": saved["number"], "reason": "same number" })).await;
    let page = dana.get(&format!("/v1/cases/{}", row["number"])).await;
    let ids = |page: &Value, what: &str| {
        page[what].as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((ids(&page, "trips"), ids(&page, "words")), (vec![json!(trip)], vec![json!(cry)]));
    let joined = &page["joined"][0];
    assert_eq!((ids(joined, "trips"), ids(joined, "words")), (vec![], vec![]), "nobody is there twice");
    assert_eq!((&page["people"][0]["name"], &joined["people"]), (&json!("Жүнісов Әділет"), &json!([])));
    assert_eq!(joined["call"]["caller_name"], "Сәуле");
}
