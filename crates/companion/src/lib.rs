//! The app without its window: store, sync, advice, guidance, help.

pub mod error;
pub mod guidance;
pub mod trips;
pub mod view;
