//! The country at a point: on land, at sea, on a border, where several claim it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::airports;

fn at(lat: f64, lon: f64) -> AtPoint {
    country_at(Position { lat, lon })
}

fn code(code: &str) -> CountryCode {
    code.parse().unwrap()
}

#[test]
fn a_city_is_in_its_country() {
    for (lat, lon, country) in [(51.17, 71.45, "KZ"), (25.20, 55.27, "AE"), (25.29, 51.53, "QA"), (41.01, 28.98, "TR")]
    {
        assert_eq!(at(lat, lon), AtPoint::In(code(country)));
    }
}

#[test]
fn the_open_sea_is_nobodys() {
    for (lat, lon) in [(0.0, -20.0), (45.0, -160.0), (-50.0, 90.0), (89.9, 0.0)] {
        assert_eq!(at(lat, lon), AtPoint::Sea, "{lat} {lon}");
    }
}

#[test]
fn by_a_border_the_other_country_is_named_too() {
    // Khorgos, between Kazakhstan and China; the Peace Arch, between Canada and the United States
    for (lat, lon, one, other) in [(44.215, 80.41, "KZ", "CN"), (49.0022, -122.7565, "CA", "US")] {
        let AtPoint::Border(country, beside) = at(lat, lon) else { panic!("{:?}", at(lat, lon)) };
        let mut named = vec![country];
        named.extend(beside);
        assert!(named.contains(&code(one)) && named.contains(&code(other)), "{named:?}");
    }
}

#[test]
fn a_place_that_several_claim_names_them_all() {
    assert_eq!(at(45.03, 34.10), AtPoint::Disputed(vec![code("RU"), code("UA")]));
}

#[test]
fn an_airport_is_in_its_country_or_it_is_said_why_not() {
    let mut wrong: BTreeMap<String, AtPoint> = BTreeMap::new();
    let mut sea = 0;
    for airport in airports::known_airports() {
        let at = country_at(airport.position);
        let right = match &at {
            AtPoint::Sea => false,
            AtPoint::In(country) => *country == airport.country,
            AtPoint::Border(country, beside) => *country == airport.country || beside.contains(&airport.country),
            AtPoint::Disputed(claims) => claims.contains(&airport.country),
        };
        if at == AtPoint::Sea {
            sea += 1;
        } else if !right {
            wrong.insert(airport.code.to_string(), at);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(sea <= 5, "{sea} airports stand in the sea");
}

proptest! {
    #[test]
    fn any_point_has_an_answer_and_it_names_known_countries(lat in -90.0..=90.0_f64, lon in -180.0..=180.0_f64) {
        let named = match at(lat, lon) {
            AtPoint::Sea => Vec::new(),
            AtPoint::In(only) => vec![only],
            AtPoint::Border(here, beside) => [vec![here], beside].concat(),
            AtPoint::Disputed(claims) => claims,
        };
        prop_assert!(named.iter().all(|code| country(*code).is_some()));
    }
}

#[test]
fn a_territory_with_a_code_of_its_own_is_no_dispute() {
    assert_eq!(at(22.3, 114.17), AtPoint::In(code("HK")));
    assert_eq!(at(18.4, -66.1), AtPoint::In(code("PR")));
    assert_eq!(at(-21.1, 55.5), AtPoint::In(code("RE")));
}
