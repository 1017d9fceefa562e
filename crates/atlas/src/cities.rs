//! Cities that travellers meet most, named in all three languages. A table of our own.

use std::sync::LazyLock;

use contract::{
    place::{CountryCode, Position},
    words::{Lang, Words},
};

use crate::{shapes::distance_km, table};

/// Nearer than this to its middle, a person says that they are there.
const BY_THE_CITY_KM: f64 = 30.0;

const TABLE: &str = include_str!("../data/cities.tsv");

#[derive(Debug, Clone, PartialEq)]
pub struct City {
    /// Stable: what a stored trip keeps.
    pub key: &'static str,
    pub name: Words,
    pub country: CountryCode,
    pub position: Position,
    pub time_zone: &'static str,
    pub(crate) also: Vec<&'static str>,
}

static CITIES: LazyLock<Vec<City>> = LazyLock::new(|| {
    table::rows(TABLE)
        .filter_map(|[key, country, kk, ru, en, lat, lon, time_zone, also]| {
            Some(City {
                key,
                name: Words::new(kk, ru, en),
                country: country.parse().ok()?,
                position: table::position(lat, lon)?,
                time_zone,
                also: table::names(also),
            })
        })
        .collect()
});

/// The most met first.
pub(crate) fn cities() -> &'static [City] {
    &CITIES
}

pub fn city(key: &str) -> Option<&'static City> {
    CITIES.iter().find(|city| city.key == key)
}

/// The city of ours of that name in a country.
pub fn city_named(name: &Words, country: CountryCode) -> Option<&'static City> {
    CITIES.iter().find(|city| city.country == country && city.name == *name)
}

/// The city of ours that a point of a country is in or by.
pub fn city_at(point: Position, country: CountryCode) -> Option<&'static City> {
    let far = |city: &City| distance_km(city.position, point);
    let near = CITIES.iter().filter(|city| city.country == country && far(city) <= BY_THE_CITY_KM);
    near.min_by(|one, other| far(one).total_cmp(&far(other)))
}

/// A name in each of our languages.
pub(crate) fn spellings(name: &Words) -> impl Iterator<Item = &str> {
    Lang::ALL.into_iter().filter_map(|lang| name.get(lang.tag())).map(String::as_str)
}

impl City {
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        spellings(&self.name).chain(self.also.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn every_line_is_a_city_with_a_key_of_its_own() {
        assert_eq!(cities().len(), table::line_count(TABLE));
        assert_eq!(cities().iter().map(|city| city.key).collect::<HashSet<_>>().len(), cities().len());
        for city in cities() {
            let prefix = city.country.as_str().to_lowercase();
            assert!(city.key.strip_prefix(&prefix).is_some_and(|rest| rest.starts_with('-')), "{}", city.key);
        }
    }

    #[test]
    fn every_city_has_three_names_a_known_country_and_a_zone() {
        for city in cities() {
            assert!(city.name.is_complete(&Lang::ALL.map(Into::into)), "{}", city.key);
            assert!(crate::country(city.country).is_some(), "{}", city.key);
            assert!(TimeZone::get(city.time_zone).is_ok(), "{}", city.key);
        }
    }

    #[test]
    fn kazakh_and_russian_names_are_written_in_their_own_alphabets() {
        for city in cities() {
            assert_eq!(
                crate::typing::foreign_letter(city.name.get("kk").unwrap(), Lang::Kk),
                None,
                "{}",
                city.name.get("kk").unwrap()
            );
            assert_eq!(
                crate::typing::foreign_letter(city.name.get("ru").unwrap(), Lang::Ru),
                None,
                "{}",
                city.name.get("ru").unwrap()
            );
        }
    }

    #[test]
    fn a_point_by_a_city_is_there_and_only_within_its_country() {
        let marina = Position { lat: 25.08, lon: 55.14 };
        assert_eq!(city_at(marina, "AE".parse().unwrap()).map(|city| city.key), Some("ae-dubai"));
        assert_eq!(city_at(marina, "OM".parse().unwrap()), None);
        assert_eq!(city_at(Position { lat: 23.0, lon: 54.0 }, "AE".parse().unwrap()), None);
    }

    #[test]
    fn a_key_finds_its_city_and_no_other() {
        assert_eq!(city("ae-dubai").unwrap().name, Words::new("Дубай", "Дубай", "Dubai"));
        assert_eq!(city("kz-kokpekti").unwrap().position, Position { lat: 48.757, lon: 82.389 });
        assert_eq!(city("AE-DUBAI"), None);
        assert_eq!(city(""), None);
    }
}
