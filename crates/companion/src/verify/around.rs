//! What a messenger or a mail puts around a text by itself: who sent it and when, that it was passed on, which telephone wrote
//! it. Only what is nothing else is known so: a number, a link, a sign or an order in it is somebody's own.

use super::{
    reading::{is_day, is_hour},
    words::{Word, words},
};

/// Whether a passage is nothing but such a line.
pub fn is_around(text: &str) -> bool {
    let (moment, rest): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|part| is_day(part) || is_hour(part));
    let rest = rest.join(" ");
    let said = words(&rest);
    if moment.is_empty() && is_one_of(&said, &FOOTERS) {
        return true;
    }
    let passed_on = PASSED_ON.iter().find_map(|note| after(&said, note));
    let name = passed_on.unwrap_or(&said);
    let is_dated = moment.iter().any(|part| is_day(part));
    is_name(&rest, name) && (passed_on.is_some() && !name.is_empty() || passed_on.is_none() && is_dated)
}

/// Whether a word goes on after a messenger's "forwarded": whose it was stands behind it.
pub fn is_from(word: &str) -> bool {
    PASSED_ON.iter().any(|note| note.ends_with(word))
}

fn is_one_of(said: &[Word], lines: &[&str]) -> bool {
    lines.iter().any(|line| after(said, line).is_some_and(<[Word]>::is_empty))
}

fn after<'a>(said: &'a [Word], note: &str) -> Option<&'a [Word]> {
    let count = note.split(' ').count();
    let (begin, rest) = said.split_at_checked(count)?;
    begin.iter().map(|word| word.said.as_str()).eq(note.split(' ')).then_some(rest)
}

/// Of a person or a channel, as it stands in a list of contacts.
fn is_name(text: &str, name: &[Word]) -> bool {
    let is_capital = |word: &Word| text.get(word.at.clone()).is_some_and(|word| word.starts_with(char::is_uppercase));
    name.len() <= MOST_OF_A_NAME
        && name.iter().all(|word| is_of_a_name(&word.said) && (name.len() == 1 || is_capital(word)))
}

fn is_of_a_name(word: &str) -> bool {
    let is_order = ORDERS.iter().any(|end| word.ends_with(end)) || ABOUT.iter().any(|begin| word.starts_with(begin));
    word.chars().all(char::is_alphabetic) && !TURNING.contains(&word) && !is_order
}

const MOST_OF_A_NAME: usize = 4;

/// As telephones and mail programs write it under a letter.
const FOOTERS: [&str; 11] = [
    "sent from my iphone",
    "sent from my ipad",
    "sent from my galaxy",
    "sent from my samsung galaxy smartphone",
    "sent from outlook for ios",
    "sent from outlook for android",
    "отправлено с iphone",
    "отправлено с ipad",
    "отправлено со смартфона samsung galaxy",
    "отправлено из outlook для ios",
    "отправлено из outlook для android",
];

/// What stands before the name of whom something was passed on from.
const PASSED_ON: [&str; 3] = ["forwarded from", "переслано от", "переслано из"];

/// They turn round what stands behind them.
const TURNING: [&str; 22] = [
    "не",
    "ни",
    "нет",
    "никогда",
    "ложь",
    "неправда",
    "фейк",
    "обман",
    "отмена",
    "отменено",
    "отбой",
    "емес",
    "жоқ",
    "жалған",
    "өтірік",
    "ешқашан",
    "not",
    "no",
    "never",
    "fake",
    "false",
    "cancelled",
];
/// The endings of those who tell many what to do, in Russian and in Kazakh.
const ORDERS: [&str; 7] = ["ите", "йте", "ьте", "ңыз", "ңіз", "ңдар", "ңдер"];
/// The beginnings of what is said of money, calls and haste.
const ABOUT: [&str; 18] = [
    "перев",
    "плат",
    "опла",
    "звон",
    "деньг",
    "денег",
    "карт",
    "сроч",
    "төле",
    "аудар",
    "ақша",
    "шұғыл",
    "pay",
    "send",
    "call",
    "transfer",
    "money",
    "urgent",
];
