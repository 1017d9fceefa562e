//! Warnings as the screens list them.

use std::cmp::Reverse;

use contract::{
    entry::advisory::{Announced, Severity},
    ids::EntryId,
    place::{AirportCode, CountryCode},
    words::Words,
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    advisories::{self, AdvisoryState, Part, Warning, WarningText},
    concern::Concern,
    event_topics,
    facts::Facts,
    headings::{self, Heading},
    senders,
    store::{Saying, Told},
    trips::PlannedLeg,
};

/// A warning on a screen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AdvisoryView {
    /// Of its entry.
    pub id: EntryId,
    /// Of its entry.
    pub version: u32,
    /// How it is announced.
    pub announced: Announced,
    /// Present where the ministry passes on another authority's alert.
    pub relayed: Option<Relayed>,
    /// When the ministry signed it.
    #[ts(type = "string")]
    pub issued_at: Timestamp,
    /// Where the first screen lists it.
    pub group: AdvisoryGroup,
    /// The part that matters most to this traveller.
    #[serde(flatten)]
    pub main_part: PartView,
    /// The others of an alert of several parts, in the same order.
    pub others: Vec<PartView>,
}

/// Which list of the first screen a warning stands in, by the part that matters most to this traveller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdvisoryGroup {
    /// It is not over and concerns the traveller.
    Mine,
    /// It is said to be over, and would still hold had that not been said.
    Ended,
    /// Its own end has come where one of the traveller's places is, and the ministry was not heard from since: it may have
    /// been extended.
    Unheard,
    /// It is over, and would be by now whatever was said.
    Past,
    /// It is not over and concerns none of the traveller's places.
    Elsewhere,
}

/// What holds in some areas at one time.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PartView {
    /// How bad it is.
    pub severity: Severity,
    /// What stands over it. Absent where it has no words.
    pub heading: Option<Heading>,
    /// The reader's language first.
    pub texts: Vec<WarningText>,
    /// The countries it names.
    pub countries: Vec<Words>,
    /// Names of areas within a country, as the authority gives them.
    pub areas: Vec<Words>,
    /// When what it warns of begins.
    #[ts(type = "string")]
    pub begins: Timestamp,
    /// From here on it holds no longer.
    #[ts(type = "string")]
    pub expires: Timestamp,
    /// Whether it holds.
    pub state: AdvisoryState,
    /// Whether it holds no longer.
    pub is_over: bool,
    /// Whom it concerns.
    pub concerns: Concern,
    /// It concerns where the traveller is only perhaps: their place is not known so exactly, or the area is only named.
    pub perhaps: bool,
    /// Ids of the topics that say what to do in such an event; of another authority's alert alone.
    pub topics: Vec<String>,
    /// It is likely to hold when they are there.
    #[serde(skip)]
    #[ts(skip)]
    pub is_soon: bool,
}

/// A warning that was shown here and was not the ministry's word.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VoidView {
    /// Of its entry.
    pub id: EntryId,
    /// As it was shown.
    pub headline: String,
    /// When it was shown.
    #[ts(type = "string")]
    pub shown_at: Timestamp,
}

/// Whose alert the ministry passes on.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Relayed {
    /// The authority's name as the alert gives it in the reader's language, else as the ministry calls it; empty where
    /// neither has words for it.
    pub sender: String,
    /// The alert's own `identifier`.
    pub identifier: String,
    /// When its authority sent it.
    #[ts(type = "string")]
    pub sent: Timestamp,
}

/// A warning with its parts, what matters most to this traveller first.
struct Listed<'a> {
    warning: Warning<'a>,
    parts: Vec<Judged<'a>>,
}

#[derive(Clone, Copy)]
struct Judged<'a> {
    part: Part<'a>,
    concern: Concern,
    state: AdvisoryState,
}

/// All that are not over, and those over that concerned the traveller or were notified here; what matters most first.
pub fn listed(facts: &Facts) -> Vec<AdvisoryView> {
    let wanted = |one: &Listed| {
        // what was ended before they came, or will come, is no news of theirs
        let was_there = |part: &Judged| {
            let legs = facts.legs().map(|(_, leg)| leg).chain(facts.where_perhaps());
            legs.filter(|leg| leg.from <= one.warning.entry.issued_at).any(|leg| advisories::reaches(&part.part, leg))
        };
        let concerns = |part: &Judged| match part.state {
            AdvisoryState::InForce | AdvisoryState::Upcoming => true,
            AdvisoryState::Expired => part.concern != Concern::Elsewhere,
            AdvisoryState::Ended => part.concern != Concern::Elsewhere && was_there(part),
        };
        one.parts.iter().any(concerns) || facts.is_told(&one.warning.entry.id, one.warning.entry.version)
    };
    let found = advisories::warnings(facts.bulletin).into_iter().map(|warning| judged(facts, warning, |_| true));
    sorted(found.filter(wanted)).into_iter().filter_map(|one| view(facts, one)).collect()
}

/// What to do now: the first that holds and concerns the traveller; where nothing holds yet, the first that comes. What is
/// over days before they come there is listed alone. Who `is_stuck` goes on to nowhere: what holds at the next place leads
/// them not.
pub fn lead(listed: &[AdvisoryView], is_stuck: bool) -> Option<&AdvisoryView> {
    let is_of_now = |one: &&AdvisoryView| !is_stuck || one.main_part.concerns == Concern::Here;
    let mine = listed.iter().filter(|one| one.group == AdvisoryGroup::Mine && one.main_part.is_soon).filter(is_of_now);
    mine.clone().find(|one| one.main_part.state == AdvisoryState::InForce).or_else(|| mine.clone().next())
}

/// Those in force or coming at some legs, or that may have been extended unheard; by the parts that are, the gravest first.
pub fn at(facts: &Facts, legs: &[&PlannedLeg]) -> Vec<AdvisoryView> {
    gravest(facts, |part| legs.iter().any(|leg| advisories::reaches(part, leg)))
}

/// The same of those whose area names the country.
pub fn of_country(facts: &Facts, country: CountryCode) -> Vec<AdvisoryView> {
    gravest(facts, |part| {
        part.areas.iter().any(|area| {
            let of_airport = |code: &AirportCode| atlas::airport(*code).map(|airport| airport.country);
            area.country == Some(country) || area.airports.iter().any(|code| of_airport(code) == Some(country))
        })
    })
}

fn gravest(facts: &Facts, holds: impl Fn(&Part) -> bool) -> Vec<AdvisoryView> {
    let may_hold = |part: &Part| match advisories::state(part, facts.now) {
        AdvisoryState::InForce | AdvisoryState::Upcoming => true,
        AdvisoryState::Expired => !facts.is_heard_since(part.expires),
        AdvisoryState::Ended => false,
    };
    let about = |part: &Part| may_hold(part) && holds(part);
    let found = advisories::warnings(facts.bulletin).into_iter().map(|warning| judged(facts, warning, about));
    let mut found = sorted(found);
    found.sort_by_key(|one| one.parts.iter().map(|judged| Reverse(judged.part.severity)).min());
    found.into_iter().filter_map(|one| view(facts, one)).collect()
}

/// The newest first.
pub fn voids(facts: &Facts) -> Vec<VoidView> {
    let void = |told: &Told| {
        let shown_at = told.warned_at.filter(|_| told.saying == Saying::Void && !told.dismissed)?;
        Some(VoidView { id: told.entry.clone(), headline: told.headline.clone(), shown_at })
    };
    facts.told.iter().rev().filter_map(void).collect()
}

fn judged<'a>(facts: &Facts, warning: Warning<'a>, about: impl Fn(&Part) -> bool) -> Listed<'a> {
    let mut parts: Vec<Judged> = warning
        .parts
        .iter()
        .filter(|part| about(part))
        .map(|part| Judged {
            part: *part,
            concern: advisories::concern(part, facts.legs(), facts.where_perhaps(), facts.now, true),
            state: advisories::state(part, facts.now),
        })
        .collect();
    parts.sort_by_key(|part| (part.concern == Concern::Elsewhere, rank(part)));
    Listed { warning, parts }
}

fn rank(part: &Judged) -> impl Ord + use<> {
    advisories::rank(part.concern, part.state, &part.part)
}

fn sorted<'a>(found: impl Iterator<Item = Listed<'a>>) -> Vec<Listed<'a>> {
    let mut found: Vec<Listed> = found.collect();
    found.sort_by_key(|one| {
        let newest = Reverse(one.warning.entry.issued_at);
        (one.parts.first().map(rank), newest)
    });
    found
}

/// `None` for one without parts.
fn view(facts: &Facts, Listed { warning, parts }: Listed) -> Option<AdvisoryView> {
    let mut parts = parts.iter().map(|part| part_view(facts, part));
    let main_part = parts.next()?;
    Some(AdvisoryView {
        id: warning.entry.id.clone(),
        version: warning.entry.version,
        announced: warning.announced,
        relayed: warning.relayed.map(|alert| Relayed {
            sender: senders::name(facts, &alert.sender, &main_part.texts),
            identifier: alert.identifier.clone(),
            sent: alert.sent,
        }),
        issued_at: warning.entry.issued_at,
        group: group(facts, &main_part),
        main_part,
        others: parts.collect(),
    })
}

fn group(facts: &Facts, part: &PartView) -> AdvisoryGroup {
    match part.state {
        AdvisoryState::InForce | AdvisoryState::Upcoming if part.concerns == Concern::Elsewhere => {
            AdvisoryGroup::Elsewhere
        }
        AdvisoryState::InForce | AdvisoryState::Upcoming => AdvisoryGroup::Mine,
        AdvisoryState::Ended if part.expires > facts.now => AdvisoryGroup::Ended,
        AdvisoryState::Expired if part.concerns != Concern::Elsewhere && !facts.is_heard_since(part.expires) => {
            AdvisoryGroup::Unheard
        }
        AdvisoryState::Ended | AdvisoryState::Expired => AdvisoryGroup::Past,
    }
}

fn part_view(facts: &Facts, Judged { part, concern, state }: &Judged) -> PartView {
    PartView {
        severity: part.severity,
        heading: headings::heading(part, facts.lang, &facts.preference()),
        texts: part.texts.by_preference(&facts.preference()),
        countries: part.countries(),
        areas: part.area_names(),
        begins: part.begins(),
        expires: part.expires,
        state: *state,
        is_over: state.is_over(),
        concerns: *concern,
        perhaps: *concern == Concern::Here
            && !facts.where_now().is_some_and(|leg| advisories::surely_touches(part, leg)),
        topics: event_topics::of(part),
        is_soon: *concern == Concern::Here || facts.legs().any(|(_, leg)| advisories::reaches_soon(part, leg)),
    }
}
