//! What anyone may ask of the front itself.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use contract::{
    entry::Body,
    http::{Capabilities, path},
    record::Kind,
};

/// What this front takes. What it does not name, it does not know.
#[utoipa::path(get, path = "/v1/capabilities", tag = "service",
    responses((status = 200, description = "Kinds of records and entries", body = Capabilities)))]
pub async fn capabilities() -> Response {
    let records = Kind::ALL.into_iter().map(|kind| (name(kind), kind.max_bytes()));
    let entries = Body::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    let capabilities = Capabilities { records: records.collect(), entries, vapid_key: None };
    ([(header::CACHE_CONTROL, "public, max-age=3600")], Json(capabilities)).into_response()
}

/// The kind as its path has it: `check-ins`.
fn name(kind: Kind) -> String {
    let path = path::record(kind, "");
    path.trim_start_matches("/v1/").trim_end_matches('/').to_owned()
}

/// Answers while the front runs.
#[utoipa::path(get, path = "/healthz", tag = "service",
    responses((status = 200, description = "ok", body = String, content_type = "text/plain")))]
pub async fn healthz() -> &'static str {
    "ok\n"
}
