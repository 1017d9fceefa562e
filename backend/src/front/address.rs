//! Whose address a request counts under.

use std::net::{IpAddr, Ipv4Addr};

use axum::{extract::FromRequestParts, http::request::Parts};

use super::Front;
use crate::http::{problem::ApiError, serve::Client};

/// The address of the one who asks, as far as it can be known behind proxies of our own.
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<Front> for ClientAddress {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Front) -> Result<Self, ApiError> {
        Ok(Self(parts.extensions.get::<Client>().map_or(Ipv4Addr::UNSPECIFIED.into(), |client| client.0)))
    }
}
