//! One file a resource.

pub mod bulletin;
pub mod calls;
pub mod cap;
pub mod check_ins;
pub mod devices;
pub mod receipts;
pub mod service;
pub mod stream;
pub mod trips;

use axum::{Json, http::StatusCode};
use contract::{ids::InvalidId, record::Accepted};

use crate::http::problem::ApiError;

/// An id in an address that is none is an address of nothing.
fn id<T: std::str::FromStr<Err = InvalidId>>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::not_found())
}

type Answered = Result<(StatusCode, Json<Accepted>), ApiError>;

fn accepted(accepted: Accepted) -> Answered {
    Ok((StatusCode::OK, Json(accepted)))
}
