//! Carries what a desk closed, until it is stopped. The desk has no way out, and here is no key.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::time::{MissedTickBehavior, interval};

use super::carrier::Carrier;
use crate::{
    Clock,
    causes::chain,
    desk::casework::pushes::{PushDone, PushDue},
    desk_client::{AskError, DeskClient},
    officers::push::DUE_PATH,
};

/// How often the desk is asked what is to be carried.
const ASKING: Duration = Duration::from_secs(2);
/// One push service that hangs holds up no other.
const AT_ONCE: usize = 16;

pub async fn serve(desk: &DeskClient, carrier: &Carrier, clock: &Clock, stop: impl Future<Output = ()>) {
    tokio::select! {
        () = carry_on(desk, carrier, clock) => {}
        () = stop => {}
    }
}

async fn carry_on(desk: &DeskClient, carrier: &Carrier, clock: &Clock) {
    let mut ticks = interval(ASKING);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut done = Vec::new();
    loop {
        ticks.tick().await;
        let due = match ask(desk, &done).await {
            Ok(due) => due,
            Err(error) => {
                tracing::warn!("nobody can be woken by a push: {}", chain(&error));
                continue;
            }
        };
        // what is done is forgotten once the desk knows it
        let carried = stream::iter(due)
            .map(async |due| PushDone { id: due.id, outcome: carrier.carry(&due.push, clock()).await });
        done = carried.buffer_unordered(AT_ONCE).collect().await;
        if !done.is_empty() {
            ticks.reset_immediately();
        }
    }
}

async fn ask(desk: &DeskClient, done: &[PushDone]) -> Result<Vec<PushDue>, AskError> {
    #[derive(Serialize)]
    struct Done<'a> {
        done: &'a [PushDone],
    }
    #[derive(Deserialize)]
    struct Due {
        pushes: Vec<PushDue>,
    }
    let Due { pushes } = desk.ask(DUE_PATH, &Done { done }).await?;
    Ok(pushes)
}
