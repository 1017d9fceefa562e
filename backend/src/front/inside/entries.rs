//! What the desk publishes.

use axum::{Json, extract::State};
use contract::record::{Published, Submission};

use crate::{
    front::{Front, auth::Publisher},
    http::{json::JsonBody, problem::ApiError},
};

/// Appends entries, all or none, and answers their frames. The same bytes again are the same request.
#[utoipa::path(post, operation_id = "publish", path = "/v1/entries", tag = "desk", security(("publish" = [])), request_body = Submission,
    responses((status = 200, description = "Where each of them stands, in the same order", body = Published),
        (status = 409, description = "entry_refused or entry_exists; the pointer names the entry", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn publish(
    State(front): State<Front>,
    _: Publisher,
    JsonBody(submission): JsonBody<Submission>,
) -> Result<Json<Published>, ApiError> {
    let appended = front.inner.log.append(submission.entries).await?;
    front.inner.metrics.published(appended.new as u64);
    Ok(Json(Published { frames: appended.frames }))
}
