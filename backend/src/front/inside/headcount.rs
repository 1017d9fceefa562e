//! How many there are.

use axum::{Json, extract::State};
use contract::{place::CountryCode, record::Headcount};
use serde::Deserialize;

use crate::{
    front::{Front, auth::Reader},
    http::{params::Params, problem::ApiError},
    register::Where,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    country: Option<String>,
    airport: Option<String>,
    at: Option<String>,
}

/// People in a place at a time. Who is overdue stands beside the total, and is in the counts of how people are.
#[utoipa::path(get, path = "/v1/headcount", tag = "desk", security(("read" = [])),
    params(("country" = Option<String>, Query, description = "ISO 3166-1 alpha-2; its airports' transits are counted too"),
        ("airport" = Option<String>, Query, description = "IATA; one of country and airport"),
        ("at" = String, Query, description = "RFC 3339")),
    responses((status = 200, description = "The count", body = Headcount)))]
pub async fn headcount(
    State(front): State<Front>,
    _: Reader,
    Params(question): Params<Question>,
) -> Result<Json<Headcount>, ApiError> {
    let at = question.at.and_then(|text| text.parse().ok());
    let at = at.ok_or_else(|| ApiError::invalid("/at", "must be a time, RFC 3339"))?;
    let place = match (question.country, question.airport) {
        (Some(code), None) => code.parse::<CountryCode>().map(Where::Country),
        (None, Some(code)) => code.parse().map(Where::Airport),
        (Some(_), Some(_)) | (None, None) => {
            return Err(ApiError::invalid("/country", "name one country or one airport"));
        }
    };
    let place = place.map_err(|error| ApiError::invalid("/country", error.to_string()))?;
    Ok(Json(front.inner.register.headcount(place, at).await?))
}
