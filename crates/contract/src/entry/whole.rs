//! Writing is strict: a draft is read only where it would be written again as it stands.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::open_enum::OTHER;

/// Why a draft's body would not come back whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at {pointer}: {reason}", pointer = if .pointer.is_empty() { "/" } else { .pointer })]
pub struct NotWhole {
    /// JSON pointer into the body (RFC 6901); empty for the whole of it.
    pub pointer: String,
    /// For a developer, in English.
    pub reason: String,
}

impl NotWhole {
    fn at(pointer: &str, reason: impl Into<String>) -> Self {
        Self { pointer: pointer.to_owned(), reason: reason.into() }
    }

    pub(super) fn kind(kind: &str) -> Self {
        Self::at("", format!("there is no kind \"{kind}\""))
    }
}

/// Reads `body`, and refuses what reading would lose or change.
pub(super) fn read<T: DeserializeOwned + Serialize>(body: &Value) -> Result<T, NotWhole> {
    let read: T = serde_path_to_error::deserialize(body).map_err(|error| {
        let pointer = pointer(error.path());
        NotWhole { pointer, reason: error.into_inner().to_string() }
    })?;
    let written = serde_json::to_value(&read).map_err(|error| NotWhole::at("", error.to_string()))?;
    compare("", body, Some(&written))?;
    Ok(read)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", escaped(key))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// `given` as it stands in the draft, `written` as it would be signed; what equals its default may be left away.
fn compare(pointer: &str, given: &Value, written: Option<&Value>) -> Result<(), NotWhole> {
    match (given, written) {
        (Value::Object(given), Some(Value::Object(written))) => {
            for (name, value) in given {
                let inner = format!("{pointer}/{}", escaped(name));
                match written.get(name) {
                    None if is_empty(value) => {}
                    None => return Err(NotWhole::at(&inner, "nobody would read this")),
                    found => compare(&inner, value, found)?,
                }
            }
            Ok(())
        }
        (Value::Array(given), Some(Value::Array(written))) if given.len() == written.len() => given
            .iter()
            .zip(written)
            .enumerate()
            .try_for_each(|(index, (given, written))| compare(&format!("{pointer}/{index}"), given, Some(written))),
        (_, Some(Value::String(written))) if written == OTHER => {
            Err(NotWhole::at(pointer, format!("{given} is not known here")))
        }
        (given, Some(written)) if is_same(given, written) => Ok(()),
        (Value::Null, _) => Ok(()),
        (given, _) => Err(NotWhole::at(pointer, format!("{given} would be written in another form"))),
    }
}

/// What an optional field may say instead of being absent.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// Equal, or one number or one instant written in two ways.
fn is_same(given: &Value, written: &Value) -> bool {
    if given == written {
        return true;
    }
    if let (Some(given), Some(written)) = (given.as_f64(), written.as_f64()) {
        return given == written;
    }
    let instant = |value: &Value| value.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    if let (Some(given), Some(written)) = (instant(given), instant(written)) {
        return given == written;
    }
    false
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused_at(given: &Value, written: &Value) -> Option<String> {
        compare("", given, Some(written)).err().map(|refused| refused.pointer)
    }

    #[test]
    fn what_would_be_written_otherwise_is_refused_where_it_stands() {
        for (given, written, expected) in [
            (json!({ "a": "x" }), json!({ "a": "y" }), "/a"),
            (json!({ "a": [1, "x"] }), json!({ "a": [1, "y"] }), "/a/1"),
            (json!([1, 2]), json!([1]), ""),
            (json!([1]), json!([1, 2]), ""),
            (json!(1), json!(2), ""),
            (json!(1), json!("1"), ""),
            (json!(true), json!(false), ""),
            (json!("2026-03-01T06:00:00Z"), json!("2026-03-01T06:00:01Z"), ""),
            (json!("2026-03-01T06:00:00Z"), json!("soon"), ""),
        ] {
            assert_eq!(refused_at(&given, &written).as_deref(), Some(expected), "{given} {written}");
        }
    }

    #[test]
    fn one_number_and_one_instant_may_be_written_in_two_ways() {
        for (given, written) in [
            (json!(10), json!(10.0)),
            (json!("2026-03-01T11:00:00+05:00"), json!("2026-03-01T06:00:00Z")),
            (json!(null), json!("anything")),
            (json!({ "a": [], "b": false, "c": "" }), json!({})),
        ] {
            assert_eq!(refused_at(&given, &written), None, "{given} {written}");
        }
    }
}
