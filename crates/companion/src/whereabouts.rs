//! Where the traveller is now, and how that is known.

use contract::ids::TripId;
use jiff::Timestamp;

use crate::trips::{PlannedLeg, PlannedTrip};

/// The leg that is under way at `now`. Between two legs it is the one before; of two trips, the later begun.
pub fn current_leg(trips: &[(TripId, PlannedTrip)], now: Timestamp) -> Option<(TripId, &PlannedLeg)> {
    trips
        .iter()
        .filter(|(_, trip)| trip.from() <= now && now < trip.until())
        .filter_map(|(id, trip)| Some((*id, trip.legs.iter().rev().find(|leg| leg.from <= now)?)))
        .max_by_key(|(_, leg)| leg.from)
}
