//! What those who run the front ask.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use crate::front::Front;

/// A few counters.
#[utoipa::path(get, path = "/metrics", tag = "service",
    responses((status = 200, description = "Prometheus text", body = String, content_type = "text/plain")))]
pub async fn metrics(State(front): State<Front>) -> Response {
    let text = front.inner.metrics.exposition(front.inner.log.seq());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
