//! Calls.

use axum::extract::State;
use contract::record::{Accepted, Call, Record};

use super::{Answered, accepted, id};
use crate::{
    front::{Front, auth::Owner, known},
    http::{json::JsonBody, params::Segment},
};

/// A tap on the call button. It says "called", not "in need".
#[utoipa::path(put, operation_id = "put_call", path = "/v1/calls/{id}", tag = "register", security(("device" = [])), request_body = Call,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "What the register now holds", body = Accepted)))]
pub async fn put(
    State(front): State<Front>,
    Owner(owner): Owner,
    Segment(call_id): Segment,
    JsonBody(call): JsonBody<Call>,
) -> Answered {
    let call_id = id(&call_id)?;
    call.check()?;
    known::call(&call)?;
    accepted(front.inner.register.put_call(owner, call_id, call, front.now()).await?)
}
