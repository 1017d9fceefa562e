//! That something changed, as it changes: a console asks for the rest itself.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{House, fault::Fault, roles::Right, session::Asking};
use crate::desk::office::News;

/// A comment this often keeps the stream open, and asks whether the session still is.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `changed` with the list's number, `presence`, `front` where it went away or is back, and `ended` where the session is over.
#[utoipa::path(get, path = "/v1/events", operation_id = "events", tag = "cases", security(("session" = [])),
    responses((status = 200, content_type = "text/event-stream", body = String, description = "What changes")))]
pub async fn events(State(house): State<House>, asking: Asking) -> Result<Response, Fault> {
    asking.must(Right::SeeBoard)?;
    let news = house.office().listen();
    let stopped = house.office().stopped();
    let listener = Listener { house, token: asking.token, news, begun: false, over: false };
    let events = stream::unfold(listener, |mut listener| async move {
        let text = listener.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), listener))
    });
    let body = Body::from_stream(events.take_until(stopped));
    Ok(([(header::CONTENT_TYPE, "text/event-stream")], body).into_response())
}

struct Listener {
    house: House,
    token: String,
    news: Receiver<News>,
    begun: bool,
    over: bool,
}

impl Listener {
    /// `None` ends the stream.
    async fn next(&mut self) -> Option<String> {
        if self.over {
            return None;
        }
        if !self.begun {
            // whoever listens sees at once that they are heard
            self.begun = true;
            return Some(":\n\n".to_owned());
        }
        let news = tokio::time::timeout(KEEP_ALIVE, self.news.recv()).await;
        if !self.is_in().await {
            self.over = true;
            return Some("event: ended\ndata: {}\n\n".to_owned());
        }
        match news {
            Err(_) => Some(":\n\n".to_owned()),
            Ok(Ok(News::Changed(list))) => Some(format!("event: changed\ndata: {{\"list\":{list}}}\n\n")),
            Ok(Ok(News::Presence)) => Some("event: presence\ndata: {}\n\n".to_owned()),
            Ok(Ok(News::Front)) => Some("event: front\ndata: {}\n\n".to_owned()),
            // whoever was slow asks for all of it
            Ok(Err(RecvError::Lagged(_))) => Some("event: presence\ndata: {}\n\n".to_owned()),
            Ok(Err(RecvError::Closed)) => None,
        }
    }

    async fn is_in(&self) -> bool {
        let (token, now) = (self.token.clone(), self.house.office().now());
        self.house.office().work(move |rooms| rooms.casework.reading().session(&token, now)).await.is_ok()
    }
}
