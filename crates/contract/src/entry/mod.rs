//! What an officer signs: one file a kind of document, and here the one list of kinds.

pub mod advisory;
pub mod chat;
pub mod level;
pub mod line;
pub mod mission;
pub mod relayed_alert;
pub mod topic;
mod whole;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use self::whole::NotWhole;
use crate::{
    ids::EntryId,
    jws::{self, Document, Purpose, Refusal},
};
use advisory::Advisory;
use chat::Chat;
use level::Level;
use line::Line;
use mission::Mission;
use relayed_alert::{RelayList, RelayedAlert};
use topic::Topic;

/// The payload of an entry's JWS. `(id, version)` is unique; a higher version replaces a lower.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is about; its versions share it.
    pub id: EntryId,
    /// From 1.
    pub version: u32,
    /// When the officer signed it.
    pub issued_at: Timestamp,
    /// What it says.
    pub body: Body,
}

/// Why an entry's body was not read. It keeps its place in the log, and what was known of its id stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// A kind that this reader does not know.
    Kind(String),
    /// A known kind in a shape that this reader does not know.
    Shape {
        /// As it is written.
        kind: &'static str,
    },
    /// It demands something that this reader does not know: the app is too old.
    TooNew {
        /// As it is written.
        kind: String,
    },
}

macro_rules! kinds {
    ($($word:literal $kind:ident($body:ty)),* $(,)?) => {
        /// What an entry says. On the wire: `"kind": …, "body": …`.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Body {
            $(#[doc = concat!("`", $word, "`")] $kind($body),)*
            /// What this reader does not understand.
            Unread(Unread),
        }

        impl Body {
            /// Every kind that this reader knows, as it is written.
            pub const KINDS: &[&str] = &[$($word),*];

            /// The kind as it is written.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$kind(_) => $word,)*
                    Self::Unread(Unread::Kind(kind) | Unread::TooNew { kind }) => kind,
                    Self::Unread(Unread::Shape { kind }) => kind,
                }
            }

            fn read(kind: String, body: &RawValue) -> Self {
                match kind.as_str() {
                    $($word => serde_json::from_str(body.get())
                        .map_or(Self::Unread(Unread::Shape { kind: $word }), Self::$kind),)*
                    _unknown => Self::Unread(Unread::Kind(kind)),
                }
            }

            /// Reads a draft's body, which must come back whole: nothing in it may be unknown or change its form.
            ///
            /// # Errors
            /// A JSON pointer to what does not, with the reason.
            pub fn read_whole(kind: &str, body: &serde_json::Value) -> Result<Self, NotWhole> {
                match kind {
                    $($word => whole::read(body).map(Self::$kind),)*
                    _unknown => Err(NotWhole::kind(kind)),
                }
            }
        }

        impl Serialize for Body {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$kind(body) => body.serialize(serializer),)*
                    Self::Unread(_) => Err(serde::ser::Error::custom("an entry that was not understood is never written")),
                }
            }
        }
    };
}

kinds! {
    "advisory" Advisory(Advisory),
    "relayed_alert" RelayedAlert(RelayedAlert),
    "relay_list" RelayList(RelayList),
    "level" Level(Level),
    "mission" Mission(Mission),
    "line" Line(Line),
    "chat" Chat(Chat),
    "topic" Topic(Box<Topic>),
}

impl Serialize for Entry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut entry = serializer.serialize_struct("Entry", 5)?;
        entry.serialize_field("id", &self.id)?;
        entry.serialize_field("version", &self.version)?;
        entry.serialize_field("kind", self.body.kind())?;
        entry.serialize_field("issued_at", &self.issued_at)?;
        entry.serialize_field("body", &self.body)?;
        entry.end()
    }
}

/// What every entry has, whatever its kind.
#[derive(Deserialize)]
struct Outline<'a> {
    id: EntryId,
    version: u32,
    kind: String,
    issued_at: Timestamp,
    #[serde(default)]
    must: Vec<String>,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl Document for Entry {
    const PURPOSE: Purpose = Purpose::Entry;

    fn read(payload: &str) -> Result<Self, Refusal> {
        let Outline { id, version, kind, issued_at, must, body } =
            serde_json::from_str(payload).map_err(|_| Refusal::Unreadable)?;
        let body = if jws::understands(&must) { Body::read(kind, body) } else { Body::Unread(Unread::TooNew { kind }) };
        Ok(Self { id, version, issued_at, body })
    }
}
