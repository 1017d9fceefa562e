//! The table of emergency numbers, held to the metadata of short numbers: what that does not know stands in the
//! document of numbers for a person to check.

#![cfg(test)]

use std::{collections::BTreeMap, env, fs, path::Path};

use quick_xml::{Reader, events::Event};
use regex::Regex;

const REVIEW: &str = include_str!("../../../docs/emergency-review.md");

/// Per country, the patterns of the numbers that exist there.
fn patterns(xml: &str) -> BTreeMap<String, Vec<Regex>> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut country, mut inside) = (BTreeMap::<String, Vec<Regex>>::new(), String::new(), false);
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Eof = event {
            return found;
        } else if let Event::Start(tag) = event {
            inside = tag.name().as_ref() == "nationalNumberPattern";
            if tag.name().as_ref() == "territory" {
                country = tag.try_get_attribute("id").unwrap().unwrap().value.into_owned();
            }
        } else if let Event::End(_) = event {
            inside = false;
        } else if let (Event::Text(text), true) = (event, inside) {
            let pattern: String = text.split_whitespace().collect();
            found.entry(country.clone()).or_default().push(Regex::new(&format!("^(?:{pattern})$")).unwrap());
        }
    }
}

#[test]
fn every_number_is_one_the_metadata_knows_or_one_for_a_person_to_check() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let corpora = workspace.join(env::var_os("SAPARLAS_CORPORA").unwrap_or_else(|| "../shared/data".into()));
    let Ok(xml) = fs::read_to_string(corpora.join("emergency/ShortNumberMetadata.xml")) else {
        eprintln!("skipped: no corpus");
        return;
    };
    let patterns = patterns(&xml);
    assert!(patterns.len() > 200);
    for country in atlas::countries() {
        let numbers = atlas::emergency_numbers(country.code).unwrap_or_default();
        let code = country.code.as_str();
        for sourced in [&numbers.general, &numbers.police, &numbers.ambulance, &numbers.fire].into_iter().flatten() {
            let known = patterns.get(code).is_some_and(|list| list.iter().any(|known| known.is_match(sourced.number)));
            let of_country = |row: &&str| row.starts_with(&format!("| {code} "));
            let for_review = REVIEW.lines().filter(of_country).any(|row| row.contains(sourced.number));
            assert!(known || for_review, "{code} {}", sourced.number);
        }
    }
}
