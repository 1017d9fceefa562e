//! Where the traveller is, and the ministry that looks after them.

use atlas::AtPoint;
use contract::{
    ids::TripId,
    place::{AirportCode, CountryCode, Position},
    profile::Profile,
    words::Words,
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    sky::{self, Sky},
    trips::PlannedLeg,
    whereabouts::{HereSource, Whereabouts},
};

/// Whose app this is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Ministry {
    /// What it is called.
    pub name: Words,
    /// Made up, for a demonstration.
    pub demo: bool,
    /// ISO 3166-1 alpha-2 of home.
    pub home_country: CountryCode,
}

/// Where the traveller comes from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Home {
    /// The city they last left from; the one that stands for home, where none is known.
    pub city: Words,
    /// IANA name.
    pub time_zone: String,
    /// Of the airport they last left from.
    pub position: Option<Position>,
}

/// Where the traveller is, and how that is known.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Here {
    /// What it is called.
    pub place: Words,
    /// ISO 3166-1 alpha-2.
    pub country: CountryCode,
    /// What the country is called.
    pub country_name: Words,
    /// IANA name.
    pub time_zone: String,
    /// IATA code, in transit.
    pub airport: Option<AirportCode>,
    /// WGS 84, degrees.
    pub position: Option<Position>,
    /// What the sky is like there now. Absent where only a country is known.
    pub sky: Option<Sky>,
    /// How that is known.
    pub source: HereSource,
    /// When that was so: the leg's beginning, or the moment of the choice. Absent at home.
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
    /// The trip under way.
    pub trip: Option<TripId>,
}

/// The place under way or chosen, else home.
pub fn here(facts: &Facts) -> Option<Here> {
    facts.here.as_ref().map(|here| away(here, facts.now)).or(facts.home.as_ref().map(at_home))
}

fn away(here: &Whereabouts, now: Timestamp) -> Here {
    let leg = &here.leg;
    Here {
        place: leg.place.clone(),
        country: leg.country,
        country_name: leg.country_name.clone(),
        time_zone: leg.time_zone.clone(),
        airport: leg.airport,
        position: leg.position,
        sky: leg.position.and_then(|position| sky::at(position, now)),
        source: here.source,
        since: Some(leg.from),
        trip: here.trip,
    }
}

fn at_home(home: &PlannedLeg) -> Here {
    Here {
        place: home.place.clone(),
        country: home.country,
        country_name: home.country_name.clone(),
        time_zone: home.time_zone.clone(),
        airport: None,
        position: None,
        sky: None,
        source: HereSource::Home,
        since: None,
        trip: None,
    }
}

/// As its profile says.
pub fn ministry(profile: &Profile) -> Ministry {
    Ministry { name: profile.name.clone(), demo: profile.demo, home_country: profile.home_country }
}

/// Where the traveller comes from; absent where no ministry is set.
pub fn home(facts: &Facts) -> Option<Home> {
    let (city, time_zone) = facts.home.as_ref().map(|home| (home.place.clone(), home.time_zone.clone()))?;
    Some(Home { city, time_zone, position: facts.home_airport.as_ref().map(|airport| airport.position) })
}

/// Whose emergency numbers answer where the traveller is.
pub fn numbers_of(facts: &Facts) -> Option<CountryCode> {
    land(facts).or(facts.country())
}

/// The land under a point chosen on the map: its numbers answer there, whichever state the point counts as.
fn land(facts: &Facts) -> Option<CountryCode> {
    let chosen = facts.here.as_ref().filter(|here| here.source == HereSource::Chosen)?;
    match atlas::country_at(chosen.leg.position?) {
        AtPoint::In(code) => Some(code),
        AtPoint::Sea | AtPoint::Border(..) | AtPoint::Disputed(_) => None,
    }
}
