//! What an officer hands in, read and checked.

use contract::{
    advisory::{Advisory, InvalidAdvisory, Level, MessageType},
    bulletin::Hash,
    entry::Body,
    guidance::Topic,
    hours::Hours,
    ids::{EntryId, InvalidId},
    lines::{self, Line, TextWay},
    missions::{Chat, ChatLink, Messenger, Mission},
    place::{AirportCode, CountryCode, Position},
    words::{Lang, Source, Words},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use crate::cap::read::{self, CapError};

/// Files larger than this are not read.
pub const MAX_FILE: u64 = 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    #[error("it cannot be opened")]
    Open(#[source] std::io::Error),
    #[error("it is larger than 1 MiB")]
    TooLarge,
    #[error("it is neither an officer's JSON draft nor a CAP alert")]
    Neither,
    #[error("it is not UTF-8 text")]
    NotUtf8,
    #[error("it is not JSON: {0}")]
    NotJson(#[source] serde_json::Error),
    #[error("at {at}: {source}")]
    Field {
        at: String,
        #[source]
        source: serde_json::Error,
    },
    #[error("its kind \"{0}\" is none of advisory, level, mission, line, chat and topic")]
    Kind(String),
    #[error("versions begin at 1")]
    Version,
    #[error("the advisory {0}")]
    Advisory(#[from] InvalidAdvisory),
    #[error("it expired at {0}")]
    Expired(Timestamp),
    #[error("a level is 1, 2, 3 or 4, not {0}")]
    Level(u8),
    #[error("its {0} is not complete in kk, ru and en")]
    Words(&'static str),
    #[error("\"{0}\" is not a phone number in E.164: a plus, then 7 to 15 digits")]
    Number(String),
    #[error("there is no time zone {0}")]
    Zone(String),
    #[error("its hours close before they open")]
    Hours,
    #[error("\"{0}\" is not an https address, whole and of the messenger that is named")]
    Link(String),
    #[error("a topic is whole in kk, ru and en, with as many steps in each, one at least")]
    Topic,
    #[error("a topic's levels are 1 to 4")]
    TopicLevels,
    #[error("a point is not on the Earth")]
    OffTheEarth,
    #[error("there is no country {0}")]
    Country(CountryCode),
    #[error("there is no airport {0}")]
    Airport(AirportCode),
    #[error(transparent)]
    Cap(#[from] CapError),
    #[error(transparent)]
    Id(#[from] InvalidId),
}

/// An entry before it is signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub id: EntryId,
    /// Absent for "the next one".
    pub version: Option<u32>,
    pub body: Body,
    /// The name of a relayed alert.
    pub alert: Option<String>,
    /// Identifiers of the alerts that it updates or cancels.
    pub references: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: EntryId,
    #[serde(default)]
    version: Option<u32>,
    kind: String,
    body: Value,
}

impl Draft {
    /// Reads an officer's JSON.
    pub fn from_json(bytes: &[u8]) -> Result<Self, DraftError> {
        let text = std::str::from_utf8(bytes).map_err(|_| DraftError::NotUtf8)?;
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(DraftError::NotJson)?;
        let Written { id, version, kind, body } = field("", value)?;
        let body = match kind.as_str() {
            "advisory" => Body::Advisory(field("body", body)?),
            "level" => Body::Level(field("body", body)?),
            "mission" => Body::Mission(field("body", body)?),
            "line" => Body::Line(field("body", body)?),
            "chat" => Body::Chat(field("body", body)?),
            "topic" => Body::Topic(field("body", body)?),
            other => return Err(DraftError::Kind(other.to_owned())),
        };
        Ok(Self { id, version, body, alert: None, references: Vec::new() })
    }

    /// Reads another authority's alert.
    pub fn from_cap(bytes: &[u8]) -> Result<Self, DraftError> {
        let alert = read::read(bytes)?;
        Ok(Self {
            id: alert_id(&alert.identifier, &alert.name)?,
            version: None,
            body: Body::Advisory(alert.advisory),
            alert: Some(alert.name),
            references: alert.references,
        })
    }

    /// Whether it may be signed at `now`. Where the desk knows what it cancels, its own end may have passed.
    pub fn check(&self, now: Timestamp, known: bool) -> Result<(), DraftError> {
        if self.version == Some(0) {
            return Err(DraftError::Version);
        }
        match &self.body {
            Body::Advisory(advisory) => check_advisory(advisory, now, known),
            Body::Level(level) => check_level(level),
            Body::Mission(mission) => check_mission(mission),
            Body::Line(line) => check_line(line),
            Body::Chat(chat) => check_chat(chat),
            Body::Topic(topic) => check_topic(topic),
            Body::Newer => Err(DraftError::Kind("newer".to_owned())),
        }
    }

    pub fn cancels(&self) -> bool {
        matches!(&self.body, Body::Advisory(advisory) if advisory.message_type == MessageType::Cancel)
    }
}

fn field<T: DeserializeOwned>(root: &str, value: Value) -> Result<T, DraftError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let steps = [root, &path].into_iter().filter(|step| !step.is_empty() && *step != ".");
        let at = Some(steps.collect::<Vec<_>>().join(".")).filter(|at| !at.is_empty());
        DraftError::Field { at: at.unwrap_or_else(|| "the draft".into()), source: error.into_inner() }
    })
}

/// `cap.` and the identifier's plain characters and digest: readable, and no two alike.
fn alert_id(identifier: &str, name: &str) -> Result<EntryId, InvalidId> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let slug: String = identifier.chars().map(plain).take(60).collect();
    let digest: String =
        Hash::of(name.as_bytes()).to_string().chars().filter(char::is_ascii_alphanumeric).take(10).collect();
    format!("cap.{}.{}", slug.trim_matches('-'), digest.to_ascii_lowercase()).parse()
}

fn check_advisory(advisory: &Advisory, now: Timestamp, known: bool) -> Result<(), DraftError> {
    advisory.check()?;
    let cancels_known = known && advisory.message_type == MessageType::Cancel;
    if advisory.expires <= now && !cancels_known {
        return Err(DraftError::Expired(advisory.expires));
    }
    advisory.areas.iter().try_for_each(|area| {
        area.country.into_iter().try_for_each(known_country)?;
        area.airports.iter().copied().try_for_each(known_airport)
    })
}

fn check_level(level: &Level) -> Result<(), DraftError> {
    if !(1..=4).contains(&level.level) {
        return Err(DraftError::Level(level.level));
    }
    known_country(level.country)?;
    complete(&level.why, "why")
}

fn check_mission(mission: &Mission) -> Result<(), DraftError> {
    complete(&mission.name, "name")?;
    complete(&mission.city, "city")?;
    [mission.country].iter().chain(&mission.serves).copied().try_for_each(known_country)?;
    let position = mission.position;
    if position.is_some_and(|p| Position::new(p.lat, p.lon).is_none()) {
        return Err(DraftError::OffTheEarth);
    }
    mission.hours.iter().try_for_each(check_hours)?;
    if !mission.site.is_empty() {
        check_link(Messenger::Web, &mission.site)?;
    }
    check_sources(&mission.sources)
}

fn check_line(line: &Line) -> Result<(), DraftError> {
    complete(&line.name, "name")?;
    check_hours(&line.hours)?;
    [Some(&line.number), line.moved_to.as_ref()].into_iter().flatten().try_for_each(|number| check_number(number))?;
    match &line.text {
        Some(TextWay::Sms { number }) => check_number(number),
        Some(TextWay::Chat(ChatLink { messenger, url })) => check_link(*messenger, url),
        None => Ok(()),
    }
}

fn check_chat(chat: &Chat) -> Result<(), DraftError> {
    complete(&chat.name, "name")?;
    check_link(chat.link.messenger, &chat.link.url)
}

fn check_topic(topic: &Topic) -> Result<(), DraftError> {
    let texts: Vec<_> = Lang::ALL.into_iter().filter_map(|lang| topic.text(lang)).collect();
    let whole = texts.len() == Lang::ALL.len()
        && texts.iter().all(|text| {
            let parts = [&text.title, &text.summary, &text.why, &text.whom].into_iter().chain(&text.steps);
            !text.steps.is_empty()
                && text.steps.len() == texts[0].steps.len()
                && parts.into_iter().all(|part| !part.trim().is_empty())
        });
    if !whole {
        return Err(DraftError::Topic);
    }
    if topic.levels.iter().any(|level| !(1..=4).contains(level)) {
        return Err(DraftError::TopicLevels);
    }
    check_sources(&topic.sources)
}

fn check_sources(sources: &[Source]) -> Result<(), DraftError> {
    sources.iter().try_for_each(|source| check_link(Messenger::Web, &source.url))
}

fn check_hours(hours: &Hours) -> Result<(), DraftError> {
    let Hours::Weekly { time_zone, spans } = hours else { return Ok(()) };
    TimeZone::get(time_zone).map_err(|_| DraftError::Zone(time_zone.clone()))?;
    if spans.iter().all(|span| span.opens < span.closes) { Ok(()) } else { Err(DraftError::Hours) }
}

fn check_number(number: &str) -> Result<(), DraftError> {
    if lines::is_number(number) { Ok(()) } else { Err(DraftError::Number(number.to_owned())) }
}

/// A link opens on a tap: it must lead where it says.
fn check_link(messenger: Messenger, url: &str) -> Result<(), DraftError> {
    let hosts: &[&str] = match messenger {
        Messenger::Telegram => &["t.me", "telegram.me"],
        Messenger::Whatsapp => &["wa.me", "chat.whatsapp.com"],
        Messenger::Signal => &["signal.group", "signal.me"],
        Messenger::Web => &[],
    };
    let read = Url::parse(url).ok().filter(|read| read.as_str() == url && read.scheme() == "https");
    let host = read.as_ref().filter(|read| read.username().is_empty()).and_then(Url::host_str);
    let leads_there = host.is_some_and(|host| hosts.is_empty() || hosts.contains(&host));
    if leads_there { Ok(()) } else { Err(DraftError::Link(url.to_owned())) }
}

fn known_country(code: CountryCode) -> Result<(), DraftError> {
    atlas::country(code).map(|_| ()).ok_or(DraftError::Country(code))
}

fn known_airport(code: AirportCode) -> Result<(), DraftError> {
    atlas::airport(code).map(|_| ()).ok_or(DraftError::Airport(code))
}

fn complete(words: &Words, what: &'static str) -> Result<(), DraftError> {
    if words.is_complete() { Ok(()) } else { Err(DraftError::Words(what)) }
}
