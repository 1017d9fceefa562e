//! Places as the screens name them: those to pick from, every country, the country at a point.

use atlas::{AtPoint, PlaceKey};
use contract::{
    place::{AirportCode, CountryCode, Position},
    profile::DisputedPlace,
    words::Words,
};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    trips::{LegDraft, PlannedLeg},
    whereabouts::{self, ChosenPlace},
};

/// A place a person can pick: a country, a city or an airport.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PickedPlace {
    /// A country.
    Country {
        /// ISO 3166-1 alpha-2.
        code: CountryCode,
        /// What it is called.
        name: Words,
    },
    /// A city.
    City {
        /// Of a city of the atlas.
        key: String,
        /// What it is called.
        name: Words,
        /// ISO 3166-1 alpha-2.
        country: CountryCode,
        /// What the country is called.
        country_name: Words,
    },
    /// An airport.
    Airport {
        /// IATA code.
        code: AirportCode,
        /// In English.
        name: String,
        /// What its city is called.
        city: Words,
        /// ISO 3166-1 alpha-2.
        country: CountryCode,
        /// What the country is called.
        country_name: Words,
    },
}

/// Which country a point on the map is in, as honestly as it is known.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlaceAt {
    /// No country's land.
    Sea,
    /// In one country.
    Country {
        /// The likeliest.
        country: CountryName,
    },
    /// So near a border that it may be one of the others.
    Border {
        /// The likeliest.
        country: CountryName,
        /// Which else it may be.
        beside: Vec<CountryName>,
    },
    /// Several states claim it.
    Disputed {
        /// Those that claim it.
        claims: Vec<CountryName>,
        /// As the ministry treats it; absent for "as each".
        counts_as: Option<CountryName>,
        /// What the ministry says of it.
        note: Option<Words>,
    },
}

/// A country by its codes, for the map and for lists.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountryName {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// ISO 3166-1 numeric.
    pub numeric: u16,
    /// What it is called.
    pub name: Words,
}

/// What the country is called.
pub fn country_name(code: CountryCode) -> Words {
    atlas::country(code).map_or_else(|| Words::new(code.as_str(), code.as_str(), code.as_str()), |c| c.name.clone())
}

/// As far as people go to an airport, in kilometres.
const NEAR_KM: f64 = 150.0;
/// More would not be read at a glance.
const MOST_NEAR: usize = 4;

/// The airports near a leg, the nearest first.
fn near(leg: &PlannedLeg) -> Vec<AirportCode> {
    let mut near: Vec<_> = leg.position.map_or_else(Vec::new, |position| {
        let far = |airport: atlas::Airport| (atlas::distance_km(airport.position, position), airport.code);
        atlas::known_airports().map(far).filter(|(far, _)| *far <= NEAR_KM).collect()
    });
    near.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    near.into_iter().map(|(_, code)| code).collect()
}

/// The airport by which somebody goes on from a leg: it, or the nearest.
pub fn airport_of(leg: &PlannedLeg) -> Option<AirportCode> {
    leg.airport.or_else(|| near(leg).first().copied())
}

/// Where somebody may be stuck: the airport they are in, those of the trip under way, those nearest to them.
pub fn airports_here(facts: &Facts) -> Vec<PickedPlace> {
    let here = facts.where_now();
    // whoever has not given the PIN learns nothing of what is ahead
    let planned = facts
        .trip_now()
        .filter(|_| !facts.lock.locked)
        .into_iter()
        .flat_map(|(_, trip)| trip.legs.iter().filter_map(|leg| leg.airport));
    let near = here.map(near).unwrap_or_default();
    let mut codes: Vec<AirportCode> = Vec::new();
    for code in here.and_then(|leg| leg.airport).into_iter().chain(planned).chain(near) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes.into_iter().filter_map(atlas::airport).map(airport_place).take(MOST_NEAR).collect()
}

/// As many as are read at a glance.
const MOST_RECENT: usize = 4;

/// The places of the traveller's trips, those nearest in time first; none while they are locked.
pub fn of_own_trips(facts: &Facts) -> Vec<PickedPlace> {
    if facts.lock.locked {
        return Vec::new();
    }
    let legs = facts.trips.iter().flat_map(|(_, trip)| trip.legs.iter().map(|leg| leg.from).zip(&trip.draft.legs));
    let mut legs: Vec<_> = legs.collect();
    legs.sort_by_key(|(from, _)| from.duration_since(facts.now).abs());
    let mut places: Vec<PickedPlace> = Vec::new();
    for place in legs.iter().filter_map(|(_, leg)| of_leg(leg)) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.truncate(MOST_RECENT);
    places
}

/// Where they may be today, where the plan leaves it open or they left from; nothing while it is locked.
pub fn perhaps(facts: &Facts) -> Vec<PickedPlace> {
    let left = facts.here.as_ref().filter(|_| facts.has_left() && !facts.lock.locked);
    let left = left.and_then(|here| of_chosen(&here.place));
    let legs = facts.perhaps_on().filter(|_| !facts.lock.locked);
    left.into_iter().chain(legs.filter_map(|(leg, _)| of_leg(leg))).collect()
}

fn of_chosen(place: &ChosenPlace) -> Option<PickedPlace> {
    match place {
        ChosenPlace::Country { code } => country(code.as_str()),
        ChosenPlace::City { key } => city(key),
        ChosenPlace::Airport { code } => airport(code.as_str()),
        ChosenPlace::Point { position, country: code } => {
            atlas::city_at(*position, *code).map(city_place).or_else(|| country(code.as_str()))
        }
    }
}

fn of_leg(leg: &LegDraft) -> Option<PickedPlace> {
    whereabouts::place_of(leg).and_then(|place| of_chosen(&place))
}

/// An airport, to pick.
pub fn airport_place(airport: atlas::Airport) -> PickedPlace {
    PickedPlace::Airport {
        code: airport.code,
        name: airport.name.to_owned(),
        city: airport.city,
        country: airport.country,
        country_name: country_name(airport.country),
    }
}

/// Places as a person types them, best first; those of the traveller's own trips before others. An airport whose code was
/// typed stands with its city: whoever types it may change planes there, or stay.
pub fn look_up(query: &str, own: &[PlaceKey]) -> Vec<PickedPlace> {
    let mut places: Vec<PickedPlace> = atlas::look_up(query, 20, own)
        .into_iter()
        .map(|(_, place)| match place {
            atlas::Place::Country(country) => country_place(country),
            atlas::Place::City(city) => city_place(city),
            atlas::Place::Airport(airport) => airport_place(airport),
        })
        .collect();
    let typed = query.trim().to_uppercase().parse().ok().and_then(atlas::airport);
    let is_found = |airport: &atlas::Airport| places.contains(&airport_place(airport.clone()));
    if let Some(airport) = typed.or_else(|| atlas::airports_of_code(query).find(is_found)) {
        let city = stay_at(&airport);
        let airport = airport_place(airport);
        let at = bring_to(&mut places, airport, SEEN - 2);
        bring_to(&mut places, city, at + 1);
    }
    places
}

/// As many as a list shows while somebody types.
const SEEN: usize = 6;

/// Has a place stand no later than the `last`: where it does, or there. Where that is.
fn bring_to(places: &mut Vec<PickedPlace>, place: PickedPlace, last: usize) -> usize {
    let stands = places.iter().position(|one| *one == place);
    if let Some(at) = stands.filter(|at| *at <= last) {
        return at;
    }
    places.retain(|one| *one != place);
    let at = places.len().min(last);
    places.insert(at, place);
    at
}

/// Where somebody stays who comes by an airport: in its city, else somewhere in the country.
fn stay_at(airport: &atlas::Airport) -> PickedPlace {
    let country = || PickedPlace::Country { code: airport.country, name: country_name(airport.country) };
    airport.own_city().map_or_else(country, city_place)
}

/// The country of a code, as one to pick.
pub fn country(code: &str) -> Option<PickedPlace> {
    code.parse().ok().and_then(atlas::country).map(country_place)
}

/// The city of a key of the atlas, as one to pick.
pub fn city(key: &str) -> Option<PickedPlace> {
    atlas::city(key).map(city_place)
}

/// The airport of an IATA code, as one to pick.
pub fn airport(code: &str) -> Option<PickedPlace> {
    code.parse().ok().and_then(atlas::airport).map(airport_place)
}

fn country_place(country: &atlas::Country) -> PickedPlace {
    PickedPlace::Country { code: country.code, name: country.name.clone() }
}

fn city_place(city: &atlas::City) -> PickedPlace {
    PickedPlace::City {
        key: city.key.to_owned(),
        name: city.name.clone(),
        country: city.country,
        country_name: country_name(city.country),
    }
}

/// Every country, by code.
pub fn countries() -> Vec<CountryName> {
    atlas::countries().iter().map(of).collect()
}

fn of(country: &atlas::Country) -> CountryName {
    CountryName { code: country.code, numeric: country.numeric, name: country.name.clone() }
}

/// The country at a point; a place that several states claim is treated as the ministry says.
pub fn place_at(position: Position, disputed: &[DisputedPlace]) -> PlaceAt {
    let known = |codes: &[CountryCode]| codes.iter().filter_map(|code| atlas::country(*code)).map(of).collect();
    let at = atlas::country_at(position);
    if let Some(place) = disputed.iter().find(|place| is_there(place, position, &at)) {
        return PlaceAt::Disputed {
            claims: known(&place.claims),
            counts_as: place.counts_as.and_then(atlas::country).map(of),
            note: Some(place.note.clone()),
        };
    }
    let of_one =
        |code, place: &dyn Fn(CountryName) -> PlaceAt| atlas::country(code).map_or(PlaceAt::Sea, |it| place(of(it)));
    match at {
        AtPoint::Sea => PlaceAt::Sea,
        AtPoint::In(code) => of_one(code, &|country| PlaceAt::Country { country }),
        AtPoint::Border(code, beside) => of_one(code, &|country| PlaceAt::Border { country, beside: known(&beside) }),
        AtPoint::Disputed(claims) => PlaceAt::Disputed { claims: known(&claims), counts_as: None, note: None },
    }
}

fn is_there(place: &DisputedPlace, position: Position, at: &AtPoint) -> bool {
    if place.area.has_shape() {
        return atlas::contains(&place.area, position);
    }
    match at {
        AtPoint::Sea => false,
        AtPoint::In(code) | AtPoint::Border(code, _) => place.area.country == Some(*code),
        AtPoint::Disputed(claims) => {
            place.claims.len() == claims.len() && place.claims.iter().all(|claim| claims.contains(claim))
        }
    }
}
