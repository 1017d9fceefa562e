//! Keeping the ministry and this device in step: hearing the bulletin, delivering what was entered.

mod deliver;
mod listen;
mod order;

use std::{sync::Arc, time::Duration};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

use crate::session::Session;

/// How often time alone is looked at: advisories take effect and expire, trips begin and end.
const TICK: Duration = Duration::from_secs(30);

/// Runs until dropped.
pub async fn run(ready: Arc<Session>) {
    let tick = async {
        loop {
            tokio::time::sleep(TICK).await;
            ready.time_passed();
        }
    };
    tokio::join!(listen::run(&ready), deliver::run(&ready), tick);
}

fn backoff(seed: u64) -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(500))
        .with_max_delay(Duration::from_secs(60))
        .without_max_times()
        .with_jitter()
        .with_jitter_seed(seed)
        .build()
}
