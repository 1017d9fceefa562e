//! Delivering what was entered, most urgent first, until the ministry has all of it or only what rests is left.

use std::time::Duration;

use contract::{
    http::Code,
    record::{Accepted, Kind},
};
use reqwest::StatusCode;
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};

use super::{
    backoff::LONGEST,
    erase, order,
    records::{self, SendError},
    rests::{Rests, Why},
};
use crate::{
    front_client::{FrontError, WithEpoch},
    session::Session,
    store::{Item, StoreError},
};

/// The most receipts in one request.
const MAX_RECEIPTS: usize = 200;

/// Repeats [`drain`] whenever something was entered, has rested, or the front was heard (`contact`).
pub(super) async fn run(session: &Session, contact: &Notify) {
    let mut rests = Rests::default();
    let wakes = &session.store.wakes;
    loop {
        let again = match drain(session, &mut rests).await {
            Ok(again) => again,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                Some(Instant::now() + LONGEST)
            }
        };
        let rested = async {
            match again {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = wakes.help.notified() => {}
            () = session.send_now.notified() => rests.end(),
            () = contact.notified() => rests.wake(Why::Unheard),
            () = wakes.entered.notified() => {}
            () = rested => {}
        }
    }
}

/// Sends what the ministry lacks and may be tried now; answers when to try the rest, where there is any.
/// What asks for help interrupts whatever is on its way.
///
/// # Errors
/// Where the outbox cannot be read.
pub async fn drain(session: &Session, rests: &mut Rests) -> Result<Option<Instant>, StoreError> {
    loop {
        session.identify()?;
        let outbox = session.store.outbox()?;
        let batch = next(&outbox, rests);
        let calls_for_help = rests.due(&outbox, Instant::now()).iter().any(|item| item.help);
        if !calls_for_help && erase::one(session, rests).await? {
            continue;
        }
        let Some(first) = batch.first() else {
            return Ok(rests.next(&[outbox, erase::waiting(session)?].concat()));
        };
        let result = tokio::select! {
            biased;
            () = session.store.wakes.help.notified(), if !first.help => continue,
            result = records::send(session, &batch) => result,
        };
        let taken = match result {
            Ok(answer) => take(session, rests, &batch, &answer).map_err(SendError::Store),
            Err(fault) => Err(fault),
        };
        if let Err(fault) = taken {
            tracing::info!(error = %fault, kind = ?first.kind, "not delivered");
            meet(session, rests, &outbox, &batch, &fault)?;
        }
    }
}

/// What goes next: one item, or all receipts at once.
fn next(outbox: &[Item], rests: &Rests) -> Vec<Item> {
    let due = rests.due(outbox, Instant::now());
    let most = match due.first() {
        Some(first) if first.kind == Kind::Receipts => MAX_RECEIPTS,
        Some(_) | None => 1,
    };
    let alike = |item: &&&Item| due.first().is_some_and(|first| first.kind == item.kind);
    due.iter().filter(alike).take(most).map(|item| (*item).clone()).collect()
}

/// The front took it, or holds what it is to be raised over.
fn take(session: &Session, rests: &mut Rests, batch: &[Item], answer: &WithEpoch<Accepted>) -> Result<(), StoreError> {
    if let Some(epoch) = &answer.epoch
        && session.store.note_epoch(epoch)?
    {
        tracing::info!("the register was restored; all goes again");
        forgotten(session, rests)?;
    }
    let Accepted { version: standing, received_at } = answer.body;
    for item in batch {
        // a device and its receipts have no versions that anybody else could have raised
        let counts = matches!(item.kind, Kind::Device | Kind::Receipts) || standing == item.version;
        if counts {
            session.store.mark_received(item.kind, &item.id, item.version, received_at)?;
            rests.forget(item);
        } else {
            tracing::info!(kind = ?item.kind, standing, sent = item.version, "another version stands");
            raise(session, rests, item, standing)?;
        }
        if item.kind == Kind::Device {
            rests.wake(Why::Unregistered);
        }
        if matches!(item.kind, Kind::Device | Kind::Message) || item.help {
            session.letters_now.notify_one();
        }
    }
    session.answered();
    session.changed();
    Ok(())
}

/// What a fault asks for: to park an item, to raise it, to register again; or rest, alone or with others.
fn meet(
    session: &Session,
    rests: &mut Rests,
    outbox: &[Item],
    batch: &[Item],
    fault: &SendError,
) -> Result<(), StoreError> {
    let Some(first) = batch.first() else { return Ok(()) };
    match fault {
        // nothing of it waits any more
        SendError::Erased => {}
        SendError::Unsendable(code) => park(session, rests, batch, *code)?,
        SendError::Store(_) => rest(session, rests, batch, Why::Trouble),
        SendError::NoKey => rest(session, rests, batch, Why::Unheard),
        SendError::Front(FrontError::Refused { code: Code::Unauthorized, .. }) => {
            rest(session, rests, batch, Why::Unregistered);
            session.store.send_all_again()?;
            forgotten(session, rests)?;
            session.changed();
        }
        // without the device nothing goes: it is tried for ever
        SendError::Front(FrontError::Refused { .. }) if first.kind == Kind::Device => {
            rest(session, rests, batch, Why::Trouble);
        }
        SendError::Front(FrontError::Refused { code: Code::VersionConflict, .. }) if first.kind != Kind::Receipts => {
            raise(session, rests, first, first.version)?;
        }
        SendError::Front(FrontError::Refused { code, pointer, .. }) => {
            park(session, rests, at_fault(batch, pointer.as_deref()), *code)?;
        }
        SendError::Front(error @ FrontError::Trouble { status, retry_after }) => {
            let asked = retry_after.unwrap_or_default();
            let asked = if first.help { asked.min(LONGEST) } else { asked };
            let until = rests.rest(first, Why::Trouble, asked, session.random_fraction());
            rests.rest_too(batch, until, Why::Trouble);
            // these two speak of more than this record: its like waits with it, and nothing else does
            if matches!(*status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
                let lacking = order::order(outbox).into_iter();
                let alike = lacking.filter(|item| (item.kind, item.help) == (first.kind, first.help));
                rests.rest_too(alike, until, Why::Trouble);
            }
            if *status != StatusCode::TOO_MANY_REQUESTS {
                session.set_link(error.link());
            }
        }
        SendError::Front(error @ FrontError::NotUnderstood) => {
            rest(session, rests, batch, Why::Trouble);
            session.set_link(error.link());
        }
        // where nothing gets through, the others need not try
        SendError::Front(error @ (FrontError::Unreachable(_) | FrontError::CaptivePortal)) => {
            let until = rests.rest(first, Why::Unheard, Duration::ZERO, session.random_fraction());
            rests.rest_too(order::order(outbox), until, Why::Unheard);
            session.set_link(error.link());
        }
    }
    Ok(())
}

/// The register had forgotten: what goes again goes at once, unless it forgets again and again.
fn forgotten(session: &Session, rests: &mut Rests) -> Result<(), StoreError> {
    if rests.count_forgotten() {
        let outbox = session.store.outbox()?;
        let lacking = order::order(&outbox);
        let Some(first) = lacking.first() else { return Ok(()) };
        let until = rests.rest(first, Why::Trouble, Duration::ZERO, session.random_fraction());
        rests.rest_too(lacking, until, Why::Trouble);
    }
    Ok(())
}

/// Goes over what the front holds, after a rest: a front may say so for ever.
fn raise(session: &Session, rests: &mut Rests, item: &Item, standing: u32) -> Result<(), StoreError> {
    let version = session.store.raise_over(item.kind, &item.id, standing)?.unwrap_or(item.version);
    let raised = Item { version, ..item.clone() };
    rest(session, rests, &[raised], Why::Trouble);
    Ok(())
}

fn rest(session: &Session, rests: &mut Rests, items: &[Item], why: Why) {
    let Some(first) = items.first() else { return };
    let until = rests.rest(first, why, Duration::ZERO, session.random_fraction());
    rests.rest_too(items, until, why);
}

fn park<'a>(
    session: &Session,
    rests: &mut Rests,
    items: impl IntoIterator<Item = &'a Item>,
    code: Code,
) -> Result<(), StoreError> {
    for item in items {
        tracing::warn!(kind = ?item.kind, ?code, "parked");
        session.store.park(item.kind, &item.id, item.version, code)?;
        rests.forget(item);
    }
    session.changed();
    Ok(())
}

/// The one of a list that a refusal points at; all of it where it points at none.
fn at_fault<'a>(batch: &'a [Item], pointer: Option<&str>) -> &'a [Item] {
    let index = pointer.and_then(|pointer| pointer.strip_prefix('/')?.split('/').next()?.parse().ok());
    let one = index.and_then(|index: usize| batch.get(index..=index));
    if batch.len() > 1 { one.unwrap_or(batch) } else { batch }
}
