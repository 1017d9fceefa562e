//! What the edge hands in, so that a test can own it.

#![deny(missing_docs)]

use std::sync::Arc;

use contract::words::Lang;
use jiff::Timestamp;
use rand::rngs::StdRng;

pub use crate::keychain::{Keychain, NoKeychain, Secret};
use crate::{front_client::Transport, notices::Notice};

/// Gives the time of day.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the companion tells its window.
pub trait Window: Send + Sync {
    /// Something a screen shows has changed. A View of this revision or a later one shows it.
    fn changed(&self, revision: u64);
    /// Something is worth a notification. It is committed, and `shown` is told what became of it: what was not shown
    /// comes again later.
    fn notify(&self, notice: Notice, shown: Shown);
}

/// Takes what became of a notification; whoever drops it did not show it.
pub type Shown = Box<dyn FnOnce(Result<(), NotShown>) + Send>;

/// Why the system did not show a notification, in its own words.
#[derive(Debug, thiserror::Error)]
#[error("the system did not show it: {0}")]
pub struct NotShown(pub String);

/// Everything of the outside that the companion uses.
pub struct Host {
    /// The system's clock.
    pub clock: Clock,
    /// Seeded by the system.
    pub rng: StdRng,
    /// What carries requests to the front.
    pub http: Arc<dyn Transport>,
    /// Who is told that something has changed.
    pub window: Arc<dyn Window>,
    /// Holds the key of what names people.
    pub keychain: Arc<dyn Keychain>,
    /// The system's language.
    pub lang: Lang,
}
