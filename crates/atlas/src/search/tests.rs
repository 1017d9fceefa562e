//! What people type, and the place they mean.

use proptest::prelude::*;

use super::*;

/// `query`, the first answer expected, and one more among the first three: tab-separated.
const QUERIES: &str = include_str!("../../tests/queries.tsv");

fn names(query: &str, limit: usize, own: &[PlaceKey]) -> Vec<String> {
    look_up(query, limit, own).iter().map(|(_, place)| name(place)).collect()
}

fn name(place: &Place) -> String {
    match place {
        Place::City(city) => city.key.to_owned(),
        Place::Airport(airport) => airport.code.to_string(),
        Place::Country(country) => country.code.to_string(),
    }
}

#[test]
fn what_people_type_finds_first_what_they_mean() {
    let rows: Vec<_> = crate::table::rows::<3>(QUERIES).collect();
    assert!(rows.len() >= 150 && rows.len() == crate::table::line_count(QUERIES));
    let wrong: Vec<_> = rows
        .into_iter()
        .filter_map(|[query, first, among]| {
            let found = names(query, 3, &[]);
            let right = found.first().is_some_and(|found| found == first);
            let has = among.is_empty() || found.iter().any(|found| found == among);
            (!right || !has).then(|| format!("{query}: {first} {among}, found {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn places_of_the_travellers_own_trips_come_first() {
    let own = [PlaceKey::City("ie-dublin")];
    assert_eq!(names("dub", 1, &own), ["ie-dublin"]);
    assert_eq!(names("шарм", 1, &own), ["eg-sharm-el-sheikh"]);
}

#[test]
fn nothing_typed_and_nothing_known_find_nothing() {
    assert!(look_up("", 5, &[]).is_empty());
    assert!(look_up(" -!", 5, &[]).is_empty());
    assert!(look_up("жоқ мұндай жер", 5, &[]).is_empty());
    assert!(look_up("дубай", 0, &[]).is_empty());
}

proptest! {
    #[test]
    fn any_string_can_be_looked_up(query in any::<String>(), limit in 0..20_usize) {
        prop_assert!(look_up(&query, limit, &[]).len() <= limit);
    }

    #[test]
    fn every_city_is_found_by_each_of_its_names(at in 0..cities().len()) {
        let city = &cities()[at];
        for typed in city.names() {
            prop_assert!(look_up(typed, 5, &[]).iter().any(|(_, place)| *place == Place::City(city)), "{}", typed);
        }
    }
}

#[test]
fn an_airport_is_found_by_its_code_in_letters_of_another_keyboard() {
    let codes = |typed| airports_of_code(typed).map(|one| one.code.to_string()).collect::<Vec<_>>();
    for typed in ["ала", "фдф", "ala", "ALA"] {
        assert!(codes(typed).contains(&"ALA".to_owned()), "{typed}: {:?}", codes(typed));
    }
    assert!(codes("алматы").is_empty());
    let found = names("ала", 20, &[]);
    assert!(found.iter().any(|name| name == "ALA"), "{found:?}");
}
