//! Having the ministry erase what this device was to it, before anything else is sent that asks for no help.

use contract::record::Kind;
use std::time::Duration;
use tokio::time::Instant;

use super::rests::{Rests, Why};
use crate::{
    front_client::FrontError,
    session::Session,
    store::{Erasure, Item, StoreError},
};

/// What rests as an item of the outbox does.
fn item(erasure: &Erasure) -> Item {
    Item {
        kind: Kind::Device,
        id: erasure.device.to_string(),
        version: 1,
        received_version: 0,
        received_at: None,
        parked: None,
        help: false,
    }
}

/// What the front is still to erase.
pub(super) fn waiting(session: &Session) -> Result<Vec<Item>, StoreError> {
    Ok(session.store.erasures()?.iter().map(item).collect())
}

/// Asks for one erasure, where one is due. False where none is.
pub(super) async fn one(session: &Session, rests: &mut Rests) -> Result<bool, StoreError> {
    for erasure in session.store.erasures()? {
        let item = item(&erasure);
        if rests.due(std::slice::from_ref(&item), Instant::now()).is_empty() {
            continue;
        }
        let answer = tokio::select! {
            biased;
            () = session.store.wakes.help.notified() => return Ok(true),
            answer = session.front.erase(&erasure.token) => answer,
        };
        match answer {
            Ok(()) => {
                session.store.note_gone(erasure.device, session.now())?;
                rests.forget(&item);
                session.answered();
                session.changed();
            }
            Err(error) => {
                tracing::info!(%error, "not erased yet");
                let why = match error {
                    FrontError::Unreachable(_) | FrontError::CaptivePortal => Why::Unheard,
                    FrontError::Trouble { .. } | FrontError::Refused { .. } | FrontError::NotUnderstood => Why::Trouble,
                };
                let asked = error.retry_after().unwrap_or(Duration::ZERO);
                rests.rest(&item, why, asked, session.random_fraction());
                session.set_link(error.link());
            }
        }
        return Ok(true);
    }
    Ok(false)
}
