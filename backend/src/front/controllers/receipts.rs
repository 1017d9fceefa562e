//! Receipts.

use axum::extract::State;
use contract::records::{Accepted, Receipt};

use super::{Answered, accepted};
use crate::{
    front::{Front, auth::Owner, check},
    http::json::JsonBody,
};

/// How advisories reached a traveller, up to 500 at a time. A time once told is not taken back.
#[utoipa::path(put, operation_id = "put_receipts", path = "/v1/receipts", tag = "register", security(("device" = [])), request_body = Vec<Receipt>,
    responses((status = 200, description = "Taken; `version` is always 1", body = Accepted)))]
pub async fn put(
    State(front): State<Front>,
    Owner(owner): Owner,
    JsonBody(receipts): JsonBody<Vec<Receipt>>,
) -> Answered {
    check::receipts(&receipts)?;
    accepted(front.inner.register.put_receipts(owner, receipts, front.now()).await?)
}
