//! Hearing the bulletin: ask for the head, fetch what it lacks, then stay on the event stream.

use std::{convert::Infallible, time::Duration};

use bytes::Bytes;
use contract::{bulletin::Frame, jws::Refusal};
use futures_util::StreamExt;
use sse_stream::SseByteStream;
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};

use super::backoff::{LONGEST, bound};
use crate::{
    bulletin::{BulletinError, Lacks},
    front_client::{FrontError, HeadAnswer, Link},
    session::Session,
    store::Setting,
};

/// The front sends a sign of life every 15 s; a stream silent for this long is dead.
const SILENCE: Duration = Duration::from_secs(40);
/// A signed document and its frame are smaller.
const LARGEST_EVENT: usize = 2 * contract::jws::MAX_BYTES;

#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    #[error(transparent)]
    Front(#[from] FrontError),
    #[error(transparent)]
    Bulletin(#[from] BulletinError),
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    #[error("the stream broke")]
    Stream(#[source] sse_stream::Error),
    #[error("the stream ended")]
    Ended,
    #[error("the stream fell silent")]
    Silent,
    #[error("the stream is not what the contract says")]
    NotUnderstood,
}

/// Catches up and listens, again and again. `contact` is told whenever the front was heard.
pub(super) async fn run(session: &Session, contact: &Notify) {
    let mut tries = 0;
    loop {
        let caught = catch_up(session).await;
        let refused = matches!(caught, Err(ListenError::Bulletin(BulletinError::Refused(_))));
        let mut lasted = Duration::ZERO;
        let error = match caught {
            Err(error) if !refused => error,
            // what was refused holds up no stream; it is asked for again all the same, ever more seldom
            Ok(()) | Err(_) => {
                contact.notify_one();
                let began = Instant::now();
                let again = if refused { wait(session, tries, lasted) } else { Duration::MAX };
                tokio::select! {
                    biased;
                    () = session.listen_now.notified() => continue,
                    Err(error) = stream(session) => {
                        lasted = began.elapsed();
                        error
                    }
                    () = sleep(again) => {
                        tries += 1;
                        continue;
                    }
                }
            }
        };
        tracing::info!(%error, "not listening");
        note(session, &error);
        tries = if lasted < bound(tries) { tries + 1 } else { 0 };
        let wait = asked(&error).unwrap_or_default() + wait(session, tries, lasted);
        tokio::select! {
            biased;
            () = session.listen_now.notified() => {}
            () = sleep(wait) => {}
        }
    }
}

/// A random wait. Whoever listened for long can wait for long: a front that restarts is not asked by all at once.
fn wait(session: &Session, tries: u32, lasted: Duration) -> Duration {
    bound(tries).max(lasted.min(LONGEST)).mul_f64(session.random_fraction())
}

/// Brings this device to the newest head.
///
/// # Errors
/// Where something does not get through, or is not believed: what was verified until then is kept.
pub async fn catch_up(session: &Session) -> Result<(), ListenError> {
    let result = newest_head(session).await;
    if let Err(error @ ListenError::Bulletin(_)) = &result {
        note(session, error);
        session.set_link(Link::ServerTrouble);
    }
    result
}

async fn newest_head(session: &Session) -> Result<(), ListenError> {
    if !session.bulletin().has_keys() {
        let document = session.front.key_set(1).await?;
        session.bulletin().accept_keys(&session.store, &session.profile, &document)?;
    }
    let tag = session.store.setting(Setting::HeadTag)?;
    match session.front.head(tag.as_deref()).await? {
        // a tag is kept only with a head that was reached
        HeadAnswer::NotModified => session.heard(),
        HeadAnswer::New { jws, tag } => {
            hear(session, &jws).await?;
            if !session.bulletin().may_be_stale(session.now()) {
                session.store.set(Setting::HeadTag, tag.as_deref().unwrap_or_default())?;
            }
        }
    }
    Ok(())
}

/// The event stream, until it breaks. What it says and is not believed is told, and goes no further.
async fn stream(session: &Session) -> Result<Infallible, ListenError> {
    let seq = session.bulletin().place().seq;
    let stream = timeout(SILENCE, session.front.stream(seq)).await.map_err(|_| ListenError::Silent)??;
    let mut events = SseByteStream::new(Box::pin(watched(stream)));
    loop {
        let event = events.next().await.ok_or(ListenError::Ended)?.map_err(ListenError::Stream)?;
        let data = event.data.unwrap_or_default();
        let heard = match event.event.as_deref() {
            Some("frame") => {
                let frame: Frame = serde_json::from_str(&data).map_err(|_| ListenError::NotUnderstood)?;
                session.accept_frame(&frame).map_err(ListenError::from)
            }
            Some("head") => hear(session, &data).await,
            // a newer front may say more
            Some(_) | None => Ok(()),
        };
        match heard {
            Err(error @ ListenError::Bulletin(BulletinError::Refused(_))) => note(session, &error),
            other => other?,
        }
    }
}

/// Says on the screen and in the log what went wrong.
fn note(session: &Session, error: &ListenError) {
    match error {
        ListenError::Front(error) => session.set_link(error.link()),
        ListenError::Bulletin(BulletinError::Refused(reason)) => session.refuse(*reason),
        ListenError::Stream(_) | ListenError::Ended | ListenError::Silent | ListenError::NotUnderstood => {
            session.set_link(Link::Unreachable);
        }
        ListenError::Bulletin(BulletinError::Store(error)) | ListenError::Store(error) => {
            tracing::error!(%error, "the bulletin could not be kept");
        }
    }
}

fn asked(error: &ListenError) -> Option<Duration> {
    if let ListenError::Front(error) = error { error.retry_after() } else { None }
}

/// The stream's bytes, until it falls silent or one event outgrows all that are signed.
fn watched(stream: reqwest::Response) -> impl futures_util::Stream<Item = Result<Bytes, ListenError>> {
    let bytes = Box::pin(stream.bytes_stream());
    futures_util::stream::try_unfold((bytes, 0), |(mut bytes, open)| async move {
        let chunk = timeout(SILENCE, bytes.next()).await.map_err(|_| ListenError::Silent)?;
        let Some(chunk) = chunk else { return Ok(None) };
        let chunk = chunk.map_err(|_| ListenError::Ended)?;
        let ended = chunk.windows(2).rposition(|two| two == b"\n\n");
        let open = ended.map_or(open + chunk.len(), |at| chunk.len() - at);
        if open > LARGEST_EVENT { Err(ListenError::NotUnderstood) } else { Ok(Some((chunk, (bytes, open)))) }
    })
}

/// Follows a head. One outside its time (or a clock here that is wrong) advances nothing, and the front that says it
/// is within reach but was not heard.
async fn hear(session: &Session, jws: &str) -> Result<(), ListenError> {
    match follow(session, jws).await {
        Ok(()) => session.heard(),
        Err(ListenError::Bulletin(BulletinError::Refused(reason @ Refusal::ExpiredHead))) => {
            session.refuse(reason);
            session.set_link(Link::Connected);
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Brings the device to a head: fetches what it lacks until nothing is.
async fn follow(session: &Session, jws: &str) -> Result<(), ListenError> {
    loop {
        let lacks = session.bulletin().accept_head(&session.store, jws, session.now())?;
        match lacks {
            Lacks::Nothing => return Ok(()),
            Lacks::Snapshot { seq } => take_snapshot(session, jws, seq).await?,
            Lacks::Frames { from, to, newest } => {
                let frames = session.front.frames(from, to).await?;
                let before = session.bulletin().place();
                for frame in &frames {
                    match session.accept_frame(frame) {
                        Ok(()) => {}
                        // frames that no head had confirmed led elsewhere
                        Err(BulletinError::Refused(reason @ Refusal::BrokenChain)) => {
                            tracing::warn!(code = ?reason, seq = frame.seq, "the snapshot is taken instead");
                            break;
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
                if session.bulletin().place() == before {
                    take_snapshot(session, jws, newest).await?;
                }
            }
        }
    }
}

/// Takes the snapshot that a head names: for a new device, and for one that was led off the log.
async fn take_snapshot(session: &Session, jws: &str, seq: u64) -> Result<(), ListenError> {
    let snapshot = session.front.snapshot(seq).await?;
    session.bulletin().accept_snapshot(&session.store, jws, &snapshot, session.now())?;
    session.notify_due();
    session.changed();
    Ok(())
}
