//! Addresses and queries, their faults told like any other.

use axum::{
    extract::{FromRequestParts, Path, Query},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use super::problem::ApiError;

/// The one parameter of a path.
pub struct Segment(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(segment)| Self(segment)).map_err(|_| ApiError::not_found())
    }
}

pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(params)| Self(params)).map_err(|rejection| ApiError::invalid("", rejection.body_text()))
    }
}

/// A number after which is asked; where nothing is said, from the beginning.
///
/// # Errors
/// It is none.
pub fn since(text: Option<&str>) -> Result<u64, ApiError> {
    match text {
        Some(text) => {
            text.parse().map_err(|_| ApiError::invalid("/since", "must be a number, `next` of the page before"))
        }
        None => Ok(0),
    }
}
