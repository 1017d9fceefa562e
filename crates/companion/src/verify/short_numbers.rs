//! Emergency numbers in a text: too short for anybody's own, and as good whoever passes them on.

use std::collections::{BTreeMap, BTreeSet};

use contract::place::CountryCode;

use super::{
    answer::{Answers, EmergencyFound},
    reading::groups,
};
use crate::emergency;

/// A mobile phone takes it for an emergency call in every country (3GPP TS 22.101, 10.1.1).
const ANY_MOBILE: &str = "112";

/// Those that answer, and those that were found.
pub struct ShortNumbers {
    answering: BTreeMap<String, Answers>,
    found: BTreeSet<EmergencyFound>,
}

impl ShortNumbers {
    /// `land` is where the traveller is; what is `alone` asked for is told of too where it answers elsewhere.
    pub fn new(land: Option<CountryCode>, alone: Option<&str>) -> Self {
        let rows = land.map(emergency::emergency).unwrap_or_default();
        let here = rows.into_iter().flat_map(|row| row.numbers).map(|one| (one.number, Answers::Here));
        let elsewhere = alone.filter(|number| atlas::is_emergency_number(number));
        let elsewhere = elsewhere.map(|number| (number.to_owned(), Answers::Elsewhere));
        let any_mobile = (ANY_MOBILE.to_owned(), Answers::AnyMobile);
        Self { answering: elsewhere.into_iter().chain([any_mobile]).chain(here).collect(), found: BTreeSet::new() }
    }

    pub fn is_one(&self, number: &str) -> bool {
        self.answering.contains_key(number)
    }

    /// Whether some stand in a text, and the text without them.
    pub fn take(&mut self, text: &str) -> (bool, String) {
        let (mut is_any, mut rest) = (false, text.to_owned());
        for number in groups(text) {
            if let Some(answers) = self.answering.get(number) {
                self.found.insert(EmergencyFound { number: number.to_owned(), answers: *answers });
                rest = without(&rest, number);
                is_any = true;
            }
        }
        (is_any, rest)
    }

    /// Those that were found.
    pub fn found(self) -> Vec<EmergencyFound> {
        self.found.into_iter().collect()
    }
}

/// The text without a number that stands alone in it.
fn without(text: &str, number: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '+').filter(|word| *word != number);
    words.collect::<Vec<_>>().join(" ")
}
