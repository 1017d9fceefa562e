//! Countries: every code of ISO 3166-1, and those that airports lie in.

use std::sync::LazyLock;

use contract::{place::CountryCode, words::Words};

use crate::table;

const TABLE: &str = include_str!("../data/countries.tsv");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    pub code: CountryCode,
    pub name: Words,
    /// ISO 3166-1 numeric; CLDR's own for a code that ISO has not numbered.
    pub numeric: u16,
    also: Vec<&'static str>,
    time_zone: &'static str,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    table::rows(TABLE)
        .filter_map(|[code, kk, ru, en, numeric, time_zone, also]| {
            let (code, numeric) = (code.parse().ok()?, numeric.parse().ok()?);
            Some(Country { code, name: Words::new(kk, ru, en), numeric, also: table::names(also), time_zone })
        })
        .collect()
});

/// All countries, by code.
pub fn countries() -> &'static [Country] {
    &COUNTRIES
}

pub fn country(code: CountryCode) -> Option<&'static Country> {
    let at = COUNTRIES.binary_search_by_key(&code, |country| country.code).ok()?;
    COUNTRIES.get(at)
}

impl Country {
    /// What else people call it.
    pub fn also(&self) -> &[&'static str] {
        &self.also
    }
}

/// The zone of the country's seat of government, for stays without a known city.
pub fn time_zone_of(code: CountryCode) -> Option<&'static str> {
    country(code).map(|country| country.time_zone)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use contract::words::Lang;
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn every_line_is_a_country_and_they_stand_in_order() {
        assert_eq!(countries().len(), table::line_count(TABLE));
        assert!(countries().len() >= 249);
        assert!(countries().is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn every_country_has_a_name_of_its_own_in_each_language() {
        for lang in Lang::ALL {
            let names: HashSet<_> = countries().iter().map(|country| country.name.get(lang.tag())).collect();
            assert_eq!(names.len(), countries().len(), "two countries share a name in {}", lang.tag());
        }
        assert!(countries().iter().all(|country| country.name.is_complete(&Lang::ALL.map(Into::into))));
    }

    #[test]
    fn kazakh_and_russian_names_are_written_in_their_own_alphabets() {
        for country in countries() {
            assert_eq!(
                crate::typing::foreign_letter(country.name.get("kk").unwrap(), Lang::Kk),
                None,
                "{}",
                country.name.get("kk").unwrap()
            );
            assert_eq!(
                crate::typing::foreign_letter(country.name.get("ru").unwrap(), Lang::Ru),
                None,
                "{}",
                country.name.get("ru").unwrap()
            );
        }
    }

    #[test]
    fn every_country_has_a_number_of_its_own() {
        assert_eq!(countries().iter().map(|country| country.numeric).collect::<HashSet<_>>().len(), countries().len());
        assert_eq!(country("KZ".parse().unwrap()).unwrap().numeric, 398);
    }

    #[test]
    fn every_country_has_a_zone_that_can_be_read() {
        for country in countries() {
            assert!(TimeZone::get(country.time_zone).is_ok(), "{}: {}", country.code, country.time_zone);
        }
        assert_eq!(time_zone_of("KZ".parse().unwrap()), Some("Asia/Almaty"));
    }

    #[test]
    fn an_unknown_code_is_no_country() {
        assert_eq!(country("ZZ".parse().unwrap()), None);
        assert_eq!(time_zone_of("ZZ".parse().unwrap()), None);
    }
}
