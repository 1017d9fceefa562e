//! What a line of a ticket says, before anybody knows what belongs together.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};

use super::days::{self, Day};
use crate::import::{jsonld, places};

/// No line that people read is longer.
const MAX_LETTERS: usize = 500;
/// Words in capital letters that are codes of airports as well: of calendars, of money, of tickets.
const WORDS: &str = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN \
    USD EUR RUB KZT GBP AED TRY CNY UZS KGS VAT TAX PNR REF NON NOT AND THE FOR ARE ANY ALL YES VIA ETA ETD BAG PCS \
    ADT CHD INF MRS MSS AIR DAY END FLY GDS IATA LTD MAX MIN NEW NO1 OFF ONE OUT PAY PER SEE TEL TWO USE WEB \
    ECO BUS TBA HRS LEG ROW";
/// What has a day or a time that is not the flight's.
const OTHERS: [&str; 26] = [
    "issue",
    "booked",
    "booking date",
    "birth",
    "purchase",
    "boarding",
    "gate",
    "check-in",
    "duration",
    "valid",
    "expir",
    "printed",
    "выпис",
    "оформл",
    "продаж",
    "рожден",
    "посадк",
    "регистрац",
    "в пути",
    "действ",
    "печат",
    "берілген",
    "туған",
    "отырғызу",
    "тіркел",
    "ұзақтығ",
];
/// What a number counts, when it is no flight's.
const UNITS: [&str; 12] = ["KG", "КГ", "PC", "PCS", "LB", "USD", "EUR", "KZT", "RUB", "TENGE", "ШТ", "ДАНА"];

#[derive(Default)]
pub struct Line {
    /// `KC 931`.
    pub flights: Vec<String>,
    /// IATA codes that the atlas has.
    pub airports: Vec<String>,
    pub days: Vec<Day>,
    pub times: Vec<Time>,
}

pub fn read<'a>(text: impl Iterator<Item = &'a String>, today: Date) -> Vec<Line> {
    let text: Vec<String> = text.map(|line| line.chars().take(MAX_LETTERS).collect()).collect();
    let sure = text.iter().any(|line| !codes(line, true).is_empty());
    text.iter().map(|line| one(line, sure, today)).collect()
}

/// Where some codes stand in brackets or in pairs, all do: other words in capital letters are none.
fn one(line: &str, sure: bool, today: Date) -> Line {
    let small = line.to_lowercase();
    let others = OTHERS.iter().any(|word| small.contains(word));
    let (days, times) = if others { (Vec::new(), Vec::new()) } else { (days::read(line, today), times(line)) };
    Line { flights: flights(line), airports: codes(line, sure), days, times }
}

/// Words of letters and digits, with the bytes that they take.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut begins = None;
    for (at, letter) in line.char_indices().chain([(line.len(), ' ')]) {
        match (begins, letter.is_alphanumeric()) {
            (None, true) => begins = Some(at),
            (Some(from), false) => {
                words.push((from, &line[from..at]));
                begins = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    words
}

fn flights(line: &str) -> Vec<String> {
    let words = words(line);
    let mut found = BTreeSet::new();
    for (nth, (at, word)) in words.iter().copied().enumerate() {
        let next = words.get(nth + 1);
        let apart = next.filter(|(next, _)| matches!(&line[at + word.len()..*next], " " | "-" | "\u{a0}"));
        let joined = word.split_at_checked(2).filter(|(_, number)| !number.is_empty());
        let (airline, number, ends, after) = match (joined, apart) {
            (Some((airline, number)), _) => (airline, number, at + word.len(), next),
            (None, Some((from, number))) => (word, *number, from + number.len(), words.get(nth + 2)),
            (None, None) => continue,
        };
        let counts = after.is_some_and(|(_, unit)| UNITS.contains(&unit.to_uppercase().as_str()));
        if is_airline(airline) && is_number(number) && !counts && !is_within(line, at, ends) {
            found.insert(jsonld::flight_name(airline, number));
        }
    }
    found.into_iter().collect()
}

fn is_airline(code: &str) -> bool {
    let upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    code.len() == 2 && code.bytes().all(upper) && code.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// One to four digits; before fewer than four, zeros are of a day or a price.
fn is_number(number: &str) -> bool {
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    digits && (1..=4).contains(&number.len()) && (number.len() == 4 || !number.starts_with('0')) && number != "0000"
}

/// Whether it is a piece of something longer: of a time, a price, an address.
fn is_within(line: &str, from: usize, until: usize) -> bool {
    let before = line[..from].chars().next_back();
    let mut after = line[until..].chars();
    let joint = after.next().is_some_and(|letter| matches!(letter, '.' | ':' | ',' | '/' | '-'));
    matches!(before, Some('.' | ':' | ',' | '/' | '-' | '@' | '+')) && !line[..from].ends_with(": ")
        || joint && after.next().is_some_and(|letter| letter.is_ascii_digit())
}

/// `(ALA)`, `ALA-DXB`, and where it is not to be sure, `ALA`.
fn codes(line: &str, sure: bool) -> Vec<String> {
    let words = words(line);
    let is_code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let candidates: Vec<(usize, &str)> = words.iter().copied().filter(|(_, word)| is_code(word)).collect();
    let joined = |(from, one): (usize, &str), (to, _): (usize, &str)| {
        let between = line[from + one.len()..to].trim();
        matches!(between, "-" | "–" | "—" | "→" | "/" | "->" | ">" | "›" | "»" | "✈")
    };
    let mut found = Vec::new();
    for (nth, &(at, word)) in candidates.iter().enumerate() {
        let bracketed = line[..at].ends_with(['(', '[']) && line[at + word.len()..].starts_with([')', ']', ',', ' ']);
        let after = candidates.get(nth + 1).is_some_and(|next| joined((at, word), *next));
        let before = nth.checked_sub(1).is_some_and(|nth| joined(candidates[nth], (at, word)));
        let is_word = WORDS.split_whitespace().any(|other| other == word);
        if bracketed || !is_word && (after || before || !sure) {
            found.extend(places::is_airport(word).then(|| word.to_owned()));
        }
    }
    found
}

/// `18:05`, and no `1:05`, which is a journey's length.
fn times(line: &str) -> Vec<Time> {
    let bytes = line.as_bytes();
    let digit = |at: usize| bytes.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| (byte - b'0').cast_signed());
    let two = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
    let is_alone = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !before.is_some_and(is_part) && !bytes.get(at + 5).is_some_and(is_part)
    };
    let colons = (2..bytes.len()).filter(|at| bytes[*at] == b':').map(|colon| colon - 2);
    let time = |at: usize| Time::new(two(at)?, two(at + 3)?, 0, 0).ok();
    colons.filter(|at| is_alone(*at)).filter_map(time).collect()
}

fn is_part(byte: &u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b':' | b'+')
}
