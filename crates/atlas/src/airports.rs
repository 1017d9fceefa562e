//! Airports with an IATA code.

use std::collections::HashMap;

use contract::{
    place::{AirportCode, CountryCode, Position},
    words::Words,
};

use crate::{
    cities::{City, city, city_at, city_named},
    countries::time_zone_of,
    shapes::distance_km,
    table,
};

const TABLE: &str = include_str!("../data/airports.tsv");
/// Which of our cities an airport serves, whatever municipality it stands in, and what else people call it.
const CITIES: &str = include_str!("../data/airport-cities.tsv");

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
}

impl Airport {
    /// The city of ours whose airport it is, or by which it is.
    pub fn own_city(&self) -> Option<&'static City> {
        city_named(&self.city, self.country).or_else(|| city_at(self.position, self.country))
    }
}

/// Code, name, municipality, country, latitude, longitude, time zone.
pub(crate) type Row = [&'static str; 7];

/// Every line of the table, by code, unread.
pub(crate) fn rows() -> impl Iterator<Item = Row> {
    table::rows(TABLE)
}

pub fn airport(code: AirportCode) -> Option<Airport> {
    table::rows_of(TABLE, code.as_str()).next().and_then(read)
}

/// Those that one of our cities has: first those that people call by the city alone.
pub fn known_airports() -> impl Iterator<Item = Airport> {
    let rows = || table::rows(CITIES).map(|row: [&str; 3]| row);
    let by_the_city = rows().filter(|[_, _, also]| also.is_empty());
    let by_another = rows().filter(|[_, _, also]| !also.is_empty());
    by_the_city.chain(by_another).filter_map(|[code, _, _]| airport(code.parse().ok()?))
}

/// Those of a country.
pub fn airports_in(country: CountryCode) -> impl Iterator<Item = Airport> {
    rows().filter(move |[_, _, _, code, ..]| *code == country.as_str()).filter_map(read)
}

/// The zone of the airport nearest to a point in a country, else of its seat of government.
pub fn time_zone_at(point: Position, country: CountryCode) -> Option<&'static str> {
    let nearest = airports_in(country)
        .min_by(|one, other| distance_km(one.position, point).total_cmp(&distance_km(other.position, point)));
    nearest.map(|airport| airport.time_zone).or_else(|| time_zone_of(country))
}

/// By code: the key of the city of ours that an airport serves, and what people call the airport.
pub(crate) fn served() -> HashMap<&'static str, (&'static str, Vec<&'static str>)> {
    table::rows(CITIES).map(|[code, key, also]| (code, (key, table::names(also)))).collect()
}

/// The city of ours that an airport serves.
fn city_served(code: &str) -> Option<&'static City> {
    table::rows_of(CITIES, code).next().and_then(|[_, key, _]| city(key))
}

fn read([code, name, municipality, country, lat, lon, time_zone]: Row) -> Option<Airport> {
    let city = match (city_served(code), municipality) {
        (Some(city), _) => city.name.clone(),
        (None, "") => Words::new(name, name, name),
        (None, city) => Words::new(city, city, city),
    };
    let position = table::position(lat, lon)?;
    Some(Airport { code: code.parse().ok()?, name, city, country: country.parse().ok()?, position, time_zone })
}

#[cfg(test)]
mod tests {
    use contract::words::Lang;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::typing::foreign_letter;

    fn known(code: &str) -> Airport {
        airport(code.parse().unwrap()).unwrap()
    }

    fn all_served() -> impl Iterator<Item = (Airport, &'static City)> {
        table::rows(CITIES).map(|[code, key, _]| (known(code), city(key).unwrap()))
    }

    #[test]
    fn every_line_is_an_airport_and_they_stand_in_order() {
        let airports: Vec<Airport> = rows().filter_map(read).collect();
        assert_eq!(airports.len(), table::line_count(TABLE));
        assert!(airports.is_sorted_by(|a, b| a.code < b.code));
        assert!(airports.iter().all(|one| airport(one.code).as_ref() == Some(one)));
    }

    #[test]
    fn every_airport_has_a_known_country_a_zone_and_a_city_in_three_languages() {
        for airport in rows().filter_map(read) {
            assert!(crate::country(airport.country).is_some(), "{}: {}", airport.code, airport.country);
            assert!(TimeZone::get(airport.time_zone).is_ok(), "{}: {}", airport.code, airport.time_zone);
            assert!(airport.city.is_complete(&Lang::ALL.map(Into::into)), "{}", airport.code);
        }
    }

    #[test]
    fn the_airports_people_meet_most_are_named_in_the_right_alphabets() {
        assert!(all_served().count() >= 200, "{}", all_served().count());
        assert!(table::rows(CITIES).map(|[code, _, _]| code).is_sorted_by(|a, b| a < b));
        for (airport, city) in all_served() {
            assert_eq!(airport.city, city.name, "{}", airport.code);
            assert_eq!(
                foreign_letter(airport.city.get("kk").unwrap(), Lang::Kk),
                None,
                "{}: {}",
                airport.code,
                airport.city.get("kk").unwrap()
            );
            assert_eq!(
                foreign_letter(airport.city.get("ru").unwrap(), Lang::Ru),
                None,
                "{}: {}",
                airport.code,
                airport.city.get("ru").unwrap()
            );
        }
    }

    #[test]
    fn every_airport_of_kazakhstan_is_named_in_kazakh() {
        let home = rows().filter(|[_, _, _, country, ..]| *country == "KZ");
        for [code, ..] in home {
            assert!(city_served(code).is_some(), "{code}");
        }
    }

    #[test]
    fn an_airport_lies_by_the_city_it_serves() {
        for (airport, city) in all_served() {
            let far = distance_km(airport.position, city.position);
            assert!(airport.country == city.country && far <= 120.0, "{}: {far:.0} km", airport.code);
        }
    }

    #[test]
    fn an_airport_of_a_known_city_is_named_after_it_in_each_language() {
        assert_eq!(known("IST").city, Words::new("Ыстанбұл", "Стамбул", "Istanbul"));
        assert_eq!(known("UKK").city.get("kk").unwrap(), "Өскемен");
        assert_eq!(known("DOH").city.get("kk").unwrap(), "Доха");
        assert_eq!(known("DOH").time_zone, "Asia/Qatar");
    }

    #[test]
    fn an_airport_of_another_place_of_the_same_name_keeps_its_own() {
        assert_eq!(known("YXU").city, Words::new("London", "London", "London"));
    }

    #[test]
    fn a_point_goes_by_the_clock_of_its_part_of_the_country() {
        let at = |lat, lon, country: &str| time_zone_at(Position { lat, lon }, country.parse().unwrap());
        assert_eq!(at(36.1, -115.1, "US"), Some("America/Los_Angeles"));
        assert_eq!(at(43.1, 131.9, "RU"), Some("Asia/Vladivostok"));
        assert_eq!(at(43.7, 7.4, "MC"), Some("Europe/Monaco"));
        assert_eq!(at(0.0, 0.0, "ZZ"), None);
    }

    #[test]
    fn an_unknown_code_is_no_airport() {
        assert_eq!(airport("QQQ".parse().unwrap()), None);
    }
}
