//! The country at a point. Boundaries © OpenStreetMap contributors, ODbL: land, and the waters that go with it.

use std::{collections::BTreeSet, sync::LazyLock};

use contract::place::{CountryCode, Position};
use country_boundaries::{BOUNDARIES_ODBL_180X90, CountryBoundaries, LatLon};
use geo::{Destination, Haversine, Point};

use crate::country;

/// The boundaries are simplified: nearer than this to another country, the answer may be the wrong one.
const BORDER_METRES: f64 = 3_000.0;

/// Territories with a code of their own, and the state each is of: no dispute. ISO 3166-1.
const TERRITORIES: [(&str, &str); 10] = [
    ("AU", "CC CX HM NF"),
    ("CN", "HK MO"),
    ("DK", "FO GL"),
    ("FI", "AX"),
    ("FR", "BL GF GP MF MQ NC PF PM RE TF WF YT"),
    ("GB", "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG"),
    ("NL", "AW BQ CW SX"),
    ("NO", "BV SJ"),
    ("NZ", "CK NU TK"),
    ("US", "AS GU MP PR UM VI"),
];

/// What is known of the country at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtPoint {
    /// No country's land or waters.
    Sea,
    In(CountryCode),
    /// In the first, so near a border that it may be one of the others.
    Border(CountryCode, Vec<CountryCode>),
    /// Several states claim it.
    Disputed(Vec<CountryCode>),
}

static BOUNDARIES: LazyLock<Option<CountryBoundaries>> =
    LazyLock::new(|| CountryBoundaries::from_reader(BOUNDARIES_ODBL_180X90).ok());

/// The country a point is in.
pub fn country_at(position: Position) -> AtPoint {
    let here = countries_at(position);
    let around = || -> BTreeSet<CountryCode> {
        let point = Point::new(position.lon, position.lat);
        let beside = (0..8).map(|turn| Haversine.destination(point, f64::from(turn) * 45.0, BORDER_METRES));
        beside.filter_map(|beside| Position::new(beside.y(), beside.x())).flat_map(countries_at).collect()
    };
    match here.as_slice() {
        [] => AtPoint::Sea,
        [only] => {
            let others: Vec<_> = around().into_iter().filter(|code| code != only).collect();
            if others.is_empty() { AtPoint::In(*only) } else { AtPoint::Border(*only, others) }
        }
        _several => AtPoint::Disputed(here),
    }
}

/// Every country that claims the point, by code. A territory with a code of its own stands for its state.
fn countries_at(position: Position) -> Vec<CountryCode> {
    let Some(boundaries) = BOUNDARIES.as_ref() else { return Vec::new() };
    let Ok(point) = LatLon::new(position.lat, position.lon) else { return Vec::new() };
    let ids = boundaries.ids(point);
    // "UA-43" is a part of "UA"
    let codes = ids.iter().filter_map(|id| id.split('-').next()?.parse::<CountryCode>().ok());
    let mut codes: Vec<CountryCode> = codes.filter(|code| country(*code).is_some()).collect();
    codes.sort_unstable();
    codes.dedup();
    let claims = codes.clone();
    codes.retain(|state| !claims.iter().any(|code| is_of(code.as_str(), state.as_str())));
    codes
}

fn is_of(territory: &str, state: &str) -> bool {
    TERRITORIES.iter().any(|(one, territories)| *one == state && territories.split(' ').any(|code| code == territory))
}

#[cfg(test)]
mod tests;
