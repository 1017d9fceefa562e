//! Airports with an IATA code.

use std::sync::LazyLock;

use contract::{
    place::{AirportCode, CountryCode, Position},
    words::Words,
};

use crate::{
    cities::{City, cities},
    folding::fold,
    shapes::distance_km,
    table,
};

const TABLE: &str = include_str!("../data/airports.tsv");

/// An airport further from a city of its name serves another place of that name.
const SAME_NAME_KM: f64 = 120.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Airport {
    pub code: AirportCode,
    /// English.
    pub name: &'static str,
    /// In English in all three languages where no other name is known.
    pub city: Words,
    pub country: CountryCode,
    pub position: Position,
    pub time_zone: &'static str,
    /// The city as the source spells it.
    pub(crate) city_in_source: &'static str,
}

static AIRPORTS: LazyLock<Vec<Airport>> = LazyLock::new(|| {
    table::rows(TABLE)
        .filter_map(|[code, name, city_in_source, country, lat, lon, time_zone]| {
            let (country, position) = (country.parse().ok()?, table::position(lat, lon)?);
            let city = match (city_served(city_in_source, country, position), city_in_source) {
                (Some(city), _) => city.name.clone(),
                (None, "") => Words::new(name, name, name),
                (None, city) => Words::new(city, city, city),
            };
            Some(Airport { code: code.parse().ok()?, name, city, country, position, time_zone, city_in_source })
        })
        .collect()
});

fn city_served(name: &str, country: CountryCode, position: Position) -> Option<&'static City> {
    // the source writes "Arnavutköy, Istanbul" and "Barcelona/Reus" too
    let names: Vec<String> = name.split([',', '/', '(']).map(fold).collect();
    cities()
        .iter()
        .filter(|city| city.country == country)
        .filter(|city| distance_km(city.position, position) <= SAME_NAME_KM)
        .find(|city| city.names().map(fold).any(|known| names.contains(&known)))
}

/// By code.
pub(crate) fn airports() -> &'static [Airport] {
    &AIRPORTS
}

pub fn airport(code: AirportCode) -> Option<&'static Airport> {
    let at = AIRPORTS.binary_search_by_key(&code, |airport| airport.code).ok()?;
    AIRPORTS.get(at)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn known(code: &str) -> &'static Airport {
        airport(code.parse().unwrap()).unwrap()
    }

    #[test]
    fn every_line_is_an_airport_and_they_stand_in_order() {
        assert_eq!(airports().len(), table::line_count(TABLE));
        assert!(airports().is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn every_airport_has_a_known_country_a_zone_and_a_city_in_three_languages() {
        for airport in airports() {
            assert!(crate::country(airport.country).is_some(), "{}: {}", airport.code, airport.country);
            assert!(TimeZone::get(airport.time_zone).is_ok(), "{}: {}", airport.code, airport.time_zone);
            assert!(airport.city.is_complete(), "{}", airport.code);
        }
    }

    #[test]
    fn an_airport_of_a_known_city_is_named_after_it_in_each_language() {
        assert_eq!(known("IST").city, Words::new("Ыстанбұл", "Стамбул", "Istanbul"));
        assert_eq!(known("UKK").city.kk, "Өскемен");
        assert_eq!(known("DOH").city.kk, "Доха");
        assert_eq!(known("DOH").time_zone, "Asia/Qatar");
    }

    #[test]
    fn an_airport_of_another_place_of_the_same_name_keeps_its_own() {
        assert_eq!(known("YXU").city, Words::new("London", "London", "London"));
    }

    #[test]
    fn an_unknown_code_is_no_airport() {
        assert_eq!(airport("QQQ".parse().unwrap()), None);
    }
}
