//! The tests, a file for each behaviour.

mod advisories;
mod app_lock;
mod bulletin;
mod call_bar;
mod family;
mod first_launch;
mod hostile;
mod import;
mod never_lost;
mod notices;
mod opening_hours;
mod party;
mod queries;
mod session;
mod sky;
mod store;
mod stranded;
mod sync;
mod topics;
mod trip_laws;
mod trips;
mod verify;
mod warned_areas;
mod warnings;
mod whereabouts;
mod zones;
