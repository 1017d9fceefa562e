//! What happens around a device's requests.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use contract::records::EPOCH_HEADER;

use super::Front;

pub async fn register_epoch(State(front): State<Front>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Ok(epoch) = HeaderValue::from_str(&front.inner.epoch) {
        response.headers_mut().insert(HeaderName::from_static(EPOCH_HEADER), epoch);
    }
    response
}
