//! Trips: what the traveller fills in, when that is where, what the ministry gets of it.

mod draft;
mod schedule;
mod seal;
mod stranded;

pub use draft::{LegDraft, NextOfKin, TripDraft};
pub use schedule::{MAX_LEGS, PlannedLeg, PlannedTrip, phone, schedule, schedule_all, schedule_kept};
pub use seal::{Sealing, seal_trip};
pub use stranded::{cut_off, left, stuck};
