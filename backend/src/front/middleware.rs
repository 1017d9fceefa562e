//! What every answer to a device carries, and the head and the stream as a hint.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use contract::http::REGISTER_EPOCH;

use super::Front;

pub async fn register_epoch(State(front): State<Front>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Ok(epoch) = HeaderValue::from_str(&front.inner.epoch) {
        response.headers_mut().insert(HeaderName::from_static(REGISTER_EPOCH), epoch);
    }
    response
}
