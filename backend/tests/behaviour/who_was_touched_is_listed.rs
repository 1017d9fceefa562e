//! A session was stolen: who was touched by it is listed by the audit file, each person once, for the word that they are owed.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Parser;
use contract::ids::{CheckInId, TripId};
use jiff::{SignedDuration, Timestamp};
use ministry::{Clock, cli::Cli};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    console::{Console, Desk},
    officers_work_at_the_desk::{private_trip, sealed_trip, upper},
    support::{App, Ministry, Served, run, said},
};

/// A phone that cried, and its trip where it has one.
async fn cried(ministry: &Ministry, served: &Served, private: Option<Value>) -> App {
    let app = App::register(served).await;
    let mut word = json!({ "version": 1, "people": { "need_help": 1 }, "country": "AE", "at": Timestamp::now() });
    if let Some(private) = private {
        let trip = TripId::random(&mut rand::rng());
        let sealed = sealed_trip(ministry, served, &app, (trip, 1), &private).await;
        app.put(served, &format!("/v1/trips/{trip}"), &json!(sealed)).await;
        word["trip"] = json!(trip);
    }
    app.put(served, &format!("/v1/check-ins/{}", CheckInId::random(&mut rand::rng())), &word).await;
    app
}

fn family() -> Value {
    let mut trip = private_trip("Айгүл Серікқызы", 9);
    let second = json!({ "number": 2, "name": "=Дана Серікқызы", "phone": "+77010000002" });
    trip["people"].as_array_mut().unwrap().push(second);
    trip
}

/// The list as a spreadsheet has it: each person by name, or by the case where nobody is named.
type Listed = BTreeMap<String, BTreeMap<&'static str, String>>;

const CELLS: [&str; 9] = ["of", "whose", "name", "number", "what", "by", "first", "last", "reached"];

fn read(csv: &Path) -> Listed {
    let text = std::fs::read_to_string(csv).unwrap();
    let mut listed = Listed::new();
    for line in text.lines().skip(3) {
        let cells = line.trim_matches('"').split("\",\"").map(str::to_owned);
        let row: BTreeMap<_, _> = CELLS.into_iter().zip(cells).collect();
        let key = if row["name"].is_empty() { row["of"].clone() } else { row["name"].clone() };
        assert!(listed.insert(key.clone(), row).is_none(), "{key} is there twice: {text}");
    }
    listed
}

struct Place {
    ministry: Ministry,
    lists: usize,
}

impl Place {
    /// What the command answers, with its table.
    fn list(&mut self, from: Timestamp, to: Timestamp, more: &[&str]) -> (String, Listed) {
        let (csv, from, to) = (self.csv(), from.to_string(), to.to_string());
        let data = self.ministry.inside.path().to_str().unwrap();
        let mut args = vec!["breach", "--data", data, "--from", &from, "--to", &to, "--csv", csv.to_str().unwrap()];
        args.extend(more);
        let output = run(&args);
        assert!(output.status.success(), "{}", said(&output));
        (said(&output), read(&csv))
    }

    fn csv(&mut self) -> PathBuf {
        self.lists += 1;
        self.ministry.inside.path().join(format!("list-{}.csv", self.lists))
    }
}

fn number_of(board: &Value, name: Option<&str>) -> Value {
    let found = upper(board).iter().find(|case| case["name"].as_str() == name);
    found.unwrap_or_else(|| panic!("{name:?}: {board}"))["number"].clone()
}

#[tokio::test]
async fn each_person_is_there_once_by_officer_and_time_and_the_erased_by_number_alone() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let _family = cried(&ministry, &served, Some(family())).await;
    let _marat = cried(&ministry, &served, Some(private_trip("Марат Б.", 9))).await;
    let nobody = cried(&ministry, &served, None).await;
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let board = dana.until(|board| upper(board).len() == 3).await;
    let begin = Timestamp::now();
    let (family, marat) = (number_of(&board, Some("Айгүл Серікқызы")), number_of(&board, Some("Марат Б.")));
    let gone = number_of(&board, None);

    let page = dana.get(&format!("/v1/cases/{family}")).await;
    dana.get(&format!("/v1/cases/{family}/messages")).await;
    let letter = json!({ "version": page["row"]["version"], "text": "19:40", "language": "ru", "announced": "loud" });
    assert_eq!(dana.post(&format!("/v1/cases/{family}/messages"), &letter).await.0, 200);
    let between = Timestamp::now();
    let oral = Console::of(&ministry, &desk, "Орал", "bronze").await;
    oral.get(&format!("/v1/cases/{marat}")).await;
    oral.get(&format!("/v1/cases/{gone}")).await;
    let end = Timestamp::now();
    let erase = served.request(Method::DELETE, "/v1/devices/self").bearer_auth(&nobody.token);
    assert_eq!(erase.send().await.unwrap().status(), 204);
    dana.until(|board| upper(board).len() == 2).await;
    let erased = format!("case {gone}");

    let mut place = Place { ministry, lists: 0 };
    let (told, all) = place.list(begin, end, &[]);
    assert_eq!(
        all.keys().map(String::as_str).collect::<Vec<_>>(),
        ["'=Дана Серікқызы", "case 1", "Айгүл Серікқызы", "Марат Б."].map(|key| if key == "case 1" {
            &erased
        } else {
            key
        }),
        "{told}"
    );
    let aigul = &all["Айгүл Серікқызы"];
    assert_eq!((aigul["of"].as_str(), aigul["number"].as_str()), (&*format!("case {family}"), "'+77010000001"));
    assert_eq!((aigul["what"].as_str(), aigul["by"].as_str()), ("case; letters; written; list", "Дана Т. 3; Орал 0"));
    // whoever travels with her was on the page, and on no list
    let second = &all["'=Дана Серікқызы"];
    assert_eq!((second["what"].as_str(), second["by"].as_str()), ("case", "Дана Т. 1"));
    assert_eq!((second["number"].as_str(), second["reached"].as_str()), ("'+77010000002", "letter"));
    assert_eq!((all["Марат Б."]["what"].as_str(), all["Марат Б."]["by"].as_str()), ("case; list", "Дана Т. 0; Орал 1"));
    let row = &all[&erased];
    assert_eq!((row["whose"].as_str(), row["name"].as_str(), row["number"].as_str()), ("erased", "", ""));
    assert_eq!((row["what"].as_str(), row["reached"].as_str()), ("case; list", "otherwise"));
    for word in ["4 people were touched", "Что случилось: …", "Не болды: …", "What happened: …", "Nothing was sent"]
    {
        assert!(told.contains(word), "{word}: {told}");
    }

    // one officer alone, and a time alone
    let (_, hers) = place.list(begin, end, &["--officer", "Дана Т."]);
    assert_eq!((hers["Марат Б."]["what"].as_str(), hers["Марат Б."]["by"].as_str()), ("list", "Дана Т. 0"));
    let (_, before) = place.list(begin, between, &[]);
    assert_eq!(before["Марат Б."]["what"], "list");
    let (told, none) = place.list(begin - SignedDuration::from_hours(48), begin - SignedDuration::from_hours(24), &[]);
    assert!(none.is_empty() && told.contains("0 people were touched"), "{told}");
    let (told, none) = place.list(begin, end, &["--officer", "Дана"]);
    assert!(none.is_empty() && told.contains("no line of the audit file is by Дана"), "{told}");

    // the same with no desk at work, and to take the list is a line itself
    drop(desk);
    let (_, again) = place.list(begin, end, &[]);
    assert_eq!(again, all);
    let later = Timestamp::now() + SignedDuration::from_hours(24 * 10);
    let after = listed_at(&mut place, later, (begin, end)).await;
    assert_eq!(after, all, "no more than the lines of that time, however late it is asked");
    let (_, named) = place.list(later - SignedDuration::from_hours(1), later + SignedDuration::from_hours(1), &[]);
    assert_eq!(named["Айгүл Серікқызы"]["what"], "named", "the session is long over, and the list was taken");
    let verified = run(&["audit", "verify", "--data", place.ministry.inside.path().to_str().unwrap()]);
    assert!(verified.status.success(), "{}", said(&verified));
}

#[tokio::test]
async fn who_has_no_case_is_named_by_a_search_and_an_opening_and_goes_with_what_they_erase() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let mut private = private_trip("Қанат Оспанов", 9);
    private["next_of_kin"] = json!({ "name": "Сәуле", "phone": "+77010000009" });
    let trip = TripId::random(&mut rand::rng()).to_string();
    let sealed = sealed_trip(&ministry, &served, &app, (trip.parse().unwrap(), 1), &private).await;
    app.put(&served, &format!("/v1/trips/{trip}"), &json!(sealed)).await;
    let desk = Desk::start(&ministry, &served, &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let begin = Timestamp::now();
    let search = json!({ "typed": "Қанат Оспанов" });
    let found = async || {
        let (status, answer) = dana.post("/v1/search", &search).await;
        assert_eq!(status, 200, "{answer}");
        (!answer["candidates"].as_array().unwrap().is_empty()).then_some(())
    };
    if found().await.is_none() {
        dana.when(found).await;
    }
    let data = ministry.inside.path().to_str().unwrap();
    let opened = run(&["open", "--data", data, "--inside", &served.inside, "--trip", &trip, "--why", "drill"]);
    assert!(opened.status.success(), "{}", said(&opened));
    let end = Timestamp::now();

    let mut place = Place { ministry, lists: 0 };
    let (told, listed) = place.list(begin, end, &[]);
    let of = format!("trip {trip}");
    let kanat = &listed["Қанат Оспанов"];
    assert_eq!((kanat["of"].as_str(), kanat["what"].as_str()), (&*of, "case; found"), "{told}");
    assert!(kanat["by"].contains("Дана Т. 1"), "{}", kanat["by"]);
    assert_eq!((listed[&of]["whose"].as_str(), listed[&of]["number"].as_str()), ("next_of_kin", "'+77010000009"));
    assert!(!told.contains("LOOK"), "{told}");

    let erase = served.request(Method::DELETE, "/v1/devices/self").bearer_auth(&app.token);
    assert_eq!(erase.send().await.unwrap().status(), 204);
    drop(desk);
    let data = place.ministry.inside.path().to_str().unwrap();
    // reads the register, as the desk at work does
    assert!(run(&["cases", "--data", data, "--inside", &served.inside]).status.success());
    let (told, listed) = place.list(begin, end, &["--officer", "Дана Т."]);
    assert_eq!(
        (listed.len(), listed[&of]["whose"].as_str(), listed[&of]["name"].as_str()),
        (1, "erased", ""),
        "{told}"
    );

    // a line that was changed says that somebody may be missing
    let path = place.ministry.desk().join("audit");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("drill", "thrill", 1)).unwrap();
    let (told, _) = place.list(begin, end, &[]);
    assert!(told.contains("does not follow the line before"), "{told}");
}

/// The list, taken at another time.
async fn listed_at(place: &mut Place, now: Timestamp, (from, to): (Timestamp, Timestamp)) -> Listed {
    let (csv, from, to) = (place.csv(), from.to_string(), to.to_string());
    let data = place.ministry.inside.path().to_str().unwrap();
    let csv_path = csv.to_str().unwrap();
    let args = ["ministry", "breach", "--data", data, "--from", &from, "--to", &to, "--csv", csv_path];
    let clock: Clock = Arc::new(move || now);
    assert_eq!(ministry::cli::run(Cli::parse_from(args), clock, &mut rand::rng()).await, 0);
    read(&csv)
}

#[tokio::test]
async fn a_time_that_is_none_and_a_list_in_the_place_of_another_are_refused() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let desk = Desk::start(&ministry, &served, &[]);
    drop(desk);
    let data = ministry.inside.path().to_str().unwrap();
    let turned = run(&["breach", "--data", data, "--from", "2026-03-07", "--to", "2026-03-06"]);
    assert!(!turned.status.success() && said(&turned).contains("--from is after --to"), "{}", said(&turned));
    // a Friday, to its end: the next day that is worked is a Monday
    let csv = ministry.file("list.csv", "another");
    let friday = ["breach", "--data", data, "--from", "2026-03-06", "--to", "2026-03-06"];
    assert!(said(&run(&friday)).contains("told by 2026-03-09, Monday"), "{}", said(&run(&friday)));
    let refused = run(&[&friday[..], &["--csv", csv.to_str().unwrap()]].concat());
    assert!(!refused.status.success(), "{}", said(&refused));
    assert_eq!(std::fs::read_to_string(&csv).unwrap(), "another");
}
