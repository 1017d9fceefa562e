//! Who waits for something to be put in the outbox is woken by whoever puts it there.

use tokio::sync::Notify;

#[derive(Default)]
pub struct Wakes {
    /// A call, or a check-in that asks for help.
    pub help: Notify,
    pub entered: Notify,
    /// Receipts, which may take their time.
    pub receipts: Notify,
}
