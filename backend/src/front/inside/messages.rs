//! What the desk writes to devices.

use axum::{Json, extract::State};
use contract::record::{InvalidField, Letter, Posted};

use crate::{
    front::{Front, auth::Desk, known},
    http::{json::JsonBody, problem::ApiError},
    register::letters::{MAX_BYTES, PAGE},
};

/// Letters to devices, up to 64 at a time: each is kept once, however often it is posted.
#[utoipa::path(post, operation_id = "post_messages", path = "/v1/messages", tag = "desk", security(("publish" = []), ("read" = [])),
    request_body = Vec<Letter>,
    responses((status = 200, description = "Which of them the front has, and whose device it does not know", body = Posted)))]
pub async fn post(
    State(front): State<Front>,
    _: Desk,
    JsonBody(letters): JsonBody<Vec<Letter>>,
) -> Result<Json<Posted>, ApiError> {
    if letters.len() > PAGE {
        return Err(ApiError::invalid("", "64 letters at most"));
    }
    for (index, letter) in letters.iter().enumerate() {
        let fault = |field: InvalidField| ApiError::invalid(format!("/{index}{}", field.pointer), field.reason);
        letter.check().map_err(fault)?;
        if letter.sealed.ciphertext.len() > MAX_BYTES {
            return Err(ApiError::invalid(format!("/{index}/sealed/ciphertext"), "64 KiB at most"));
        }
        known::sealed(&letter.sealed, &front, &format!("/{index}/sealed/key_id"))?;
    }
    Ok(Json(front.inner.register.post(letters, front.now()).await?))
}
