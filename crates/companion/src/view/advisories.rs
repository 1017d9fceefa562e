//! Warnings as the screens list them.

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
    advisories::{self, AdvisoryState, Concern, Part, Warning, WarningText},
    facts::Facts,
    places::country_name,
};

#[derive(Debug, Clone, Serialize, TS)]
pub struct AdvisoryView {
    pub id: EntryId,
    pub version: u32,
    pub announced: Announced,
    pub severity: Severity,
    /// The reader's language first.
    pub texts: Vec<WarningText>,
    pub relayed: Option<Relayed>,
    pub countries: Vec<Words>,
    /// Names of areas within a country, as the authority gives them.
    pub areas: Vec<Words>,
    #[ts(type = "string")]
    pub issued_at: Timestamp,
    #[ts(type = "string")]
    pub effective: Timestamp,
    #[ts(type = "string")]
    pub expires: Timestamp,
    pub state: AdvisoryState,
    pub concerns: Concern,
}

/// Whose alert the ministry passes on.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Relayed {
    /// The authority's name as the alert gives it in the reader's language, else as the ministry calls it, else its id.
    pub sender: String,
    /// The alert's own `identifier`.
    pub identifier: String,
    #[ts(type = "string")]
    pub sent: Timestamp,
}

/// A warning by its part that matters most to this traveller.
struct Listed<'a> {
    warning: Warning<'a>,
    part: Part<'a>,
    concern: Concern,
    state: AdvisoryState,
}

/// All that are not over, and those over that concerned the traveller; what matters most first.
pub fn listed(facts: &Facts) -> Vec<AdvisoryView> {
    let wanted = |one: &Listed| !one.state.is_over() || one.concern != Concern::Elsewhere;
    gathered(facts, |_| true).into_iter().filter(wanted).map(|one| view(facts, one)).collect()
}

/// Those in force or coming whose area names the country.
pub fn of_country(facts: &Facts, country: CountryCode) -> Vec<AdvisoryView> {
    let names_it = |part: &Part| {
        part.areas.iter().any(|area| {
            let of_airport = |code: &AirportCode| atlas::airport(*code).map(|airport| airport.country);
            area.country == Some(country) || area.airports.iter().any(|code| of_airport(code) == Some(country))
        })
    };
    let found = gathered(facts, names_it).into_iter().filter(|one| !one.state.is_over());
    found.map(|one| view(facts, one)).collect()
}

fn gathered<'a>(facts: &Facts<'a>, about: impl Fn(&Part) -> bool) -> Vec<Listed<'a>> {
    let mut found = Vec::new();
    for warning in advisories::warnings(facts.bulletin) {
        let judged = warning.parts.iter().filter(|part| about(part)).map(|part| {
            let concern = advisories::concern(part, facts.legs(), facts.where_now(), facts.now, true);
            (*part, concern, advisories::state(part, facts.now))
        });
        if let Some((part, concern, state)) =
            judged.min_by_key(|(part, concern, state)| advisories::rank(*concern, *state, part))
        {
            found.push(Listed { warning, part, concern, state });
        }
    }
    found.sort_by_key(|one| {
        let newest = std::cmp::Reverse(one.warning.entry.issued_at);
        (advisories::rank(one.concern, one.state, &one.part), newest)
    });
    found
}

fn view(facts: &Facts, Listed { warning, part, concern, state }: Listed) -> AdvisoryView {
    let mut countries: Vec<Words> = Vec::new();
    for name in part.areas.iter().filter_map(|area| area.country).map(country_name) {
        if !countries.contains(&name) {
            countries.push(name);
        }
    }
    let texts = part.texts.by_preference(&facts.preference());
    AdvisoryView {
        id: warning.entry.id.clone(),
        version: warning.entry.version,
        announced: warning.announced,
        severity: part.severity,
        relayed: warning.relayed.map(|alert| Relayed {
            sender: sender(facts, &alert.sender, &texts),
            identifier: alert.identifier.clone(),
            sent: alert.sent,
        }),
        texts,
        countries,
        areas: part.areas.iter().map(|area| area.name.clone()).filter(|name| !name.is_empty()).collect(),
        issued_at: warning.entry.issued_at,
        effective: part.effective,
        expires: part.expires,
        state,
        concerns: concern,
    }
}

fn sender(facts: &Facts, sender: &str, texts: &[WarningText]) -> String {
    if let Some(text) = texts.first().filter(|text| !text.sender.is_empty()) {
        return text.sender.clone();
    }
    let relay = facts.bulletin.relay_lists().find_map(|(_, list)| list.find(sender));
    let name = relay.map(|relay| relay.names.shown(&facts.preference()).to_owned());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| sender.to_owned())
}
