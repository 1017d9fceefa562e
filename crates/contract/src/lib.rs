//! What the app and the ministry both speak: ids, trips, advisories, entries, signing, sealing, problems.
//!
//! Nothing here reads a clock, a file or a socket: times and randomness are handed in.

pub mod advisory;
pub mod bulletin;
pub mod entry;
pub mod guidance;
pub mod hours;
pub mod ids;
pub mod jws;
pub mod keys;
pub mod lines;
pub mod missions;
pub mod place;
pub mod problem;
pub mod profile;
pub mod records;
pub mod seal;
pub mod words;
