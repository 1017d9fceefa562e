//! Where warnings hold, for the map.

use contract::{
    entry::advisory::Severity,
    ids::EntryId,
    place::{AirportCode, Area, Circle, CountryCode, Position},
};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    advisories::{self, AdvisoryState, Part},
    facts::Facts,
};

/// An area of a warning that is not over. Where it has no shape and names no airport, it is the whole country.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WarnedArea {
    /// Of the warning's entry.
    pub advisory: EntryId,
    /// How bad it is there.
    pub severity: Severity,
    /// It holds or comes.
    pub state: AdvisoryState,
    /// ISO 3166-1 alpha-2.
    pub country: Option<CountryCode>,
    /// Rings of points, the last equal to the first.
    pub polygons: Vec<Vec<Position>>,
    /// Those as well.
    pub circles: Vec<Circle>,
    /// Those that the atlas knows.
    pub airports: Vec<WarnedAirport>,
    /// No flights: the airports named are closed, or where none is named, the airspace.
    pub closed: bool,
}

/// An airport that a warning names.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WarnedAirport {
    /// IATA code.
    pub code: AirportCode,
    /// ISO 3166-1 alpha-2.
    pub country: CountryCode,
    /// WGS 84, degrees.
    pub position: Position,
}

/// Those that lie under others first: what is worse is drawn over what is less bad.
pub fn all(facts: &Facts) -> Vec<WarnedArea> {
    let mut found: Vec<WarnedArea> = Vec::new();
    for warning in advisories::warnings(facts.bulletin) {
        for part in &warning.parts {
            let state = advisories::state(part, facts.now);
            if !state.is_over() {
                found.extend(part.areas.iter().map(|area| warned(&warning.entry.id, part, state, area)));
            }
        }
    }
    found.sort_by_key(|area| area.severity);
    found
}

fn warned(advisory: &EntryId, part: &Part, state: AdvisoryState, area: &Area) -> WarnedArea {
    let known = area.airports.iter().filter_map(|code| atlas::airport(*code));
    WarnedArea {
        advisory: advisory.clone(),
        severity: part.severity,
        state,
        country: area.country,
        polygons: area.polygons.clone(),
        circles: area.circles.clone(),
        airports: known
            .map(|airport| WarnedAirport { code: airport.code, country: airport.country, position: airport.position })
            .collect(),
        closed: area.closed,
    }
}
