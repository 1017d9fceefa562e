//! Advisories as the screens list them.

use contract::{
    advisory::{Advisory, AdvisoryText, Relayed, Severity},
    entry::Entry,
    ids::EntryId,
    jws::Verified,
    place::{AirportCode, CountryCode},
    words::Words,
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    advisories::{self, AdvisoryState, Concern},
    facts::Facts,
    places::country_name,
};

#[derive(Debug, Clone, Serialize, TS)]
pub struct AdvisoryView {
    pub id: EntryId,
    pub version: u32,
    pub severity: Severity,
    pub texts: Vec<AdvisoryText>,
    pub relayed: Option<Relayed>,
    pub countries: Vec<Words>,
    /// Names of areas within a country, as the authority gives them.
    pub areas: Vec<String>,
    #[ts(type = "string")]
    pub issued_at: Timestamp,
    #[ts(type = "string")]
    pub effective: Timestamp,
    #[ts(type = "string")]
    pub expires: Timestamp,
    pub state: AdvisoryState,
    pub concerns: Concern,
}

/// All that are not over, and those over that concerned the traveller; what matters most first.
pub fn listed(facts: &Facts) -> Vec<AdvisoryView> {
    gathered(facts, |concern, state| !state.is_over() || concern != Concern::Elsewhere, |_| true)
}

/// Those in force or coming whose area names the country.
pub fn of_country(facts: &Facts, country: CountryCode) -> Vec<AdvisoryView> {
    let names_it = |advisory: &Advisory| {
        advisory.areas.iter().any(|area| {
            let of_airport = |code: &AirportCode| atlas::airport(*code).map(|airport| airport.country);
            area.country == Some(country) || area.airports.iter().any(|code| of_airport(code) == Some(country))
        })
    };
    gathered(facts, |_, state| !state.is_over(), names_it)
}

fn gathered(
    facts: &Facts,
    keep: impl Fn(Concern, AdvisoryState) -> bool,
    about: impl Fn(&Advisory) -> bool,
) -> Vec<AdvisoryView> {
    let mut found: Vec<_> = facts
        .bulletin
        .advisories()
        .filter(|(_, advisory)| about(advisory))
        .map(|(entry, advisory)| {
            let concern = advisories::concern(advisory, facts.legs(), facts.leg(), facts.now, true);
            (entry, advisory, concern, advisories::state(advisory, facts.now))
        })
        .filter(|(.., concern, state)| keep(*concern, *state))
        .collect();
    found.sort_by(|one, other| {
        advisories::order((one.2, one.3, one.1, one.0.issued_at), (other.2, other.3, other.1, other.0.issued_at))
    });
    found.into_iter().map(|(entry, advisory, concerns, state)| view(entry, advisory, concerns, state)).collect()
}

fn view(entry: &Verified<Entry>, advisory: &Advisory, concerns: Concern, state: AdvisoryState) -> AdvisoryView {
    let mut countries: Vec<Words> = Vec::new();
    for name in advisory.areas.iter().filter_map(|area| area.country).map(country_name) {
        if !countries.contains(&name) {
            countries.push(name);
        }
    }
    AdvisoryView {
        id: entry.id.clone(),
        version: entry.version,
        severity: advisory.severity,
        texts: advisory.texts.clone(),
        relayed: advisory.relayed.clone(),
        countries,
        areas: advisory.areas.iter().map(|area| area.name.clone()).filter(|name| !name.is_empty()).collect(),
        issued_at: entry.issued_at,
        effective: advisory.effective,
        expires: advisory.expires,
        state,
        concerns,
    }
}
