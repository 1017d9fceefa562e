//! Hearing the bulletin: ask for the head, fetch what it lacks, then stay on the event stream.

use std::time::Duration;

use bytes::Bytes;
use contract::{jws::Refusal, log::Frame};
use futures_util::StreamExt;
use sse_stream::SseByteStream;

use super::backoff;
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
enum ListenError {
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

pub async fn run(ready: &Session) {
    let mut delays = backoff(ready.random_seed());
    loop {
        let Err(error) = session(ready).await;
        // what was refused will be told again: it is asked for ever more seldom
        if ready.link() == Link::Connected && !matches!(error, ListenError::Bulletin(_)) {
            delays = backoff(ready.random_seed());
        }
        tracing::info!(%error, "not listening");
        let mut wait = delays.next().unwrap_or(SILENCE);
        match &error {
            ListenError::Front(error) => {
                ready.set_link(error.link());
                wait = wait.max(error.retry_after().unwrap_or_default());
            }
            ListenError::Bulletin(BulletinError::Refused(refusal)) => {
                ready.refuse(*refusal);
                ready.set_link(Link::ServerTrouble);
            }
            ListenError::Stream(_) | ListenError::Ended | ListenError::Silent | ListenError::NotUnderstood => {
                ready.set_link(Link::Unreachable);
            }
            ListenError::Bulletin(BulletinError::Store(error)) | ListenError::Store(error) => {
                tracing::error!(%error, "the bulletin could not be kept");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = ready.listen_now.notified() => {}
        }
    }
}

async fn session(ready: &Session) -> Result<std::convert::Infallible, ListenError> {
    if !ready.bulletin().has_keys() {
        let document = ready.front.key_set(1).await?;
        ready.bulletin().accept_keys(&ready.store, &ready.profile, &document)?;
    }
    let tag = ready.store.setting(Setting::HeadTag)?;
    match ready.front.head(tag.as_deref()).await? {
        HeadAnswer::NotModified => {}
        HeadAnswer::New { jws, tag } => {
            follow_in_time(ready, &jws).await?;
            if !ready.bulletin().may_be_stale(ready.now()) {
                ready.store.set(Setting::HeadTag, tag.as_deref().unwrap_or_default())?;
            }
        }
    }
    ready.heard();
    let seq = ready.bulletin().followed_seq();
    let stream = tokio::time::timeout(SILENCE, ready.front.stream(seq)).await.map_err(|_| ListenError::Silent)??;
    let mut events = SseByteStream::new(Box::pin(watched(stream)));
    loop {
        let event = events.next().await.ok_or(ListenError::Ended)?.map_err(ListenError::Stream)?;
        let data = event.data.unwrap_or_default();
        match event.event.as_deref() {
            Some("frame") => {
                let frame: Frame = serde_json::from_str(&data).map_err(|_| ListenError::NotUnderstood)?;
                ready.accept_frame(&frame)?;
            }
            Some("head") => {
                follow_in_time(ready, &data).await?;
                ready.heard();
            }
            // a newer front may say more
            Some(_) | None => {}
        }
    }
}

/// The stream's bytes, until it falls silent or one event outgrows all that are signed.
fn watched(stream: reqwest::Response) -> impl futures_util::Stream<Item = Result<Bytes, ListenError>> {
    let bytes = Box::pin(stream.bytes_stream());
    futures_util::stream::try_unfold((bytes, 0), |(mut bytes, open)| async move {
        let chunk = tokio::time::timeout(SILENCE, bytes.next()).await.map_err(|_| ListenError::Silent)?;
        let Some(chunk) = chunk else { return Ok(None) };
        let chunk = chunk.map_err(|_| ListenError::Ended)?;
        let ended = chunk.windows(2).rposition(|two| two == b"\n\n");
        let open = ended.map_or(open + chunk.len(), |at| chunk.len() - at);
        if open > LARGEST_EVENT { Err(ListenError::NotUnderstood) } else { Ok(Some((chunk, (bytes, open)))) }
    })
}

/// Follows a head; one outside its time (or a clock here that is wrong) advances nothing and stops nothing.
async fn follow_in_time(ready: &Session, jws: &str) -> Result<(), ListenError> {
    match follow(ready, jws).await {
        Err(ListenError::Bulletin(BulletinError::Refused(reason @ Refusal::ExpiredHead))) => {
            ready.refuse(reason);
            Ok(())
        }
        other => other,
    }
}

/// Brings the device to a head: fetches what it lacks until nothing is.
async fn follow(ready: &Session, jws: &str) -> Result<(), ListenError> {
    loop {
        let lacks = ready.bulletin().accept_head(&ready.store, jws, ready.now())?;
        match lacks {
            Lacks::Nothing => return Ok(()),
            Lacks::Snapshot { seq } => take_snapshot(ready, jws, seq).await?,
            Lacks::Frames { from, to, newest } => {
                let frames = ready.front.frames(from, to).await?;
                let before = ready.bulletin().place();
                for frame in &frames {
                    match ready.accept_frame(frame) {
                        Ok(()) => {}
                        // frames that no head had confirmed led elsewhere
                        Err(BulletinError::Refused(reason @ Refusal::BrokenChain)) => {
                            tracing::warn!(code = ?reason, seq = frame.seq, "the snapshot is taken instead");
                            break;
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
                if ready.bulletin().place() == before {
                    take_snapshot(ready, jws, newest).await?;
                }
            }
        }
    }
}

/// Takes the snapshot that a head names: for a new device, and for one that was led off the log.
async fn take_snapshot(ready: &Session, jws: &str, seq: u64) -> Result<(), ListenError> {
    let snapshot = ready.front.snapshot(seq).await?;
    ready.bulletin().accept_snapshot(&ready.store, jws, &snapshot, ready.now())?;
    ready.notify_due();
    ready.changed();
    Ok(())
}
