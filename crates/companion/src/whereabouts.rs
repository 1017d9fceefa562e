//! Where the traveller is now, and how that is known.

#![deny(missing_docs)]

use contract::{
    ids::TripId,
    place::{AirportCode, CountryCode, Position},
    profile::Profile,
    record::CheckInStatus,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ts_rs::TS;

use crate::{
    calendar::A_DAY,
    error::{Failure, FailureCode},
    store::CheckIn,
    trips::{PlannedLeg, PlannedTrip},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HereSource {
    /// From the dates of a trip.
    Itinerary,
    /// Chosen by hand.
    Chosen,
    /// They said that they left from there, or deleted the trip, and not yet where they are since.
    Left,
    /// No trip is under way: home.
    Home,
}

/// A place chosen by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChosenPlace {
    /// Somewhere in a country.
    Country {
        /// One that the atlas has.
        code: CountryCode,
    },
    /// In a city.
    City {
        /// Its key in the atlas.
        key: String,
    },
    /// At an airport.
    Airport {
        /// IATA.
        code: AirportCode,
    },
    /// On the map. Where several states claim the point or a border is near, the traveller says whose mission to use.
    Point {
        /// Where the finger was.
        position: Position,
        /// Whose mission and numbers count there.
        country: CountryCode,
    },
}

/// What the device keeps of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub place: ChosenPlace,
    pub at: Timestamp,
    /// The trip under way then: the choice goes with it. An app before this one did not note it.
    #[serde(default)]
    pub trip: Option<TripId>,
}

/// A choice, or where they were, as it is kept. One that cannot be read is as none.
pub fn kept<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).inspect_err(|error| tracing::error!(%error, "a kept place does not read")).ok()
}

/// A leg of a trip, or a choice that stands as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Whereabouts {
    pub leg: PlannedLeg,
    pub source: HereSource,
    pub trip: Option<TripId>,
}

/// The newer of what is known: a choice by hand stands until a leg that begins after it is under way.
/// `None` where nothing is known: home.
pub fn now(trips: &[(TripId, PlannedTrip)], choice: Option<&Choice>, now: Timestamp) -> Option<Whereabouts> {
    let planned = current_leg(trips, now);
    let chosen = choice
        .filter(|choice| choice.at <= now && planned.is_none_or(|(_, leg)| leg.from <= choice.at))
        .and_then(|choice| leg_of(&choice.place, choice.at).ok());
    match (chosen, planned) {
        (Some(leg), planned) => {
            // led elsewhere, the party is still that of the trip
            let trip = planned.map(|(id, _)| id);
            Some(Whereabouts { leg, source: HereSource::Chosen, trip })
        }
        (None, Some((trip, leg))) => {
            Some(Whereabouts { leg: leg.clone(), source: HereSource::Itinerary, trip: Some(trip) })
        }
        (None, None) => None,
    }
}

/// Where they were when the app stopped knowing where they are.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct WasIn {
    pub country: CountryCode,
    pub at: Timestamp,
}

impl WasIn {
    /// By a word that they left: out of the airport is not at home.
    pub fn said(said: &CheckIn) -> Option<Self> {
        let country = said.country.filter(|_| said.status() == CheckInStatus::Left)?;
        Some(Self { country, at: said.at })
    }
}

/// Whoever left, or deleted the trip under way, and says no more, may be in that country for a day.
pub fn left(was_in: Option<WasIn>, now: Timestamp) -> Option<Whereabouts> {
    let WasIn { country, at } = was_in?;
    let since = now.duration_since(at);
    let leg = leg_of(&ChosenPlace::Country { code: country }, at).ok()?;
    let is_lately = !since.is_negative() && since < A_DAY;
    is_lately.then_some(Whereabouts { leg, source: HereSource::Left, trip: None })
}

/// The traveller's leg that is under way at `now`. Between two legs it is the one before; of two trips, the later begun.
fn current_leg(trips: &[(TripId, PlannedTrip)], now: Timestamp) -> Option<(TripId, &PlannedLeg)> {
    trips
        .iter()
        .filter(|(_, trip)| !trip.draft.of_others)
        .filter_map(|(id, trip)| Some((*id, trip.leg_at(now)?)))
        .max_by_key(|(_, leg)| leg.from)
}

/// A chosen place as a leg without an end.
pub fn leg_of(place: &ChosenPlace, from: Timestamp) -> Result<PlannedLeg, Failure> {
    let leg = |code: CountryCode, place: Option<_>, airport, position, time_zone: &str| {
        let country = atlas::country(code).ok_or(Failure::new(FailureCode::UnknownCountry))?;
        Ok(PlannedLeg {
            country: code,
            country_name: country.name.clone(),
            place: place.unwrap_or_else(|| country.name.clone()),
            airport,
            position,
            time_zone: time_zone.to_owned(),
            from,
            said_from: from,
            until: Timestamp::MAX,
            open: true,
            day_only: false,
        })
    };
    match place {
        ChosenPlace::Country { code } => leg(*code, None, None, None, atlas::time_zone_of(*code).unwrap_or("UTC")),
        ChosenPlace::City { key } => {
            let city = atlas::city(key).ok_or(Failure::new(FailureCode::UnknownCity))?;
            leg(city.country, Some(city.name.clone()), None, Some(city.position), city.time_zone)
        }
        ChosenPlace::Airport { code } => {
            let airport = atlas::airport(*code).ok_or(Failure::new(FailureCode::UnknownAirport))?;
            let (city, code) = (airport.city.clone(), Some(airport.code));
            leg(airport.country, Some(city), code, Some(airport.position), airport.time_zone)
        }
        ChosenPlace::Point { position, country } => {
            let Position { lat, lon } = *position;
            let position = Position::new(lat, lon).ok_or(Failure::new(FailureCode::UnknownCountry))?;
            let city = atlas::city_at(position, *country).map(|city| city.name.clone());
            leg(*country, city, None, Some(position), atlas::time_zone_at(position, *country).unwrap_or("UTC"))
        }
    }
}

/// The airport at home that the traveller left from, on the last trip that says so.
pub fn home_airport(profile: &Profile, trips: &[(TripId, PlannedTrip)]) -> Option<atlas::Airport> {
    let own = trips.iter().filter(|(_, trip)| !trip.draft.of_others);
    let left = own.filter_map(|(_, trip)| Some((trip.from(), trip.origin.and_then(atlas::airport)?)));
    left.filter(|(_, airport)| airport.country == profile.home_country).max_by_key(|(from, _)| *from).map(|(_, at)| at)
}

/// Home as a leg that has always been and has no end. It is somewhere in the country: nobody says that they live beside
/// the airport.
pub fn home(profile: &Profile, airport: Option<&atlas::Airport>) -> Option<PlannedLeg> {
    let country = ChosenPlace::Country { code: profile.home_country };
    let leg = leg_of(&country, Timestamp::MIN).ok()?;
    let city = airport.map_or(&profile.home_city, |airport| &airport.city);
    let time_zone = airport.map_or(profile.home_time_zone.as_str(), |airport| airport.time_zone);
    Some(PlannedLeg { place: city.clone(), time_zone: time_zone.to_owned(), ..leg })
}
