//! What changed in the register.

use axum::{Json, extract::State};
use contract::{
    http::{Code, Problem},
    record::RecordsPage,
};
use serde::Deserialize;

use crate::{
    front::{Front, auth::Reader},
    http::{
        params::{Params, since},
        problem::ApiError,
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    since: Option<String>,
    epoch: Option<String>,
}

/// Trips, check-ins and calls that were written, deleted or erased after change number `since`, each as it stands now.
#[utoipa::path(get, path = "/v1/records", tag = "desk", security(("read" = [])),
    params(("since" = Option<u64>, Query, description = "`next` of the page before; 0 or nothing for the beginning"),
        ("epoch" = Option<String>, Query, description = "`epoch` of the page before: change numbers hold within it")),
    responses((status = 200, description = "A page", body = RecordsPage),
        (status = 410, description = "gone: the register is of another epoch; begin anew", body = Problem, content_type = "application/problem+json")))]
pub async fn records(
    State(front): State<Front>,
    _: Reader,
    Params(question): Params<Question>,
) -> Result<Json<RecordsPage>, ApiError> {
    let page = front.inner.register.changes(since(question.since.as_deref())?).await?;
    if question.epoch.is_some_and(|epoch| epoch != page.epoch) {
        let title = "the register is of another epoch; its changes are read from the beginning";
        return Err(ApiError::new(Code::Gone, title));
    }
    Ok(Json(page))
}
