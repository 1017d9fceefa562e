//! Check-ins.

use axum::extract::State;
use contract::record::{Accepted, CheckIn, Record};

use super::{Answered, accepted, id};
use crate::{
    front::{Front, auth::Owner, known},
    http::{json::JsonBody, params::Segment},
};

/// "I am safe", "I need help", "I have left", "I am stranded".
#[utoipa::path(put, operation_id = "put_check_in", path = "/v1/check-ins/{id}", tag = "register", security(("device" = [])), request_body = CheckIn,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "What the register now holds", body = Accepted)))]
pub async fn put(
    State(front): State<Front>,
    Owner(owner): Owner,
    Segment(check_in_id): Segment,
    JsonBody(check_in): JsonBody<CheckIn>,
) -> Answered {
    let check_in_id = id(&check_in_id)?;
    check_in.check()?;
    known::check_in(&check_in, &front)?;
    accepted(front.inner.register.put_check_in(owner, check_in_id, check_in, front.now()).await?)
}
