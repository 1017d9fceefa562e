//! Missions, lines and chats as the screens list them.

use std::collections::HashSet;

use contract::{
    entry::Entry,
    entry::{
        chat::{Chat, ChatLink},
        line::{Line, LineKind, LineState, TextWay},
        mission::{Mission, MissionKind},
    },
    ids::EntryId,
    jws::Verified,
    place::{CountryCode, Position},
    words::{Source, Words},
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    call_bar::{self, Ask},
    facts::Facts,
    nearness,
    opening_hours::{self, OpenHours},
    places::country_name,
    trips::PlannedLeg,
};

/// Whom to reach, and how.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct Contacts {
    /// The traveller's own first, the nearest before others.
    pub missions: Vec<MissionView>,
    /// Emergency lines first.
    pub lines: Vec<LineView>,
    /// Groups and channels.
    pub chats: Vec<ChatView>,
}

/// A telephone line.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LineView {
    /// Of its entry.
    pub id: EntryId,
    /// The entry of its mission; absent for the ministry's own.
    pub mission: Option<EntryId>,
    /// What it is for.
    pub kind: LineKind,
    /// What it is called.
    pub name: Words,
    /// When it answers, in words.
    pub hours: Words,
    /// By its hours and its state.
    pub open: bool,
    /// BCP 47.
    pub languages: Vec<String>,
    /// The number that answers; the line's own where none does.
    pub number: String,
    /// How to write to it.
    pub text: Option<TextWay>,
    /// Whether it answers, as the ministry says.
    pub state: LineState,
    /// Made up, for a demonstration.
    pub demo: bool,
    /// When the ministry last checked it.
    #[ts(type = "string")]
    pub verified_at: Timestamp,
}

/// An embassy, a consulate or the like.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MissionView {
    /// Of its entry.
    pub id: EntryId,
    /// Which it is.
    pub kind: MissionKind,
    /// What it is called.
    pub name: Words,
    /// Where it stands.
    pub city: Words,
    /// What the country is called.
    pub country: Words,
    /// Its own; its city's, where no more is known.
    pub position: Option<Position>,
    /// As a letter is addressed; may be empty.
    pub address: String,
    /// When it receives.
    pub hours: Option<OpenHours>,
    /// Its page, `https`; may be empty.
    pub site: String,
    /// Where this is from.
    pub sources: Vec<Source>,
    /// The countries it serves.
    pub serves: Vec<CountryCode>,
    /// True where it serves the country the traveller is in.
    pub mine: bool,
    /// How to reach it at best.
    pub ask: Option<Ask>,
    /// From where it is asked for, in km, where both places are known: where the traveller is, on the page of a trip where
    /// that is.
    pub distance_km: Option<f64>,
}

/// A group or a channel of a messenger.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChatView {
    /// Of its entry.
    pub id: EntryId,
    /// The entry of its mission; absent for the ministry's own.
    pub mission: Option<EntryId>,
    /// What it is called.
    pub name: Words,
    /// Where it is.
    pub link: ChatLink,
    /// Made up, for a demonstration.
    pub demo: bool,
    /// When the ministry last checked it.
    #[ts(type = "string")]
    pub verified_at: Timestamp,
}

/// The ministry's own, and those of the missions that serve where the traveller is.
pub fn mine(facts: &Facts) -> Contacts {
    let here = facts.leg().map(|leg| leg.country);
    of(facts, facts.leg(), |mission| here.is_some_and(|country| mission.serves.contains(&country)))
}

/// The missions that serve where a leg is, the nearest to it first.
pub fn missions_at(facts: &Facts, leg: &PlannedLeg) -> Vec<MissionView> {
    of(facts, Some(leg), |mission| mission.serves.contains(&leg.country)).missions
}

/// The ministry's own, and those of the missions that serve a country.
pub fn of_country(facts: &Facts, country: CountryCode) -> Contacts {
    of(facts, facts.leg(), |mission| mission.serves.contains(&country))
}

/// All there are.
pub fn all(facts: &Facts) -> Contacts {
    of(facts, facts.leg(), |_| true)
}

/// Those that are wanted, by how near they are to somebody.
fn of(facts: &Facts, from: Option<&PlannedLeg>, wanted: impl Fn(&Mission) -> bool) -> Contacts {
    let mut found: Vec<_> = facts.bulletin.missions().filter(|(_, mission)| wanted(mission)).collect();
    found.sort_by_cached_key(|(_, mission)| (!is_mine(facts, mission), nearness::rank(mission, from)));
    let missions: Vec<MissionView> = found.into_iter().map(|one| mission(facts, from, one)).collect();
    let ids: HashSet<&EntryId> = missions.iter().map(|mission| &mission.id).collect();
    let of_these = |mission: &Option<EntryId>| mission.as_ref().is_none_or(|id| ids.contains(id));
    let lines = facts.bulletin.lines().filter(|(_, line)| of_these(&line.mission));
    let mut lines: Vec<LineView> = lines.map(|one| line(facts, one)).collect();
    lines.sort_by_key(|line| line.kind);
    let chats = facts.bulletin.chats().filter(|(_, chat)| of_these(&chat.mission)).map(chat).collect();
    Contacts { lines, chats, missions }
}

fn line(facts: &Facts, (entry, line): (&Verified<Entry>, &Line)) -> LineView {
    LineView {
        id: entry.id.clone(),
        mission: line.mission.clone(),
        kind: line.kind,
        name: line.name.clone(),
        hours: opening_hours::words(&line.hours),
        open: call_bar::answers(line, facts.now),
        languages: line.languages.iter().map(ToString::to_string).collect(),
        number: line.answers_at().unwrap_or(&line.number).to_string(),
        text: line.text.clone(),
        state: line.state,
        demo: line.demo,
        verified_at: line.verified_at,
    }
}

fn chat((entry, chat): (&Verified<Entry>, &Chat)) -> ChatView {
    ChatView {
        id: entry.id.clone(),
        mission: chat.mission.clone(),
        name: chat.name.clone(),
        link: chat.link.clone(),
        demo: chat.demo,
        verified_at: chat.verified_at,
    }
}

/// Whether it serves the country the traveller is in.
fn is_mine(facts: &Facts, mission: &Mission) -> bool {
    facts.leg().is_some_and(|leg| mission.serves.contains(&leg.country))
}

fn mission(facts: &Facts, from: Option<&PlannedLeg>, (entry, mission): (&Verified<Entry>, &Mission)) -> MissionView {
    let of_it = facts.bulletin.lines().map(|(_, line)| line).filter(|line| line.mission.as_ref() == Some(&entry.id));
    let from: Option<Position> = from.and_then(|leg| leg.position);
    let open_hours =
        |hours| OpenHours { words: opening_hours::words(hours), open: opening_hours::is_open(hours, facts.now) };
    MissionView {
        id: entry.id.clone(),
        kind: mission.kind,
        name: mission.name.clone(),
        city: mission.city.clone(),
        country: country_name(mission.country),
        position: nearness::position(mission),
        address: mission.address.clone(),
        hours: mission.hours.as_ref().map(open_hours),
        site: mission.site.clone(),
        sources: mission.sources.clone(),
        serves: mission.serves.clone(),
        ask: call_bar::ask(of_it, facts.prefers_text, facts.now),
        mine: is_mine(facts, mission),
        distance_km: from.zip(mission.position).map(|(from, there)| atlas::distance_km(from, there)),
    }
}
