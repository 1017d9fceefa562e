//! What an officer hands in, read and checked.

use contract::{
    entry::{
        Body, NotWhole,
        advisory::{Advisory, InvalidAdvisory, MessageType},
        chat::{Chat, ChatLink, Messenger},
        level::Level,
        line::{Line, TextWay},
        mission::Mission,
        relayed_alert::{RelayList, RelayedAlert},
        topic::Topic,
    },
    hash::Hash,
    hours::Hours,
    ids::{EntryId, InvalidId},
    place::{AirportCode, Area, CountryCode, InvalidArea},
    words::{Source, Tag, Words, is_blank},
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
    #[error("at /body{}: {}", .0.pointer, .0.reason)]
    NotWhole(NotWhole),
    #[error("its kind \"{0}\" is none of {kinds}", kinds = Body::KINDS.join(", "))]
    Kind(String),
    #[error("a list of relays is the ministry's own: it names each sender, and each once")]
    Relays,
    #[error("alerts of {0} are not passed on: it is not in the list of relays")]
    NotARelay(String),
    #[error("the alert {0}")]
    Area(#[from] InvalidArea),
    #[error("versions begin at 1")]
    Version,
    #[error("the advisory {0}")]
    Advisory(#[from] InvalidAdvisory),
    #[error("it expired at {0}")]
    Expired(Timestamp),
    #[error("a level is 1, 2, 3 or 4, not {0}")]
    Level(u8),
    #[error("its {what} is not complete in {languages}")]
    Words { what: &'static str, languages: String },
    #[error("there is no time zone {0}")]
    Zone(String),
    #[error("\"{0}\" is not an https address, whole and of the messenger that is named")]
    Link(String),
    #[error("a topic is whole in {0}, with as many steps in each, one at least")]
    Topic(String),
    #[error("a topic's levels are 1 to 4")]
    TopicLevels,
    #[error("a point is not on the Earth")]
    OffTheEarth,
    #[error("an entry that nobody understands is not signed")]
    Unread,
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
        if !Body::KINDS.contains(&kind.as_str()) {
            return Err(DraftError::Kind(kind));
        }
        let body = Body::read_whole(&kind, &body).map_err(DraftError::NotWhole)?;
        Ok(Self { id, version, body, alert: None, references: Vec::new() })
    }

    /// Reads another authority's alert.
    pub fn from_cap(bytes: &[u8]) -> Result<Self, DraftError> {
        let alert = read::read(bytes)?;
        Ok(Self {
            id: alert_id(&alert.identifier, &alert.name)?,
            version: None,
            body: Body::RelayedAlert(alert.relayed),
            alert: Some(alert.name),
            references: alert.references,
        })
    }

    /// Whether it may be signed at `now`. Where the desk knows what it cancels, its own end may have passed.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, rules: &Rules, now: Timestamp, known: bool) -> Result<(), DraftError> {
        if self.version == Some(0) {
            return Err(DraftError::Version);
        }
        match &self.body {
            Body::Advisory(advisory) => check_advisory(advisory, &rules.languages, now, known),
            Body::RelayedAlert(alert) => check_alert(alert, rules, now, known),
            Body::RelayList(list) => check_relays(list),
            Body::Level(level) => check_level(level, rules),
            Body::Mission(mission) => check_mission(mission, rules),
            Body::Line(line) => check_line(line, rules),
            Body::Chat(chat) => check_chat(chat, rules),
            Body::Topic(topic) => check_topic(topic, rules),
            Body::Unread(_) => Err(DraftError::Unread),
        }
    }

    pub fn cancels(&self) -> bool {
        match &self.body {
            Body::Advisory(advisory) => advisory.message_type == MessageType::Cancel,
            Body::RelayedAlert(alert) => alert.message_type == MessageType::Cancel,
            Body::RelayList(_)
            | Body::Level(_)
            | Body::Mission(_)
            | Body::Line(_)
            | Body::Chat(_)
            | Body::Topic(_)
            | Body::Unread(_) => false,
        }
    }
}

/// What a ministry asks of its officers' drafts.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Every text is whole in each.
    pub languages: Vec<Tag>,
    /// Whose alerts are passed on; nobody's where there is no list.
    pub relays: Option<RelayList>,
}

impl Rules {
    fn named(&self) -> String {
        self.languages.iter().map(Tag::as_str).collect::<Vec<_>>().join(", ")
    }

    fn complete(&self, words: &Words, what: &'static str) -> Result<(), DraftError> {
        if words.is_complete(&self.languages) {
            Ok(())
        } else {
            Err(DraftError::Words { what, languages: self.named() })
        }
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

fn check_advisory(advisory: &Advisory, languages: &[Tag], now: Timestamp, known: bool) -> Result<(), DraftError> {
    advisory.check(languages)?;
    let cancels_known = known && advisory.message_type == MessageType::Cancel;
    if advisory.expires <= now && !cancels_known {
        return Err(DraftError::Expired(advisory.expires));
    }
    advisory.areas.iter().try_for_each(known_places)
}

fn check_alert(alert: &RelayedAlert, rules: &Rules, now: Timestamp, known: bool) -> Result<(), DraftError> {
    let relay = rules.relays.as_ref().and_then(|list| list.find(&alert.sender));
    if relay.is_none() {
        return Err(DraftError::NotARelay(alert.sender.clone()));
    }
    let cancels_known = known && alert.message_type == MessageType::Cancel;
    let end = alert.parts.iter().map(|part| part.expires).max();
    if let Some(end) = end.filter(|end| *end <= now && !cancels_known) {
        return Err(DraftError::Expired(end));
    }
    for part in &alert.parts {
        if part.areas.is_empty() {
            return Err(InvalidArea::Nowhere.into());
        }
        for area in &part.areas {
            area.check()?;
            known_places(area)?;
        }
    }
    Ok(())
}

fn check_relays(list: &RelayList) -> Result<(), DraftError> {
    for (index, relay) in list.relays.iter().enumerate() {
        let again = list.relays.iter().take(index).any(|other| other.sender == relay.sender);
        if again || is_blank(&relay.sender) {
            return Err(DraftError::Relays);
        }
        relay.countries.iter().copied().try_for_each(known_country)?;
    }
    Ok(())
}

fn known_places(area: &Area) -> Result<(), DraftError> {
    area.country.into_iter().try_for_each(known_country)?;
    area.airports.iter().copied().try_for_each(known_airport)
}

fn check_level(level: &Level, rules: &Rules) -> Result<(), DraftError> {
    if !(1..=4).contains(&level.level) {
        return Err(DraftError::Level(level.level));
    }
    known_country(level.country)?;
    rules.complete(&level.why, "why")
}

fn check_mission(mission: &Mission, rules: &Rules) -> Result<(), DraftError> {
    rules.complete(&mission.name, "name")?;
    rules.complete(&mission.city, "city")?;
    [mission.country].iter().chain(&mission.serves).copied().try_for_each(known_country)?;
    if mission.position.is_some_and(|position| !position.is_on_earth()) {
        return Err(DraftError::OffTheEarth);
    }
    mission.hours.iter().try_for_each(check_hours)?;
    if !mission.site.is_empty() {
        check_link(Messenger::Web, &mission.site)?;
    }
    check_sources(&mission.sources)
}

fn check_line(line: &Line, rules: &Rules) -> Result<(), DraftError> {
    rules.complete(&line.name, "name")?;
    check_hours(&line.hours)?;
    match &line.text {
        Some(TextWay::Chat(ChatLink { messenger, url })) => check_link(*messenger, url),
        Some(TextWay::Sms { .. } | TextWay::Other) | None => Ok(()),
    }
}

fn check_chat(chat: &Chat, rules: &Rules) -> Result<(), DraftError> {
    rules.complete(&chat.name, "name")?;
    check_link(chat.link.messenger, &chat.link.url)
}

fn check_topic(topic: &Topic, rules: &Rules) -> Result<(), DraftError> {
    let mut steps = None;
    for language in &rules.languages {
        let text = topic.texts.get(language.as_str()).ok_or_else(|| DraftError::Topic(rules.named()))?;
        let mut parts = [&text.title, &text.summary, &text.why, &text.whom].into_iter().chain(&text.steps);
        let as_many = *steps.get_or_insert(text.steps.len()) == text.steps.len();
        if text.steps.is_empty() || !as_many || parts.any(|part| is_blank(part)) {
            return Err(DraftError::Topic(rules.named()));
        }
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
    match hours {
        Hours::Weekly { time_zone, .. } => {
            TimeZone::get(time_zone).map(drop).map_err(|_| DraftError::Zone(time_zone.clone()))
        }
        Hours::Always | Hours::Other => Ok(()),
    }
}

/// A link opens on a tap: it must lead where it says.
fn check_link(messenger: Messenger, url: &str) -> Result<(), DraftError> {
    let hosts: &[&str] = match messenger {
        Messenger::Telegram => &["t.me", "telegram.me"],
        Messenger::Whatsapp => &["wa.me", "chat.whatsapp.com"],
        Messenger::Signal => &["signal.group", "signal.me"],
        Messenger::Web | Messenger::Other => &[],
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
