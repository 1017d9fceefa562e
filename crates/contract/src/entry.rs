//! What an officer signs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    advisory::{Advisory, Level},
    guidance::Topic,
    ids::EntryId,
    lines::Line,
    missions::{Chat, Mission},
};

/// The payload of an entry's JWS. `(id, version)` is unique; a higher version replaces a lower.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub id: EntryId,
    pub version: u32,
    pub issued_at: Timestamp,
    #[serde(flatten)]
    pub body: Body,
}

/// What an entry says. On the wire: `"kind": …, "body": …`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case", try_from = "RawBody")]
pub enum Body {
    Advisory(Advisory),
    Level(Level),
    Mission(Mission),
    Line(Line),
    Chat(Chat),
    Topic(Box<Topic>),
    /// A kind, or a shape of what stands, that this version does not know: it keeps its place in the log and is not
    /// shown.
    #[serde(skip_serializing)]
    Newer,
}

#[derive(Deserialize)]
struct RawBody {
    kind: String,
    body: serde_json::Value,
}

impl TryFrom<RawBody> for Body {
    type Error = serde_json::Error;

    fn try_from(RawBody { kind, body }: RawBody) -> Result<Self, Self::Error> {
        match kind.as_str() {
            "advisory" => serde_json::from_value(body).map(Self::Advisory),
            "level" => serde_json::from_value(body).map(Self::Level),
            // what stands may grow fields and words that this version lacks: it must not hold up an advisory behind it
            "mission" => Ok(serde_json::from_value(body).map_or(Self::Newer, Self::Mission)),
            "line" => Ok(serde_json::from_value(body).map_or(Self::Newer, Self::Line)),
            "chat" => Ok(serde_json::from_value(body).map_or(Self::Newer, Self::Chat)),
            "topic" => Ok(serde_json::from_value(body).map_or(Self::Newer, Self::Topic)),
            _newer => Ok(Self::Newer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_a_newer_kind_is_read_as_such_and_a_broken_known_one_is_not() {
        let newer = r#"{"id":"a","version":1,"issued_at":"2026-03-01T00:00:00Z","kind":"song","body":{"x":1}}"#;
        assert_eq!(serde_json::from_str::<Entry>(newer).unwrap().body, Body::Newer);
        for (kind, is_read) in [("level", false), ("advisory", false), ("topic", true), ("line", true)] {
            let read = serde_json::from_str::<Entry>(&newer.replace("song", kind));
            assert_eq!(read.ok().map(|entry| entry.body), is_read.then_some(Body::Newer), "{kind}");
        }
    }
}
