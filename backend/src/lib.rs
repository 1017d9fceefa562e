//! The ministry's side: the desk, which signs, and the front, which serves and receives.

pub mod cap;
mod causes;
pub mod cli;
mod coded;
pub mod desk;
mod desk_client;
mod disk;
pub mod files;
pub mod front;
pub mod http;
pub mod log;
pub mod officers;
pub mod push;
pub mod register;
pub mod setup;
pub mod sms;
pub mod storage;
pub mod upkeep;

use std::sync::Arc;

use jiff::Timestamp;

/// The time, handed in.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
