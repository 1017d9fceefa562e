//! Where the traveller is now, and how that is known.

#![deny(missing_docs)]

use contract::{
    ids::TripId,
    place::{AirportCode, CountryCode, Position},
    profile::Profile,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ts_rs::TS;

use crate::{
    calendar::A_DAY,
    error::{Failure, FailureCode},
    store::CheckIn,
    trips::{LegDraft, PlannedLeg, PlannedTrip},
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
    /// What it is of the atlas, or on the map.
    pub place: ChosenPlace,
    pub source: HereSource,
    pub trip: Option<TripId>,
}

/// The newest of what is known: a choice by hand, or a word that they left, stands until a leg that begins after it is under
/// way. `None` where nothing is known: home.
pub fn now(
    trips: &[(TripId, PlannedTrip)],
    choice: Option<&Choice>,
    was_in: Option<&WasIn>,
    now: Timestamp,
) -> Option<Whereabouts> {
    let planned = current_leg(trips, now);
    // led elsewhere, the party is still that of the trip
    let trip = planned.as_ref().map(|planned| planned.trip);
    let left = was_in.filter(|was| was.still_counts(planned.as_ref(), now));
    let since = planned.as_ref().map(|planned| planned.leg.from).max(left.map(|was| was.at));
    let chosen = choice.filter(|choice| choice.at <= now && since.is_none_or(|since| since <= choice.at));
    if let Some((place, leg)) = chosen.and_then(|choice| Some((&choice.place, leg_of(&choice.place, choice.at).ok()?)))
    {
        return Some(Whereabouts { leg, place: place.clone(), source: HereSource::Chosen, trip });
    }
    if let Some((was, leg)) = left.and_then(|was| Some((was, leg_of(&was.place(), was.at).ok()?))) {
        // what they left has its name, and they may be anywhere in the country
        let name =
            planned.filter(|planned| planned.leg.country == was.country).map(|planned| planned.leg.place.clone());
        let leg = PlannedLeg { place: name.unwrap_or(leg.place.clone()), ..leg };
        return Some(Whereabouts { leg, place: was.place(), source: HereSource::Left, trip });
    }
    let Planned { trip, leg, place } = planned?;
    Some(Whereabouts { leg: leg.clone(), place, source: HereSource::Itinerary, trip: Some(trip) })
}

/// Where they were when the app stopped knowing where they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WasIn {
    pub country: CountryCode,
    pub at: Timestamp,
    /// Where in it, as far as they may still be there. An app before this one did not note it.
    #[serde(default)]
    pub place: Option<ChosenPlace>,
    /// The trip that they are still on.
    #[serde(default)]
    pub trip: Option<TripId>,
}

impl WasIn {
    /// By a word that they left: out of the airport is not at home, and may be anywhere in the country.
    pub fn said(said: &CheckIn) -> Option<Self> {
        Some(Self { country: said.country?, at: said.at, place: None, trip: said.trip })
    }

    fn place(&self) -> ChosenPlace {
        self.place.clone().unwrap_or(ChosenPlace::Country { code: self.country })
    }

    /// Whoever left and says no more is not where the plan of that trip has them, until its next leg begins; on no trip they
    /// may be in that country for a day.
    fn still_counts(&self, planned: Option<&Planned<'_>>, now: Timestamp) -> bool {
        let since = now.duration_since(self.at);
        !since.is_negative()
            && match planned {
                Some(planned) => self.trip == Some(planned.trip) && planned.leg.from <= self.at,
                None => since < A_DAY,
            }
    }
}

/// Where a plan has the traveller.
struct Planned<'a> {
    trip: TripId,
    leg: &'a PlannedLeg,
    place: ChosenPlace,
}

/// The traveller's leg that is under way at `now`. Between two legs it is the one before; of two trips, the later begun.
fn current_leg(trips: &[(TripId, PlannedTrip)], now: Timestamp) -> Option<Planned<'_>> {
    trips
        .iter()
        .filter(|(_, trip)| !trip.draft.of_others)
        .filter_map(|(id, trip)| {
            let index = trip.index_at(now)?;
            let (leg, draft) = trip.legs.get(index).zip(trip.draft.legs.get(index))?;
            let place = place_of(draft).unwrap_or(ChosenPlace::Country { code: leg.country });
            Some(Planned { trip: *id, leg, place })
        })
        .max_by_key(|planned| planned.leg.from)
}

/// The place of a leg, as somebody would choose it.
pub fn place_of(leg: &LegDraft) -> Option<ChosenPlace> {
    match leg {
        LegDraft::Stay { city: Some(key), .. } => Some(ChosenPlace::City { key: key.clone() }),
        LegDraft::Stay { country, city: None, .. } => Some(ChosenPlace::Country { code: country.parse().ok()? }),
        LegDraft::Transit { airport, .. } => Some(ChosenPlace::Airport { code: airport.parse().ok()? }),
    }
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
