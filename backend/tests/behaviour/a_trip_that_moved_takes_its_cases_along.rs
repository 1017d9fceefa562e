//! A phone is lost, and another takes its trip over by the code on paper: whoever has the new one is answered, and erases,
//! once an officer said that it is the same person's.

use contract::{
    hash::Hash,
    ids::{CallId, CheckInId, TripId},
    record::Letters,
};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    console::{Console, Desk},
    officers_work_at_the_desk::{private_trip, sealed_trip, upper},
    support::{App, Ministry, Served, run, said},
};

const TOKEN: &str = "token of a paper";

/// Two phones, and the trip that one leads and the other will.
struct Lost {
    ministry: Ministry,
    served: Served,
    old: App,
    new: App,
    trip: TripId,
}

impl Lost {
    async fn new() -> Self {
        let ministry = Ministry::new();
        let served = ministry.serve();
        let (old, new) = (App::register(&served).await, App::register(&served).await);
        let trip = TripId::random(&mut rand::rng());
        let lost = Self { ministry, served, old, new, trip };
        let mut on_paper = lost.sealed(&lost.old, 1).await;
        on_paper["sealed_to_owner"] = on_paper["sealed"].clone();
        on_paper["paper"] = json!(Hash::of(TOKEN.as_bytes()));
        lost.old.put(&lost.served, &format!("/v1/trips/{trip}"), &on_paper).await;
        lost
    }

    async fn sealed(&self, app: &App, version: u32) -> Value {
        let private = private_trip("Айгүл Серікқызы", 9);
        json!(sealed_trip(&self.ministry, &self.served, app, (self.trip, version), &private).await)
    }

    async fn take_over(&self) {
        let trip = self.sealed(&self.new, 2).await;
        let put = self.served.put(&format!("/v1/trips/{}", self.trip), &trip).bearer_auth(&self.new.token);
        assert_eq!(put.header("paper-token", TOKEN).send().await.unwrap().status(), 200);
    }

    async fn say(&self, app: &App, status: &str, trip: bool) {
        let id = CheckInId::random(&mut rand::rng());
        let mut word = json!({ "version": 1, "people": { (status): 3 }, "country": "AE", "at": Timestamp::now() });
        if trip {
            word["trip"] = json!(self.trip);
        }
        app.put(&self.served, &format!("/v1/check-ins/{id}"), &word).await;
    }

    async fn call(&self, app: &App) {
        let id = CallId::random(&mut rand::rng());
        let call = json!({ "version": 1, "outcome": "still_need_help", "country": "TR", "at": Timestamp::now() });
        app.put(&self.served, &format!("/v1/calls/{id}"), &call).await;
    }

    async fn letters(&self, app: &App) -> usize {
        let read = self.served.get("/v1/devices/self/messages").bearer_auth(&app.token);
        let letters: Letters = read.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
        letters.letters.len()
    }

    fn cases(&self) -> Value {
        let data = self.ministry.inside.path().to_str().unwrap();
        let output = run(&["cases", "--data", data, "--inside", &self.served.inside, "--json"]);
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    async fn erase(&self, app: &App) {
        let erase = self.served.request(Method::DELETE, "/v1/devices/self").bearer_auth(&app.token);
        assert_eq!(erase.send().await.unwrap().status(), 204);
    }
}

async fn opened(dana: &Console, board: &Value, country: &str) -> (String, Value) {
    let case = upper(board).iter().find(|case| case["place"]["country"] == country).unwrap();
    let path = format!("/v1/cases/{}", case["number"]);
    let page = dana.get(&path).await;
    (path, page)
}

/// Two phones, of which the old one cried of the trip, an officer at the desk, and the case's number.
async fn cried() -> (Lost, Desk, Console, Value) {
    let lost = Lost::new().await;
    lost.say(&lost.old, "need_help", true).await;
    let desk = Desk::start(&lost.ministry, &lost.served, &[]);
    let dana = Console::of(&lost.ministry, &desk, "Дана Т.", "silver").await;
    let board = dana.until(|board| upper(board).len() == 1).await;
    let number = upper(&board)[0]["number"].clone();
    (lost, desk, dana, number)
}

#[tokio::test]
async fn whoever_has_the_new_phone_is_answered_once_an_officer_confirmed_it_and_the_lost_one_is_not() {
    let lost = Lost::new().await;
    lost.say(&lost.old, "need_help", true).await;
    lost.call(&lost.old).await;
    let desk = Desk::start(&lost.ministry, &lost.served, &[]);
    let dana = Console::of(&lost.ministry, &desk, "Дана Т.", "silver").await;
    dana.until(|board| upper(board).len() == 2).await;

    lost.take_over().await;
    let board = dana.until(|board| upper(board).iter().any(|case| case["moved"] == true)).await;
    let (path, page) = opened(&dana, &board, "AE").await;
    assert_eq!((&page["trips"][0]["id"], page["words"].as_array().unwrap().len()), (&json!(lost.trip), 1));
    assert!(page["line"].as_array().unwrap().iter().any(|event| event["what"] == "moved"), "{page}");
    assert!(page["shut"].as_array().unwrap().is_empty(), "{page}");
    assert_eq!(lost.letters(&lost.new).await, 0, "nothing goes to it by itself");

    dana.act(&page["row"], json!({ "act": "confirm_move" })).await;
    let told = async || (lost.letters(&lost.new).await == 1).then_some(());
    dana.when(told).await;
    let page = dana.get(&path).await;
    let before = (lost.letters(&lost.old).await, lost.letters(&lost.new).await);
    let row = &page["row"];
    let letter = json!({ "version": row["version"], "text": "19:40", "language": "ru", "announced": "loud" });
    assert_eq!(dana.post(&format!("{path}/messages"), &letter).await.0, 200);
    let written = async || (lost.letters(&lost.new).await > before.1).then_some(());
    dana.when(written).await;
    assert_eq!(lost.letters(&lost.old).await, before.0, "nothing more goes to the lost phone");

    lost.say(&lost.new, "safe", true).await;
    let is_well = |board: &Value| upper(board).iter().filter(|case| case["well"].is_object()).count() == 1;
    let board = dana.until(is_well).await;
    let (_, call) = opened(&dana, &board, "TR").await;
    assert!(call["row"]["well"].is_null(), "what was said of no trip is not answered by it");
    // and the command says what the board says
    let cases = lost.cases();
    let countries: Vec<_> = cases.as_array().unwrap().iter().map(|case| case["country"].clone()).collect();
    assert_eq!(countries, ["TR"], "{cases}");
}

#[tokio::test]
async fn whoever_took_a_trip_over_and_cries_has_none_of_her_words_on_his_page() {
    let lost = Lost::new().await;
    lost.say(&lost.old, "need_help", true).await;
    let desk = Desk::start(&lost.ministry, &lost.served, &[]);
    let dana = Console::of(&lost.ministry, &desk, "Дана Т.", "silver").await;
    let board = dana.until(|board| upper(board).len() == 1).await;
    let hers = upper(&board)[0]["number"].clone();
    lost.take_over().await;
    lost.say(&lost.new, "need_help", true).await;
    let board = dana.until(|board| upper(board).len() == 2).await;
    let his = upper(&board).iter().find(|case| case["number"] != hers).unwrap();
    let page = dana.get(&format!("/v1/cases/{}", his["number"])).await;
    assert_eq!(page["words"].as_array().unwrap().len(), 1, "{page}");
}

#[tokio::test]
async fn what_the_new_phone_erases_takes_nothing_of_what_the_old_one_said() {
    let (lost, _desk, dana, number) = cried().await;
    lost.take_over().await;
    // at once: the desk may hear of both together
    lost.erase(&lost.new).await;
    lost.call(&lost.old).await;
    let board = dana.until(|board| upper(board).len() == 2).await;
    let stays = upper(&board).iter().find(|case| case["number"] == number).unwrap();
    assert_eq!((&stays["name"], &stays["closed_at"]), (&json!("Айгүл Серікқызы"), &Value::Null));
    // and what she erases herself goes
    lost.erase(&lost.old).await;
    dana.until(|board| upper(board).is_empty()).await;
    let page = dana.get(&format!("/v1/cases/{number}")).await;
    assert_eq!(page["closed"]["outcome"], "erased");
    assert!(!page.to_string().contains("Айгүл"), "{page}");
}

#[tokio::test]
async fn who_erases_after_everything_was_kept_long_enough_is_gone_too() {
    let (lost, desk, dana, number) = cried().await;
    drop(desk);
    let database = lost.ministry.outside.path().join("front/register.db");
    let register = ministry::storage::sqlite::Database::open(&database, ministry::storage::sqlite::Schema::Register);
    let register = ministry::storage::sqlite::SqliteRegister::new(register.unwrap());
    let days = ministry::front::folder::Folder::of(lost.ministry.outside.path()).settings().unwrap().retention;
    let much_later = Timestamp::now() + SignedDuration::from_hours(24 * 366);
    ministry::register::Register::retain(&register, days, much_later).await.unwrap();
    let desk = Desk::start(&lost.ministry, &lost.served, &["--origin", &desk_origin(&dana)]);
    let dana = dana.at(&desk.url);
    let is_gone = async || {
        let page = dana.get(&format!("/v1/cases/{number}")).await;
        page["line"].as_array().unwrap().iter().any(|event| event["what"] == "cry_gone").then_some(page)
    };
    let page = dana.when(is_gone).await;
    assert_eq!(page["row"]["name"], "Айгүл Серікқызы", "an open case stays");
    lost.erase(&lost.old).await;
    dana.until(|board| upper(board).is_empty()).await;
    assert!(!dana.get(&format!("/v1/cases/{number}")).await.to_string().contains("Айгүл"));
}

fn desk_origin(console: &Console) -> String {
    console.origin.clone()
}
