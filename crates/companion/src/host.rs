//! What the edge hands in, so that a test can own it.

use std::sync::Arc;

use contract::words::Lang;
use jiff::Timestamp;
use rand::rngs::StdRng;

use crate::{advisories::Notice, front_client::Transport};

pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the companion tells its window.
pub trait Window: Send + Sync {
    /// Something a screen shows has changed.
    fn changed(&self);
    /// An advisory is worth a notification. Its `(id, version)` is committed: this comes once.
    fn notify(&self, notice: Notice);
}

pub struct Host {
    pub clock: Clock,
    pub rng: StdRng,
    pub http: Arc<dyn Transport>,
    pub window: Arc<dyn Window>,
    /// The system's language.
    pub lang: Lang,
}
