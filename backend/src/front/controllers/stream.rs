//! The log as it grows, by server-sent events.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, sync::atomic::Ordering::Relaxed, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use contract::bulletin::{Frame, PAGE};
use futures_util::{StreamExt, stream};
use tokio::sync::broadcast::Receiver;

use crate::{
    front::Front,
    http::problem::ApiError,
    log::{LogError, News, SignedHead},
};

/// New frames and heads. Frames after `Last-Event-ID` come first, then the newest head; without it, the head only.
#[utoipa::path(get, path = "/v1/bulletin/stream", tag = "bulletin",
    params(("Last-Event-ID" = Option<u64>, Header, description = "The seq of the last frame seen; 0 for all")),
    responses((status = 200, content_type = "text/event-stream", body = String,
        description = "`frame` events, id = seq, data = {seq, prev, entry}; `head` events, data = compact JWS")))]
pub async fn stream(State(front): State<Front>, headers: HeaderMap) -> Result<Response, ApiError> {
    let last = headers.get("last-event-id").map(|value| value.to_str().ok().and_then(|text| text.trim().parse().ok()));
    let last: Option<u64> = match last {
        Some(None) => return Err(ApiError::invalid("/Last-Event-ID", "must be the seq of a frame")),
        Some(Some(last)) => Some(last),
        None => None,
    };
    // listening before reading, so that nothing falls between the two
    let news = front.inner.log.listen();
    let head = front.inner.log.head();
    let follower = Follower {
        seen: last.unwrap_or(head.seq).min(head.seq),
        head: Some(head),
        page: VecDeque::new(),
        news,
        _open: Open::new(&front),
        front: front.clone(),
    };
    let events = stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    let events = events.take_until(front.stopped());
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    Ok(Sse::new(events).keep_alive(keep_alive).into_response())
}

/// One subscriber: first what it missed, then the head it missed it by, then the news.
struct Follower {
    seen: u64,
    head: Option<Arc<SignedHead>>,
    page: VecDeque<Frame>,
    news: Receiver<News>,
    front: Front,
    _open: Open,
}

impl Follower {
    async fn next(&mut self) -> Option<Event> {
        match self.advance().await {
            Ok(event) => event,
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a stream ended");
                None
            }
        }
    }

    /// `None` ends the stream: the subscriber lags or the front stops, and the subscriber resumes by its last id.
    async fn advance(&mut self) -> Result<Option<Event>, LogError> {
        if let Some(head) = self.head.clone() {
            if self.page.is_empty() && self.seen < head.seq {
                let to = head.seq.min(self.seen + PAGE);
                self.page = self.front.inner.log.frames(self.seen + 1, to).await?.into();
            }
            if let Some(frame) = self.page.pop_front() {
                self.seen = frame.seq;
                return frame_event(&frame).map(Some);
            }
            self.head = None;
            return Ok(Some(head_event(&head)));
        }
        loop {
            match self.news.recv().await {
                Ok(News::Frame(frame)) if frame.seq <= self.seen => {}
                Ok(News::Frame(frame)) => {
                    self.seen = frame.seq;
                    return frame_event(&frame).map(Some);
                }
                Ok(News::Head(head)) if head.seq < self.seen => {}
                Ok(News::Head(head)) => return Ok(Some(head_event(&head))),
                Err(_) => return Ok(None),
            }
        }
    }
}

fn frame_event(frame: &Frame) -> Result<Event, LogError> {
    let data = serde_json::to_string(frame).map_err(LogError::Row)?;
    Ok(Event::default().event("frame").id(frame.seq.to_string()).data(data))
}

fn head_event(head: &SignedHead) -> Event {
    Event::default().event("head").data(&head.jws)
}

/// Counts the stream as open for as long as it lives.
struct Open(Front);

impl Open {
    fn new(front: &Front) -> Self {
        front.inner.metrics.streams.fetch_add(1, Relaxed);
        Self(front.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.inner.metrics.streams.fetch_sub(1, Relaxed);
    }
}
