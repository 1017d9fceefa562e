//! Every word that counts, whichever way it came.

use std::collections::{HashMap, HashSet};

use contract::{
    ids::TripId,
    record::{CheckIn, Kind, Trip},
};

use super::{
    casework::sms::BySms,
    mirror::{Held, Mirror, MirrorError},
};

/// The words of the register and those that came by SMS: of two versions the newer, whichever way it came. With the ids
/// of those that came by SMS alone.
///
/// # Errors
/// The desk's copy of the register cannot be read.
pub fn all_words(mirror: &Mirror, by_sms: &[BySms]) -> Result<(Vec<Held<CheckIn>>, HashSet<String>), MirrorError> {
    let mut words: Vec<Held<CheckIn>> = mirror.all(Kind::CheckIn)?;
    let places: HashMap<String, usize> = words.iter().enumerate().map(|(at, held)| (held.id.clone(), at)).collect();
    let mut only_by_sms = HashSet::new();
    for BySms { held, .. } in by_sms.iter().filter(|sms| sms.is_confirmed()) {
        let of_trip = |trip| Held { record: CheckIn { trip, ..held.record.clone() }, ..held.clone() };
        match places.get(&held.id) {
            Some(at) if words[*at].record.version >= held.record.version => {}
            Some(at) => words[*at] = of_trip(words[*at].record.trip),
            None => {
                words.push(of_trip(trip_of(mirror, held)?));
                only_by_sms.insert(held.id.clone());
            }
        }
    }
    Ok((words, only_by_sms))
}

/// An SMS names no trip: it is of the one that has its device there then.
fn trip_of(mirror: &Mirror, said: &Held<CheckIn>) -> Result<Option<TripId>, MirrorError> {
    let CheckIn { at, country, .. } = &said.record;
    let has_them = |trip: &Held<Trip>| {
        trip.record
            .legs
            .iter()
            .any(|leg| leg.from <= *at && *at < leg.end() && country.is_none_or(|at| leg.country == at))
    };
    let trip = mirror.trips_of(said.device)?.into_iter().find(has_them);
    Ok(trip.and_then(|trip| trip.id.parse().ok()))
}
