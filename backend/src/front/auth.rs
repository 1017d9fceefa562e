//! Who asks: a device by its token, or the desk by its credential. Only hashes are stored and compared.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use contract::ids::DeviceId;

use super::{Front, token_hash};
use crate::http::problem::ApiError;

/// The device whose token came with the request.
pub struct Owner(pub DeviceId);

impl FromRequestParts<Front> for Owner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, front: &Front) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).ok_or_else(ApiError::unauthorized)?;
        let device = front.inner.register.device_with_token(token_hash(token)).await?;
        device.map(Self).ok_or_else(ApiError::unauthorized)
    }
}

/// The ministry's desk.
pub struct Desk;

impl FromRequestParts<Front> for Desk {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, front: &Front) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).ok_or_else(ApiError::unauthorized)?;
        // of two hashes, the time to tell them apart says nothing about the credential
        if token_hash(token) == front.inner.settings.desk_credential_hash {
            Ok(Self)
        } else {
            Err(ApiError::unauthorized())
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
