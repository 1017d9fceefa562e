//! The officer's advisory and another authority's alert, dated when they are used.

use std::{
    fs,
    path::{Path, PathBuf},
};

use contract::words::Lang;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::{Result, now, words::at_root};

const ADVISORY: &str = include_str!("../fixtures/advisory-ae.json");
const SECOND_ADVISORY: &str = include_str!("../fixtures/advisory-uz.json");
const SECOND_MINISTRY: &str = include_str!("../fixtures/ministry-uz.json");
const ALERT: &str = include_str!("../fixtures/alert-kz.xml");

/// The advisory's words for a reader.
pub struct Told {
    pub headline: String,
    pub first_step: String,
    pub why: String,
}

/// Writes the advisory into `folder`; `edition` is put behind each headline.
pub fn advisory(folder: &Path, edition: &str) -> Result<PathBuf> {
    let mut draft = in_effect(ADVISORY)?;
    for text in draft["body"]["texts"].as_object_mut().ok_or("the advisory has no texts")?.values_mut() {
        text["headline"] = format!("{}{edition}", text["headline"].as_str().unwrap_or_default()).into();
    }
    let file = folder.join(format!("advisory{}.json", edition.replace(' ', "-")));
    fs::write(&file, draft.to_string())?;
    Ok(file)
}

fn in_effect(advisory: &str) -> Result<Value> {
    let mut draft: Value = serde_json::from_str(advisory)?;
    let now = now();
    draft["body"]["effective"] = now.checked_sub(SignedDuration::from_mins(10))?.to_string().into();
    draft["body"]["expires"] = now.checked_add(SignedDuration::from_hours(48))?.to_string().into();
    Ok(draft)
}

/// What the advisory says in a language.
pub fn told(lang: Lang) -> Result<Told> {
    said(&serde_json::from_str(ADVISORY)?, lang.tag())
}

fn said(draft: &Value, tag: &str) -> Result<Told> {
    let text = &draft["body"]["texts"][tag];
    let read = |text: &Value| text.as_str().map(str::to_owned).ok_or("the advisory lacks a text");
    Ok(Told { headline: read(&text["headline"])?, first_step: read(&text["steps"][0])?, why: read(&text["why"])? })
}

/// A ministry of another country and of other languages, as `ministry init` takes it.
pub fn second_ministry() -> Result<Value> {
    Ok(serde_json::from_str(SECOND_MINISTRY)?)
}

/// Writes that ministry's advisory into `folder`.
pub fn second_advisory(folder: &Path) -> Result<PathBuf> {
    let file = folder.join("advisory-uz.json");
    fs::write(&file, in_effect(SECOND_ADVISORY)?.to_string())?;
    Ok(file)
}

/// What it says in one of its languages.
pub fn second_told(tag: &str) -> Result<Told> {
    said(&serde_json::from_str(SECOND_ADVISORY)?, tag)
}

/// Writes the alert into `folder`, modelled on Kazhydromet's and dated now.
pub fn alert(folder: &Path) -> Result<PathBuf> {
    redated(ALERT, folder)
}

/// The real alert of Kazhydromet, dated now; absent without the corpus.
pub fn real_alert(folder: &Path) -> Result<Option<PathBuf>> {
    let corpora = std::env::var_os("SAPARLAS_CORPORA").map_or_else(|| at_root("../shared/data"), PathBuf::from);
    let file = corpora.join("cap/kz-2.49.0.0.398.0-20250306-133701-0284797-00-EN.xml");
    if !file.exists() {
        return Ok(None);
    }
    redated(&fs::read_to_string(file)?, folder).map(Some)
}

fn redated(alert: &str, folder: &Path) -> Result<PathBuf> {
    let now = now();
    let time = |time: Timestamp| format!("{}-00:00", time.strftime("%Y-%m-%dT%H:%M:%S"));
    let ahead = |hours| now.checked_add(SignedDuration::from_hours(hours)).map(time);
    let text = alert
        .replace("IDENTIFIER", &now.strftime("%Y%m%d-%H%M%S").to_string())
        .replace("2025-03-06T13:37:01-00:00", &time(now))
        .replace("2025-03-06T15:00:00-00:00", &ahead(1)?)
        .replace("2025-03-07T16:00:00-00:00", &ahead(26)?);
    let file = folder.join("alert.xml");
    fs::write(&file, text)?;
    Ok(file)
}

/// The number of a line of the demo ministry.
pub fn demo_number(line: &str) -> Result<String> {
    let entry = demo_entry(line)?;
    Ok(entry["body"]["number"].as_str().ok_or("it has no number")?.to_owned())
}

/// Writes an entry of the demo ministry into `folder`, verified now and changed.
pub fn changed(folder: &Path, id: &str, change: impl FnOnce(&mut Value)) -> Result<PathBuf> {
    let mut entry = demo_entry(id)?;
    entry["body"]["verified_at"] = now().to_string().into();
    change(&mut entry["body"]);
    let file = folder.join("changed.json");
    fs::write(&file, entry.to_string())?;
    Ok(file)
}

fn demo_entry(id: &str) -> Result<Value> {
    let entries: Value = serde_json::from_str(&fs::read_to_string(at_root("backend/demo/entries.json"))?)?;
    let entries = entries.as_array().ok_or("the demo has no entries")?;
    Ok(entries.iter().find(|entry| entry["id"] == id).ok_or_else(|| format!("the demo has no {id}"))?.clone())
}
