//! Bodies that are text, their faults told like any other.

use axum::{
    extract::{FromRequest, Request},
    http::StatusCode,
};
use contract::http::Code;

use super::problem::ApiError;

pub struct TextBody(pub String);

impl<S: Send + Sync> FromRequest<S> for TextBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        String::from_request(request, state).await.map(Self).map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::new(Code::BodyTooLarge, "the body is too large")
            } else {
                ApiError::new(Code::BodyNotJson, "the body is not UTF-8 text, or not whole")
            }
        })
    }
}
