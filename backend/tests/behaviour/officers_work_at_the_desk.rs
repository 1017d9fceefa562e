//! The desk's own listener, as officers, a thief and another page ask it.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use contract::{
    ids::{CheckInId, TripId},
    record::Trip,
    seal::{self, Context},
};
use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use ministry::officers::table::XLSX;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    console::{Console, Desk, Passkey, link},
    support::{App, Ministry, Served, client, run, said},
};

async fn cry(served: &Served, app: &App, people: u32) -> CheckInId {
    let id = CheckInId::random(&mut rand::rng());
    let word = json!({ "version": 1, "people": { "need_help": people }, "country": "AE", "at": Timestamp::now() });
    app.put(served, &format!("/v1/check-ins/{id}"), &word).await;
    id
}

/// A trip sealed to the ministry's consular key.
pub async fn sealed_trip(
    ministry: &Ministry,
    served: &Served,
    app: &App,
    (id, version): (TripId, u32),
    private: &Value,
) -> Trip {
    let keys = served.keys(&ministry.profile()).await;
    let (key_id, public) = keys.consular().unwrap();
    let context = Context { device: app.id, id: &id.to_string(), version };
    let sealed = seal::seal(private, context, key_id, &public, &mut rand::rng()).unwrap();
    Trip { sealed, ..app.trip(id, version, Timestamp::now()) }
}

async fn sealed_trip_from(ministry: &Ministry, served: &Served, app: &App, id: TripId, begin: Timestamp) -> Trip {
    let trip = sealed_trip(ministry, served, app, (id, 1), &private_trip("Әли", 9)).await;
    Trip { legs: app.trip(id, 1, begin).legs, ..trip }
}

async fn register_trip(ministry: &Ministry, served: &Served, app: &App, private: &Value) {
    let id = TripId::random(&mut rand::rng());
    let trip = sealed_trip(ministry, served, app, (id, 1), private).await;
    app.put(served, &format!("/v1/trips/{id}"), &json!(trip)).await;
}

pub fn private_trip(name: &str, days: u16) -> Value {
    let consent = json!({
        "text": "registering", "version": 1, "language": "kk", "at": Timestamp::now(), "by": "traveller",
    });
    json!({
        "consent": consent, "adults": 2, "children": 1, "phone": "+77010000001", "language": "kk",
        "people": [{ "number": 1, "name": name, "needs": { "medicine": "Инсулин", "medicine_days": days } }],
        "legs": [
            { "kind": "transit", "flight": "QR 391", "airside": true, "onward_ticket": false },
            { "kind": "stay", "city": "Dubai", "address": "Creek 5" },
        ],
    })
}

/// A desk at which one cry stands, by its trip, and an officer who sees it.
async fn one_case(name: &str, days: u16, people: u32) -> (Ministry, Served, App, Desk, Console, Value) {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    register_trip(&ministry, &served, &app, &private_trip(name, days)).await;
    cry(&served, &app, people).await;
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let board = dana.until(|board| upper(board).len() == 1).await;
    (ministry, served, app, desk, dana, board)
}

pub fn upper(board: &Value) -> &Vec<Value> {
    board["upper"].as_array().unwrap()
}

fn audit(ministry: &Ministry) -> Vec<Value> {
    let text = std::fs::read_to_string(ministry.desk().join("audit")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn a_cry_becomes_a_ranked_case_that_one_officer_takes_opens_and_closes() {
    let (ministry, _served, _app, desk, dana, board) = one_case("Айгүл Серікқызы", 1, 3).await;
    let marat = Console::of(&ministry, &desk, "Марат", "bronze").await;
    let case = &upper(&board)[0];
    assert_eq!(
        (&case["name"], &case["rank"]["proposed"], &case["rank"]["because"]["code"], &case["people"]),
        (&json!("Айгүл Серікқызы"), &json!("life"), &json!("medicine_out"), &json!(3))
    );
    assert_eq!(board["counts"]["unowned"]["count"], 1);

    // two at once: one has it, and the other is told
    let (first, second) =
        tokio::join!(dana.try_to(case, json!({ "act": "take" })), marat.try_to(case, json!({ "act": "take" })));
    let mut statuses = [first.0, second.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let (mine, other) = if first.0 == 200 { (&dana, &marat) } else { (&marat, &dana) };
    let row = if first.0 == 200 { first.1 } else { second.1 }["row"].clone();
    let (status, refused) = other.try_to(&row, json!({ "act": "take" })).await;
    assert_eq!((status, &refused["code"]), (409, &json!("case_taken")));

    let page = mine.get(&format!("/v1/cases/{}", row["number"])).await;
    assert_eq!(page["people"][0]["needs"]["medicine"], "Инсулин");
    assert_eq!(page["trips"][0]["legs"][1]["address"], "Creek 5");
    assert_eq!(page["row"]["owner"], row["owner"]);
    let opened: Vec<_> = audit(&ministry).into_iter().filter(|line| line["deed"] == "opened").collect();
    assert_eq!(opened.len(), 1, "each opening is a line");
    assert_eq!(opened[0]["account"], row["owner"]["name"]);
    mine.get(&format!("/v1/cases/{}", row["number"])).await;
    let lines = audit(&ministry);
    assert_eq!(lines.iter().filter(|line| line["deed"] == "opened").count(), 1, "to look again opens nothing more");
    assert!(mine.get("/v1/board").await["lower"][0]["open_by"][0]["name"].is_string(), "who has it open is seen");

    let row = page["row"].clone();
    let row = mine.act(&row, json!({ "act": "rank", "rank": "life" })).await;
    let (status, refused) = mine.try_to(&row, json!({ "act": "rank", "rank": "planned" })).await;
    assert_eq!((status, &refused["pointer"]), (422, &json!("/reason")), "another rank has a reason");
    let due = Timestamp::now() + SignedDuration::from_hours(1);
    let row = mine.act(&row, json!({ "act": "step", "text": "Find a doctor", "due": due })).await;
    assert_eq!(row["step"]["text"], "Find a doctor");
    let (status, _) = mine.try_to(&row, json!({ "act": "close", "outcome": "helped" })).await;
    assert_eq!(status, 422, "no closing without the person's word or why there is none");
    mine.act(&row, json!({ "act": "close", "outcome": "helped", "word": "Рақмет" })).await;
    let board = mine.get("/v1/board").await;
    assert!(upper(&board).is_empty() && board["lower"].as_array().unwrap().is_empty(), "{board}");
    let closed = mine.get("/v1/cases?closed=true").await;
    assert_eq!(closed["cases"][0]["outcome"], "helped");
    let verified = run(&["audit", "verify", "--data", ministry.inside.path().to_str().unwrap()]);
    assert!(verified.status.success(), "{}", said(&verified));
}

#[tokio::test]
async fn a_desk_confirms_the_log_by_itself() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let keys = served.keys(&ministry.profile()).await;
    let before = served.watermark(&keys).await.issued_at;
    let mut news = served.get("/v1/bulletin/stream").send().await.unwrap().bytes_stream();
    let _desk = Desk::start(&ministry, &served, &[]);
    while served.watermark(&keys).await.issued_at <= before {
        news.next().await.expect("the stream ended").unwrap();
    }
}

#[tokio::test]
async fn nothing_is_answered_without_a_session_whatever_the_host() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    for path in
        ["/v1/board", "/v1/cases/1", "/v1/audit", "/v1/officers", "/v1/events", "/v1/session", "/openapi.json", "/x"]
    {
        for host in ["localhost", "desk.example.kz", "127.0.0.1"] {
            let answer = desk.ask(Method::GET, path).header("host", host).send().await.unwrap();
            assert_eq!(answer.status(), 401, "{path} {host}");
            assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        }
    }
    let page = desk.ask(Method::GET, "/").send().await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn a_stolen_cookie_without_its_key_does_nothing_and_is_seen() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let bare = desk.ask(Method::GET, "/v1/board").header("cookie", &dana.cookie).send().await.unwrap();
    assert_eq!(bare.status(), 401);
    // a request that was overheard, a second time
    let request = dana.request(Method::GET, "/v1/board", None).build().unwrap();
    let again = request.try_clone().unwrap();
    assert_eq!(client().execute(request).await.unwrap().status(), 200);
    assert_eq!(client().execute(again).await.unwrap().status(), 401);
    // the thief's own key over the same cookie
    let mut thief = Console::of(&ministry, &desk, "Thief", "bronze").await;
    thief.cookie.clone_from(&dana.cookie);
    assert_eq!(thief.status("/v1/board").await, 401);
    let refused = audit(&ministry).into_iter().filter(|line| line["deed"] == "session_refused");
    assert_eq!(refused.map(|line| line["account"].clone()).collect::<Vec<_>>(), vec![json!("Дана Т."); 3]);
}

#[tokio::test]
async fn another_page_is_refused_with_a_session_and_without() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let mut dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let body = json!({ "name": "Дана Т." });
    for origin in [Some("https://evil.example"), Some("http://127.0.0.1:1"), Some("null"), None] {
        let mut request = desk.ask(Method::POST, "/v1/sign-in/options").json(&body);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 403, "{origin:?}");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "wrong_origin");
    }
    "https://evil.example".clone_into(&mut dana.origin);
    assert_eq!(dana.status("/v1/board").await, 403);
}

#[tokio::test]
async fn an_officer_who_is_ended_while_typing_is_out_at_once() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    cry(&served, &app, 1).await;
    let desk = Desk::start(&ministry, &served, &[]);
    let passkey = Passkey::new();
    let token = link(&ministry, "Марат", "bronze", &desk.origin);
    let marat = Console::enrol(&desk, &token, &passkey).await;
    let board = marat.until(|board| upper(board).len() == 1).await;
    let row = marat.act(&upper(&board)[0], json!({ "act": "take" })).await;
    assert!(Console::sign_in(&desk, "Марат", &passkey).await.is_ok(), "the passkey signs in");

    let ended = run(&["officer", "end", "--data", ministry.inside.path().to_str().unwrap(), "Марат"]);
    assert!(ended.status.success(), "{}", said(&ended));
    let (status, refused) = marat.try_to(&row, json!({ "act": "note", "text": "half a sente" })).await;
    assert_eq!((status, &refused["code"]), (401, &json!("unauthorized")));
    assert_eq!(Console::sign_in(&desk, "Марат", &passkey).await.err(), Some(401));
    let again = desk.post("/v1/enrolment/options", &json!({ "token": token })).send().await.unwrap();
    assert_eq!(again.status(), 401, "a link works once");
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let board = dana.get("/v1/board").await;
    assert!(upper(&board)[0].get("owner").is_none(), "what he had is nobody's again");
}

#[tokio::test]
async fn a_case_that_is_handed_over_stays_until_the_other_accepts() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    cry(&served, &app, 1).await;
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let marat = Console::of(&ministry, &desk, "Марат", "bronze").await;
    let board = dana.until(|board| upper(board).len() == 1).await;
    let row = dana.act(&upper(&board)[0], json!({ "act": "take" })).await;
    let officers = dana.get("/v1/officers").await["officers"].clone();
    let id = |name: &str| officers.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["id"].clone();
    let (status, _) = marat.try_to(&row, json!({ "act": "accept" })).await;
    assert_eq!(status, 409, "nobody handed it to him");
    let row = dana.act(&row, json!({ "act": "hand_over", "to": id("Марат") })).await;
    assert_eq!((&row["owner"]["name"], &row["handed_to"]["name"]), (&json!("Дана Т."), &json!("Марат")));
    let row = marat.act(&row, json!({ "act": "accept" })).await;
    assert_eq!((&row["owner"]["name"], row.get("handed_to")), (&json!("Марат"), None));
    let (status, refused) = dana.try_to(&board["upper"][0], json!({ "act": "note", "text": "x" })).await;
    assert_eq!((status, &refused["code"]), (409, &json!("case_changed")));
    // many at once: what does not fit one leaves the others alone
    let many = json!({
        "act": "hand_over", "to": id("Дана Т."),
        "cases": [{ "number": row["number"], "version": row["version"] }, { "number": 999, "version": 1 }],
    });
    let (status, acted) = dana.post("/v1/acts", &many).await;
    assert_eq!((status, acted["done"].as_array().unwrap().len()), (200, 1));
    assert_eq!(acted["refused"], json!([{ "number": 999, "code": "not_found" }]));
    let bulk_close =
        json!({ "act": "close", "outcome": "helped", "word": "x", "cases": [{ "number": 1, "version": 1 }] });
    assert_eq!(dana.post("/v1/acts", &bulk_close).await.0, 422, "no closing in bulk");
}

#[tokio::test]
async fn each_role_does_what_it_may_and_no_more() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    // until the register was read nothing is counted
    cry(&served, &App::register(&served).await, 1).await;
    dana.until(|board| upper(board).len() == 1).await;
    let mut statuses = Vec::new();
    for role in ["gold", "silver", "bronze", "call_taker", "publisher", "auditor"] {
        let one = Console::of(&ministry, &desk, role, role).await;
        let mut of_role = Vec::new();
        for path in ["/v1/board", "/v1/cases/9", "/v1/headcount", "/v1/audit", "/v1/officers", "/v1/session"] {
            of_role.push(one.status(path).await);
        }
        of_role.push(one.post("/v1/officers", &json!({ "name": "x", "role": "gold" })).await.0);
        statuses.push((role, of_role));
    }
    let expected = [
        ("gold", vec![200, 404, 200, 200, 200, 200, 200]),
        ("silver", vec![200, 404, 200, 403, 200, 200, 403]),
        ("bronze", vec![200, 404, 403, 403, 200, 200, 403]),
        ("call_taker", vec![403, 403, 403, 403, 403, 200, 403]),
        ("publisher", vec![403, 403, 200, 403, 403, 200, 403]),
        ("auditor", vec![403, 403, 403, 200, 403, 200, 403]),
    ];
    assert_eq!(statuses, expected);
}

#[tokio::test]
async fn who_keeps_the_keys_lets_anybody_in_but_gold_and_who_is_ended_by_the_page_is_out() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let keeper = Console::of(&ministry, &desk, "Кілт", "key_keeper").await;
    let silver = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let makes = async |console: &Console| console.get("/v1/session").await["makes"].clone();
    assert_eq!(makes(&keeper).await.as_array().unwrap().len(), 7);
    assert_eq!(makes(&silver).await, json!(["silver", "bronze", "call_taker"]));
    assert_eq!(keeper.post("/v1/officers", &json!({ "name": "Ахметов", "role": "gold" })).await.0, 403);
    let (status, welcome) = keeper.post("/v1/officers", &json!({ "name": "Ахметов", "role": "approver" })).await;
    assert_eq!(status, 200, "{welcome}");
    let token = welcome["link"].as_str().unwrap().split_once("#enrol=").unwrap().1.to_owned();
    let first = Console::enrol(&desk, &token, &Passkey::new()).await;
    assert_eq!(first.status("/v1/headcount").await, 200);
    // a second link is used: who worked under the name is out, and sees it
    let again = keeper.post(&format!("/v1/officers/{}/link", welcome["officer"]["id"]), &json!({})).await.1;
    let token = again["link"].as_str().unwrap().split_once("#enrol=").unwrap().1.to_owned();
    let gold = Console::enrol(&desk, &token, &Passkey::new()).await;
    assert_eq!((first.status("/v1/headcount").await, gold.status("/v1/headcount").await), (401, 200));
    let end = format!("/v1/officers/{}/end", welcome["officer"]["id"]);
    assert_eq!(silver.post(&end, &json!({})).await.0, 403, "nobody ends one who may more");
    assert_eq!(keeper.post(&end, &json!({})).await.0, 204);
    assert_eq!(gold.status("/v1/headcount").await, 401, "at once");
    let lines = audit(&ministry);
    let deeds = |deed: &str| lines.iter().filter(|line| line["deed"] == deed && line["account"] == "Кілт").count();
    assert_eq!((deeds("officer_added"), deeds("officer_ended")), (1, 1));
}

#[tokio::test]
async fn a_second_desk_refuses_and_one_in_standby_only_reads() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    cry(&served, &app, 1).await;
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let board = dana.until(|board| upper(board).len() == 1).await;
    let data = ministry.inside.path().to_str().unwrap();
    let second = run(&["desk", "--data", data, "--listen", "127.0.0.1:0", "--inside", &served.inside]);
    assert!(!second.status.success());
    assert!(said(&second).contains("another desk works on this folder"), "{}", said(&second));
    let standby = Desk::start(&ministry, &served, &["--standby", "--origin", &desk.origin]);
    let reader = dana.at(&standby.url);
    assert_eq!(upper(&reader.get("/v1/board").await).len(), 1);
    let (status, refused) = reader.try_to(&upper(&board)[0], json!({ "act": "take" })).await;
    assert_eq!((status, &refused["code"]), (503, &json!("standby")));
}

#[tokio::test]
async fn a_desk_works_on_while_the_front_is_away_and_catches_up() {
    let ministry = Ministry::new();
    let mut served = ministry.serve();
    let app = App::register(&served).await;
    cry(&served, &app, 1).await;
    let inside = served.inside.strip_prefix("http://").unwrap().to_owned();
    let public = served.url.strip_prefix("http://").unwrap().to_owned();
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let board = dana.until(|board| upper(board).len() == 1).await;
    assert!(board["front"]["heard_at"].is_string() && board["front"].get("away_since").is_none(), "{board}");
    assert!(served.terminate());
    // taken while the front is away: it stands
    let row = dana.act(&upper(&board)[0], json!({ "act": "take" })).await;
    let board = dana.until(|board| board["front"]["away_since"].is_string()).await;
    assert_eq!(board["lower"][0]["number"], row["number"]);
    let counted = dana.get("/v1/headcount").await;
    assert!(counted["front_away_since"].is_string(), "it counts on, and says since when nothing is new: {counted}");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ministry"));
    command.env("RUST_LOG", "warn");
    let again = Served::again(command, ministry.outside.path(), &public, &inside);
    let other = App::register(&again).await;
    cry(&again, &other, 2).await;
    let board = dana.until(|board| upper(board).len() == 1).await;
    assert_eq!(board["lower"][0]["number"], row["number"], "what was done meanwhile stands");
    assert!(board["front"].get("away_since").is_none(), "{board}");
}

#[tokio::test]
async fn words_that_are_code_come_out_as_words() {
    let evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let (ministry, _served, _app, _desk, dana, board) = one_case(evil, 9, 1).await;
    assert_eq!(upper(&board)[0]["name"], evil);
    let answer = dana.request(Method::GET, "/v1/board", None).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let row = dana.act(&upper(&board)[0], json!({ "act": "note", "text": evil })).await;
    let page = dana.get(&format!("/v1/cases/{}", row["number"])).await;
    let noted = page["line"].as_array().unwrap().iter().find(|event| event["what"] == "noted").unwrap();
    assert_eq!(noted["text"], evil);
    let file = std::fs::read(ministry.desk().join("desk.db")).unwrap();
    let log = std::fs::read(ministry.desk().join("desk.db-wal")).unwrap_or_default();
    for bytes in [file, log] {
        assert!(!bytes.windows(evil.len()).any(|window| window == evil.as_bytes()), "it stands in the clear");
    }
}

#[tokio::test]
async fn whoever_erases_everything_is_gone_from_the_desk_too() {
    let (_ministry, served, app, _desk, dana, board) = one_case("Айгүл", 9, 1).await;
    let number = upper(&board)[0]["number"].clone();
    let erase = served.request(Method::DELETE, "/v1/devices/self").bearer_auth(&app.token);
    assert_eq!(erase.send().await.unwrap().status(), 204);
    dana.until(|board| upper(board).is_empty()).await;
    let page = dana.get(&format!("/v1/cases/{number}")).await;
    assert_eq!(page["closed"]["outcome"], "erased");
    assert!(!page.to_string().contains("Айгүл"), "{page}");
}

#[tokio::test]
async fn a_cry_that_another_command_reads_first_is_a_case_all_the_same() {
    let (ministry, served, _app, _desk, dana, _) = one_case("Айгүл", 9, 1).await;
    cry(&served, &App::register(&served).await, 2).await;
    let data = ministry.inside.path().to_str().unwrap();
    assert!(run(&["cases", "--data", data, "--inside", &served.inside]).status.success());
    dana.until(|board| upper(board).len() == 2).await;
}

#[tokio::test]
async fn a_desk_takes_at_its_start_what_was_kept_long_enough() {
    let (ministry, served, _app, desk, dana, board) = one_case("Айгүл", 9, 1).await;
    let row = dana.act(&upper(&board)[0], json!({ "act": "take" })).await;
    dana.act(&row, json!({ "act": "close", "outcome": "helped", "word": "Рақмет" })).await;
    drop(desk);
    let settings = ministry.desk().join("settings.json");
    let mut said: Value = serde_json::from_slice(&std::fs::read(&settings).unwrap()).unwrap();
    assert_eq!(said["retention"], json!(ministry.profile().law.retention), "the profile's days");
    said["retention"]["case"] = json!(0);
    std::fs::write(&settings, said.to_string()).unwrap();
    let desk = Desk::start(&ministry, &served, &["--origin", &dana.origin]);
    let dana = dana.at(&desk.url);
    let gone = async || {
        let page = dana.get(&format!("/v1/cases/{}", row["number"])).await;
        page["line"].as_array().unwrap().iter().any(|event| event["what"] == "kept_long_enough").then_some(page)
    };
    let page = dana.when(gone).await;
    assert_eq!((page["row"].get("name"), &page["closed"]["outcome"]), (None, &json!("helped")));
    assert!(!page["closed"].to_string().contains("Рақмет"), "{page}");
    assert!(audit(&ministry).iter().any(|line| line["deed"] == "kept_long_enough"));
}

#[tokio::test]
async fn cries_alike_of_one_network_are_a_line_that_is_opened() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    for _ in 0..20 {
        cry(&served, &App::register(&served).await, 1).await;
    }
    let someone = App::register(&served).await;
    register_trip(&ministry, &served, &someone, &private_trip("Айгүл", 9)).await;
    cry(&served, &someone, 1).await;
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let board = dana.until(|board| upper(board).len() == 1 && !board["floods"].as_array().unwrap().is_empty()).await;
    let flood = &board["floods"][0];
    assert_eq!(
        (&flood["alike"], &flood["with_more"], &upper(&board)[0]["name"]),
        (&json!(20), &json!(1), &json!("Айгүл"))
    );
    let opened = dana.get(&format!("/v1/board/floods/{}", flood["number"])).await;
    assert_eq!(opened["cases"].as_array().unwrap().len(), 20);
    assert!(!opened.to_string().contains("network"), "it is nobody's to see");
}

#[tokio::test]
async fn the_desk_counts_as_the_front_does_and_says_what_it_knew_before() {
    let (ministry, served, app, desk, dana, _) = one_case("Айгүл", 9, 2).await;
    let gold = Console::of(&ministry, &desk, "Ахметов", "gold").await;
    // on the way, with a word of today; another without a trip; and one past the end of her plan
    let (other, late) = (App::register(&served).await, App::register(&served).await);
    cry(&served, &other, 4).await;
    let id = TripId::random(&mut rand::rng());
    let ended = Timestamp::now() - SignedDuration::from_hours(24 * 8);
    let trip = sealed_trip_from(&ministry, &served, &late, id, ended).await;
    late.put(&served, &format!("/v1/trips/{id}"), &json!(trip)).await;
    dana.until(|board| upper(board).len() == 2).await;
    let counts = async || {
        let view = dana.get("/v1/headcount").await;
        (view["countries"]["AE"]["presumed"] == 3).then_some(view)
    };
    let view = dana.when(counts).await;
    for country in ["AE", "QA"] {
        let at = view["known_at"].as_str().unwrap().parse().unwrap();
        let front = ministry.headcount(&served.inside, &["--country", country], at, &["--json"]);
        let front: Value = serde_json::from_str(&front).unwrap();
        let desk = &view["countries"][country];
        let pairs = [("likely", "people"), ("presumed", "overdue"), ("need_help", "need_help"), ("low", "heard")];
        for (of_desk, of_front) in pairs {
            assert_eq!(
                desk[of_desk].as_u64().unwrap_or(0),
                front[of_front].as_u64().unwrap(),
                "{country} {of_desk} {view}"
            );
        }
    }
    assert_eq!((&view["total"]["high"], view.get("printed"), &view["harms"]), (&json!(9), None, &json!([])));

    // what no machine counts
    let said = json!({ "kind": "injured", "confirmed": 2, "checking": 1, "source": "Rashid Hospital, 05:02" });
    assert_eq!(dana.post("/v1/headcount/harms", &said).await.0, 403);
    assert_eq!(gold.post("/v1/headcount/harms", &json!({ "kind": "dead", "source": "x" })).await.0, 422);
    assert_eq!(gold.post("/v1/headcount/harms", &said).await.0, 204);
    assert_eq!(gold.post("/v1/headcount/prints", &json!({})).await.0, 204);
    let before = view["known_at"].as_str().unwrap();
    assert_eq!(dana.status(&format!("/v1/headcount?known={before}")).await, 200);
    assert_eq!(dana.status("/v1/headcount?known=2020-01-01T00:00:00Z").await, 404, "nobody knew anything then");

    let more = App::register(&served).await;
    cry(&served, &more, 1).await;
    dana.until(|board| upper(board).len() == 3).await;
    let now = dana.get("/v1/headcount").await;
    assert_eq!(
        (&now["total"]["likely"], &now["printed"]["likely"], &now["printed"]["by"]["name"]),
        (&json!(7), &json!(6), &json!("Ахметов"))
    );
    assert_eq!((&now["harms"][0]["confirmed"], now["harms"].as_array().unwrap().len()), (&json!(2), 1));
    let printed = now["printed"]["at"].as_str().unwrap();
    let then = dana.get(&format!("/v1/headcount?known={printed}")).await;
    assert_eq!(then["total"]["likely"], 6, "as it was known then");

    let book = dana.request(Method::GET, "/v1/headcount/table", None).header("accept", XLSX).send().await.unwrap();
    assert_eq!(book.headers()["content-type"], XLSX);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book.bytes().await.unwrap())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let total = sheet.rows().next_back().unwrap();
    assert_eq!((&total[0], &total[1..4]), (&Data::String("total".into()), &[7.0, 7.0, 10.0].map(Data::Float)[..]));
    let table = dana.request(Method::GET, "/v1/headcount/table", None).send().await.unwrap();
    assert_eq!(table.headers()["content-type"], "text/csv; charset=utf-8");
    let table = table.text().await.unwrap();
    assert!(table.contains("\"Дана Т.\"") && table.contains("\"total\",\"7\",\"7\",\"10\""), "{table}");
    let deeds: Vec<_> = audit(&ministry).into_iter().filter(|line| line["deed"] == "headcount_exported").collect();
    assert_eq!((deeds.len(), &deeds[0]["account"]), (2, &json!("Дана Т.")));
    // what was taken along is what was kept
    let taken = table.lines().find_map(|line| line.strip_prefix("\"known_at\",")).unwrap().trim().trim_matches('"');
    let moment = |text: &str| text.parse::<Timestamp>().unwrap().as_microsecond();
    let then = dana.get(&format!("/v1/headcount?known={taken}")).await;
    assert_eq!(moment(then["known_at"].as_str().unwrap()), moment(taken));
    // what was said after the last count was known then too
    let dead = json!({ "kind": "dead", "confirmed": 1, "source": "Rashid Hospital, 05:30" });
    assert_eq!(gold.post("/v1/headcount/harms", &dead).await.0, 204);
    let then = dana.get(&format!("/v1/headcount?known={}", Timestamp::now())).await;
    assert_eq!(moment(then["known_at"].as_str().unwrap()), moment(taken));
    assert_eq!((&then["harms"][0]["kind"], &then["harms"][0]["confirmed"]), (&json!("dead"), &json!(1)));
    let then = dana.get(&format!("/v1/headcount?known={taken}")).await;
    assert_eq!(then["harms"].as_array().unwrap().len(), 1, "and not before it was said: {then}");

    // how it went, with what was printed and what was taken along
    let course = dana.get("/v1/headcount/course").await;
    let points = course["points"].as_array().unwrap();
    let printed: Vec<_> = points.iter().filter(|point| point["printed"] == true).collect();
    let likely: Vec<_> = printed.iter().map(|point| point["likely"].as_u64().unwrap()).collect();
    assert_eq!(likely, [6, 7, 7], "{course}");
    assert_eq!(moment(printed[2]["at"].as_str().unwrap()), moment(taken));
    let open = json!({ "act": "open", "name": "Залив", "reason": "закрыто небо" });
    assert_eq!(gold.post("/v1/incidents", &open).await.0, 200);
    assert_eq!(dana.get("/v1/headcount/course").await["points"][0], points[0], "and how it was before");
    drop(app);
}

#[tokio::test]
async fn half_a_register_is_not_counted() {
    let ministry = Ministry::new();
    let desk = Desk::at(&ministry, "127.0.0.1:9", &[]);
    let gold = Console::of(&ministry, &desk, "Ахметов", "gold").await;
    for path in ["/v1/headcount", "/v1/headcount/table"] {
        assert_eq!(gold.status(path).await, 503, "{path}");
    }
    assert_eq!(gold.post("/v1/headcount/prints", &json!({})).await.0, 503);
    let file = rusqlite::Connection::open(ministry.desk().join("desk.db")).unwrap();
    let kept: u32 = file.query_row("SELECT count(*) FROM counts", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 0, "nor kept");
}

#[tokio::test]
async fn the_log_of_an_incident_is_only_added_to_and_a_closed_one_is_read_alone() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    let gold = Console::of(&ministry, &desk, "Ахметов", "gold").await;
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let enter = async |who: &Console, entry: Value| who.post("/v1/incidents", &entry).await;
    let open = json!({ "act": "open", "name": "Шығанақ", "reason": "Әуе кеңістігі жабық" });
    assert_eq!(enter(&dana, open.clone()).await.0, 403, "who decides is Gold");
    assert_eq!(enter(&gold, json!({ "act": "decide", "text": "x", "reason": "y" })).await.0, 409, "none is open");
    assert_eq!(enter(&gold, open.clone()).await.0, 200);
    assert_eq!(enter(&gold, open).await.0, 409, "one at a time");
    let event = dana.get("/v1/board").await["event"].clone();
    assert_eq!((&event["name"], &event["gold"]), (&json!("Шығанақ"), &json!("Ахметов")));

    let decision = json!({ "act": "decide", "text": "=Алматыға ұшақ", "reason": "1 120 адам DOH-та" });
    assert_eq!(enter(&gold, json!({ "act": "decide", "text": "x", "reason": " " })).await.0, 422, "with its reason");
    assert_eq!(enter(&gold, decision).await.0, 200);
    assert_eq!(enter(&dana, json!({ "act": "note", "text": "Өкілдікке қоңырау шалынды" })).await.0, 200);
    assert_eq!(gold.post("/v1/headcount/prints", &json!({})).await.0, 204);
    assert_eq!(enter(&gold, json!({ "act": "close", "reason": "Бәрі шықты" })).await.0, 200);
    assert_eq!(enter(&dana, json!({ "act": "note", "text": "кеш" })).await.0, 409, "a closed one is read alone");
    assert!(dana.get("/v1/board").await.get("event").is_none());

    let file = rusqlite::Connection::open(ministry.desk().join("desk.db")).unwrap();
    for sql in ["DELETE FROM incident_log", "UPDATE incident_log SET at_us = 0"] {
        assert!(file.execute(sql, []).unwrap_err().to_string().contains("only added to"));
    }
    let again = json!({ "act": "reopen", "incident": 1, "reason": "Тағы 40 адам" });
    let (status, incident) = enter(&gold, again).await;
    assert_eq!((status, &incident["open"]), (200, &json!(true)));
    let what: Vec<_> = incident["lines"].as_array().unwrap().iter().map(|line| line["what"].clone()).collect();
    assert_eq!(what, ["opened", "decided", "noted", "closed", "reopened"]);

    assert_eq!(dana.status("/v1/incidents/1/report").await, 403);
    let report = gold.request(Method::GET, "/v1/incidents/1/report", None).send().await.unwrap().text().await.unwrap();
    assert!(
        report.contains("\"'=Алматыға ұшақ\",\"1 120 адам DOH-та\"") && report.contains("headcount_printed"),
        "{report}"
    );
    let deeds: Vec<_> = audit(&ministry).into_iter().map(|line| line["deed"].clone()).collect();
    assert!(deeds.contains(&json!("incident_decided")) && deeds.contains(&json!("report_exported")), "{deeds:?}");
}
