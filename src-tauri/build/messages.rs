//! The few messages of the UI that are said before its scripts run.

use std::error::Error;

use serde_json::{Map, Value};

const SAID: [&str; 15] = [
    "app_name",
    "severity_extreme",
    "severity_severe",
    "severity_moderate",
    "severity_minor",
    "severity_unknown",
    "advisory_relayed",
    "advisory_relayed_unnamed",
    "ministry_word",
    "advisory_fallback",
    "advisory_fallback_topic",
    "just_now",
    "minutes_ago",
    "hours_ago",
    "days_ago",
];

/// Those of one language's messages, as JSON.
///
/// # Errors
/// Where one is missing.
pub fn said(messages: &str) -> Result<String, Box<dyn Error>> {
    let mut all: Map<String, Value> = serde_json::from_str(messages)?;
    let message = |key: &str| Ok((key.to_owned(), all.remove(key).ok_or(format!("no message {key}"))?));
    let said: Result<Map<String, Value>, Box<dyn Error>> = SAID.into_iter().map(message).collect();
    Ok(serde_json::to_string(&said?)?)
}
