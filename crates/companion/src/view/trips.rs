//! Trips as the screens list them.

use contract::{
    ids::TripId,
    place::{AirportCode, CountryCode, Position},
    record::Kind,
    words::Words,
};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::Facts,
    places::{PickedPlace, airport_place},
    store::Delivery,
    trips::{LegDraft, PlannedLeg, PlannedTrip},
};

#[derive(Debug, Clone, Serialize, TS)]
pub struct TripView {
    pub id: TripId,
    pub phase: Phase,
    pub origin: Option<PickedPlace>,
    pub origin_position: Option<Position>,
    pub legs: Vec<LegView>,
    pub people: u16,
    pub delivery: Delivery,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Current,
    Coming,
    Past,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LegView {
    pub kind: LegKind,
    pub place: Words,
    pub code: CountryCode,
    pub country: Words,
    pub airport: Option<AirportCode>,
    pub position: Option<Position>,
    pub time_zone: String,
    #[ts(type = "string")]
    pub from: Timestamp,
    #[ts(type = "string")]
    pub until: Timestamp,
    pub phase: Phase,
    /// Hotel or address of a stay; flight of a transit.
    pub detail: String,
    pub airside: bool,
    pub onward_ticket: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LegKind {
    Stay,
    Transit,
}

/// Current and coming first, then past.
pub fn listed(facts: &Facts) -> Vec<TripView> {
    let view = |(id, trip): &(TripId, PlannedTrip)| {
        let origin = trip.origin.and_then(atlas::airport);
        TripView {
            id: *id,
            phase: phase(trip.from(), trip.until(), facts.now),
            origin_position: origin.as_ref().map(|airport| airport.position),
            origin: origin.map(airport_place),
            legs: legs(trip, facts.now),
            people: trip.people,
            delivery: facts.delivery(Kind::Trip, &id.to_string()),
        }
    };
    let mut views: Vec<_> = facts.trips.iter().map(view).collect();
    views.sort_by_key(|trip| (trip.phase, trip.legs.first().map(|leg| leg.from)));
    views
}

fn phase(from: Timestamp, until: Timestamp, now: Timestamp) -> Phase {
    if now < from {
        Phase::Coming
    } else if now < until {
        Phase::Current
    } else {
        Phase::Past
    }
}

fn legs(trip: &PlannedTrip, now: Timestamp) -> Vec<LegView> {
    let view = |(leg, draft): (&PlannedLeg, &LegDraft)| {
        let (detail, airside, onward_ticket) = match draft {
            LegDraft::Stay { address, .. } => (address.clone(), false, true),
            LegDraft::Transit { flight, airside, onward_ticket, .. } => (flight.clone(), *airside, *onward_ticket),
        };
        LegView {
            kind: if leg.airport.is_some() { LegKind::Transit } else { LegKind::Stay },
            place: leg.place.clone(),
            code: leg.country,
            country: leg.country_name.clone(),
            airport: leg.airport,
            position: leg.position,
            time_zone: leg.time_zone.clone(),
            from: leg.from,
            until: leg.until,
            phase: phase(leg.from, leg.until, now),
            detail,
            airside,
            onward_ticket,
        }
    };
    trip.legs.iter().zip(&trip.draft.legs).map(view).collect()
}
