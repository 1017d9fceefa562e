//! Trips.

use axum::extract::State;
use contract::record::{Accepted, Record, Trip};
use serde::Deserialize;

use super::{Answered, accepted, id};
use crate::{
    front::{Front, auth::Owner, known, writes::Urgency},
    http::{
        json::JsonBody,
        params::{Params, Segment},
        problem::ApiError,
    },
};

/// A higher version replaces a lower; what the register holds is the answer.
#[utoipa::path(put, operation_id = "put_trip", path = "/v1/trips/{id}", tag = "register", security(("device" = [])), request_body = Trip,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 409, description = "version_conflict: this version is held with other content, or as a deletion", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or writes without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(front): State<Front>,
    Owner(owner): Owner,
    Segment(trip_id): Segment,
    JsonBody(trip): JsonBody<Trip>,
) -> Answered {
    let trip_id = id(&trip_id)?;
    trip.check()?;
    front.inner.writes.admit(owner, Urgency::Ordinary)?;
    must_be_known(&trip, &front)?;
    accepted(front.inner.register.put_trip(owner, trip_id, trip, front.now()).await?)
}

fn must_be_known(trip: &Trip, front: &Front) -> Result<(), ApiError> {
    for (index, leg) in trip.legs.iter().enumerate() {
        known::country(Some(leg.country), &format!("/legs/{index}/country"))?;
        known::airport(leg.airport, &format!("/legs/{index}/airport"))?;
    }
    known::sealed(&trip.sealed, front, "/sealed/key_id")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deletion {
    version: Option<String>,
}

/// Leaves a tombstone that only a higher version revives.
#[utoipa::path(delete, operation_id = "delete_trip", path = "/v1/trips/{id}", tag = "register", security(("device" = [])),
    params(("id" = String, Path, description = "UUIDv4 made by the app"),
        ("version" = u32, Query, description = "The version of the deletion")),
    responses((status = 200, description = "What the register now holds", body = Accepted)))]
pub async fn delete(
    State(front): State<Front>,
    Owner(owner): Owner,
    Segment(trip_id): Segment,
    Params(deletion): Params<Deletion>,
) -> Answered {
    let trip_id = id(&trip_id)?;
    let version = deletion.version.and_then(|text| text.parse().ok()).filter(|version| *version >= 1);
    let version = version.ok_or_else(|| ApiError::invalid("/version", "the query must name a version from 1"))?;
    accepted(front.inner.register.delete_trip(owner, trip_id, version, front.now()).await?)
}
