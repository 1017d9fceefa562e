//! Keeping the ministry and this device in step: hearing the bulletin, delivering what was entered, reading what was
//! written to it. These are steps that end, [`catch_up`], [`drain`] and [`fetch`]; [`run`] only repeats them.

#![deny(missing_docs)]

mod backoff;
mod deliver;
mod erase;
mod letters;
mod listen;
mod order;
mod records;
mod rests;

use std::{sync::Arc, time::Duration};

use tokio::{sync::Notify, time::sleep};

use crate::session::Session;

pub use deliver::drain;
pub use letters::{FetchError, fetch};
pub use listen::{ListenError, catch_up};
pub use rests::Rests;

/// How often time alone is looked at: advisories take effect and expire, trips begin and end.
const TICK: Duration = Duration::from_secs(30);
/// One advisory reaches everybody at once; their receipts are sent at a random moment within this time.
const RECEIPTS_WITHIN: Duration = Duration::from_secs(30);

/// Runs until dropped.
pub async fn run(session: Arc<Session>) {
    let session = &*session;
    let contact = Notify::new();
    let tick = async {
        loop {
            sleep(TICK).await;
            session.time_passed();
        }
    };
    let receipts = async {
        loop {
            session.store.wakes.receipts.notified().await;
            sleep(RECEIPTS_WITHIN.mul_f64(session.random_fraction())).await;
            session.store.wakes.entered.notify_one();
        }
    };
    let letters = letters::run(session);
    tokio::join!(listen::run(session, &contact), deliver::run(session, &contact), letters, tick, receipts);
}
