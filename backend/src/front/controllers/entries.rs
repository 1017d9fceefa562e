//! What the desk publishes.

use std::sync::atomic::Ordering::Relaxed;

use axum::{Json, extract::State, http::StatusCode};
use contract::records::{Published, Submission};

use crate::{
    front::{Front, auth::Desk},
    http::{json::JsonBody, problem::ApiError},
};

/// Appends an entry. The same bytes again are the same request.
#[utoipa::path(post, path = "/v1/bulletin/entries", tag = "desk", security(("desk" = [])), request_body = Submission,
    responses((status = 201, description = "Appended", body = Published),
        (status = 200, description = "It stood there before", body = Published),
        (status = 409, description = "entry_refused or entry_exists", body = contract::problem::Problem, content_type = "application/problem+json")))]
pub async fn publish(
    State(front): State<Front>,
    _: Desk,
    JsonBody(submission): JsonBody<Submission>,
) -> Result<(StatusCode, Json<Published>), ApiError> {
    let appended = front.inner.log.append(vec![submission.entry]).await?;
    let appended = appended.first().ok_or_else(ApiError::internal)?;
    let status = if appended.new { StatusCode::CREATED } else { StatusCode::OK };
    front.inner.metrics.published.fetch_add(u64::from(appended.new), Relaxed);
    Ok((status, Json(Published { seq: appended.seq })))
}
