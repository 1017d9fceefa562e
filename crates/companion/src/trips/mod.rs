//! Trips: what the traveller fills in, when that is where, what the ministry gets of it.

mod arrival;
mod changed;
mod draft;
mod joined;
mod leg;
mod meet;
mod overlap;
mod perhaps;
mod schedule;
mod seal;
mod stranded;

pub use arrival::Arrival;
pub use changed::{Split, can_last_longer, longer, split};
pub use draft::{LegDraft, NextOfKin, TripDraft};
pub use leg::PlannedLeg;
pub use overlap::{Overlap, in_one_place, next_trip, overlap};
pub use perhaps::{perhaps_at_home, perhaps_on, said_on};
pub use schedule::{MAX_LEGS, PlannedTrip, no_longer_than, phone, schedule, schedule_all, schedule_kept};
pub use seal::{Sealing, private, seal_trip};
pub use stranded::{cut_off, drops_rest, gone, left, stuck};
