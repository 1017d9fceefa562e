//! Counts what changed on the screens, so that the window asks for no View that it has already.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use crate::host::Window;

pub struct Changes {
    window: Arc<dyn Window>,
    revision: AtomicU64,
}

impl Changes {
    pub fn new(window: Arc<dyn Window>) -> Self {
        Self { window, revision: AtomicU64::new(0) }
    }

    /// Something that a screen shows has changed.
    pub fn tell(&self) {
        let revision = self.revision.fetch_add(1, Ordering::SeqCst) + 1;
        self.window.changed(revision);
    }

    /// Whatever is read from now on shows all changes up to this one.
    pub fn revision(&self) -> u64 {
        self.revision.load(Ordering::SeqCst)
    }
}
