//! How many there are, as the front counts coarsely.

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use contract::{
    place::{AirportCode, CountryCode},
    record::Headcount,
};
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    House,
    fault::{Code, Fault},
    roles::Right,
    session::Asking,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    country: Option<String>,
    airport: Option<String>,
    at: Option<String>,
}

/// People in a place at a time.
#[utoipa::path(get, path = "/v1/headcount", operation_id = "headcount", tag = "headcount", security(("session" = [])),
    params(("country" = Option<String>, Query, description = "ISO 3166-1 alpha-2"),
        ("airport" = Option<String>, Query, description = "IATA; one of country and airport"),
        ("at" = Option<String>, Query, description = "RFC 3339; now where nothing is said")),
    responses((status = 200, description = "The count", body = Headcount)))]
pub async fn headcount(
    State(house): State<House>,
    asking: Asking,
    query: Result<Query<Question>, QueryRejection>,
) -> Result<Json<Headcount>, Fault> {
    asking.must(Right::Headcount)?;
    let question = query.map_err(|rejection| Fault::field("", rejection.body_text()))?.0;
    let at: Timestamp = match question.at {
        None => house.office().now(),
        Some(text) => text.parse().map_err(|_| Fault::field("/at", "must be a time, RFC 3339"))?,
    };
    let wrong = || Fault::field("/country", "name one country or one airport");
    let (kind, code) = match (question.country, question.airport) {
        (Some(code), None) => ("country", code.parse::<CountryCode>().map_err(|_| wrong())?.to_string()),
        (None, Some(code)) => ("airport", code.parse::<AirportCode>().map_err(|_| wrong())?.to_string()),
        (Some(_), Some(_)) | (None, None) => return Err(wrong()),
    };
    let counted = house.inner.front.headcount((kind, &code), at).await;
    counted.map(Json).map_err(|error| {
        tracing::warn!(error = &error as &dyn std::error::Error, "the front did not count");
        Fault::new(Code::FrontAway, "the front does not answer")
    })
}
