//! What lives, as the desk says it.

use axum::{body::Bytes, extract::State, http::StatusCode};

use crate::{
    front::{Front, auth::Publisher},
    http::{params::Segment, problem::ApiError},
};

/// Takes a snapshot; it is served once a watermark names it.
#[utoipa::path(put, operation_id = "put_snapshot", path = "/v1/snapshots/{hash}", tag = "desk", security(("publish" = [])),
    params(("hash" = String, Path, description = "SHA-256 of its bytes, base64url")),
    request_body(content = String, content_type = "application/x-ndjson", description = "Lines {seq, entry}, each as it stands in the log"),
    responses((status = 204, description = "It is here"),
        (status = 409, description = "entry_refused", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(front): State<Front>,
    _: Publisher,
    Segment(hash): Segment,
    bytes: Bytes,
) -> Result<StatusCode, ApiError> {
    let hash = hash.parse().map_err(|_| ApiError::not_found())?;
    front.inner.log.put_snapshot(hash, bytes.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
