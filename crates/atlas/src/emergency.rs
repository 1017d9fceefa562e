//! Local emergency numbers, each with its source. Where sources disagree, both stand.

use contract::place::CountryCode;

use crate::table;

const TABLE: &str = include_str!("../data/emergency.tsv");

/// A number as dialled in the country, who says so, and when they said it ("2026-08").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sourced {
    pub number: &'static str,
    source: &'static str,
    pub date: &'static str,
}

impl Sourced {
    /// Each that names the number.
    pub fn sources(&self) -> impl Iterator<Item = &'static str> {
        self.source.split("; ")
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmergencyNumbers {
    /// For any emergency.
    pub general: Vec<Sourced>,
    pub police: Vec<Sourced>,
    pub ambulance: Vec<Sourced>,
    pub fire: Vec<Sourced>,
}

/// `None` where no source names a number.
pub fn emergency_numbers(country: CountryCode) -> Option<EmergencyNumbers> {
    let mut numbers = EmergencyNumbers::default();
    for [_, service, number, source, date] in table::rows_of(TABLE, country.as_str()) {
        let of_service = match service {
            "general" => &mut numbers.general,
            "police" => &mut numbers.police,
            "ambulance" => &mut numbers.ambulance,
            "fire" => &mut numbers.fire,
            // left out like any line of a wrong form; the count of lines tells
            _unknown => continue,
        };
        of_service.push(Sourced { number, source, date });
    }
    (numbers != EmergencyNumbers::default()).then_some(numbers)
}

/// Whether it helps in some country.
pub fn is_emergency_number(typed: &str) -> bool {
    table::rows(TABLE).any(|[_, _, number, ..]: [&str; 5]| number == typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::countries;

    fn numbers(country: &str) -> EmergencyNumbers {
        emergency_numbers(country.parse().unwrap()).unwrap()
    }

    fn all(numbers: &EmergencyNumbers) -> impl Iterator<Item = &Sourced> {
        [&numbers.general, &numbers.police, &numbers.ambulance, &numbers.fire].into_iter().flatten()
    }

    fn only(list: &[Sourced]) -> Vec<&'static str> {
        list.iter().map(|sourced| sourced.number).collect()
    }

    #[test]
    fn every_line_is_found_under_its_country_and_service() {
        let found = countries().iter().filter_map(|country| emergency_numbers(country.code));
        assert_eq!(found.map(|numbers| all(&numbers).count()).sum::<usize>(), table::line_count(TABLE));
        assert!(table::rows(TABLE).map(|[country, ..]: [&str; 5]| country).is_sorted());
    }

    #[test]
    fn nearly_every_country_has_numbers() {
        let with_numbers = countries().iter().filter(|country| emergency_numbers(country.code).is_some()).count();
        assert!(with_numbers >= 230, "{with_numbers}");
    }

    #[test]
    fn every_number_is_digits_with_a_source_and_a_date() {
        for [country, _, number, source, date] in table::rows(TABLE) {
            assert!(
                (2..=10).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()),
                "{country} {number}"
            );
            assert!(!source.is_empty());
            let (year, month) = date.split_once('-').unwrap();
            assert!(year.parse::<u16>().is_ok_and(|year| year >= 2023), "{date}");
            assert!(month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month)), "{date}");
        }
    }

    #[test]
    fn no_service_names_a_number_twice() {
        for country in countries() {
            let numbers = emergency_numbers(country.code).unwrap_or_default();
            for list in [&numbers.general, &numbers.police, &numbers.ambulance, &numbers.fire] {
                let distinct: std::collections::HashSet<_> = only(list).into_iter().collect();
                assert_eq!(distinct.len(), list.len(), "{}", country.code);
            }
        }
    }

    #[test]
    fn where_sources_disagree_both_numbers_stand_beside_a_general_one() {
        let turkey = numbers("TR");
        assert_eq!((only(&turkey.police), only(&turkey.general)), (vec!["112", "155"], vec!["112"]));
        assert_ne!(turkey.police[0].source, turkey.police[1].source);
    }

    #[test]
    fn the_numbers_of_home_and_of_the_emirates_are_the_known_ones() {
        for (country, police, ambulance, fire) in [("KZ", "102", "103", "101"), ("AE", "999", "998", "997")] {
            let numbers = numbers(country);
            let expected = (vec![police], vec![ambulance], vec![fire]);
            assert_eq!((only(&numbers.police), only(&numbers.ambulance), only(&numbers.fire)), expected);
            assert_eq!(only(&numbers.general), ["112"]);
        }
    }

    #[test]
    fn a_country_without_sources_has_no_numbers() {
        assert_eq!(emergency_numbers("AQ".parse().unwrap()), None);
    }
}
