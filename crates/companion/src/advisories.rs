//! Which warnings concern the traveller, and in what order: the ministry's own and those it passes on.

use contract::{
    entry::{
        Entry,
        advisory::{Advisory, AdvisoryText, Announced, MessageType, Severity, Urgency},
        relayed_alert::{AlertPart, AlertText, RelayedAlert},
    },
    jws::Verified,
    place::Area,
    words::{Preference, Tag, Texts, Words},
};
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use ts_rs::TS;
use url::Url;

use crate::{bulletin::Bulletin, concern::Concern, places::country_name, trips::PlannedLeg};

/// A warning, whoever speaks. The ministry's own has one part; an alert that is passed on may have several, each with its
/// own severity, times, places and words.
pub struct Warning<'a> {
    /// The entry that says it.
    pub entry: &'a Verified<Entry>,
    /// How it is announced.
    pub announced: Announced,
    /// At least one, but for an alert that only ends.
    pub parts: Vec<Part<'a>>,
    /// The alert of another authority, where the ministry passes it on.
    pub relayed: Option<&'a RelayedAlert>,
}

/// What holds in some areas at one time.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// Its sender has ended it: by a cancellation, or as a danger that is past.
    pub is_ended: bool,
    /// How bad it is.
    pub severity: Severity,
    /// How soon to act.
    pub urgency: Urgency,
    /// From here on it is said.
    pub effective: Timestamp,
    /// When what it warns of begins, where that is later.
    pub onset: Option<Timestamp>,
    /// From here on it holds no longer.
    pub expires: Timestamp,
    /// Where it holds.
    pub areas: &'a [Area],
    /// What it says.
    pub texts: PartTexts<'a>,
}

/// The words of a part, by language.
#[derive(Clone, Copy)]
pub enum PartTexts<'a> {
    /// The ministry's.
    Own(&'a Texts<AdvisoryText>),
    /// Another authority's.
    Relayed(&'a Texts<AlertText>),
}

/// What a part says in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
pub struct WarningText {
    /// BCP 47.
    pub lang: String,
    /// One line.
    pub headline: String,
    /// What to do, in order. An alert that is passed on may give none.
    pub steps: Vec<String>,
    /// What is the matter, and why that is to be done.
    pub why: String,
    /// What kind of event it is, as the sender calls it.
    pub event: String,
    /// The authority's name, where the alert gives one.
    pub sender: String,
    /// The sender's page, `http` or `https`, and contact: the sender's, not the ministry's.
    pub web: String,
    /// The sender's contact, as it gives it.
    pub contact: String,
}

impl PartTexts<'_> {
    /// The reader's first.
    pub fn by_preference(self, wanted: &Preference) -> Vec<WarningText> {
        let (best, mut all) = match self {
            Self::Own(texts) => (tag_of(texts.best(wanted)), texts.iter().map(own_text).collect::<Vec<_>>()),
            Self::Relayed(texts) => (tag_of(texts.best(wanted)), texts.iter().map(alert_text).collect()),
        };
        all.sort_by_key(|text| Some(&text.lang) != best.as_ref());
        all
    }
}

fn tag_of<T>(best: Option<(&Tag, &T)>) -> Option<String> {
    best.map(|(tag, _)| tag.to_string())
}

fn own_text((tag, text): (&Tag, &AdvisoryText)) -> WarningText {
    WarningText {
        lang: tag.to_string(),
        headline: text.headline.clone(),
        steps: text.steps.clone(),
        why: text.why.clone(),
        ..WarningText::default()
    }
}

fn alert_text((tag, text): (&Tag, &AlertText)) -> WarningText {
    WarningText {
        lang: tag.to_string(),
        headline: text.headline.clone(),
        steps: text.steps.clone(),
        why: text.why.clone(),
        event: text.event.clone(),
        sender: text.sender_name.clone(),
        web: web_page(&text.web),
        contact: text.contact.clone(),
    }
}

/// Empty for what is no page on the web.
fn web_page(named: &str) -> String {
    let page = Url::parse(named).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    page.map(String::from).unwrap_or_default()
}

/// Every warning that is held.
pub fn warnings(bulletin: &Bulletin) -> Vec<Warning<'_>> {
    let own = bulletin.advisories().map(|(entry, advisory)| Warning::own(entry, advisory));
    own.chain(bulletin.relayed_alerts().map(|(entry, alert)| Warning::relayed(entry, alert))).collect()
}

impl<'a> Warning<'a> {
    /// The ministry's own.
    pub fn own(entry: &'a Verified<Entry>, advisory: &'a Advisory) -> Self {
        Self { entry, announced: advisory.announced, parts: vec![Part::of(advisory)], relayed: None }
    }

    /// The alert of another authority, where the ministry passes it on.
    pub fn relayed(entry: &'a Verified<Entry>, alert: &'a RelayedAlert) -> Self {
        let part = |part: &'a AlertPart| Part {
            is_ended: alert.message_type == MessageType::Cancel || part.is_over(),
            severity: part.severity,
            urgency: part.urgency,
            effective: part.effective,
            onset: part.onset,
            expires: part.expires,
            areas: &part.areas,
            texts: PartTexts::Relayed(&part.texts),
        };
        Self { entry, announced: Announced::Loud, parts: alert.parts.iter().map(part).collect(), relayed: Some(alert) }
    }

    /// Whether all that it warned of has ended.
    pub fn is_ending(&self) -> bool {
        match self.relayed {
            Some(alert) => alert.is_ending(),
            None => self.parts.iter().all(|part| part.is_ended),
        }
    }

    /// Whether its sender names this page, as the app shows it.
    pub fn names_page(&self, url: &str) -> bool {
        let texts = self.relayed.into_iter().flat_map(|alert| &alert.parts).flat_map(|part| part.texts.iter());
        !url.is_empty() && texts.into_iter().any(|(_, text)| web_page(&text.web) == url)
    }
}

impl<'a> Part<'a> {
    /// The one part of the ministry's own warning.
    pub fn of(advisory: &'a Advisory) -> Self {
        Self {
            is_ended: advisory.is_ending(),
            severity: advisory.severity,
            urgency: advisory.urgency,
            effective: advisory.effective,
            onset: advisory.onset,
            expires: advisory.expires,
            areas: &advisory.areas,
            texts: PartTexts::Own(&advisory.texts),
        }
    }

    /// When what it warns of begins.
    pub fn begins(&self) -> Timestamp {
        self.onset.unwrap_or(self.effective).max(self.effective)
    }

    /// The countries it names, each once.
    pub fn countries(&self) -> Vec<Words> {
        let mut names: Vec<Words> = Vec::new();
        for name in self.areas.iter().filter_map(|area| area.country).map(country_name) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Areas within a country, as the authority names them, each once. One that is called as its country is no other place.
    pub fn area_names(&self) -> Vec<Words> {
        let mut names: Vec<Words> = Vec::new();
        for area in self.areas.iter().filter(|area| !area.name.is_empty()) {
            let country = area.country.map(country_name);
            let is_country = |name: &String| country.iter().flat_map(Words::iter).any(|(_, of)| of == name);
            if !area.name.iter().all(|(_, name)| is_country(name)) && !names.contains(&area.name) {
                names.push(area.name.clone());
            }
        }
        names
    }

    /// Whether it is said at `now`, however much later it begins.
    pub fn is_said(&self, now: Timestamp) -> bool {
        !state(self, now).is_over() && self.effective <= now
    }
}

/// Whether a warning holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdvisoryState {
    /// It holds now.
    InForce,
    /// It is said, and what it warns of begins later.
    Upcoming,
    /// Its time has passed.
    Expired,
    /// Its sender said so.
    Ended,
}

impl AdvisoryState {
    /// Whether it holds no longer.
    pub fn is_over(self) -> bool {
        match self {
            Self::InForce | Self::Upcoming => false,
            Self::Expired | Self::Ended => true,
        }
    }
}

/// A trip that begins this long after an advisory's expiry is still concerned: warnings get extended.
const AHEAD_DAYS: i32 = 7;
/// And within this long it is what they see first.
const SOON_DAYS: i32 = 3;

/// Whether a leg lies in an area. A stay whose city is unknown cannot be ruled out of a part of its country.
fn touches(area: &Area, leg: &PlannedLeg) -> bool {
    if leg.airport.is_some_and(|airport| area.airports.contains(&airport)) {
        return true;
    }
    if area.has_shape() {
        return match leg.position {
            Some(position) => atlas::contains(area, position),
            None => area.country == Some(leg.country),
        };
    }
    area.airports.is_empty() && area.country == Some(leg.country)
}

/// Whether a leg lies in an area for sure: its place is known, and the area is a shape or a whole country.
fn holds(area: &Area, leg: &PlannedLeg) -> bool {
    let is_known = if area.has_shape() { leg.position.is_some() } else { area.name.is_empty() };
    let is_named_airport = leg.airport.is_some_and(|airport| area.airports.contains(&airport));
    is_named_airport || (is_known && touches(area, leg))
}

/// Whether the place of a leg lies in a part for sure, and not only perhaps.
pub fn surely_touches(part: &Part, leg: &PlannedLeg) -> bool {
    part.areas.iter().any(|area| holds(area, leg))
}

/// The one place that says whether a warning is over.
pub fn state(part: &Part, now: Timestamp) -> AdvisoryState {
    if part.is_ended {
        AdvisoryState::Ended
    } else if now >= part.expires {
        AdvisoryState::Expired
    } else if now < part.begins() {
        AdvisoryState::Upcoming
    } else {
        AdvisoryState::InForce
    }
}

/// Whether a part holds at a leg, or may when it begins.
pub fn reaches(part: &Part, leg: &PlannedLeg) -> bool {
    reaches_within(AHEAD_DAYS, part, leg)
}

/// Whether they come to a leg so soon that it is likely to hold there yet.
pub fn reaches_soon(part: &Part, leg: &PlannedLeg) -> bool {
    reaches_within(SOON_DAYS, part, leg)
}

fn reaches_within(days: i32, part: &Part, leg: &PlannedLeg) -> bool {
    let horizon = part.expires.checked_add((24 * days).hours()).unwrap_or(Timestamp::MAX);
    leg.from < horizon && part.areas.iter().any(|area| touches(area, leg))
}

/// Whom a part concerns, by the legs it touches and whose they are, and those they may be on now. `past` says whether legs that are over count,
/// as they do for what is listed and do not for what is notified.
pub fn concern<'a>(
    part: &Part,
    legs: impl IntoIterator<Item = (Concern, &'a PlannedLeg)>,
    current: impl IntoIterator<Item = &'a PlannedLeg>,
    now: Timestamp,
    past: bool,
) -> Concern {
    if current.into_iter().any(|leg| reaches(part, leg)) {
        return Concern::Here;
    }
    let in_time = |leg: &PlannedLeg| leg.until > now || past && leg.until > part.effective;
    let reached = legs.into_iter().filter(|(_, leg)| in_time(leg) && reaches(part, leg));
    reached.map(|(whom, _)| whom).min().unwrap_or(Concern::Elsewhere)
}

/// Most important first: what is not over, whom it concerns, whether it is in force, how bad, how soon.
pub fn rank(concern: Concern, state: AdvisoryState, part: &Part) -> impl Ord + use<> {
    let bad_and_soon = std::cmp::Reverse((part.severity, part.urgency));
    // what is bad for their people is no less so than what is for themselves later
    let near = match concern {
        Concern::Here => 0,
        Concern::Trip | Concern::Others => 1,
        Concern::Elsewhere => 2,
    };
    (state.is_over(), near, state, bad_and_soon, concern)
}
