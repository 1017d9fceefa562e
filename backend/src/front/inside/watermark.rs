//! The desk's word on how far the log is its own.

use axum::{extract::State, http::StatusCode};

use crate::{
    front::{Front, auth::Publisher},
    http::{problem::ApiError, text::TextBody},
};

/// Takes a watermark, refused until its frames, snapshot and key set are here.
#[utoipa::path(post, operation_id = "post_watermark", path = "/v1/watermark", tag = "desk", security(("publish" = [])),
    request_body(content = String, content_type = "application/jose", description = "Compact JWS"),
    responses((status = 204, description = "It is served from now on"),
        (status = 409, description = "not_yet_there or entry_refused", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(State(front): State<Front>, _: Publisher, TextBody(jws): TextBody) -> Result<StatusCode, ApiError> {
    front.inner.log.put_watermark(jws).await?;
    Ok(StatusCode::NO_CONTENT)
}
