//! Asking for what the ministry wrote to this phone: soon where somebody waits for an answer, else now and then.

use std::time::Duration;

use contract::{
    http::Code,
    record::{Kind, Letters},
};
use tokio::time::sleep;

use super::backoff::bound;
use crate::{
    correspondence::Judged,
    front_client::FrontError,
    session::Session,
    store::{LettersRead, StoreError},
};

/// How often it is asked where somebody waits for an answer.
const AWAITED: Duration = Duration::from_secs(20);
/// And where nobody does.
const IDLE: Duration = Duration::from_secs(15 * 60);
/// The front keeps no more for one device than so many pages hold.
const MOST_PAGES: u32 = 100;

/// Why the letters could not be read; they are asked for again.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No answer, or one that says no.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// What came could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Asks again and again.
pub(super) async fn run(session: &Session) {
    let mut tries = 0;
    loop {
        let wait = match fetch(session).await {
            Ok(()) => {
                tries = 0;
                let often = if session.awaits_answer() { AWAITED } else { IDLE };
                // half of it at least, the rest at random: phones do not ask in step
                often / 2 + (often / 2).mul_f64(session.random_fraction())
            }
            Err(error) => {
                tracing::info!(%error, "no letters are read");
                tries += 1;
                let asked = if let FetchError::Front(error) = &error { error.retry_after() } else { None };
                asked.unwrap_or_default() + AWAITED + bound(tries).mul_f64(session.random_fraction())
            }
        };
        tokio::select! {
            biased;
            () = session.letters_now.notified() => {}
            () = sleep(wait) => {}
        }
    }
}

/// Reads what was written since the last time, page by page. Nothing is asked before the ministry knows this device, nor
/// while somebody's call for help is not with it.
///
/// # Errors
/// Where nothing gets through, or what came cannot be kept: what was kept until then stays.
pub async fn fetch(session: &Session) -> Result<(), FetchError> {
    let outbox = session.store.outbox()?;
    let is_known = outbox.iter().any(|item| item.kind == Kind::Device && !item.is_lacking());
    if !is_known || outbox.iter().any(|item| item.help && item.is_lacking()) {
        return Ok(());
    }
    let Some(identity) = session.store.identity()? else { return Ok(()) };
    let mut read = session.store.letters_read()?;
    // behind a letter that waits for its key all is read too, and asked for again
    let (mut since, mut waits) = (read.since, false);
    for _ in 0..MOST_PAGES {
        let page = match session.front.letters(&identity.token, since).await {
            Err(FrontError::Refused { code: Code::Unauthorized, .. }) => {
                session.store.send_device_again()?;
                return Ok(());
            }
            other => other?,
        };
        let epoch = page.epoch.clone().unwrap_or_default();
        if epoch != read.epoch {
            // of another register: it has numbers of its own
            let begins_anew = since > 0;
            read = LettersRead { epoch, since: 0 };
            (since, waits) = (0, false);
            if begins_anew {
                continue;
            }
        }
        let Letters { letters, next, more, moved, .. } = page;
        if session.store.park_moved(&moved)? {
            session.changed();
        }
        let judged = letters.iter().map(|numbered| session.take_letter(&identity, &numbered.letter));
        let judged = judged.collect::<Result<Vec<_>, _>>()?;
        waits |= judged.contains(&Judged::Waits);
        // a front whose numbers do not grow is not followed
        let ends = !more || next <= since;
        since = since.max(next);
        if !waits {
            read.since = since;
        }
        session.store.note_letters_read(&read)?;
        if judged.contains(&Judged::New) {
            session.letters_came();
        }
        if ends {
            break;
        }
    }
    Ok(())
}
