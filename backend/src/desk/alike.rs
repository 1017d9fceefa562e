//! Whether two descriptions are of one person: which facts agree, and which do not. No single fact is a proof.

use std::collections::BTreeSet;

use atlas::typing::{fold, sound};
use serde::{Deserialize, Serialize};

/// How many figures of a telephone number are looked at, from its end: +7 701… and 8 701… are one.
const FIGURES: usize = 9;
/// A number with fewer is a slip, or an inside line.
const FEWEST: usize = 7;

/// A birth date of which the year alone is said.
const YEAR: usize = 4;

/// What may agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Number,
    Name,
    BirthDate,
    Document,
    /// Who calls is whom they named as next of kin.
    Kin,
}

impl Fact {
    /// Whether it says something of the person themselves.
    pub fn is_own(self) -> bool {
        match self {
            Self::Number | Self::Name | Self::BirthDate | Self::Document => true,
            Self::Kin => false,
        }
    }
}

/// What is said of somebody. Empty where nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Description {
    pub number: String,
    pub name: String,
    /// `YYYY-MM-DD`, or the year.
    pub birth_date: String,
    pub document: String,
    /// Of whoever calls about them, where that is somebody else.
    pub kin: String,
}

impl Description {
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What two descriptions have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreement {
    pub agree: BTreeSet<Fact>,
    /// Said of both, and not the same.
    pub differ: BTreeSet<Fact>,
    /// Of those that agree: a single word of a name, the year of a birth. Many share it.
    pub weak: BTreeSet<Fact>,
}

impl Agreement {
    /// Two facts of the person's own, neither of which many share, and none that differs: probably one and the same.
    pub fn is_probable(&self) -> bool {
        let strong = self.agree.difference(&self.weak).filter(|fact| fact.is_own()).count();
        strong >= 2 && !self.differ.iter().any(|fact| fact.is_own())
    }

    /// How likely, the most likely last.
    pub fn weight(&self) -> (usize, usize) {
        (self.agree.len(), usize::MAX - self.differ.len())
    }
}

/// Compares what was said with what is known.
pub fn compare(said: &Description, known: &Description) -> Agreement {
    let all = [
        (Fact::Number, same(number(&said.number), number(&known.number))),
        (Fact::Name, same_name(&said.name, &known.name)),
        (Fact::BirthDate, same_birth_date(&said.birth_date, &known.birth_date)),
        (Fact::Document, same(document(&said.document), document(&known.document))),
        (Fact::Kin, same(number(&said.kin), number(&known.kin))),
    ];
    let mut agreement = Agreement::default();
    for (fact, same) in all {
        match same {
            Some(true) => drop(agreement.agree.insert(fact)),
            Some(false) => drop(agreement.differ.insert(fact)),
            None => {}
        }
    }
    let said_by = [(&said.name, &said.birth_date), (&known.name, &known.birth_date)];
    let weak = [
        (Fact::Name, said_by.iter().any(|(name, _)| words(name).len() < 2)),
        (Fact::BirthDate, said_by.iter().any(|(_, date)| date.trim().len() == YEAR)),
    ];
    agreement.weak =
        weak.into_iter().filter(|(fact, weak)| *weak && agreement.agree.contains(fact)).map(|(fact, _)| fact).collect();
    agreement
}

fn same(one: Option<String>, other: Option<String>) -> Option<bool> {
    Some(one? == other?)
}

fn number(said: &str) -> Option<String> {
    let figures: Vec<char> = said.chars().filter(char::is_ascii_digit).collect();
    (figures.len() >= FEWEST).then(|| figures[figures.len().saturating_sub(FIGURES)..].iter().collect())
}

fn document(said: &str) -> Option<String> {
    let code: String = said.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    Some(code).filter(|code| code.len() >= FEWEST)
}

/// The words of a name as they sound: Жүнісов, Жунусов and Zhunisov differ by less than a slip of the tongue.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(name).split(' ').map(sound).filter(|word| word.chars().count() > 1).collect();
    words.sort();
    words.dedup();
    words
}

/// Two words of two names are the same, in whatever order; of one word alone, all of it.
fn same_name(one: &str, other: &str) -> Option<bool> {
    let (one, other) = (words(one), words(other));
    let fewest = one.len().min(other.len());
    if fewest == 0 {
        return None;
    }
    let mut left = other;
    let mut alike = 0;
    for word in &one {
        if let Some(at) = left.iter().position(|other| alike_words(word, other)) {
            left.remove(at);
            alike += 1;
        }
    }
    Some(alike >= fewest.min(2))
}

/// The same but for one letter, in words that are long enough for it.
fn alike_words(one: &str, other: &str) -> bool {
    one == other || one.chars().count() >= 5 && other.chars().count() >= 5 && is_one_slip(one, other)
}

fn is_one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let begin = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => short.iter().skip(begin + 1).eq(long.iter().skip(begin + 1)),
        1 => short.iter().skip(begin).eq(long.iter().skip(begin + 1)),
        _ => false,
    }
}

/// The year alone is enough where one of the two says no more.
fn same_birth_date(one: &str, other: &str) -> Option<bool> {
    let (one, other) = (one.trim(), other.trim());
    if one.len() < 4 || other.len() < 4 {
        return None;
    }
    let is_year = |date: &str| date.len() == YEAR;
    Some(if is_year(one) || is_year(other) { one.get(..4) == other.get(..4) } else { one == other })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named(name: &str) -> Description {
        Description { name: name.into(), ..Description::default() }
    }

    #[test]
    fn a_name_is_the_same_in_whatever_letters_and_order_it_is_said() {
        for other in ["Жунусов Адилет", "әділет жүнісов", "Adilet Zhunisov", "Жүнісов Әділет Маратұлы"]
        {
            let found = compare(&named("Жүнісов Әділет"), &named(other));
            assert!(found.agree.contains(&Fact::Name), "{other}");
        }
        for other in ["Жүнісов Марат", "Есенова Айгерім", "Ахметов Әділет"] {
            let found = compare(&named("Жүнісов Әділет"), &named(other));
            assert!(found.differ.contains(&Fact::Name), "{other}");
        }
        assert_eq!(compare(&named("Жүнісов Әділет"), &named("")), Agreement::default());
    }

    #[test]
    fn a_number_is_the_same_with_its_country_or_without() {
        let number = |number: &str| Description { number: number.into(), ..Description::default() };
        let agrees = |one: &str, other: &str| !compare(&number(one), &number(other)).agree.is_empty();
        assert!(agrees("+7 701 000 00 01", "8 (701) 000-00-01"));
        assert!(!agrees("+7 701 000 00 01", "+7 701 000 00 02"));
        assert!(!agrees("112", "112"), "what is too short says nothing");
    }

    #[test]
    fn a_year_agrees_with_a_day_of_it() {
        let born = |date: &str| Description { birth_date: date.into(), ..Description::default() };
        assert!(compare(&born("1997"), &born("1997-05-14")).agree.contains(&Fact::BirthDate));
        assert!(compare(&born("1997-05-15"), &born("1997-05-14")).differ.contains(&Fact::BirthDate));
    }

    #[test]
    fn one_fact_is_no_proof_and_who_calls_says_nothing_of_the_person() {
        let known = Description {
            number: "+77010000001".into(),
            name: "Жүнісов Әділет".into(),
            kin: "+77020000002".into(),
            ..Description::default()
        };
        let kin = Description { kin: "+77020000002".into(), ..named("Жүнісов Әділет") };
        assert!(!compare(&kin, &known).is_probable());
        assert!(!compare(&named("Жүнісов Әділет"), &known).is_probable());
        assert!(compare(&known, &known).is_probable());
        // what many share proves nothing, and what differs speaks against it
        let born = |date: &str| Description { birth_date: date.into(), ..known.clone() };
        let asks = |name: &str, date: &str| Description { birth_date: date.into(), ..named(name) };
        assert!(!compare(&asks("Әділет", "1997-05-14"), &born("1997-05-14")).is_probable());
        assert!(!compare(&asks("Жүнісов Әділет", "1997"), &born("1997-05-14")).is_probable());
        assert!(compare(&asks("Жүнісов Әділет", "1997-05-14"), &born("1997-05-14")).is_probable());
        assert!(!compare(&born("1997-05-15"), &born("1997-05-14")).is_probable());
    }

    proptest! {
        #[test]
        fn to_compare_has_no_direction(one in "[а-яәіңғүұқөһA-Za-z ]{0,20}", other in "[а-яәіңғүұқөһA-Za-z ]{0,20}") {
            prop_assert_eq!(compare(&named(&one), &named(&other)), compare(&named(&other), &named(&one)));
        }
    }
}
