//! The app without its window: store, sync, advice, guidance, help.

mod advice;
pub mod app;
mod bulletin;
mod compose;
pub mod error;
mod front_client;
pub mod guidance;
mod help;
mod hours;
pub mod search;
mod store;
pub mod sync;
#[cfg(test)]
mod testing;
pub mod trips;
pub mod view;
mod whereabouts;

pub use advice::{Loudness, Notice};
pub use compose::countries;
pub use whereabouts::ChosenPlace;
