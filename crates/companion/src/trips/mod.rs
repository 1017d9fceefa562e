//! Trips: what the traveller fills in, what is kept, what the ministry gets of it.

mod draft;


pub use draft::{LegDraft, NextOfKin, Place, TripDraft};

