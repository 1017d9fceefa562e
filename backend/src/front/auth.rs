//! Who asks: a device by its token, or the desk by one of its credentials. Only hashes are stored and compared.

use std::{convert::Infallible, net::IpAddr};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use contract::{hash::Hash, http::PAPER_TOKEN, ids::DeviceId};

use super::{Front, address::ClientAddress};
use crate::http::problem::ApiError;

/// The device whose token came with the request.
pub struct Owner(pub DeviceId);

impl FromRequestParts<Front> for Owner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, front: &Front) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).ok_or_else(ApiError::unauthorized)?;
        let device = front.inner.register.device_with_token(Hash::of(token.as_bytes())).await?;
        device.map(Self).ok_or_else(ApiError::unauthorized)
    }
}

/// The device that writes, and from where.
pub struct Writer {
    pub device: DeviceId,
    pub address: IpAddr,
}

impl FromRequestParts<Front> for Writer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, front: &Front) -> Result<Self, ApiError> {
        let Owner(device) = Owner::from_request_parts(parts, front).await?;
        let ClientAddress(address) = ClientAddress::from_request_parts(parts, front).await?;
        Ok(Self { device, address })
    }
}

/// SHA-256 of the token of a code on paper, where one came with the request.
pub struct PaperToken(pub Option<Hash>);

impl FromRequestParts<Front> for PaperToken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Front) -> Result<Self, Infallible> {
        Ok(Self(parts.headers.get(PAPER_TOKEN).map(|token| Hash::of(token.as_bytes()))))
    }
}

/// Who has the code on paper of a device: its token stands where a device's own does.
pub struct PaperHolder(pub Hash);

impl FromRequestParts<Front> for PaperHolder {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Front) -> Result<Self, ApiError> {
        bearer(&parts.headers).map(|token| Self(Hash::of(token.as_bytes()))).ok_or_else(ApiError::unauthorized)
    }
}

/// The desk where it publishes.
pub struct Publisher;

impl FromRequestParts<Front> for Publisher {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, front: &Front) -> Result<Self, ApiError> {
        known(&parts.headers, front.inner.settings.publish_credential_hash).map(|()| Self)
    }
}

/// The desk where it counts and reads records.
pub struct Reader;

impl FromRequestParts<Front> for Reader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, front: &Front) -> Result<Self, ApiError> {
        known(&parts.headers, front.inner.settings.read_credential_hash).map(|()| Self)
    }
}

/// The desk, by either of its credentials.
pub struct Desk;

impl FromRequestParts<Front> for Desk {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, front: &Front) -> Result<Self, ApiError> {
        let settings = &front.inner.settings;
        let reads = known(&parts.headers, settings.read_credential_hash);
        reads.or_else(|_| known(&parts.headers, settings.publish_credential_hash)).map(|()| Self)
    }
}

fn known(headers: &HeaderMap, hash: Hash) -> Result<(), ApiError> {
    let token = bearer(headers).ok_or_else(ApiError::unauthorized)?;
    // of two hashes, the time to tell them apart says nothing about the credential
    if Hash::of(token.as_bytes()) == hash { Ok(()) } else { Err(ApiError::unauthorized()) }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { Some(token.trim()) } else { None }
}
