//! What every listener speaks: JSON in and out, faults as problems, limits, metrics, room for connections.

pub mod address;
pub mod admission;
pub mod api;
pub mod guard;
mod idle;
pub mod json;
pub mod limits;
pub mod metrics;
pub mod params;
pub mod problem;
pub mod rate;
pub mod serve;
pub mod text;
pub mod underway;
