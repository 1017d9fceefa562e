//! What a record may name beyond its form: places that the atlas has, keys that open.

use contract::{
    place::{AirportCode, CountryCode},
    seal::Sealed,
};

use super::Front;
use crate::http::problem::ApiError;

/// # Errors
/// No country has this code.
pub fn country(code: Option<CountryCode>, pointer: &str) -> Result<(), ApiError> {
    match code {
        Some(code) if atlas::country(code).is_none() => Err(ApiError::invalid(pointer, "no country has this code")),
        Some(_) | None => Ok(()),
    }
}

/// # Errors
/// No airport has this code.
pub fn airport(code: Option<AirportCode>, pointer: &str) -> Result<(), ApiError> {
    match code {
        Some(code) if atlas::airport(code).is_none() => Err(ApiError::invalid(pointer, "no airport has this code")),
        Some(_) | None => Ok(()),
    }
}

/// # Errors
/// It is sealed to no consular key of the ministry.
pub fn sealed(sealed: &Sealed, front: &Front, pointer: &str) -> Result<(), ApiError> {
    if front.inner.log.has_consular_key(&sealed.key_id) {
        Ok(())
    } else {
        Err(ApiError::invalid(pointer, "no consular key has this name"))
    }
}
