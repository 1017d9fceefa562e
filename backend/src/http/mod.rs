//! What every listener speaks: JSON in and out, faults as problems, limits, metrics.

pub mod api;
pub mod json;
pub mod limits;
pub mod metrics;
pub mod params;
pub mod problem;
