use contract::{
    ids::{CallId, CheckInId, TripId},
    seal::{self, Context},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::support::{App, Ministry, Served, run, said};

fn desk(ministry: &Ministry, served: &Served, command: &str, more: &[&str]) -> std::process::Output {
    let data = ministry.inside.path().to_str().unwrap();
    run(&[&[command, "--data", data, "--inside", &served.inside], more].concat())
}

fn cases(ministry: &Ministry, served: &Served) -> Vec<Value> {
    let answer = desk(ministry, served, "cases", &["--json"]);
    assert!(answer.status.success(), "{answer:?}");
    serde_json::from_slice(&answer.stdout).unwrap()
}

async fn check_in(served: &Served, app: &App, status: &str, minutes_ago: i64) -> CheckInId {
    check_in_at(served, app, status, Timestamp::now() - SignedDuration::from_mins(minutes_ago)).await
}

async fn check_in_at(served: &Served, app: &App, status: &str, at: Timestamp) -> CheckInId {
    let id = CheckInId::random(&mut rand::rng());
    let word = json!({ "version": 1, "people": { (status): 2 }, "country": "AE", "at": at });
    app.put(served, &format!("/v1/check-ins/{id}"), &word).await;
    id
}

async fn call(served: &Served, app: &App, outcome: &str) -> CallId {
    let id = CallId::random(&mut rand::rng());
    let call = json!({ "version": 1, "outcome": outcome, "country": "AE", "at": Timestamp::now() });
    app.put(served, &format!("/v1/calls/{id}"), &call).await;
    id
}

#[tokio::test]
async fn whoever_asks_for_help_is_listed_until_they_say_something_else() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let (first, second, third) =
        (App::register(&served).await, App::register(&served).await, App::register(&served).await);
    assert!(cases(&ministry, &served).is_empty());
    let short = check_in(&served, &first, "need_help", 5).await;
    let long = check_in(&served, &second, "need_help", 50).await;
    let called = call(&served, &third, "still_need_help").await;
    call(&served, &App::register(&served).await, "called").await;
    check_in(&served, &App::register(&served).await, "safe", 5).await;
    let ids = |cases: &[Value]| cases.iter().map(|case| case["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let open = cases(&ministry, &served);
    assert_eq!(ids(&open), [called.to_string(), long.to_string(), short.to_string()]);
    assert_eq!(
        (&open[1]["people"], &open[1]["country"], &open[1]["kind"]),
        (&json!(2), &json!("AE"), &json!("check_in"))
    );
    let words = said(&desk(&ministry, &served, "cases", &[]));
    assert!(words.contains("AE: 2 people need help since") && words.contains(&short.to_string()), "{words}");

    check_in(&served, &second, "safe", 1).await;
    check_in(&served, &third, "left", 0).await;
    assert_eq!(ids(&cases(&ministry, &served)), [short.to_string()]);
    let erase = served.request(reqwest::Method::DELETE, "/v1/devices/self").bearer_auth(&first.token);
    assert_eq!(erase.send().await.unwrap().status(), 204);
    assert!(cases(&ministry, &served).is_empty(), "what was erased is gone from the desk too");
}

#[tokio::test]
async fn who_asks_again_and_again_is_one_who_has_waited_since_the_first_time() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let (app, other) = (App::register(&served).await, App::register(&served).await);
    let ago = |minutes| Timestamp::now() - SignedDuration::from_mins(minutes);
    let (first, between) = (ago(50), ago(30));
    check_in_at(&served, &app, "need_help", first).await;
    let newest = check_in(&served, &app, "need_help", 1).await;
    check_in(&served, &app, "need_help", 20).await;
    let others = check_in_at(&served, &other, "need_help", between).await;
    let open = cases(&ministry, &served);
    let listed: Vec<_> = open.iter().map(|case| (case["id"].as_str().unwrap(), case["again"].as_u64())).collect();
    assert_eq!(
        listed,
        [(&*newest.to_string(), Some(2)), (&*others.to_string(), Some(0))],
        "who waits longest is first"
    );
    let since = |case: &Value| case["since"].as_str().unwrap().parse::<Timestamp>().unwrap();
    assert_eq!((since(&open[0]), since(&open[1])), (first, between));
    assert!(said(&desk(&ministry, &served, "cases", &[])).contains("said 2 more times until"));
    check_in(&served, &app, "safe", 0).await;
    assert_eq!(cases(&ministry, &served).len(), 1, "and one word answers them all");
}

#[tokio::test]
async fn what_is_said_of_one_trip_or_place_hides_nobody_in_another() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let say = async |people: u32, of: Value| {
        let id = CheckInId::random(&mut rand::rng());
        let mut word = json!({ "version": 1, "people": { "need_help": people }, "at": Timestamp::now() });
        word.as_object_mut().unwrap().extend(of.as_object().unwrap().clone());
        app.put(&served, &format!("/v1/check-ins/{id}"), &word).await;
    };
    // help comes before the trips do
    let trip = || TripId::random(&mut rand::rng());
    let first = trip();
    say(10, json!({ "trip": first, "country": "AE" })).await;
    say(1, json!({ "trip": trip(), "country": "TR" })).await;
    say(2, json!({ "country": "AE" })).await;
    say(3, json!({ "country": "TR" })).await;
    say(1, json!({ "trip": first, "country": "AE" })).await;
    let mut people: Vec<_> = cases(&ministry, &served).iter().map(|case| case["people"].as_u64().unwrap()).collect();
    people.sort_unstable();
    assert_eq!(people, [1, 2, 3, 10], "and of the same the most who ever asked");
}

#[tokio::test]
async fn a_call_with_the_id_of_a_cry_for_help_hides_it_from_nobody() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let (app, other) = (App::register(&served).await, App::register(&served).await);
    let cry = check_in(&served, &app, "need_help", 5).await;
    let call = json!({ "version": 1, "outcome": "called", "country": "AE", "at": Timestamp::now() });
    other.put(&served, &format!("/v1/calls/{cry}"), &call).await;
    assert_eq!(cases(&ministry, &served)[0]["id"], cry.to_string());
    let erase = served.request(reqwest::Method::DELETE, "/v1/devices/self").bearer_auth(&other.token);
    assert_eq!(erase.send().await.unwrap().status(), 204);
    assert_eq!(cases(&ministry, &served)[0]["id"], cry.to_string(), "nor does the call's end");
}

#[tokio::test]
async fn what_was_sealed_is_opened_at_the_desk_and_leaves_a_line() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let keys = served.keys(&ministry.profile()).await;
    let (key_id, public) = keys.consular().unwrap();
    let id = TripId::random(&mut rand::rng());
    let mut trip = app.trip(id, 1, Timestamp::now());
    let private = json!({ "name": "Айгүл Серікқызы", "phone": "+77010000001" });
    let context = Context { device: app.id, id: &id.to_string(), version: 1 };
    trip.sealed = seal::seal(&private, context, key_id, &public, &mut rand::rng()).unwrap();
    app.put(&served, &format!("/v1/trips/{id}"), &json!(trip)).await;
    let called = call(&served, &app, "still_need_help").await;
    let asked = check_in(&served, &app, "need_help", 5).await;

    let (trip, called, asked) = (id.to_string(), called.to_string(), asked.to_string());
    for named in [["--trip", &trip], ["--call", &called], ["--check-in", &asked]] {
        let opened =
            desk(&ministry, &served, "open", &[&named[..], &["--why", "She asks for help\nat night"]].concat());
        assert!(opened.status.success(), "{opened:?}");
        let opened: Value = serde_json::from_slice(&opened.stdout).unwrap();
        assert_eq!((&opened[0]["id"], &opened[0]["content"]), (&json!(trip), &private), "{named:?}");
    }
    let audit = std::fs::read_to_string(ministry.desk().join("audit")).unwrap();
    let lines: Vec<Value> = audit.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["why"], "She asks for help\nat night");
    assert_eq!(
        (&lines[1]["kind"], &lines[1]["id"], &lines[1]["opened"]),
        (&json!("call"), &json!(called), &json!([trip]))
    );

    let no_reason = desk(&ministry, &served, "open", &["--trip", &trip, "--why", " "]);
    let unknown =
        desk(&ministry, &served, "open", &["--trip", &TripId::random(&mut rand::rng()).to_string(), "--why", "x"]);
    for refused in [no_reason, unknown] {
        assert!(!refused.status.success() && refused.stdout.is_empty(), "{refused:?}");
    }
    assert_eq!(std::fs::read_to_string(ministry.desk().join("audit")).unwrap(), audit);
}

#[tokio::test]
async fn a_part_sealed_to_another_key_is_said_and_the_line_is_there() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let id = TripId::random(&mut rand::rng());
    app.put(&served, &format!("/v1/trips/{id}"), &json!(app.trip(id, 1, Timestamp::now()))).await;
    let opened = desk(&ministry, &served, "open", &["--trip", &id.to_string(), "--why", "drill"]);
    assert!(!opened.status.success());
    assert!(said(&opened).contains("1 of 1 do not open"), "{opened:?}");
    assert_eq!(std::fs::read_to_string(ministry.desk().join("audit")).unwrap().lines().count(), 1);
}

#[tokio::test]
async fn a_register_of_another_epoch_is_gone_for_whoever_read_the_last() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let ask = async |query: &str| {
        let request =
            reqwest::Client::builder().no_proxy().build().unwrap().get(format!("{}/v1/records{query}", served.inside));
        request.bearer_auth(ministry.reading_credential()).send().await.unwrap()
    };
    let page: Value = ask("").await.json().await.unwrap();
    assert_eq!((&page["changes"], &page["next"], &page["more"]), (&json!([]), &json!(0), &json!(false)));
    let epoch = page["epoch"].as_str().unwrap();
    assert_eq!(ask(&format!("?since=7&epoch={epoch}")).await.status(), 200);
    let gone = ask("?since=7&epoch=another").await;
    assert_eq!(gone.status(), 410);
    assert_eq!(gone.json::<Value>().await.unwrap()["code"], "gone");
    assert_eq!(ask("?since=x").await.status(), 422);
    let outside = served.get("/v1/records").bearer_auth(ministry.reading_credential()).send().await.unwrap();
    assert_eq!(outside.status(), 404, "no desk's route is on the public listener");
}
