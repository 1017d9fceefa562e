//! The next key set.

use axum::{extract::State, http::StatusCode};

use crate::{
    front::{Front, auth::Publisher},
    http::{params::Segment, problem::ApiError, text::TextBody},
};

/// Takes the key set after the newest, signed by the roots of both.
#[utoipa::path(put, operation_id = "put_keys", path = "/v1/keys/{number}", tag = "desk", security(("publish" = [])),
    params(("number" = u32, Path, description = "Its number")),
    request_body(content = String, content_type = "application/jose+json", description = "JWS in JSON form"),
    responses((status = 204, description = "It holds from now on"),
        (status = 409, description = "entry_refused", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(front): State<Front>,
    _: Publisher,
    Segment(number): Segment,
    TextBody(document): TextBody,
) -> Result<StatusCode, ApiError> {
    let number = number.parse().map_err(|_| ApiError::not_found())?;
    front.inner.log.put_key_set(number, document).await?;
    Ok(StatusCode::NO_CONTENT)
}
