//! Files of the corpora, where they are.

use std::{path::PathBuf, sync::LazyLock};

use contract::{
    entry::relayed_alert::{Relay, RelayList},
    words::Words,
};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::Offset};
use ministry::cap::{alert::CapError, encoding, relay, relay::Relayed};
use serde_json::Value;

/// The files of faults are of this minute.
const WRITTEN: &str = "2026-11-27T21:41:00Z";

/// By how much files are moved: once for all, so that what names another by its time still does.
static MOVED: LazyLock<SignedDuration> = LazyLock::new(|| {
    let by = Timestamp::now().duration_since(WRITTEN.parse().unwrap());
    SignedDuration::from_secs(by.as_secs())
});

pub fn file(path: &str) -> Option<Vec<u8>> {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("SAPARLAS_CORPORA").map_or_else(default, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: no corpus");
        return None;
    }
    Some(std::fs::read(folder.join(path)).unwrap())
}

/// An alert that once came out wrong, as if it were written now.
pub fn fault(name: &str) -> Option<String> {
    let bytes = file(&format!("faults/alerts/{name}"))?;
    Some(moved(&encoding::decode(&bytes).unwrap()))
}

/// Every time of 2026 moved with the clock.
pub fn moved(text: &str) -> String {
    let mut moved = text.to_owned();
    let ends: Vec<usize> = text.match_indices("2026-").map(|(at, _)| at).collect();
    for at in ends {
        let Some(said) = text.get(at..at + 19) else { continue };
        let Ok(time) = said.parse::<DateTime>() else { continue };
        let now = Offset::UTC.to_datetime(Offset::UTC.to_timestamp(time).unwrap() + *MOVED);
        moved.replace_range(at..at + 19, &now.strftime("%Y-%m-%dT%H:%M:%S").to_string());
    }
    moved
}

/// An officer's draft of the corpus in today's shape: texts by language.
pub fn draft(name: &str) -> Option<String> {
    let mut draft: Value = serde_json::from_str(&fault(name)?).unwrap();
    let body = draft["body"].as_object_mut().unwrap();
    for area in body.get_mut("areas").and_then(Value::as_array_mut).into_iter().flatten() {
        let named = area["name"].as_str().filter(|name| !name.is_empty()).map(str::to_owned);
        let area = area.as_object_mut().unwrap();
        match named {
            Some(name) => drop(area.insert("name".to_owned(), serde_json::json!({ "en": name }))),
            None => drop(area.remove("name")),
        }
    }
    let mut texts = Vec::new();
    for text in body.remove("texts").as_ref().and_then(Value::as_array).into_iter().flatten() {
        let mut text = text.clone();
        let lang = text.as_object_mut().unwrap().remove("lang").unwrap();
        texts.push(format!("{lang}:{text}"));
    }
    for lang in ["kk", "ru", "en"] {
        texts.extend(body.remove(lang).map(|text| format!("\"{lang}\":{text}")));
    }
    if !texts.is_empty() {
        body.insert("texts".to_owned(), "TEXTS".into());
    }
    // two texts of one language stay two
    Some(draft.to_string().replace("\"TEXTS\"", &format!("{{{}}}", texts.join(","))))
}

/// A list that names anyone.
pub fn anyone() -> RelayList {
    RelayList { relays: vec![Relay { sender: "*".into(), names: Words::default(), countries: Vec::new() }] }
}

pub fn read(text: &str) -> Result<Relayed, CapError> {
    relay::read(text, &anyone())
}
