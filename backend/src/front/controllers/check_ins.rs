//! Check-ins.

use axum::extract::State;
use contract::record::{Accepted, CheckIn, Record};

use super::{Answered, accepted, id};
use crate::{
    front::{Front, auth::Owner, known, writes::Urgency},
    http::{json::JsonBody, params::Segment},
};

/// "I am safe", "I need help", "I have left", "I am stranded".
#[utoipa::path(put, operation_id = "put_check_in", path = "/v1/check-ins/{id}", tag = "register", security(("device" = [])), request_body = CheckIn,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 409, description = "version_conflict: this version is held with other content", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or writes without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(front): State<Front>,
    Owner(owner): Owner,
    Segment(check_in_id): Segment,
    JsonBody(check_in): JsonBody<CheckIn>,
) -> Answered {
    let check_in_id = id(&check_in_id)?;
    check_in.check()?;
    let urgency = if check_in.in_need() > 0 { Urgency::Help } else { Urgency::Ordinary };
    front.inner.writes.admit(owner, urgency)?;
    known::country(check_in.country, "/country")?;
    known::airport(check_in.airport, "/airport")?;
    if let Some(part) = &check_in.sealed {
        known::sealed(part, &front, "/sealed/key_id")?;
    }
    accepted(front.inner.register.put_check_in(owner, check_in_id, check_in, front.now()).await?)
}
