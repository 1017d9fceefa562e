//! Who types a number or a service that helps is shown the local one first.

use contract::place::CountryCode;

use super::words;
use crate::emergency::{EmergencyRow, EmergencyService, emergency};

/// How the words begin that people call each service by, folded.
const CALLED: [(EmergencyService, &str); 4] = [
    (EmergencyService::Police, "полици police"),
    (EmergencyService::Ambulance, "скорая скорую скорои жедел ambulance"),
    (EmergencyService::Fire, "пожарн сондируши fire department brigade"),
    (EmergencyService::General, "sos спасат куткаруш rescue emergency экстренн"),
];
/// What is said beside the service and tells nothing more.
const BESIDE: &str = "номер номир телефон вызва звони позвони конырау шал шакыр помощ жардем number phone call";
/// Fewer letters may begin anything.
const SHORTEST: usize = 4;

/// The local number of each service that was asked for, and of nothing else: a question about a fire is a question.
pub fn asked(typed: &str, here: CountryCode) -> Vec<(EmergencyService, String)> {
    let rows = emergency(here);
    let typed = words::folded(typed);
    match typed.as_slice() {
        [number] if number.bytes().all(|letter| letter.is_ascii_digit()) => by_number(&rows, number),
        _ => by_name(&rows, &typed),
    }
}

/// The number itself where it helps here; where it helps elsewhere, those that do here.
fn by_number(rows: &[EmergencyRow], typed: &str) -> Vec<(EmergencyService, String)> {
    if typed.len() < 2 {
        return Vec::new();
    }
    let all = rows.iter().flat_map(|row| row.numbers.iter().map(|one| (row.service, one.number.clone())));
    let mut numbers: Vec<_> = all.filter(|(_, number)| number.starts_with(typed)).collect();
    numbers.dedup_by(|one, before| one.1 == before.1);
    if numbers.is_empty() && atlas::is_emergency_number(typed) {
        return rows.iter().filter_map(first).collect();
    }
    numbers
}

fn by_name(rows: &[EmergencyRow], typed: &[String]) -> Vec<(EmergencyService, String)> {
    let Some(services) = services(typed) else { return Vec::new() };
    let of = |service| rows.iter().find(|row| row.service == service);
    // a service with no number of its own answers at the one for everything
    let asked = services.into_iter().filter_map(|service| of(service).or_else(|| of(EmergencyService::General)));
    asked.filter_map(first).collect()
}

/// Those that are named; `None` where something else is said too.
fn services(typed: &[String]) -> Option<Vec<EmergencyService>> {
    let telling = typed.iter().filter(|word| !begins_with_any(word, BESIDE) && !words::tells_nothing(word));
    let named = telling.map(|word| CALLED.iter().find(|(_, called)| begins_with_any(word, called)));
    named.map(|found| found.map(|(service, _)| *service)).collect()
}

/// Whether a text says nothing but which service one calls.
pub fn is_about_services(text: &str) -> bool {
    services(&words::folded(text)).is_some()
}

fn first(row: &EmergencyRow) -> Option<(EmergencyService, String)> {
    row.numbers.first().map(|one| (row.service, one.number.clone()))
}

/// Either is the beginning of the other: what is being typed, and what has an ending.
fn begins_with_any(word: &str, beginnings: &str) -> bool {
    beginnings
        .split(' ')
        .any(|one| word.starts_with(one) || (word.chars().count() >= SHORTEST && one.starts_with(word)))
}
