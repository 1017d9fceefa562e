//! Local emergency numbers, as the sources give them.

use std::collections::BTreeSet;

use atlas::Sourced;
use contract::place::CountryCode;
use serde::Serialize;
use ts_rs::TS;

/// The numbers of one service, the one to dial first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EmergencyRow {
    pub service: EmergencyService,
    pub numbers: Vec<EmergencyNumber>,
    /// No source names all of the numbers.
    pub differ: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct EmergencyNumber {
    pub number: String,
    pub source: String,
    pub date: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyService {
    General,
    Police,
    Ambulance,
    Fire,
}

/// A row a service, the one for everything first. A service that answers at the very same numbers needs no row.
pub fn emergency(country: CountryCode) -> Vec<EmergencyRow> {
    let numbers = atlas::emergency_numbers(country).unwrap_or_default();
    let for_all = best(&numbers.general, None).map(|sourced| sourced.number);
    let dialled = |list: &[Sourced]| list.iter().map(|sourced| sourced.number).collect::<BTreeSet<_>>();
    let general = dialled(&numbers.general);
    let services = [
        (EmergencyService::General, &numbers.general),
        (EmergencyService::Police, &numbers.police),
        (EmergencyService::Ambulance, &numbers.ambulance),
        (EmergencyService::Fire, &numbers.fire),
    ];
    services
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .filter(|(service, list)| *service == EmergencyService::General || dialled(list) != general)
        .map(|(service, list)| EmergencyRow { service, numbers: dialled_first(list, for_all), differ: differ(list) })
        .collect()
}

/// The one to dial, then the others in the order of their sources.
fn dialled_first(list: &[Sourced], for_all: Option<&str>) -> Vec<EmergencyNumber> {
    let first = best(list, for_all);
    let others = list.iter().filter(|sourced| Some(*sourced) != first);
    first.into_iter().chain(others).map(number).collect()
}

/// The newest one, then the one that most sources name, then the one that is dialled for everything: one number less to
/// remember. The first of those that are alike.
fn best<'a>(list: &'a [Sourced], for_all: Option<&str>) -> Option<&'a Sourced> {
    let key = |sourced: &Sourced| (sourced.date, sourced.sources().count(), Some(sourced.number) == for_all);
    list.iter().rev().max_by_key(|sourced| key(sourced))
}

fn number(sourced: &Sourced) -> EmergencyNumber {
    EmergencyNumber {
        number: sourced.number.to_owned(),
        source: sourced.sources().collect::<Vec<_>>().join("; "),
        date: sourced.date.to_owned(),
    }
}

/// Whether no source names all of the numbers.
fn differ(list: &[Sourced]) -> bool {
    let Some((first, others)) = list.split_first() else { return false };
    let names_all = |source: &str| others.iter().all(|other| other.sources().any(|named| named == source));
    !others.is_empty() && !first.sources().any(names_all)
}
