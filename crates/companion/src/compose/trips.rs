//! Trips as the screens list them.

use jiff::Timestamp;

use super::{Known, airport_place, delivery};
use crate::{
    app::Ready,
    store::{Kind, StoreError},
    trips::{LegDraft, PlannedLeg, PlannedTrip},
    view::{LegKind, LegView, Phase, TripView},
};

/// Current and coming first, then past.
pub fn listed(ready: &Ready, known: &Known) -> Result<Vec<TripView>, StoreError> {
    let now = known.now;
    let mut views = known
        .trips
        .iter()
        .map(|(id, trip)| {
            let item = ready.delivery_of(Kind::Trip, &id.to_string())?;
            let origin = trip.origin.and_then(atlas::airport);
            Ok(TripView {
                id: *id,
                phase: phase(trip.from(), trip.until(), now),
                origin_position: origin.as_ref().map(|airport| airport.position),
                origin: origin.map(airport_place),
                legs: legs(trip, now),
                people: trip.people,
                delivery: delivery(item.as_ref()),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    views.sort_by_key(|trip| (trip.phase, trip.legs.first().map(|leg| leg.from)));
    Ok(views)
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
