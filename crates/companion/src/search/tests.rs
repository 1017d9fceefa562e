//! What a frightened person types, and the answer they need.

use std::{fs, path::Path};

use contract::entry::Body;
use serde_json::Value;

use super::*;
use testkit::entry;

use crate::testing::Device;

mod found;
mod ranking;

/// `lang`, `question`, and the answers that are right, parted by `|`: tab-separated.
const QUESTIONS: &str = include_str!("../../tests/questions.tsv");
/// One in how many questions may go without the right answer among the first three.
const ONE_IN: usize = 20;

/// What the demo ministry's app can find on its first day.
fn demo_index() -> Index {
    let mut device = Device::new("2026-03-01T08:00:00Z");
    device.catch_up();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../backend/demo/entries.json");
    let entries: Vec<Value> = serde_json::from_slice(&fs::read(demo).unwrap()).unwrap();
    for written in entries.iter().filter(|entry| entry["kind"] == "mission") {
        let mission = serde_json::from_value(written["body"].clone()).unwrap();
        device.hear(&entry(written["id"].as_str().unwrap(), 1, Body::Mission(mission)));
    }
    let session = device.session();
    Index::new(documents(&device.companion.topics().unwrap(), &session.bulletin()))
}

/// Someone in the Emirates, with no trip.
fn reader(lang: Lang) -> Reader<'static> {
    Reader { lang, here: Some("AE".parse().unwrap()), places: &[] }
}

fn said(target: &Target) -> String {
    match target {
        Target::Country { code } => format!("country:{code}"),
        Target::City { country, .. } => format!("country:{country}"),
        Target::Airport { code, .. } => format!("airport:{code}"),
        Target::Mission { id } => id.to_string().replacen('.', ":", 1),
        Target::Topic { id } => format!("topic:{id}"),
        Target::Advisory { id } => format!("advisory:{id}"),
        Target::Emergency { number, .. } => format!("number:{number}"),
    }
}

#[test]
fn nineteen_of_twenty_questions_have_the_right_answer_among_the_first_three() {
    let index = demo_index();
    let mut few = true;
    for lang in Lang::ALL {
        let questions: Vec<Vec<&str>> = QUESTIONS
            .lines()
            .skip(1)
            .map(|line| line.split('\t').collect())
            .filter(|cells: &Vec<&str>| cells[0] == lang.tag())
            .collect();
        assert!(questions.len() >= 60);
        let missed: Vec<String> = questions
            .iter()
            .filter_map(|cells| {
                let hits = search(&index, cells[1], &reader(lang));
                let first: Vec<String> = hits.iter().take(3).map(|hit| said(&hit.target)).collect();
                let right = cells[2].split('|').any(|right| first.iter().any(|one| one == right));
                (!right).then(|| format!("{}: {}, found {first:?}", cells[1], cells[2]))
            })
            .collect();
        let (missed_count, all) = (missed.len(), questions.len());
        eprintln!("{}: {missed_count} of {all} missed\n{}", lang.tag(), missed.join("\n"));
        few &= missed.len() * ONE_IN <= questions.len();
    }
    assert!(few);
}
