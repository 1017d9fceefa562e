//! Which advisories concern the traveller, in what order, and which are worth a notification.

use contract::{
    advisory::{Advisory, AdvisoryText, Area, MessageType, Severity, Urgency},
    ids::EntryId,
    words::Lang,
};
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use ts_rs::TS;

use crate::trips::PlannedLeg;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdvisoryState {
    InForce,
    Upcoming,
    Expired,
    Cancelled,
}

impl AdvisoryState {
    pub fn is_over(self) -> bool {
        match self {
            Self::InForce | Self::Upcoming => false,
            Self::Expired | Self::Cancelled => true,
        }
    }
}

/// Whom an advisory concerns, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    Here,
    Trip,
    Elsewhere,
}

/// A trip that begins this long after an advisory's expiry is still concerned: warnings get extended.
const AHEAD_DAYS: i32 = 7;

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

/// Whom an advisory concerns, by the legs it touches. `past` says whether legs that are over count,
/// as they do for what is listed and do not for what is notified.
pub fn concern<'a>(
    advisory: &Advisory,
    legs: impl IntoIterator<Item = &'a PlannedLeg>,
    current: Option<&PlannedLeg>,
    now: Timestamp,
    past: bool,
) -> Concern {
    let touched = |leg: &PlannedLeg| advisory.areas.iter().any(|area| touches(area, leg));
    let horizon = advisory.expires.checked_add((24 * AHEAD_DAYS).hours()).unwrap_or(Timestamp::MAX);
    if current.is_some_and(|leg| leg.from < horizon && touched(leg)) {
        return Concern::Here;
    }
    let in_time = |leg: &PlannedLeg| leg.from < horizon && (leg.until > now || past && leg.until > advisory.effective);
    if legs.into_iter().any(|leg| in_time(leg) && touched(leg)) { Concern::Trip } else { Concern::Elsewhere }
}

pub fn state(advisory: &Advisory, now: Timestamp) -> AdvisoryState {
    if advisory.message_type == MessageType::Cancel {
        AdvisoryState::Cancelled
    } else if now >= advisory.expires {
        AdvisoryState::Expired
    } else if now < advisory.effective {
        AdvisoryState::Upcoming
    } else {
        AdvisoryState::InForce
    }
}

/// What the system shows. The words are the advisory's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: EntryId,
    pub version: u32,
    pub loudness: Loudness,
    pub title: String,
    pub body: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loudness {
    Critical,
    Normal,
    Low,
}

/// How loud an advisory is: severe and soon is critical, minor is quiet.
pub fn loudness(advisory: &Advisory) -> Loudness {
    match (advisory.severity, advisory.urgency) {
        (Severity::Extreme | Severity::Severe, Urgency::Immediate | Urgency::Expected) => Loudness::Critical,
        (Severity::Extreme, Urgency::Future | Urgency::Past | Urgency::Unknown) => Loudness::Critical,
        (Severity::Severe, Urgency::Future | Urgency::Past | Urgency::Unknown) => Loudness::Normal,
        (Severity::Moderate | Severity::Unknown, _) => Loudness::Normal,
        (Severity::Minor, _) => Loudness::Low,
    }
}

/// The text for a reader of `lang`: theirs, else kk, ru, en, else whatever there is.
pub fn text(advisory: &Advisory, lang: Lang) -> Option<&AdvisoryText> {
    lang.preferred()
        .find_map(|lang| advisory.texts.iter().find(|text| Lang::from_tag(&text.lang) == Some(lang)))
        .or(advisory.texts.first())
}

pub fn notice(id: &EntryId, version: u32, advisory: &Advisory, lang: Lang) -> Option<Notice> {
    let text = text(advisory, lang)?;
    let place = advisory.areas.iter().find_map(|area| {
        let country = area.country.and_then(atlas::country)?;
        Some(country.name.get(lang).to_owned())
    });
    let body = if text.steps.is_empty() { text.why.clone() } else { text.steps.join("\n") };
    Some(Notice {
        id: id.clone(),
        version,
        loudness: loudness(advisory),
        title: place.map_or_else(|| text.headline.clone(), |place| format!("{place}: {}", text.headline)),
        body,
    })
}

/// Most important first: what is not over, whom it concerns, whether it is in force, how bad, how soon, how new.
pub fn order(
    one: (Concern, AdvisoryState, &Advisory, Timestamp),
    other: (Concern, AdvisoryState, &Advisory, Timestamp),
) -> std::cmp::Ordering {
    let key = |(concern, state, advisory, issued): (Concern, AdvisoryState, &Advisory, Timestamp)| {
        (
            state.is_over(),
            concern,
            state,
            std::cmp::Reverse(advisory.severity),
            std::cmp::Reverse(advisory.urgency),
            std::cmp::Reverse(issued),
        )
    };
    key(one).cmp(&key(other))
}
