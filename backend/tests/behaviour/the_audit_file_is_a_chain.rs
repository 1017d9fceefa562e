use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use contract::{
    ids::{DeviceId, TripId},
    record::Kind,
};
use jiff::Timestamp;
use ministry::desk::audit::{AuditError, Opening, leave_line, verify};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{App, Ministry, run, said};

fn leave(path: &Path, why: &str) {
    let device = DeviceId::random(&mut rand::rng());
    let opening =
        Opening { at: Timestamp::now(), account: "aliya", why, kind: Kind::Trip, id: "x", device, opened: vec!["x"] };
    leave_line(path, &opening).unwrap();
}

fn audit(lines: usize) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit");
    (0..lines).for_each(|line| leave(&path, &format!("reason {line}")));
    (folder, path)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_line_that_is_changed_or_taken_out_breaks_it_there(lines in 2_usize..6, at in any::<Index>(), taken in any::<bool>()) {
        let (_folder, path) = audit(lines);
        prop_assert_eq!(verify(&path).unwrap().lines, lines);
        let text = std::fs::read_to_string(&path).unwrap();
        let at = at.index(lines - 1);
        let changed: Vec<_> = text.lines().enumerate().filter(|(line, _)| !(taken && *line == at)).collect();
        let changed = changed.into_iter().map(|(line, text)| if line == at { text.replace("reason", "raisin") } else { text.to_owned() });
        std::fs::write(&path, changed.map(|line| line + "\n").collect::<String>()).unwrap();
        let broken = if taken { at + 1 } else { at + 2 };
        prop_assert!(matches!(verify(&path), Err(AuditError::Broken(line)) if line == broken));
    }
}

#[test]
fn a_line_that_was_torn_is_not_there_and_the_next_takes_its_place() {
    let (_folder, path) = audit(2);
    let whole = verify(&path).unwrap();
    std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"prev\":\"x").unwrap();
    assert_eq!(verify(&path).unwrap(), whole);
    leave(&path, "the next");
    assert_eq!(verify(&path).unwrap().lines, 3);
}

#[test]
fn lines_that_are_left_at_once_follow_one_another() {
    let (_folder, path) = audit(0);
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| (0..8).for_each(|_| leave(&path, "at once")));
        }
    });
    assert_eq!(verify(&path).unwrap().lines, 64);
}

#[tokio::test]
async fn a_doctor_follows_it_and_the_name_in_it_is_the_systems() {
    let ministry = Ministry::new();
    let served = ministry.serve();
    let app = App::register(&served).await;
    let id = TripId::random(&mut rand::rng()).to_string();
    app.put(&served, &format!("/v1/trips/{id}"), &json!(app.trip(id.parse().unwrap(), 1, Timestamp::now()))).await;
    let data = ministry.inside.path().to_str().unwrap();
    for _ in 0..2 {
        Command::new(env!("CARGO_BIN_EXE_ministry"))
            .args(["open", "--data", data, "--inside", &served.inside, "--trip", &id, "--why", "drill"])
            .env("USER", "somebody else")
            .output()
            .unwrap();
    }
    let path = ministry.desk().join("audit");
    let text = std::fs::read_to_string(&path).unwrap();
    let line: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let account = Command::new("id").arg("-run").output().unwrap().stdout;
    assert_eq!(line["account"], String::from_utf8(account).unwrap().trim());
    let told = said(&run(&["doctor", "--data", data]));
    assert!(told.contains("well desk: 2 lines in the audit file, each after the one before"), "{told}");
    std::fs::write(&path, text.replacen("drill", "thrill", 1)).unwrap();
    let told = said(&run(&["doctor", "--data", data]));
    assert!(told.contains("BAD  desk: line 2 of the audit file does not follow the line before"), "{told}");
}
