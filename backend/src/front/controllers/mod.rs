//! One file a resource; what a device keeps under ids of its own is one.

pub mod bulletin;
pub mod cap;
pub mod devices;
pub mod letters;
pub mod receipts;
pub mod records;
pub mod service;
pub mod stream;

use axum::{Json, http::StatusCode};
use contract::{ids::InvalidId, record::Accepted};
use uuid::Uuid;

use crate::http::problem::ApiError;

/// So many bytes of the log that one reader alone asked for, and a frame more at the most, wait in memory for it.
const AT_ONCE: usize = 64 * 1024;

/// An id in an address that no app makes is an address of nothing.
fn id<T: std::str::FromStr<Err = InvalidId> + Into<Uuid> + Copy>(text: &str) -> Result<T, ApiError> {
    let id: T = text.parse().map_err(|_| ApiError::not_found())?;
    let uuid: Uuid = id.into();
    if uuid.is_nil() { Err(ApiError::not_found()) } else { Ok(id) }
}

type Answered = Result<(StatusCode, Json<Accepted>), ApiError>;

fn accepted(accepted: Accepted) -> Answered {
    Ok((StatusCode::OK, Json(accepted)))
}
