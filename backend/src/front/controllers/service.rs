//! What anyone may ask of the front itself.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    entry::Body,
    http::{Capabilities, path},
    record::Kind,
};

use crate::{front::Front, http::problem::AGAIN, register::RegisterError};

/// What this front takes. What it does not name, it does not know.
#[utoipa::path(get, path = "/v1/capabilities", tag = "service",
    responses((status = 200, description = "Kinds of records and entries", body = Capabilities)))]
pub async fn capabilities() -> Response {
    let records = Kind::ALL.into_iter().map(|kind| (path::list(kind), kind.max_bytes()));
    let entries = Body::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    let capabilities = Capabilities { records: records.collect(), entries, vapid_key: None };
    ([(header::CACHE_CONTROL, "public, max-age=3600")], Json(capabilities)).into_response()
}

/// Whether reads and writes go through, each for itself: a front that cannot write still serves the bulletin.
#[utoipa::path(get, path = "/healthz", tag = "service",
    responses((status = 200, description = "Both do", body = String, content_type = "text/plain"),
        (status = 503, description = "One of them does not", body = String, content_type = "text/plain")))]
pub async fn healthz(State(front): State<Front>) -> Response {
    let reads = front.inner.register.epoch().await;
    let writes = front.inner.register.probe().await;
    if reads.is_ok() && writes.is_ok() {
        return "ok\n".into_response();
    }
    let say = |name: &str, outcome: Result<(), RegisterError>| match outcome {
        Ok(()) => format!("{name} ok\n"),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "{name} fail");
            format!("{name} fail\n")
        }
    };
    let text = say("reads", reads.map(drop)) + &say("writes", writes);
    let again = [(header::RETRY_AFTER, AGAIN.as_secs().to_string())];
    (StatusCode::SERVICE_UNAVAILABLE, again, text).into_response()
}
