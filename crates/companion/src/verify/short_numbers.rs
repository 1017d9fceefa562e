//! Emergency numbers in a text: too short for anybody's own, and as good whoever passes them on.

use std::collections::{BTreeMap, BTreeSet};

use contract::place::CountryCode;

use super::{
    answer::{Answers, EmergencyFound},
    reading::groups,
};
use crate::{emergency, places::country_name};

/// A mobile phone takes it for an emergency call in every country (3GPP TS 22.101, 10.1.1).
const ANY_MOBILE: &str = "112";

/// Those that answer, and those that were found.
pub struct ShortNumbers {
    answering: BTreeMap<String, (Answers, Option<CountryCode>)>,
    found: BTreeSet<String>,
}

impl ShortNumbers {
    /// `land` is where the traveller is, `lands` where people of theirs are; what is `alone` asked for is told of too where
    /// it answers elsewhere.
    pub fn new(land: Option<CountryCode>, lands: impl Iterator<Item = CountryCode>, alone: Option<&str>) -> Self {
        let of = |land| emergency::emergency(land).into_iter().flat_map(|row| row.numbers).map(|one| one.number);
        let elsewhere = alone.filter(|number| atlas::is_emergency_number(number));
        let elsewhere = elsewhere.map(|number| (number.to_owned(), (Answers::Elsewhere, None)));
        let there = lands.flat_map(|land| of(land).map(move |number| (number, (Answers::There, Some(land)))));
        let any_mobile = (ANY_MOBILE.to_owned(), (Answers::AnyMobile, None));
        let here = land.into_iter().flat_map(of).map(|number| (number, (Answers::Here, None)));
        // the nearer one counts
        let answering = elsewhere.into_iter().chain(there).chain([any_mobile]).chain(here).collect();
        Self { answering, found: BTreeSet::new() }
    }

    pub fn is_one(&self, number: &str) -> bool {
        self.answering.contains_key(number)
    }

    /// Whether some stand in a text, and the text without them.
    pub fn take(&mut self, text: &str) -> (bool, String) {
        let (mut is_any, mut rest) = (false, text.to_owned());
        for number in groups(text) {
            if self.is_one(number) {
                self.found.insert(number.to_owned());
                rest = without(&rest, number);
                is_any = true;
            }
        }
        (is_any, rest)
    }

    /// Those that were found.
    pub fn found(self) -> Vec<EmergencyFound> {
        let Self { answering, found } = self;
        let where_it_answers = |number: String| {
            let (answers, land) = answering.get(&number).copied()?;
            Some(EmergencyFound { number, answers, country: land.map(country_name) })
        };
        found.into_iter().filter_map(where_it_answers).collect()
    }
}

/// The text without a number that stands alone in it.
fn without(text: &str, number: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '+').filter(|word| *word != number);
    words.collect::<Vec<_>>().join(" ")
}
