//! Whose address a request counts under.

use std::net::{IpAddr, Ipv4Addr};

use axum::{extract::FromRequestParts, http::request::Parts};

use super::Front;
use crate::http::{address::client, problem::ApiError, serve::Peer};

/// The address of the one who asks, as far as it can be known behind proxies of our own.
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<Front> for ClientAddress {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, front: &Front) -> Result<Self, ApiError> {
        let peer = parts.extensions.get::<Peer>().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.0.ip());
        Ok(Self(client(peer, &parts.headers, front.inner.hops)))
    }
}
