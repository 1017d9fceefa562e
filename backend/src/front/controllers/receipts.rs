//! Receipts.

use axum::extract::State;
use contract::record::{Accepted, Receipts, Record};

use super::{Answered, accepted};
use crate::{
    front::{Front, auth::Writer, writes::Urgency},
    http::{json::JsonBody, problem::ApiError},
};

/// About how many bytes the register has for one.
const BYTES: u64 = 256;

/// How advisories reached a traveller, up to 500 at a time. A time once told is not taken back.
#[utoipa::path(put, operation_id = "put_receipts", path = "/v1/receipts", tag = "register", security(("device" = [])), request_body = Receipts,
    responses((status = 200, description = "Taken; `version` is always 1", body = Accepted),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or writes without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(State(front): State<Front>, writer: Writer, JsonBody(receipts): JsonBody<Receipts>) -> Answered {
    receipts.check()?;
    front.inner.writes.admit(&writer, Urgency::Ordinary, receipts.0.len() as u64 * BYTES)?;
    must_be_known(&receipts, &front).await?;
    accepted(front.inner.register.put_receipts(writer.device, receipts.0, front.now()).await?)
}

/// A receipt is of an entry that is in the log.
async fn must_be_known(receipts: &Receipts, front: &Front) -> Result<(), ApiError> {
    for (index, receipt) in receipts.0.iter().enumerate() {
        if !front.inner.log.holds(receipt.entry.clone(), receipt.version).await? {
            return Err(ApiError::invalid(format!("/{index}/entry"), "the bulletin has no such entry in this version"));
        }
    }
    Ok(())
}
