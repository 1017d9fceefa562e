//! Delivering what was entered, most urgent first, until the ministry has all of it.

use std::time::Duration;

use contract::{
    http::Code,
    record::{self, Accepted},
};

use super::{backoff, order};
use crate::{
    front_client::{Answer, FrontError, Link},
    session::Session,
    store::{Item, Kind, StoreError},
    trips,
};

/// The longest wait between two tries.
const LONGEST: Duration = Duration::from_secs(60);
/// One advisory reaches everybody at once; their receipts are sent at a random moment within this time.
const RECEIPTS_WITHIN: Duration = Duration::from_secs(30);

#[derive(Debug, thiserror::Error)]
enum DeliverError {
    #[error(transparent)]
    Front(#[from] FrontError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("no consular key is known yet")]
    NoConsularKey,
    #[error("the record cannot be sent as it is")]
    Unsendable,
}

pub async fn run(ready: &Session) {
    let mut delays = backoff(ready.random_seed());
    // what met trouble since the last wait: it holds up nothing else
    let mut troubled: Vec<Item> = Vec::new();
    let mut wait = Duration::ZERO;
    // where nothing gets through, the others need not try
    let mut dead = false;
    loop {
        let next = match ready.store.outbox() {
            Ok(_) if dead => None,
            Ok(outbox) => order::order(&outbox).into_iter().find(|item| !troubled.contains(item)).cloned(),
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                None
            }
        };
        let Some(item) = next else {
            if troubled.is_empty() {
                ready.deliver_now.notified().await;
            } else {
                pause(ready, wait.max(delays.next().unwrap_or(LONGEST))).await;
                troubled.clear();
                (wait, dead) = (Duration::ZERO, false);
            }
            continue;
        };
        if item.kind == Kind::Receipt && pause(ready, RECEIPTS_WITHIN.mul_f64(ready.random_fraction())).await {
            continue;
        }
        match deliver(ready, &item).await {
            Ok(()) => delays = backoff(ready.random_seed()),
            Err(error) => {
                tracing::info!(%error, kind = ?item.kind, "not delivered");
                let Some(after) = again(ready, &item, &error) else { continue };
                wait = wait.max(after);
                troubled.push(item);
                dead = ready.link() != Link::ServerTrouble;
            }
        }
    }
}

/// What an error asks for: to try again, at the soonest after some time; `None` once the item is parked.
fn again(ready: &Session, item: &Item, error: &DeliverError) -> Option<Duration> {
    match error {
        DeliverError::Front(FrontError::Refused { code, .. }) if order::parks(item.kind, *code) => {
            ready.park(item, *code);
            return None;
        }
        DeliverError::Front(FrontError::Refused { .. }) => ready.register_again(),
        DeliverError::Front(error) => {
            ready.set_link(error.link());
            return Some(error.retry_after().unwrap_or_default());
        }
        DeliverError::Unsendable => {
            ready.park(item, Code::FieldInvalid);
            return None;
        }
        DeliverError::Store(_) | DeliverError::NoConsularKey => {}
    }
    Some(Duration::ZERO)
}

/// Waits, unless the traveller or something new asks for a try now; says whether it was asked.
async fn pause(ready: &Session, time: Duration) -> bool {
    tokio::select! {
        () = tokio::time::sleep(time) => false,
        () = ready.deliver_now.notified() => true,
    }
}

async fn deliver(ready: &Session, item: &Item) -> Result<(), DeliverError> {
    let Answer { body: Accepted { version, received_at }, epoch } = send(ready, item).await?;
    if let Some(epoch) = epoch
        && ready.store.note_epoch(&epoch)?
    {
        tracing::info!("the register was restored; all goes again");
    }
    // receipts have no version of their own on the wire, and nobody has more than was made here
    let version = if item.kind == Kind::Receipt { item.version } else { version.min(item.version) };
    ready.store.mark_received(item.kind, &item.id, version, received_at)?;
    ready.changed();
    Ok(())
}

async fn send(ready: &Session, item: &Item) -> Result<Answer<Accepted>, DeliverError> {
    let identity = ready.identity()?;
    let unsendable = |_| DeliverError::Unsendable;
    match item.kind {
        Kind::Receipt => {
            let receipt = ready.store.receipt(&item.id)?.ok_or(DeliverError::Unsendable)?;
            Ok(ready.front.put_receipts(&identity.token, &[receipt]).await?)
        }
        Kind::Device => {
            let device = records::Device {
                token_hash: contract::hash::Hash::of(identity.token.as_bytes()).to_string(),
                public_key: identity.public_key,
            };
            Ok(ready.front.put_device(&item.id, &device).await?)
        }
        Kind::Call => {
            let call = ready.store.call(item.id.parse().map_err(unsendable)?)?.ok_or(DeliverError::Unsendable)?;
            let record = records::Call {
                version: item.version,
                number: call.number,
                outcome: call.outcome,
                country: call.country,
                at: call.at,
            };
            Ok(ready.front.put("calls", &item.id, &identity.token, &record).await?)
        }
        Kind::CheckIn => {
            let id = item.id.parse().map_err(unsendable)?;
            let check_in = ready.store.check_in(id)?.ok_or(DeliverError::Unsendable)?;
            let record = records::CheckIn {
                version: item.version,
                status: check_in.status,
                trip: check_in.trip,
                people: check_in.people,
                country: check_in.country,
                airport: check_in.airport,
                at: check_in.at,
            };
            Ok(ready.front.put("check-ins", &item.id, &identity.token, &record).await?)
        }
        Kind::Trip => {
            let id = item.id.parse().map_err(unsendable)?;
            let (version, draft) = ready.store.trip(id)?.ok_or(DeliverError::Unsendable)?;
            let Some(draft) = draft else {
                return Ok(ready.front.delete_trip(&item.id, version, &identity.token).await?);
            };
            let planned = trips::schedule_kept(draft).map_err(|_| DeliverError::Unsendable)?;
            let record = {
                let bulletin = ready.bulletin();
                let keys = bulletin.keys().map_err(|_| DeliverError::NoConsularKey)?;
                let consular = keys.consular().ok_or(DeliverError::NoConsularKey)?;
                ready
                    .with_rng(|rng| trips::seal_trip(identity.id, id, version, &planned, consular, rng))
                    .map_err(|_| DeliverError::Unsendable)?
            };
            Ok(ready.front.put("trips", &item.id, &identity.token, &record).await?)
        }
    }
}
