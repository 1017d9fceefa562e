//! What those who run the front ask.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use crate::front::Front;

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "service",
    responses((status = 200, description = "OpenAPI", body = String, content_type = "application/json")))]
pub async fn openapi(State(front): State<Front>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], front.inner.openapi.clone()).into_response()
}

/// Answers while the front runs.
#[utoipa::path(get, path = "/healthz", tag = "service", responses((status = 200, description = "ok", body = String)))]
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// A few counters.
#[utoipa::path(get, path = "/metrics", tag = "service", responses((status = 200, description = "Prometheus text", body = String)))]
pub async fn metrics(State(front): State<Front>) -> Response {
    let text = front.inner.metrics.exposition(front.inner.log.head().seq);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
