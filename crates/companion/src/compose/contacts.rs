//! Missions, lines, chats and local numbers as the screens list them.

use std::collections::{BTreeSet, HashSet};

use atlas::Sourced;
use contract::{
    entry::Entry,
    ids::EntryId,
    jws::Verified,
    lines::Line,
    missions::{Chat, Mission},
    place::{CountryCode, Position},
    profile::Profile,
};

use super::{Known, country_name};
use crate::{
    help::{self, Reach},
    hours,
    view::{
        CallBar, ChatView, Contacts, EmergencyNumber, EmergencyRow, EmergencyService, LineView, MissionView, OpenHours,
    },
};

/// The best line for the whereabouts, as this traveller wants to use it.
pub fn call_bar(known: &Known, profile: &Profile) -> CallBar {
    let levels = known.bulletin.levels();
    let level = known.leg().and_then(|leg| levels.get(&leg.country));
    let reach = Reach {
        profile,
        lines: known.bulletin.lines().map(|(_, line)| line),
        mission: |id: &EntryId| known.bulletin.mission(id),
        here: known.leg(),
        level: level.map(|level| level.level),
        prefers_text: known.prefers_text,
        now: known.now,
    };
    reach.call_bar()
}

/// The ministry's own, and those of the missions that serve where the traveller is.
pub fn mine(known: &Known) -> Contacts {
    let here = known.leg().map(|leg| leg.country);
    of(known, |mission| here.is_some_and(|country| mission.serves.contains(&country)))
}

/// The ministry's own, and those of the missions that serve a country.
pub fn of_country(known: &Known, country: CountryCode) -> Contacts {
    of(known, |mission| mission.serves.contains(&country))
}

/// All there are.
pub fn all(known: &Known) -> Contacts {
    of(known, |_| true)
}

fn of(known: &Known, wanted: impl Fn(&Mission) -> bool) -> Contacts {
    let found = known.bulletin.missions().filter(|(_, mission)| wanted(mission));
    let mut missions: Vec<MissionView> = found.map(|one| mission(known, one)).collect();
    missions.sort_by(|one, other| {
        other.mine.cmp(&one.mine).then_with(|| {
            if one.mine { far(known, one).total_cmp(&far(known, other)) } else { one.name.kk.cmp(&other.name.kk) }
        })
    });
    let ids: HashSet<&EntryId> = missions.iter().map(|mission| &mission.id).collect();
    let of_these = |mission: &Option<EntryId>| mission.as_ref().is_none_or(|id| ids.contains(id));
    let lines = known.bulletin.lines().filter(|(_, line)| of_these(&line.mission));
    let mut lines: Vec<LineView> = lines.map(|one| line(known, one)).collect();
    lines.sort_by_key(|line| line.kind);
    let chats = known.bulletin.chats().filter(|(_, chat)| of_these(&chat.mission)).map(chat).collect();
    Contacts { lines, chats, missions }
}

fn line(known: &Known, (entry, line): (&Verified<Entry>, &Line)) -> LineView {
    LineView {
        id: entry.id.clone(),
        mission: line.mission.clone(),
        kind: line.kind,
        name: line.name.clone(),
        hours: hours::words(&line.hours),
        open: help::answers(line, known.now),
        languages: line.languages.clone(),
        number: line.answers_at().unwrap_or(&line.number).to_owned(),
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

/// How far a mission is, in km, by its city where no more is known: for their order, not to be shown.
fn far(known: &Known, mission: &MissionView) -> f64 {
    let here = known.leg().and_then(|leg| leg.position);
    here.zip(mission.position).map_or(f64::INFINITY, |(here, there)| atlas::distance_km(here, there))
}

fn mission(known: &Known, (entry, mission): (&Verified<Entry>, &Mission)) -> MissionView {
    let of_it = known.bulletin.lines().map(|(_, line)| line).filter(|line| line.mission.as_ref() == Some(&entry.id));
    let here: Option<Position> = known.leg().and_then(|leg| leg.position);
    let open_hours = |hours| OpenHours { words: hours::words(hours), open: hours::is_open(hours, known.now) };
    MissionView {
        id: entry.id.clone(),
        kind: mission.kind,
        name: mission.name.clone(),
        city: mission.city.clone(),
        country: country_name(mission.country),
        position: mission
            .position
            .or_else(|| atlas::city_named(&mission.city, mission.country).map(|city| city.position)),
        address: mission.address.clone(),
        hours: mission.hours.as_ref().map(open_hours),
        site: mission.site.clone(),
        sources: mission.sources.clone(),
        serves: mission.serves.clone(),
        ask: help::ask(of_it, known.prefers_text, known.now),
        mine: known.leg().is_some_and(|leg| mission.serves.contains(&leg.country)),
        distance_km: here.zip(mission.position).map(|(here, there)| atlas::distance_km(here, there)),
    }
}

/// A row a service, the one for everything first. A service that answers at the very same numbers needs no row.
pub fn emergency(country: CountryCode) -> Vec<EmergencyRow> {
    let numbers = atlas::emergency_numbers(country).unwrap_or_default();
    let dialled = |list: &[Sourced]| list.iter().map(|sourced| sourced.number).collect::<BTreeSet<_>>();
    let general = dialled(&numbers.general);
    let services = [
        (EmergencyService::General, &numbers.general),
        (EmergencyService::Police, &numbers.police),
        (EmergencyService::Ambulance, &numbers.ambulance),
        (EmergencyService::Fire, &numbers.fire),
    ];
    services
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .filter(|(service, list)| *service == EmergencyService::General || dialled(list) != general)
        .map(|(service, list)| EmergencyRow {
            service,
            numbers: list.iter().map(number).collect(),
            differ: differ(list),
        })
        .collect()
}

fn number(sourced: &Sourced) -> EmergencyNumber {
    EmergencyNumber {
        number: sourced.number.to_owned(),
        source: sourced.sources().collect::<Vec<_>>().join("; "),
        date: sourced.date.to_owned(),
    }
}

/// Whether no source names all of the numbers.
fn differ(list: &[Sourced]) -> bool {
    let Some((first, others)) = list.split_first() else { return false };
    let names_all = |source: &str| others.iter().all(|other| other.sources().any(|named| named == source));
    !others.is_empty() && !first.sources().any(names_all)
}
