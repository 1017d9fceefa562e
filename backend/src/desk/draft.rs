//! What an officer hands in, read and checked.

use std::collections::BTreeMap;

use contract::{
    entry::{
        Body, NotWhole,
        advisory::{Advisory, InvalidAdvisory},
        chat::{Chat, ChatLink, Messenger},
        level::Level,
        line::{Line, TextWay},
        mission::Mission,
        relayed_alert::{RelayList, RelayedAlert},
        topic::{Topic, TopicText},
    },
    hours::Hours,
    ids::EntryId,
    phone::PhoneNumber,
    place::{AirportCode, Area, Circle, CountryCode},
    words::{Source, Tag, Words, is_blank},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::json;
use crate::cap::{
    alert::CapError,
    encoding::EncodingError,
    place::lies_elsewhere,
    text::{self, is_invisible},
};

/// Officers' files larger than this are not read.
pub const MAX_DRAFT: u64 = 1024 * 1024;
/// Nor alerts larger than this: pictures and sound inside, and fine shapes, are left behind.
pub const MAX_ALERT: u64 = 16 * 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    #[error("it cannot be opened")]
    Open(#[source] std::io::Error),
    #[error("it is larger than {} MiB", .0 / 1024 / 1024)]
    TooLarge(u64),
    #[error("it is neither an officer's JSON draft nor a CAP alert")]
    Neither,
    #[error(transparent)]
    Encoding(#[from] EncodingError),
    #[error("it is not JSON, or not as it should be: {0}")]
    NotJson(#[source] serde_json::Error),
    #[error("at {pointer}: it has {character}, which a reader cannot see")]
    Invisible { pointer: String, character: String },
    #[error("{0}")]
    Outline(#[source] serde_json::Error),
    #[error("at /body{}: {}", .0.pointer, .0.reason)]
    NotWhole(NotWhole),
    #[error("its kind \"{0}\" is none of advisory, level, mission, line, chat and topic, nor relay_list")]
    Kind(String),
    #[error("an alert of another authority is passed on from its own file")]
    RelayedByHand,
    #[error("versions begin at 1")]
    Version,
    #[error("the advisory {0}")]
    Advisory(#[from] InvalidAdvisory),
    #[error("it expired at {0}")]
    Expired(Timestamp),
    #[error("at {pointer}: the place lies nowhere near {country}; are latitude and longitude the right way round?")]
    Elsewhere { pointer: String, country: CountryCode },
    #[error("a level is 1, 2, 3 or 4, not {0}")]
    Level(u8),
    #[error("its {what} is not complete in {}", languages(.tags))]
    Words { what: &'static str, tags: Vec<Tag> },
    #[error("\"{0}\" is not a phone number in E.164 that can exist")]
    Number(String),
    #[error("there is no time zone {0}")]
    Zone(String),
    #[error("its hours close when they open, or there are none")]
    Hours,
    #[error("\"{0}\" is not an https address, whole and of the messenger that is named")]
    Link(String),
    #[error("{0} is no mission that this desk signed")]
    NoMission(EntryId),
    #[error("a topic is whole in {}, with as many steps in each, one at least", languages(.0))]
    Topic(Vec<Tag>),
    #[error("a topic's levels are 1 to 4")]
    TopicLevels,
    #[error("the topic \"{topic}\" is {held} already; one entry a topic")]
    TopicTwice { topic: String, held: EntryId },
    #[error("the list names a sender twice, or one that is blank")]
    Relays,
    #[error("there is no country {0}")]
    Country(CountryCode),
    #[error("there is no airport {0}")]
    Airport(AirportCode),
    #[error(transparent)]
    Cap(#[from] CapError),
}

/// `kk, ru and en`.
fn languages(tags: &[Tag]) -> String {
    match tags.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("{} and {last}", before.iter().map(Tag::as_str).collect::<Vec<_>>().join(", "))
        }
        Some((only, _)) => only.to_string(),
        None => String::new(),
    }
}

/// An entry before it is signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub id: EntryId,
    /// Absent for "the next one".
    pub version: Option<u32>,
    pub body: Body,
}

/// What a draft must agree with.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The ministry's languages.
    pub languages: Vec<Tag>,
    /// What the desk signed, the newest version of each.
    pub entries: BTreeMap<EntryId, Body>,
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
    ///
    /// # Errors
    /// Where it is not JSON, has what a reader cannot see, or would not come back whole.
    pub fn from_json(text: &str) -> Result<Self, DraftError> {
        let value = json::read(text).map_err(DraftError::NotJson)?;
        let mut texts = Vec::new();
        json::texts(&value, "", &mut texts);
        for (pointer, text) in texts {
            if let Some(hidden) = text.chars().find(|c| is_invisible(*c)) {
                let character = format!("U+{:04X}", u32::from(hidden));
                return Err(DraftError::Invisible { pointer: text::name(&pointer), character });
            }
        }
        let Written { id, version, kind, body } = serde_json::from_value(value).map_err(DraftError::Outline)?;
        if kind == "relayed_alert" {
            return Err(DraftError::RelayedByHand);
        }
        if !Body::KINDS.contains(&kind.as_str()) {
            return Err(DraftError::Kind(kind));
        }
        Ok(Self { id, version, body: Body::read_whole(&kind, &body).map_err(DraftError::NotWhole)? })
    }

    /// Whether it may be signed at `now`.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self, standing: &Standing, now: Timestamp) -> Result<(), DraftError> {
        if self.version == Some(0) {
            return Err(DraftError::Version);
        }
        let complete = |words: &Words, what| complete(words, what, &standing.languages);
        match &self.body {
            Body::Advisory(advisory) => {
                check_advisory(advisory, standing.entries.contains_key(&self.id), &standing.languages, now)
            }
            Body::Level(level) => check_level(level).and_then(|()| complete(&level.why, "why")),
            Body::Mission(mission) => {
                complete(&mission.name, "name")?;
                complete(&mission.city, "city")?;
                check_mission(mission)
            }
            Body::Line(line) => {
                complete(&line.name, "name")?;
                check_line(line)?;
                check_owner(line.mission.as_ref(), standing)
            }
            Body::Chat(Chat { mission, name, link, .. }) => {
                complete(name, "name")?;
                check_link(link.messenger, &link.url)?;
                check_owner(mission.as_ref(), standing)
            }
            Body::Topic(topic) => {
                check_topic(topic, &standing.languages)?;
                check_only_topic(topic, &self.id, standing)
            }
            Body::RelayList(list) => check_relays(list),
            Body::RelayedAlert(_) => Err(DraftError::RelayedByHand),
            Body::Unread(_) => Err(DraftError::Kind(self.body.kind().to_owned())),
        }
    }
}

/// Whether an alert may be passed on at `now`: an ending always, a warning while some part of it holds.
///
/// # Errors
/// When the last of it expired.
pub fn check_relayed(alert: &RelayedAlert, now: Timestamp) -> Result<(), DraftError> {
    let warns = alert.parts.iter().filter(|part| !part.is_over());
    match warns.map(|part| part.expires).max() {
        Some(last) if last <= now && !alert.is_ending() => Err(DraftError::Expired(last)),
        Some(_) | None => Ok(()),
    }
}

fn check_advisory(advisory: &Advisory, known: bool, languages: &[Tag], now: Timestamp) -> Result<(), DraftError> {
    advisory.check(languages)?;
    let ends_known = known && advisory.is_ending();
    if advisory.expires <= now && !ends_known {
        return Err(DraftError::Expired(advisory.expires));
    }
    for (at, area) in advisory.areas.iter().enumerate() {
        area.country.into_iter().try_for_each(known_country)?;
        area.airports.iter().copied().try_for_each(known_airport)?;
        if let Some(country) = area.country.filter(|country| area.has_shape() && lies_elsewhere(area, *country)) {
            return Err(DraftError::Elsewhere { pointer: format!("/body/areas/{at}"), country });
        }
    }
    Ok(())
}

fn check_level(level: &Level) -> Result<(), DraftError> {
    if !(1..=4).contains(&level.level) {
        return Err(DraftError::Level(level.level));
    }
    known_country(level.country)
}

fn check_mission(mission: &Mission) -> Result<(), DraftError> {
    [mission.country].iter().chain(&mission.serves).copied().try_for_each(known_country)?;
    if let Some(center) = mission.position {
        let area = Area { circles: vec![Circle { center, radius_km: 0.0 }], ..Area::default() };
        if area.check().is_err() || lies_elsewhere(&area, mission.country) {
            return Err(DraftError::Elsewhere { pointer: "/body/position".to_owned(), country: mission.country });
        }
    }
    mission.hours.iter().try_for_each(check_hours)?;
    if !mission.site.is_empty() {
        check_link(Messenger::Web, &mission.site)?;
    }
    check_sources(&mission.sources)
}

fn check_line(line: &Line) -> Result<(), DraftError> {
    check_hours(&line.hours)?;
    [Some(&line.number), line.moved_to.as_ref()].into_iter().flatten().try_for_each(check_number)?;
    match &line.text {
        Some(TextWay::Sms { number }) => check_number(number),
        Some(TextWay::Chat(ChatLink { messenger, url })) => check_link(*messenger, url),
        Some(TextWay::Other) | None => Ok(()),
    }
}

/// A line or chat belongs to a mission that is there, or to the ministry.
fn check_owner(mission: Option<&EntryId>, standing: &Standing) -> Result<(), DraftError> {
    let Some(id) = mission else { return Ok(()) };
    if matches!(standing.entries.get(id), Some(Body::Mission(_))) {
        Ok(())
    } else {
        Err(DraftError::NoMission(id.clone()))
    }
}

fn check_topic(topic: &Topic, languages: &[Tag]) -> Result<(), DraftError> {
    let not_whole = || DraftError::Topic(languages.to_vec());
    let mut count = None;
    for tag in languages {
        let text = topic.texts.get(tag.as_str()).filter(|text| is_whole(text)).ok_or_else(not_whole)?;
        if *count.get_or_insert(text.steps.len()) != text.steps.len() {
            return Err(not_whole());
        }
    }
    if topic.levels.iter().any(|level| !(1..=4).contains(level)) {
        return Err(DraftError::TopicLevels);
    }
    check_sources(&topic.sources)
}

fn is_whole(text: &TopicText) -> bool {
    let mut parts = [&text.title, &text.summary, &text.why, &text.whom].into_iter().chain(&text.steps);
    !text.steps.is_empty() && parts.all(|part| !is_blank(part))
}

fn check_only_topic(topic: &Topic, id: &EntryId, standing: &Standing) -> Result<(), DraftError> {
    let mut others = standing.entries.iter().filter(|(held, _)| *held != id);
    match others.find(|(_, body)| matches!(body, Body::Topic(held) if held.id == topic.id)) {
        Some((held, _)) => Err(DraftError::TopicTwice { topic: topic.id.clone(), held: held.clone() }),
        None => Ok(()),
    }
}

fn check_relays(list: &RelayList) -> Result<(), DraftError> {
    let mut senders: Vec<&str> = list.relays.iter().map(|relay| relay.sender.as_str()).collect();
    senders.sort_unstable();
    let all = senders.len();
    senders.dedup();
    if senders.len() != all || senders.iter().any(|sender| is_blank(sender)) {
        return Err(DraftError::Relays);
    }
    list.relays.iter().flat_map(|relay| &relay.countries).copied().try_for_each(known_country)
}

fn check_sources(sources: &[Source]) -> Result<(), DraftError> {
    sources.iter().try_for_each(|source| check_link(Messenger::Web, &source.url))
}

/// Night duty closes on the day after it opens.
fn check_hours(hours: &Hours) -> Result<(), DraftError> {
    let Hours::Weekly { time_zone, spans } = hours else { return Ok(()) };
    TimeZone::get(time_zone).map_err(|_| DraftError::Zone(time_zone.clone()))?;
    if spans.is_empty() || spans.iter().any(|span| span.opens == span.closes) { Err(DraftError::Hours) } else { Ok(()) }
}

/// Whether somebody can have this number.
pub fn exists(number: &PhoneNumber) -> bool {
    phonenumber::parse(None, number.as_str()).is_ok_and(|read| read.is_valid())
}

fn check_number(number: &PhoneNumber) -> Result<(), DraftError> {
    if exists(number) { Ok(()) } else { Err(DraftError::Number(number.to_string())) }
}

/// A link opens on a tap: it must lead where it says.
fn check_link(messenger: Messenger, url: &str) -> Result<(), DraftError> {
    let hosts: &[&str] = match messenger {
        Messenger::Telegram => &["t.me", "telegram.me"],
        Messenger::Whatsapp => &["wa.me", "chat.whatsapp.com"],
        Messenger::Signal => &["signal.group", "signal.me"],
        Messenger::Web | Messenger::Other => &[],
    };
    let is_plain = url.starts_with("https://") && !url.contains(|c: char| c.is_whitespace() || c == '\\');
    let read = Url::parse(url).ok().filter(|read| is_plain && read.username().is_empty() && read.password().is_none());
    let leads_there = read.is_some_and(|read| {
        let host = read.host_str().unwrap_or_default();
        // a messenger's links are made by it, and always written in one way
        if hosts.is_empty() { host.contains('.') } else { hosts.contains(&host) && read.as_str() == url }
    });
    if leads_there { Ok(()) } else { Err(DraftError::Link(url.to_owned())) }
}

fn known_country(code: CountryCode) -> Result<(), DraftError> {
    atlas::country(code).map(|_| ()).ok_or(DraftError::Country(code))
}

fn known_airport(code: AirportCode) -> Result<(), DraftError> {
    atlas::airport(code).map(|_| ()).ok_or(DraftError::Airport(code))
}

fn complete(words: &Words, what: &'static str, languages: &[Tag]) -> Result<(), DraftError> {
    if words.is_complete(languages) { Ok(()) } else { Err(DraftError::Words { what, tags: languages.to_vec() }) }
}
