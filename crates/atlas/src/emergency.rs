//! Local emergency numbers, each with its source. Where sources disagree, both stand.

use std::{collections::BTreeMap, sync::LazyLock};

use contract::place::CountryCode;

use crate::table;

const TABLE: &str = include_str!("../data/emergency.tsv");

/// A number as dialled in the country, who says so, and when they said it ("2026-08").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sourced {
    pub number: &'static str,
    pub source: &'static str,
    pub date: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyNumbers {
    pub country: CountryCode,
    pub police: Vec<Sourced>,
    pub ambulance: Vec<Sourced>,
    pub fire: Vec<Sourced>,
    /// One number for any emergency, where there is one.
    pub general: Option<Sourced>,
}

static NUMBERS: LazyLock<BTreeMap<CountryCode, EmergencyNumbers>> = LazyLock::new(|| {
    let mut numbers = BTreeMap::new();
    for [country, service, number, source, date] in table::rows(TABLE) {
        let Ok(country) = country.parse() else { continue };
        let entry = numbers.entry(country).or_insert_with(|| EmergencyNumbers {
            country,
            police: Vec::new(),
            ambulance: Vec::new(),
            fire: Vec::new(),
            general: None,
        });
        let sourced = Sourced { number, source, date };
        match service {
            "police" => entry.police.push(sourced),
            "ambulance" => entry.ambulance.push(sourced),
            "fire" => entry.fire.push(sourced),
            "general" => entry.general = Some(sourced),
            // left out like any line of a wrong form; the count of lines tells
            _ => continue,
        }
    }
    numbers
});

pub fn emergency_numbers(country: CountryCode) -> Option<&'static EmergencyNumbers> {
    NUMBERS.get(&country)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(country: &str) -> &'static EmergencyNumbers {
        emergency_numbers(country.parse().unwrap()).unwrap()
    }

    fn all(numbers: &EmergencyNumbers) -> impl Iterator<Item = &Sourced> {
        [&numbers.police, &numbers.ambulance, &numbers.fire].into_iter().flatten().chain(&numbers.general)
    }

    #[test]
    fn every_line_is_kept_under_a_known_country_and_a_known_service() {
        let kept: usize = NUMBERS.values().map(|numbers| all(numbers).count()).sum();
        assert_eq!(kept, table::line_count(TABLE));
        assert!(NUMBERS.keys().all(|code| crate::country(*code).is_some()));
        for [_, service, _, _, _] in table::rows(TABLE) {
            assert!(["police", "ambulance", "fire", "general"].contains(&service), "{service}");
        }
    }

    #[test]
    fn every_number_is_digits_with_a_source_and_a_date() {
        for sourced in NUMBERS.values().flat_map(all) {
            assert!((2..=5).contains(&sourced.number.len()) && sourced.number.bytes().all(|b| b.is_ascii_digit()));
            assert!(!sourced.source.is_empty());
            let (year, month) = sourced.date.split_once('-').unwrap();
            assert!(year.parse::<u16>().is_ok_and(|year| year >= 2023), "{}", sourced.date);
            assert!(month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month)), "{}", sourced.date);
        }
    }

    #[test]
    fn every_country_listed_has_police_ambulance_and_fire() {
        for numbers in NUMBERS.values() {
            assert!(![&numbers.police, &numbers.ambulance, &numbers.fire].iter().any(|l| l.is_empty()), "{numbers:?}");
        }
    }

    #[test]
    fn where_sources_disagree_both_numbers_stand_beside_a_general_one() {
        let turkey = numbers("TR");
        assert_eq!(turkey.police.iter().map(|sourced| sourced.number).collect::<Vec<_>>(), ["112", "155"]);
        assert_eq!(turkey.general.map(|sourced| sourced.number), Some("112"));
        assert_ne!(turkey.police[0].source, turkey.police[1].source);
    }

    #[test]
    fn the_emirates_have_three_numbers_on_which_both_sources_agree() {
        let emirates = numbers("AE");
        let only = |list: &[Sourced]| (list.len(), list[0].number);
        assert_eq!(only(&emirates.police), (1, "999"));
        assert_eq!(only(&emirates.ambulance), (1, "998"));
        assert_eq!(only(&emirates.fire), (1, "997"));
    }

    #[test]
    fn a_country_without_sources_has_no_numbers() {
        assert_eq!(emergency_numbers("AQ".parse().unwrap()), None);
    }
}
