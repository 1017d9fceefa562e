//! The whole system under test: a real window on a real desktop, a real front, a real desk, a real wire between.

pub mod app;
pub mod desktop;
pub mod fixtures;
pub mod forge;
pub mod form;
pub mod ministry;
pub mod mount;
pub mod phone;
pub mod plan;
pub mod ports;
pub mod process;
pub mod running;
pub mod screens;
pub mod story;
pub mod waiting;
pub mod wire;
pub mod words;
pub mod world;

/// Why a step did not hold, in a sentence.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T = (), E = Fault> = std::result::Result<T, E>;

/// Fails with a sentence unless the condition holds.
#[macro_export]
macro_rules! ensure {
    ($holds:expr, $($why:tt)+) => {
        if !$holds {
            return Err(format!($($why)+).into());
        }
    };
}

/// The time, where the tests themselves need it.
#[expect(clippy::disallowed_methods, reason = "the story runs in real time, with real processes")]
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
