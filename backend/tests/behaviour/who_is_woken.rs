//! A life that nobody has taken: who is woken, one after another, until somebody takes it.

use std::collections::BTreeSet;

use contract::{profile::Retention, words::Lang};
use jiff::{SignedDuration, Timestamp};
use ministry::{
    desk::casework::{
        Casework, CaseworkError, Hold,
        closed::StoreKey,
        intake::{Intake, Saved},
        officers::Badge,
        pushes::{PushDone, PushState},
        waking::{NewDuty, Place, WakeDone, WakeState, WakesAfter},
    },
    officers::roles::Role,
    push::{carrier::Outcome, subscription::Given},
};
use rand::{SeedableRng, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::at;

use crate::{
    console::{Console, Desk},
    operator::{Operator, Relay},
    support::Ministry,
};

/// A desk with a shift: two on the rota, and Gold.
struct Shift {
    folder: TempDir,
    casework: Casework,
    dana: Badge,
    yerlan: Badge,
    gold: Badge,
    now: Timestamp,
    drafts: u32,
    /// Somebody carries pushes.
    carried: bool,
}

impl Shift {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut rng = StdRng::seed_from_u64(7);
        let key = StoreKey::of_file(&folder.path().join("store.key"), &mut rng).unwrap();
        let mut casework = Casework::open(&folder.path().join("desk.db"), key, Hold::Lease(1), rng).unwrap();
        let now = at("2026-03-01T22:00:00Z");
        let shift = [("Дана", Role::Silver), ("Ерлан", Role::Bronze), ("Гүлнар", Role::Gold)];
        let [dana, yerlan, gold] =
            shift.map(|(name, role)| casework.change(|change| change.add_officer(name, role, now)).unwrap());
        let mut shift = Self { folder, casework, dana, yerlan, gold, now, drafts: 0, carried: true };
        for (officer, number) in [(&shift.dana, 1), (&shift.yerlan, 2), (&shift.gold, 3)].map(|(o, n)| (o.id, n)) {
            shift.casework.change(|change| change.set_number(officer, &format!("+7 701 000 00 0{number}"))).unwrap();
        }
        shift
    }

    fn with_a_rota() -> Self {
        let mut shift = Self::new();
        let (from, until) = (shift.now - SignedDuration::from_hours(1), shift.now + SignedDuration::from_hours(8));
        for (officer, place) in [(shift.dana.id, Place::First), (shift.yerlan.id, Place::Next)] {
            let now = shift.now;
            shift.casework.change(|change| change.add_duty(NewDuty { officer, place, from, until }, now)).unwrap();
        }
        shift
    }

    /// Somebody calls, and nobody has the case.
    fn life(&mut self) -> u32 {
        self.drafts += 1;
        let (draft, now, dana) = (format!("00000000-0000-0000-{:04}", self.drafts), self.now, self.dana.clone());
        let intake = Intake { number: "+77010000009".into(), ..Intake::default() };
        let saved = Saved { draft: &draft, intake: &intake, trip: None };
        self.casework.change(|change| change.take_down(&saved, &dana, now)).unwrap().0
    }

    fn later(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    /// Who is woken now for these lives that nobody has.
    fn wake(&mut self, lives: &[u32]) -> Vec<String> {
        let (lives, now, after) = (BTreeSet::from_iter(lives.iter().copied()), self.now, WakesAfter::default());
        if !self.casework.reading().is_waking_due(&lives, after, now).unwrap() {
            return Vec::new();
        }
        let carried = self.carried;
        let deeds = self.casework.change(|change| change.wake(&lives, after, carried, now)).unwrap();
        deeds.into_iter().filter_map(|deed| deed.officer).collect()
    }

    fn hand_out(&mut self) -> Vec<(String, String)> {
        let now = self.now;
        let wakes = self.casework.change(|change| change.hand_out_wakes(Lang::Ru, now)).unwrap();
        wakes.into_iter().map(|sms| (sms.to, sms.text)).collect()
    }

    /// A browser of hers.
    fn set_push(&mut self, name: &str) {
        let dana = self.dana.id;
        self.casework.change(|change| change.set_push(dana, &browser(name))).unwrap();
    }

    fn hand_out_pushes(&mut self) -> Vec<i64> {
        let now = self.now;
        let due = self.casework.change(|change| change.hand_out_pushes(now)).unwrap();
        due.into_iter().map(|(id, _)| id).collect()
    }

    /// What became of those pushes at their push services.
    fn note(&mut self, pushes: &[i64], outcome: Outcome) {
        let done: Vec<PushDone> = pushes.iter().map(|id| PushDone { id: *id, outcome }).collect();
        let now = self.now;
        self.casework.change(|change| change.note_pushes(&done, now)).unwrap();
    }

    fn push_state(&self) -> Option<PushState> {
        self.casework.reading().wakes(self.now).unwrap()[0].push
    }

    fn states(&self) -> Vec<WakeState> {
        self.casework.reading().wakes(self.now).unwrap().iter().map(|wake| wake.state).collect()
    }
}

/// With the keys of RFC 8291, appendix A.
fn browser(name: &str) -> Given {
    Given {
        endpoint: format!("https://push.example.net/{name}"),
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4".into(),
        auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
    }
}

#[test]
fn one_after_another_is_woken_until_somebody_takes_it() {
    let mut shift = Shift::with_a_rota();
    let life = shift.life();
    assert!(shift.wake(&[life]).is_empty(), "the consoles ring alone");
    let mut woken = Vec::new();
    for second in 1..600 {
        shift.later(1);
        woken.extend(shift.wake(&[life]).into_iter().map(|name| (second, name)));
    }
    assert_eq!(woken, [(30, "Дана".into()), (180, "Ерлан".into()), (480, "Гүлнар".into())]);
    // she gave it back: it begins anew
    assert!(shift.wake(&[]).is_empty() && shift.wake(&[life]).is_empty());
    shift.later(30);
    assert_eq!(shift.wake(&[life]), ["Дана"]);
}

#[test]
fn a_desk_that_was_away_passes_nobody_over() {
    let mut shift = Shift::with_a_rota();
    let life = shift.life();
    shift.wake(&[life]);
    shift.later(200);
    assert_eq!(shift.wake(&[life]), ["Дана", "Ерлан"]);
}

#[test]
fn whoever_takes_it_before_the_sms_went_lets_the_others_sleep() {
    let mut shift = Shift::with_a_rota();
    let life = shift.life();
    shift.wake(&[life]);
    shift.later(30);
    assert_eq!(shift.wake(&[life]), ["Дана"]);
    shift.wake(&[]);
    assert_eq!((shift.hand_out(), shift.states()), (Vec::new(), vec![WakeState::Over]));
    shift.later(600);
    assert!(shift.wake(&[]).is_empty());
}

#[test]
fn many_lives_at_once_are_one_sms_and_a_gap_in_the_rota_wakes_who_comes_after() {
    let mut shift = Shift::new();
    let lives = [shift.life(), shift.life(), shift.life()];
    shift.wake(&lives);
    shift.later(30);
    assert_eq!(shift.wake(&lives), ["Гүлнар"], "nobody is on duty");
    let text = format!("Сапарлас. Угроза жизни: №{} +2. Дело никто не взял.", lives[0]);
    assert_eq!(shift.hand_out(), [("+77010000003".to_owned(), text)]);
    let another = shift.life();
    let all = [lives[0], lives[1], lives[2], another];
    shift.wake(&all);
    shift.later(30);
    assert!(shift.wake(&all).is_empty(), "who was woken half a minute ago is awake");
}

#[test]
fn what_was_handed_out_and_never_said_of_again_is_handed_out_anew() {
    let mut shift = Shift::with_a_rota();
    let life = shift.life();
    shift.wake(&[life]);
    shift.later(30);
    shift.wake(&[life]);
    assert_eq!((shift.hand_out().len(), shift.hand_out().len()), (1, 0));
    shift.later(60);
    assert_eq!(shift.hand_out().len(), 1, "whoever brought it may have died");
    let id = shift.casework.reading().wakes(shift.now).unwrap()[0].id;
    shift.casework.change(|change| change.note_wakes(&[WakeDone { id, sent: true }])).unwrap();
    shift.later(60);
    assert_eq!((shift.hand_out(), shift.states()), (Vec::new(), vec![WakeState::Sent]));
}

#[test]
fn whoever_has_no_number_or_is_out_is_said_to_be_woken_by_nothing() {
    let mut shift = Shift::with_a_rota();
    let (dana, now, life) = (shift.dana.id, shift.now, shift.life());
    shift.casework.change(|change| change.set_number(dana, " ")).unwrap();
    shift.wake(&[life]);
    shift.later(30);
    assert_eq!((shift.wake(&[life]), shift.states()), (vec!["Дана".to_owned()], vec![WakeState::NoNumber]));
    // who is ended is on no rota, and has no number here any more
    shift.casework.change(|change| change.end_officer(shift.yerlan.id, now)).unwrap();
    assert_eq!(shift.casework.reading().rota(now).unwrap().len(), 1);
    shift.later(150);
    assert_eq!(shift.wake(&[life]), ["Гүлнар"]);
}

#[test]
fn a_clock_that_was_set_back_begins_anew_and_loses_nobody() {
    let mut shift = Shift::with_a_rota();
    let life = shift.life();
    shift.wake(&[life]);
    shift.later(-3600);
    assert!(shift.wake(&[life]).is_empty());
    shift.later(30);
    assert_eq!(shift.wake(&[life]), ["Дана"]);
}

#[test]
fn a_number_is_one_that_exists_and_stands_closed_and_a_turn_has_an_end() {
    let mut shift = Shift::with_a_rota();
    let (dana, now) = (shift.dana.id, shift.now);
    for wrong in ["12", "+7 701", "8 701 000 00 01", "дом", "+77010000001+77010000002"] {
        let refused = shift.casework.change(|change| change.set_number(dana, wrong));
        assert!(matches!(refused, Err(CaseworkError::Field { pointer: "/number", .. })), "{wrong}");
    }
    let hours =
        |from: i64, until: i64| (now + SignedDuration::from_hours(from), now + SignedDuration::from_hours(until));
    for (from, until) in [hours(1, 1), hours(2, 1), hours(-9, -1), hours(0, 24 * 8)] {
        let new = NewDuty { officer: dana, place: Place::First, from, until };
        let refused = shift.casework.change(|change| change.add_duty(new, now).map(drop));
        assert!(matches!(refused, Err(CaseworkError::Field { pointer: "/until", .. })));
    }
    shift.casework.clear_log().unwrap();
    let file = std::fs::read(shift.folder.path().join("desk.db")).unwrap();
    assert!(!file.windows(10).any(|bytes| bytes == b"7010000001"), "of the numbers nothing stands open");
}

#[test]
fn an_sms_waits_half_a_minute_for_a_push_that_was_taken_and_for_no_other() {
    let woken = |carried: bool| {
        let mut shift = Shift::with_a_rota();
        shift.carried = carried;
        shift.set_push("phone");
        let life = shift.life();
        shift.wake(&[life]);
        shift.later(30);
        assert_eq!(shift.wake(&[life]), ["Дана"]);
        shift
    };
    let mut shift = woken(true);
    let pushes = shift.hand_out_pushes();
    assert_eq!((pushes.len(), shift.hand_out().len()), (1, 0));
    shift.note(&pushes, Outcome::Taken);
    shift.later(29);
    assert_eq!((shift.push_state(), shift.hand_out().len()), (Some(PushState::Taken), 0));
    shift.later(1);
    assert_eq!((shift.hand_out_pushes().len(), shift.hand_out().len()), (0, 1));
    for outcome in [Outcome::Refused, Outcome::Gone] {
        let mut shift = woken(true);
        let pushes = shift.hand_out_pushes();
        shift.note(&pushes, outcome);
        assert_eq!(shift.hand_out().len(), 1, "{outcome:?}");
    }
    let mut shift = woken(false);
    assert_eq!((shift.push_state(), shift.hand_out().len()), (None, 1), "nobody carries pushes");
}

#[test]
fn a_push_service_that_is_full_is_asked_again_when_it_said_and_not_after_two_minutes() {
    let mut shift = Shift::with_a_rota();
    shift.set_push("phone");
    shift.set_push("desk");
    let life = shift.life();
    shift.wake(&[life]);
    shift.later(30);
    shift.wake(&[life]);
    let pushes = shift.hand_out_pushes();
    assert_eq!((pushes.len(), shift.hand_out_pushes().len()), (2, 0));
    shift.note(&pushes[..1], Outcome::Later { after_s: 60 });
    shift.later(30);
    assert_eq!(shift.hand_out_pushes(), pushes[1..], "whoever carried it may have died");
    shift.note(&pushes[1..], Outcome::Later { after_s: 3600 });
    shift.later(29);
    assert!(shift.hand_out_pushes().is_empty());
    shift.later(1);
    assert_eq!(shift.hand_out_pushes(), pushes[..1]);
    shift.later(60);
    assert!(shift.hand_out_pushes().is_empty());
    assert_eq!(shift.push_state(), Some(PushState::Refused), "it came to nothing, and is said to");
}

#[test]
fn whoever_takes_it_before_the_push_went_lets_the_others_sleep() {
    let mut shift = Shift::with_a_rota();
    let dana = shift.dana.id;
    shift.casework.change(|change| change.set_number(dana, "")).unwrap();
    shift.set_push("phone");
    let life = shift.life();
    shift.wake(&[life]);
    shift.later(30);
    shift.wake(&[life]);
    let another = shift.life();
    shift.wake(&[life, another]);
    shift.later(30);
    assert!(shift.wake(&[life, another]).is_empty(), "who was sent a push is awake");
    shift.wake(&[]);
    assert!(shift.hand_out_pushes().is_empty());
    assert_eq!((shift.push_state(), shift.states()), (Some(PushState::Over), vec![WakeState::NoNumber]));
}

#[test]
fn who_was_woken_is_kept_as_long_as_a_message() {
    let mut shift = Shift::with_a_rota();
    shift.set_push("a");
    let life = shift.life();
    shift.wake(&[life]);
    shift.later(30);
    assert_eq!(shift.wake(&[life]), ["Дана"]);
    let rows = |shift: &mut Shift| {
        let retention =
            Retention { trip: 1, check_in: 1, case: 100, message: 30, sms: 1, call: 1, audit: 1, backup: 1 };
        let now = shift.now;
        shift.casework.change(|change| change.keep_no_longer(&retention, now)).unwrap();
        shift.casework.clear_log().unwrap();
        let kept = rusqlite::Connection::open(shift.folder.path().join("desk.db")).unwrap();
        let count =
            |table| kept.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, u32>(0)).unwrap();
        ["wakes", "pushes", "duties"].map(count)
    };
    shift.later(29 * 24 * 3600);
    assert_eq!(rows(&mut shift), [1, 1, 2]);
    shift.later(2 * 24 * 3600);
    assert_eq!(rows(&mut shift), [0, 0, 0]);
}

#[test]
fn a_browser_is_told_of_one_officer_s_waking_and_the_sixth_is_the_oldest_s_end() {
    let mut shift = Shift::with_a_rota();
    for name in ["a", "b", "c", "d", "e", "f"] {
        shift.set_push(name);
    }
    shift.set_push("f");
    let (dana, yerlan) = (shift.dana.id, shift.yerlan.id);
    let told = |shift: &Shift, officer: i64| shift.casework.reading().push_browsers(officer).unwrap().len();
    assert_eq!(told(&shift, dana), 5);
    shift.casework.change(|change| change.set_push(yerlan, &browser("f"))).unwrap();
    assert_eq!((told(&shift, dana), told(&shift, yerlan)), (4, 1));
    shift.casework.clear_log().unwrap();
    let file = std::fs::read(shift.folder.path().join("desk.db")).unwrap();
    assert!(!file.windows(16).any(|bytes| bytes == b"push.example.net"), "where they are told stands closed");
    let now = shift.now;
    shift.casework.change(|change| change.end_officer(yerlan, now)).unwrap();
    assert_eq!(told(&shift, yerlan), 0);
}

#[tokio::test]
async fn the_operator_wakes_one_after_another_and_the_console_says_whom() {
    let ministry = Ministry::new();
    let settings = ministry.desk().join("settings.json");
    let mut said: Value = serde_json::from_str(&std::fs::read_to_string(&settings).unwrap()).unwrap();
    assert_eq!(said["wakes_after"], json!({ "first_s": 30, "next_s": 180, "gold_s": 480 }));
    said["wakes_after"] = json!({ "first_s": 1, "next_s": 2, "gold_s": 3600 });
    std::fs::write(&settings, said.to_string()).unwrap();
    let desk = Desk::at(&ministry, "http://127.0.0.1:1", &[]);
    let dana = Console::of(&ministry, &desk, "Дана Т.", "silver").await;
    let yerlan = Console::of(&ministry, &desk, "Ерлан", "bronze").await;
    let staff = dana.get("/v1/officers").await;
    let id = |name: &str| {
        let officers = staff["officers"].as_array().unwrap();
        officers.iter().find(|officer| officer["name"] == name).unwrap()["id"].clone()
    };
    let put = async |console: &Console, whose: &str, number: &str| {
        let path = format!("/v1/officers/{}/number", id(whose));
        console.request(Method::PUT, &path, Some(&json!({ "number": number }))).send().await.unwrap().status().as_u16()
    };
    assert_eq!(put(&dana, "Дана Т.", "+7 701 000 00 01").await, 204);
    assert_eq!(put(&yerlan, "Дана Т.", "+7 701 000 00 02").await, 403, "nobody sets the number of another");
    assert_eq!(put(&yerlan, "Ерлан", "+7 701 000 00 02").await, 204, "but their own");
    let duty = |name: &str, place: &str| {
        let now = Timestamp::now();
        let until = now + SignedDuration::from_hours(8);
        json!({ "officer": id(name), "place": place, "from": now - SignedDuration::from_hours(1), "until": until })
    };
    assert_eq!(yerlan.post("/v1/rota", &duty("Ерлан", "first")).await.0, 403);
    for (name, place) in [("Дана Т.", "first"), ("Ерлан", "next")] {
        assert_eq!(dana.post("/v1/rota", &duty(name, place)).await.0, 204);
    }
    let (mut operator, port) = Operator::start();
    let _relay = Relay::start(&ministry, &desk.url, port, "secret");
    assert_eq!(operator.next(), json!({ "bound": true }));
    let call = json!({ "number": "+77010000009", "country": "AE", "needs": ["trapped"] });
    let case = json!({ "draft": "4b8f8f2e-7f1c-4c57-9f0e-000000000001", "intake": call });
    let (status, saved) = dana.post("/v1/cases", &case).await;
    assert_eq!(status, 200, "{saved}");
    let text = format!("Сапарлас. Өмірге қауіп: №{}. Оны ешкім алған жоқ.", saved["number"]);
    for to in ["77010000001", "77010000002"] {
        let sms = operator.next();
        assert_eq!((&sms["to"], &sms["text"]), (&json!(to), &json!(text)));
    }
    let woken = |board: &Value| {
        let wakes = board["night"]["wakes"].as_array().unwrap();
        wakes.len() == 2 && wakes.iter().all(|wake| wake["state"] == "sent")
    };
    let night = dana.until(woken).await["night"].clone();
    assert_eq!((&night["sms_goes"], &night["wakes"][0]["officer"]["name"]), (&json!(true), &json!("Ерлан")));
    let on_duty = ["Дана Т.", "Ерлан"].map(|name| (json!(name), json!(true)));
    assert_eq!(
        [0, 1].map(|at| &night["on_duty"][at]).map(|one| (one["officer"]["name"].clone(), one["has_number"].clone())),
        on_duty
    );
    let rota = dana.get("/v1/rota").await;
    let mine = rota["duties"][0]["id"].clone();
    assert_eq!(dana.request(Method::DELETE, &format!("/v1/rota/{mine}"), None).send().await.unwrap().status(), 204);
}
