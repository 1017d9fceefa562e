//! What no request may do: take for ever, or read where only writes are let in.

use std::time::Duration;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contract::http::Code;

use super::{admission::Purpose, problem::ApiError};

/// How long a request may take until its answer begins: its body has to come in this time too.
const ANSWER: Duration = Duration::from_secs(30);
/// When somebody who found no room may come back.
const ROOM_AGAIN: Duration = Duration::from_secs(30);

/// A connection of the reserve takes what travellers send, and nothing else.
pub async fn writes_first(request: Request, next: Next) -> Response {
    let reserved = request.extensions().get::<Purpose>() == Some(&Purpose::Writes);
    let writes = [Method::PUT, Method::POST, Method::DELETE].contains(request.method());
    if reserved && !writes {
        return closing(no_room());
    }
    next.run(request).await
}

pub async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWER, next.run(request)).await {
        Ok(response) => response,
        Err(_) => closing(ApiError::new(Code::Timeout, "the request did not come whole in time")),
    }
}

/// There is no room for this now.
pub fn no_room() -> ApiError {
    let title = "the front is full; writes are still taken";
    ApiError::new(Code::Unavailable, title).retry_after(ROOM_AGAIN)
}

fn closing(error: ApiError) -> Response {
    let mut response = error.into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
