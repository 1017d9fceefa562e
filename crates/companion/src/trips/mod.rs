//! Trips: what the traveller fills in, what is kept, what the ministry gets of it.

mod draft;
#[cfg(test)]
mod laws;
mod plan;

pub use draft::{LegDraft, NextOfKin, Place, TripDraft};
pub use plan::{PlannedLeg, PlannedTrip, plan, plan_kept, seal_trip};
