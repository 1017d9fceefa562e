//! Finding a place as people type it.

use std::sync::LazyLock;

use crate::{
    airports::{Airport, airports},
    cities::{City, cities},
    countries::{Country, countries},
    folding::fold,
};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    Country(&'static Country),
    City(&'static City),
    Airport(&'static Airport),
}

struct Entry {
    place: Place,
    /// Folded; empty for a city.
    code: String,
    names: Vec<String>,
}

/// How well a query fits, best first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    WholeName,
    StartOfName,
    StartOfEachWord,
}

/// Cities, then airports, then countries: the order that breaks ties.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let cities = cities().iter().map(|city| Entry {
        place: Place::City(city),
        code: String::new(),
        names: city.names().map(fold).collect(),
    });
    let airports = airports().iter().map(|airport| {
        let words = &airport.city;
        let names = [words.kk.as_str(), &words.ru, &words.en, airport.city_in_source, airport.name];
        Entry { place: Place::Airport(airport), code: fold(airport.code.as_str()), names: folded(&names) }
    });
    let countries = countries().iter().map(|country| {
        let words = &country.name;
        let names = [&[words.kk.as_str(), &words.ru, &words.en], country.also.as_slice()].concat();
        Entry { place: Place::Country(country), code: fold(country.code.as_str()), names: folded(&names) }
    });
    cities.chain(airports).chain(countries).collect()
});

fn folded(names: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = names.iter().map(|name| fold(name)).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

impl Entry {
    fn fit(&self, query: &str) -> Option<Fit> {
        // two letters that are a country's code are rarely the start of a city; three often are ("dub")
        let is_country_code = self.code.len() == 2 && self.code == query;
        if is_country_code || self.names.iter().any(|name| name == query) {
            Some(Fit::WholeName)
        } else if self.code == query || self.names.iter().any(|name| name.starts_with(query)) {
            Some(Fit::StartOfName)
        } else {
            let begins = |part: &str| self.names.iter().flat_map(|name| name.split(' ')).any(|w| w.starts_with(part));
            query.split(' ').all(begins).then_some(Fit::StartOfEachWord)
        }
    }

    fn rank_of_kind(&self) -> u8 {
        match self.place {
            Place::City(_) => 0,
            Place::Airport(_) => 1,
            Place::Country(_) => 2,
        }
    }
}

/// Places that fit what was typed in any of the three languages or as a code, the best first.
pub fn look_up(query: &str, limit: usize) -> Vec<Place> {
    let query = fold(query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<_> = ENTRIES
        .iter()
        .filter_map(|entry| Some(((entry.fit(&query)?, entry.rank_of_kind(), entry.code != query), entry.place)))
        .collect();
    // stable: within a tie the tables' own order stands
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().take(limit).map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn first(query: &str) -> String {
        look_up(query, 1).first().map(name).unwrap_or_default()
    }

    fn name(place: &Place) -> String {
        match place {
            Place::City(city) => city.key.to_owned(),
            Place::Airport(airport) => airport.code.to_string(),
            Place::Country(country) => country.code.to_string(),
        }
    }

    #[test]
    fn a_few_letters_in_any_language_find_the_city_meant() {
        for (query, key) in [
            ("dub", "ae-dubai"),
            ("дуб", "ae-dubai"),
            ("ДУБАЙ", "ae-dubai"),
            ("ыстанбул", "tr-istanbul"),
            ("стамбул", "tr-istanbul"),
            ("маск", "om-muscat"),
            ("оскемен", "kz-oskemen"),
            ("усть", "kz-oskemen"),
            ("питер", "ru-saint-petersburg"),
            ("male", "mv-male"),
            ("sharm sheikh", "eg-sharm-el-sheikh"),
            ("шейх", "eg-sharm-el-sheikh"),
        ] {
            assert_eq!(first(query), key, "{query}");
        }
    }

    #[test]
    fn countries_are_found_by_every_name_and_code() {
        for (query, code) in [
            ("казакстан", "KZ"),
            ("Қазақстан", "KZ"),
            ("kazakhstan", "KZ"),
            ("kz", "KZ"),
            ("эмираты", "AE"),
            ("БАӘ", "AE"),
            ("сша", "US"),
            ("turkey", "TR"),
            ("оман", "OM"),
        ] {
            assert_eq!(first(query), code, "{query}");
        }
    }

    #[test]
    fn a_code_finds_its_airport_right_after_the_cities() {
        let names: Vec<_> = look_up("doh", 5).iter().map(name).collect();
        assert_eq!(names[..2], ["qa-doha", "DOH"]);
        assert_eq!(first("SVO"), "SVO");
        assert!(look_up("dub", 5).iter().map(name).any(|name| name == "DUB"));
    }

    #[test]
    fn nothing_typed_and_nothing_known_find_nothing() {
        assert!(look_up("", 5).is_empty());
        assert!(look_up(" -!", 5).is_empty());
        assert!(look_up("жоқ мұндай жер", 5).is_empty());
        assert!(look_up("дубай", 0).is_empty());
    }

    proptest! {
        #[test]
        fn any_string_can_be_looked_up(query in any::<String>(), limit in 0..20_usize) {
            prop_assert!(look_up(&query, limit).len() <= limit);
        }

        #[test]
        fn every_city_is_found_by_each_of_its_names(at in 0..cities().len()) {
            let city = &cities()[at];
            for typed in city.names() {
                prop_assert!(look_up(typed, 5).contains(&Place::City(city)), "{}", typed);
            }
        }
    }
}
