//! Calls.

use axum::extract::State;
use contract::record::{Accepted, Call, Record};

use super::{Answered, accepted, id};
use crate::{
    front::{Front, auth::Owner, known, writes::Urgency},
    http::{json::JsonBody, params::Segment},
};

/// A tap on the call button. It says "called", not "in need".
#[utoipa::path(put, operation_id = "put_call", path = "/v1/calls/{id}", tag = "register", security(("device" = [])), request_body = Call,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 409, description = "version_conflict: this version is held with other content", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "quota_reached: the device has as much as it may; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(front): State<Front>,
    Owner(owner): Owner,
    Segment(call_id): Segment,
    JsonBody(call): JsonBody<Call>,
) -> Answered {
    let call_id = id(&call_id)?;
    call.check()?;
    front.inner.writes.admit(owner, Urgency::Help)?;
    known::country(call.country, "/country")?;
    accepted(front.inner.register.put_call(owner, call_id, call, front.now()).await?)
}
