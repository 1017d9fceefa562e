//! What the desk wrote to a device.

use axum::{
    Extension, Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use contract::record::Letters;
use serde::Deserialize;

use crate::{
    front::{Front, auth::Owner},
    http::{
        params::{Params, since as since_of},
        problem::ApiError,
        underway::Holds,
    },
    register::letters::{MAX_BYTES, PAGE_BYTES},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    since: Option<String>,
}

/// Letters that came for this device after number `since`, each sealed to its key.
#[utoipa::path(get, operation_id = "letters", path = "/v1/devices/self/messages", tag = "devices", security(("device" = [])),
    params(("since" = Option<u64>, Query, description = "`next` of the page before; 0 or nothing for the beginning")),
    responses((status = 200, description = "A page; of another epoch its numbers begin anew", body = Letters)))]
pub async fn since(
    State(front): State<Front>,
    Owner(owner): Owner,
    Params(question): Params<Question>,
) -> Result<Response, ApiError> {
    let since = since_of(question.since.as_deref())?;
    let page = front.inner.register.letters(owner, since).await?;
    Ok((Extension(Holds(PAGE_BYTES + MAX_BYTES)), [(header::CACHE_CONTROL, "no-store")], Json(page)).into_response())
}
