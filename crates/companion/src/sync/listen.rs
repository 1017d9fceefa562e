//! Hearing the bulletin: ask for the head, fetch what it lacks, then stay on the event stream.

use std::{convert::Infallible, time::Duration};

use bytes::Bytes;
use contract::{hash::Hash, http::Code, jws::Refusal, log::Frame};
use futures_util::StreamExt;
use sse_stream::SseByteStream;
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};

use super::backoff::{LONGEST, bound};
use crate::{
    bulletin::{BulletinError, MOST_KEY_SETS_A_RUN, Missing},
    front_client::{FrontError, Link, Tagged, epoch_of},
    session::Session,
    store::Setting,
};

/// The front sends a sign of life every 15 s; a stream silent for this long is dead.
const SILENCE: Duration = Duration::from_secs(40);
/// A signed document and its frame are smaller.
const LARGEST_EVENT: usize = 2 * contract::jws::MAX_BYTES;

/// How often one run begins again with the snapshot, where the log leads elsewhere or is served no more.
const MOST_BEGINNINGS: u32 = 3;

/// Why the bulletin could not be followed; the code that repeats decides when it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// No answer, or one that says no.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// Something was not believed.
    #[error(transparent)]
    Bulletin(#[from] BulletinError),
    /// What was believed could not be kept.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The next run goes on.
    #[error("the chain has more key sets than one run takes")]
    MoreKeySets,
    /// The connection ended in the middle.
    #[error("the stream broke")]
    Stream(#[source] sse_stream::Error),
    /// The front closed it.
    #[error("the stream ended")]
    Ended,
    /// Not even a sign of life for too long.
    #[error("the stream fell silent")]
    Silent,
    /// The front speaks another contract.
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
                if !refused {
                    session.letters_now.notify_one();
                }
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
    let mut run = Run::default();
    if session.bulletin().key_set_number() == 0 {
        run.take_key_sets(session).await?;
    }
    // a watermark that is not believed holds up no head
    match run.take_watermark(session).await {
        Err(error @ ListenError::Bulletin(_)) => note(session, &error),
        Err(error @ ListenError::MoreKeySets) => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let tag = session.store.setting(Setting::HeadTag)?;
    let head = session.front.head(tag.as_deref()).await?;
    if let Some(epoch) = &head.epoch {
        session.store.hear_of_epoch(epoch)?;
    }
    match head.body {
        // a tag is kept only with a head that was reached
        Tagged::NotModified => session.heard(),
        Tagged::New { compact, tag } => {
            hear(session, &compact, run).await?;
            if !session.bulletin().may_be_stale(session.now()) {
                session.store.set(Setting::HeadTag, tag.as_deref().unwrap_or_default())?;
            }
        }
    }
    Ok(())
}

/// The event stream, until it breaks. What it says and is not believed is told, and goes no further.
async fn stream(session: &Session) -> Result<Infallible, ListenError> {
    let seq = session.bulletin().followed_seq();
    let stream = timeout(SILENCE, session.front.stream(seq)).await.map_err(|_| ListenError::Silent)??;
    if let Some(epoch) = epoch_of(stream.headers()) {
        session.store.hear_of_epoch(&epoch)?;
    }
    let mut events = SseByteStream::new(Box::pin(watched(session, stream)));
    loop {
        let event = events.next().await.ok_or(ListenError::Ended)?.map_err(ListenError::Stream)?;
        let data = event.data.unwrap_or_default();
        let heard = match event.event.as_deref() {
            Some("frame") => {
                let frame: Frame = serde_json::from_str(&data).map_err(|_| ListenError::NotUnderstood)?;
                session.accept_frame(&frame).map_err(ListenError::from)
            }
            Some("head") => hear(session, &data, Run::default()).await,
            Some("watermark") => hear_watermark(session, &data),
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
        ListenError::MoreKeySets => {}
        // why, the next try tells
        ListenError::Stream(_) | ListenError::Ended | ListenError::Silent => session.set_link(Link::Idle),
        ListenError::NotUnderstood => session.set_link(Link::ServerTrouble),
        ListenError::Bulletin(BulletinError::Store(error)) | ListenError::Store(error) => {
            tracing::error!(%error, "the bulletin could not be kept");
        }
    }
}

fn asked(error: &ListenError) -> Option<Duration> {
    if let ListenError::Front(error) = error { error.retry_after() } else { None }
}

/// The stream's bytes, until it falls silent or one event outgrows all that are signed.
fn watched(
    session: &Session,
    stream: reqwest::Response,
) -> impl futures_util::Stream<Item = Result<Bytes, ListenError>> {
    let bytes = Box::pin(stream.bytes_stream());
    futures_util::stream::try_unfold((bytes, 0), move |(mut bytes, open)| async move {
        let chunk = timeout(SILENCE, bytes.next()).await.map_err(|_| ListenError::Silent)?;
        let Some(chunk) = chunk else { return Ok(None) };
        let chunk = chunk.map_err(|_| ListenError::Ended)?;
        session.hear_a_sign();
        let ended = chunk.windows(2).rposition(|two| two == b"\n\n");
        let open = ended.map_or(open + chunk.len(), |at| chunk.len() - at);
        if open > LARGEST_EVENT { Err(ListenError::NotUnderstood) } else { Ok(Some((chunk, (bytes, open)))) }
    })
}

/// Follows a head. One outside its time (or a clock here that is wrong) advances nothing, and the front that says it
/// is within reach but was not heard.
async fn hear(session: &Session, jws: &str, run: Run) -> Result<(), ListenError> {
    match follow(session, jws, run).await {
        Ok(()) => session.heard(),
        Err(ListenError::Bulletin(BulletinError::Refused(reason @ Refusal::ExpiredHead))) => {
            session.refuse(reason);
            session.set_link(Link::Connected);
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Brings the device to a head: fetches what is missing until nothing is.
async fn follow(session: &Session, jws: &str, mut run: Run) -> Result<(), ListenError> {
    let mut has_asked_for_watermark = false;
    let mut led_nowhere = 0;
    loop {
        let judged = session.bulletin().accept_head(&session.store, jws, session.now());
        let missing = match judged {
            Err(BulletinError::Refused(refusal @ Refusal::UnknownKey)) => {
                if run.take_key_sets(session).await? == 0 {
                    return Err(BulletinError::Refused(refusal).into());
                }
                continue;
            }
            other => other?,
        };
        match missing {
            Missing::Nothing => return Ok(()),
            Missing::KeySet { .. } => {
                if run.take_key_sets(session).await? == 0 {
                    return Err(FrontError::NotUnderstood.into());
                }
            }
            // the desk has not spoken since: what is held stays, and newer word may exist
            Missing::Watermark if has_asked_for_watermark => return Ok(()),
            Missing::Watermark => {
                has_asked_for_watermark = true;
                run.take_watermark(session).await?;
            }
            Missing::Snapshot { hash } => take_snapshot(session, hash).await?,
            Missing::Frames { from, to, .. } => {
                if !take_frames(session, from, to).await? {
                    led_nowhere += 1;
                }
                // a front whose log leads nowhere again and again is asked another time
                if led_nowhere > MOST_BEGINNINGS {
                    return Err(FrontError::NotUnderstood.into());
                }
            }
        }
    }
}

/// What one run has done already.
#[derive(Default)]
struct Run {
    key_sets: u32,
}

impl Run {
    /// Fetches the key sets that follow the newest, as many as there are and a run may take. Gives how many came.
    async fn take_key_sets(&mut self, session: &Session) -> Result<u32, ListenError> {
        let mut taken = 0;
        while self.key_sets < MOST_KEY_SETS_A_RUN {
            let number = session.bulletin().key_set_number() + 1;
            match session.front.key_set(number).await {
                Ok(document) => session.accept_key_set(&document)?,
                Err(FrontError::Refused { code: Code::NotFound, .. }) => return Ok(taken),
                Err(error) => return Err(error.into()),
            }
            self.key_sets += 1;
            taken += 1;
        }
        Err(ListenError::MoreKeySets)
    }

    async fn take_watermark(&mut self, session: &Session) -> Result<(), ListenError> {
        let tag = session.store.setting(Setting::WatermarkTag)?;
        let answer = match session.front.watermark(tag.as_deref()).await {
            // the desk has not spoken yet
            Err(FrontError::Refused { code: Code::NotFound, .. }) => return Ok(()),
            other => other?,
        };
        let Tagged::New { compact, tag } = answer.body else { return Ok(()) };
        let newest = session.bulletin().accept_watermark(&session.store, &compact, session.now());
        if let Err(BulletinError::Refused(Refusal::UnknownKey)) = newest
            && self.take_key_sets(session).await? > 0
        {
            hear_watermark(session, &compact)?;
        } else {
            heard_watermark(newest)?;
        }
        Ok(session.store.set(Setting::WatermarkTag, tag.as_deref().unwrap_or_default())?)
    }
}

fn hear_watermark(session: &Session, compact: &str) -> Result<(), ListenError> {
    let newest = session.bulletin().accept_watermark(&session.store, compact, session.now());
    session.changed();
    heard_watermark(newest)
}

/// An older one is no lie: two answers may cross.
fn heard_watermark(newest: Result<(), BulletinError>) -> Result<(), ListenError> {
    match newest {
        Err(BulletinError::Refused(Refusal::OlderWatermark)) => Ok(()),
        other => Ok(other?),
    }
}

/// Fetches frames and takes them; says whether they led on.
async fn take_frames(session: &Session, from: u64, to: u64) -> Result<bool, ListenError> {
    let frames = match session.front.frames(from, to).await {
        // the next frame is served no more
        Err(FrontError::Refused { code: Code::Gone, .. }) => {
            session.bulletin().want_snapshot(&session.store)?;
            return Ok(false);
        }
        other => other?,
    };
    let before = session.bulletin().followed_seq();
    for frame in &frames {
        match session.accept_frame(frame) {
            Ok(()) => {}
            // frames that no head had confirmed led elsewhere
            Err(BulletinError::Refused(reason @ (Refusal::BrokenChain | Refusal::AgainstWatermark))) => {
                tracing::warn!(code = ?reason, seq = frame.seq, "the snapshot is taken instead");
                session.bulletin().want_snapshot(&session.store)?;
                return Ok(false);
            }
            // what is refused and passed over is told
            Err(BulletinError::Refused(reason)) if session.bulletin().followed_seq() >= frame.seq => {
                session.refuse(reason);
            }
            Err(error) => return Err(error.into()),
        }
    }
    if session.bulletin().followed_seq() == before {
        return Err(FrontError::NotUnderstood.into());
    }
    Ok(true)
}

async fn take_snapshot(session: &Session, hash: Hash) -> Result<(), ListenError> {
    let snapshot = session.front.snapshot(hash).await?;
    session.bulletin().accept_snapshot(&session.store, &snapshot)?;
    session.notify_due();
    session.changed();
    Ok(())
}
