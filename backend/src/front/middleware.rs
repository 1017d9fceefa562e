//! What happens around every request.

use std::any::Any;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contract::records::EPOCH_HEADER;

use super::{Front, problem::ApiError};

/// Logs the route, not the address: ids, places and tokens stay out.
pub async fn account(State(front): State<Front>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    front.inner.metrics.answered(response.status());
    let route = route.as_deref().unwrap_or("none");
    tracing::info!(%method, route, status = response.status().as_u16(), "answered");
    response
}

pub async fn register_epoch(State(front): State<Front>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Ok(epoch) = HeaderValue::from_str(&front.inner.epoch) {
        response.headers_mut().insert(HeaderName::from_static(EPOCH_HEADER), epoch);
    }
    response
}

pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request handler panicked");
    ApiError::internal().into_response()
}
