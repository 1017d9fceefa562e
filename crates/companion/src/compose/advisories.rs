//! Advisories as the screens list them.

use contract::{
    advisory::Advisory,
    entry::Entry,
    jws::Verified,
    place::{AirportCode, CountryCode},
    words::Words,
};

use super::{Known, country_name};
use crate::{
    advice,
    view::{AdvisoryState, AdvisoryView, Concern},
};

/// All that are not over, and those over that concerned the traveller; what matters most first.
pub fn listed(known: &Known) -> Vec<AdvisoryView> {
    compose(known, |concern, state| !is_over(state) || concern != Concern::Elsewhere, |_| true)
}

/// Those in force or coming whose area names the country.
pub fn of_country(known: &Known, country: CountryCode) -> Vec<AdvisoryView> {
    let names_it = |advisory: &Advisory| {
        advisory.areas.iter().any(|area| {
            let of_airport = |code: &AirportCode| atlas::airport(*code).map(|airport| airport.country);
            area.country == Some(country) || area.airports.iter().any(|code| of_airport(code) == Some(country))
        })
    };
    compose(known, |_, state| !is_over(state), names_it)
}

fn is_over(state: AdvisoryState) -> bool {
    matches!(state, AdvisoryState::Expired | AdvisoryState::Cancelled)
}

fn compose(
    known: &Known,
    keep: impl Fn(Concern, AdvisoryState) -> bool,
    about: impl Fn(&Advisory) -> bool,
) -> Vec<AdvisoryView> {
    let mut found: Vec<_> = known
        .bulletin
        .advisories()
        .filter(|(_, advisory)| about(advisory))
        .map(|(entry, advisory)| {
            let legs = known.trips.iter().flat_map(|(_, trip)| &trip.legs);
            let concern = advice::concern(advisory, legs, known.leg(), known.now, true);
            (entry, advisory, concern, advice::state(advisory, known.now))
        })
        .filter(|(_, _, concern, state)| keep(*concern, *state))
        .collect();
    found.sort_by(|one, other| {
        advice::order((one.2, one.3, one.1, one.0.issued_at), (other.2, other.3, other.1, other.0.issued_at))
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
