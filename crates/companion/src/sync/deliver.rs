//! Delivering what was entered, most urgent first, until the ministry has all of it.

use std::time::Duration;

use contract::records::{self, Accepted};

use super::{backoff, link, plan, retry_after};
use crate::{
    app::Ready,
    front::{Answer, FrontError},
    store::{Item, Kind, StoreError},
    trips,
};

/// Receipts are sent at a random moment within this time.
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

pub async fn run(ready: &Ready) {
    let mut delays = backoff(ready.random_seed());
    loop {
        let next = match ready.store.outbox() {
            Ok(outbox) => plan::plan(&outbox).first().map(|item| (*item).clone()),
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                None
            }
        };
        let Some(item) = next else {
            ready.deliver_now.notified().await;
            continue;
        };
        if item.kind == Kind::Receipt {
            // one advisory reaches everybody at once: their receipts must not
            tokio::select! {
                () = tokio::time::sleep(RECEIPTS_WITHIN.mul_f64(ready.random_fraction())) => {}
                () = ready.deliver_now.notified() => continue,
            }
        }
        let Err(error) = deliver(ready, &item).await else {
            delays = backoff(ready.random_seed());
            continue;
        };
        tracing::info!(%error, kind = ?item.kind, "not delivered");
        let mut wait = delays.next().unwrap_or(Duration::from_secs(60));
        match &error {
            DeliverError::Front(FrontError::Refused { code }) => {
                if plan::parks(item.kind, code) {
                    ready.park(&item, code);
                    continue;
                }
                ready.register_again();
            }
            DeliverError::Front(error) => {
                ready.set_link(link(error));
                wait = wait.max(retry_after(error).unwrap_or_default());
            }
            DeliverError::Unsendable => {
                ready.park(&item, "field_invalid");
                continue;
            }
            DeliverError::Store(_) | DeliverError::NoConsularKey => {}
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = ready.deliver_now.notified() => {}
        }
    }
}

async fn deliver(ready: &Ready, item: &Item) -> Result<(), DeliverError> {
    let Answer { body: Accepted { version, received_at }, epoch } = send(ready, item).await?;
    if let Some(epoch) = epoch
        && ready.store.note_epoch(&epoch)?
    {
        tracing::info!("the register was restored; all goes again");
    }
    // receipts have no version of their own on the wire
    let version = if item.kind == Kind::Receipt { item.version } else { version };
    ready.store.mark_received(item.kind, &item.id, version, received_at)?;
    ready.changed();
    Ok(())
}

async fn send(ready: &Ready, item: &Item) -> Result<Answer<Accepted>, DeliverError> {
    let identity = ready.identity()?;
    let unsendable = |_| DeliverError::Unsendable;
    match item.kind {
        Kind::Receipt => {
            let receipt = ready.store.receipt(&item.id)?.ok_or(DeliverError::Unsendable)?;
            Ok(ready.front.put_receipts(&identity.token, &[receipt]).await?)
        }
        Kind::Device => {
            let device = records::Device {
                token_hash: contract::bulletin::Hash::of(identity.token.as_bytes()).to_string(),
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
            let planned = trips::plan(&draft, ready.profile.home_country).map_err(|_| DeliverError::Unsendable)?;
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
