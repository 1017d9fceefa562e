//! Where the atlas has a place that a file tells of.

use atlas::{AtPoint, Fit, Place};
use contract::place::{AirportCode, CountryCode};

use super::reservation::{Note, NoteCode, Spot};

/// A place, as far as the atlas knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// As the file writes it, known or not.
    pub airport: Option<String>,
    pub country: Option<CountryCode>,
    /// Key of a city.
    pub city: Option<&'static str>,
    pub zone: Option<&'static str>,
}

/// Notes what the atlas does not have.
pub fn known(spot: &Spot, notes: &mut Vec<Note>) -> Known {
    if let Some(code) = &spot.airport {
        if let Some(airport) = code.parse::<AirportCode>().ok().and_then(atlas::airport) {
            return Known {
                airport: spot.airport.clone(),
                country: Some(airport.country),
                city: airport.own_city().map(|city| city.key),
                zone: Some(airport.time_zone),
            };
        }
        notes.push(Note { code: NoteCode::UnknownAirport, about: code.clone() });
    }
    let named = named(&spot.name, spot.country);
    let country = spot.country.or_else(|| country_at(spot)).or(named.map(|city| city.country));
    if country.is_none() && spot.airport.is_none() {
        notes.push(Note { code: NoteCode::UnknownCountry, about: spot.name.clone() });
    }
    let at = spot.position.zip(country).and_then(|(position, country)| atlas::city_at(position, country));
    let city = at.or(named);
    let zone = city.map(|city| city.time_zone).or_else(|| country.and_then(atlas::time_zone_of));
    Known { airport: spot.airport.clone(), country, city: city.map(|city| city.key), zone }
}

fn country_at(spot: &Spot) -> Option<CountryCode> {
    match atlas::country_at(spot.position?) {
        AtPoint::In(country) | AtPoint::Border(country, _) => Some(country),
        AtPoint::Sea | AtPoint::Disputed(_) => None,
    }
}

/// The city of that whole name; in the country, where it is known.
fn named(name: &str, country: Option<CountryCode>) -> Option<&'static atlas::City> {
    let found = atlas::look_up(short(name)?, 8, &[]).into_iter();
    found.filter(|(fit, _)| *fit == Fit::WholeName).find_map(|(_, place)| match place {
        Place::City(city) => country.is_none_or(|country| country == city.country).then_some(city),
        Place::Country(_) | Place::Airport(_) => None,
    })
}

/// A code of ISO 3166-1 or a name in any language of ours.
pub fn country(text: &str) -> Option<CountryCode> {
    let text = short(text)?;
    if let Ok(code) = text.to_ascii_uppercase().parse() {
        return atlas::country(code).map(|country| country.code);
    }
    let found = atlas::look_up(text, 8, &[]).into_iter();
    found.filter(|(fit, _)| *fit == Fit::WholeName).find_map(|(_, place)| match place {
        Place::Country(country) => Some(country.code),
        Place::City(_) | Place::Airport(_) => None,
    })
}

/// A name that is worth looking up.
fn short(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= 100).then_some(text)
}

/// Whether an airport has this code.
pub fn is_airport(code: &str) -> bool {
    zone_of_airport(code).is_some()
}

/// The clocks of the airport that has this code.
pub fn zone_of_airport(code: &str) -> Option<&'static str> {
    code.parse::<AirportCode>().ok().and_then(atlas::airport).map(|airport| airport.time_zone)
}
