//! The log as it grows, by server-sent events.

use std::{convert::Infallible, net::IpAddr, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use contract::log::PAGE;
use futures_util::{StreamExt, stream};
use tokio::sync::broadcast::Receiver;

use crate::{
    coded::Coding,
    front::{Front, address::ClientAddress, controllers::AT_ONCE},
    http::{admission::StreamTicket, guard, problem::ApiError},
    log::{LogError, News, frame_event},
};

/// A comment this often keeps proxies from closing a stream on which nothing happens.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// New frames, heads and watermarks. Frames after `Last-Event-ID` come first, then the newest head and watermark;
/// without it, or where those frames are no longer served, head and watermark only.
#[utoipa::path(get, path = "/v1/bulletin/stream", tag = "bulletin",
    params(("Last-Event-ID" = Option<u64>, Header, description = "The seq of the last frame seen; 0 for all")),
    responses((status = 200, content_type = "text/event-stream", body = String,
        description = "`frame` events, id = seq, data = {seq, prev, entry}; `head` and `watermark` events, data = compact JWS")))]
pub async fn stream(
    State(front): State<Front>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let last = headers.get("last-event-id").map(|value| value.to_str().ok().and_then(|text| text.trim().parse().ok()));
    let last: Option<u64> = match last {
        Some(None) => return Err(ApiError::invalid("/Last-Event-ID", "must be the seq of a frame")),
        Some(Some(last)) => Some(last),
        None => None,
    };
    // listening before reading, so that nothing falls between the two
    let news = front.inner.log.listen();
    let log = &front.inner.log;
    let until = log.seq();
    let seen = match last {
        Some(last) if last >= log.gone() => last.min(until),
        Some(_) | None => until,
    };
    let coding = Coding::of(&headers);
    let follower =
        Follower { seen, until, begun: false, coding, news, _open: Open::new(&front, address)?, front: front.clone() };
    let events = stream::unfold(follower, |mut follower| async move {
        let bytes = follower.next().await?;
        Some((Ok::<_, Infallible>(bytes), follower))
    });
    let body = Body::from_stream(events.take_until(front.stopped()));
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-encoding"),
    ];
    let coding = coding.name().map(|name| [(header::CONTENT_ENCODING, name)]);
    Ok((headers, coding, body).into_response())
}

/// One subscriber: first what it missed, then where that ends, then the news.
struct Follower {
    seen: u64,
    /// The newest place when it came.
    until: u64,
    begun: bool,
    coding: Coding,
    news: Receiver<News>,
    front: Front,
    _open: Open,
}

impl Follower {
    /// `None` ends the stream, and the subscriber resumes by its last id.
    async fn next(&mut self) -> Option<Bytes> {
        if self.seen < self.until {
            return match self.missed().await {
                Ok(text) => self.written(text),
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "a stream ended");
                    None
                }
            };
        }
        if !self.begun {
            self.begun = true;
            return self.written(self.newest());
        }
        loop {
            let Ok(news) = tokio::time::timeout(KEEP_ALIVE, self.news.recv()).await else {
                return self.written(":\n\n".to_owned());
            };
            // an error: it lags, or the front stops
            let news = news.ok()?;
            if news.seq > self.seen || (!news.has_frames && news.seq == self.seen) {
                self.seen = news.seq;
                return Some(news.events.as_written_in(self.coding));
            }
        }
    }

    /// What is said to this subscriber alone.
    fn written(&self, text: String) -> Option<Bytes> {
        match self.coding.write(text) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                tracing::error!(%error, "a stream ended");
                None
            }
        }
    }

    /// The next of what it missed.
    async fn missed(&mut self) -> Result<String, LogError> {
        let to = self.until.min(self.seen + PAGE);
        let mut text = String::new();
        let frames = self.front.inner.log.frames(self.seen + 1, to, AT_ONCE).await?;
        for frame in &frames {
            text += &frame_event(frame)?;
        }
        self.seen = frames.last().map_or(to, |last| last.seq);
        Ok(text)
    }

    fn newest(&self) -> String {
        let log = &self.front.inner.log;
        let head = log.head().map(|head| head.event("head")).unwrap_or_default();
        let watermark = log.watermark().map(|watermark| watermark.event("watermark")).unwrap_or_default();
        head + &watermark
    }
}

/// Counts the stream as open for as long as it lives, and keeps its place.
struct Open(Front, #[expect(dead_code, reason = "its end frees the place")] StreamTicket);

impl Open {
    fn new(front: &Front, address: IpAddr) -> Result<Self, ApiError> {
        let place = front.inner.admission.admit_stream(address).ok_or_else(guard::no_room)?;
        front.inner.metrics.streams(1.0);
        Ok(Self(front.clone(), place))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.inner.metrics.streams(-1.0);
    }
}
