//! The whole system under test: a real window on a real desktop, a real front, a real desk, a real wire between.

pub mod app;
pub mod desktop;
pub mod disk;
pub mod fixtures;
pub mod forge;
pub mod form;
pub mod ledger;
pub mod ministry;
pub mod mount;
pub mod officer;
pub mod phone;
pub mod plan;
pub mod ports;
pub mod process;
pub mod recording;
pub mod running;
pub mod screens;
pub mod story;
pub mod waiting;
pub mod windowless;
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

/// Where what a test draws begins: `SEED` of the environment, else by chance. It is said, so that it can be drawn again.
pub fn seed() -> Result<u64> {
    let seed = std::env::var("SEED").ok().map_or_else(|| Ok(rand::random()), |text| text.parse())?;
    eprintln!("SEED={seed}");
    Ok(seed)
}
