//! What a device keeps under ids of its own: trips, check-ins, calls, messages. Each kind says how urgent it is and what it may
//! name; the rest is the same for all.

use axum::extract::State;
use contract::record::{Accepted, Call, CheckIn, Kind, Message, Record, Trip, check_version};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Answered, accepted, id};
use crate::{
    front::{
        Front,
        auth::{PaperToken, Writer},
        known,
        writes::Urgency,
    },
    http::{
        json::JsonBody,
        limits::body_limit,
        params::{Params, Segment},
        problem::ApiError,
    },
    register::{
        RegisterError,
        kept::{Incoming, Kept},
    },
};

pub fn routes() -> OpenApiRouter<Front> {
    let record = |routes, kind: Kind| body_limit(OpenApiRouter::new().routes(routes), kind.max_bytes());
    record(routes!(put_trip, delete_trip), Kind::Trip)
        .merge(record(routes!(put_check_in, delete_check_in), Kind::CheckIn))
        .merge(record(routes!(put_call), Kind::Call))
        .merge(record(routes!(put_message), Kind::Message))
}

/// What the front asks of a kind before the register has it.
trait Taken: Kept {
    fn urgency(&self) -> Urgency;

    /// The places and the key that it names are known.
    fn must_be_known(&self, front: &Front) -> Result<(), ApiError>;
}

async fn keep<R: Taken>(front: &Front, writer: Writer, id: Segment, record: R) -> Answered {
    put(front, &writer, record.urgency(), checked(front, id, &record)?).await
}

fn checked<R: Taken>(front: &Front, Segment(text): Segment, record: &R) -> Result<Incoming, ApiError> {
    let id: R::Id = id(&text)?;
    record.check()?;
    record.must_be_known(front)?;
    Ok(Incoming::new(id, record).map_err(RegisterError::from)?)
}

/// What stands already is answered and not written: it counts as no write.
async fn put(front: &Front, writer: &Writer, urgency: Urgency, record: Incoming) -> Answered {
    front.inner.writes.may_ask(writer)?;
    if let Some(stands) = front.inner.register.answered(writer.device, &record).await? {
        return accepted(stands);
    }
    front.inner.writes.admit(writer, urgency, record.bytes())?;
    accepted(front.inner.register.put(writer.device, record, front.now()).await?)
}

impl Taken for Trip {
    fn urgency(&self) -> Urgency {
        Urgency::Ordinary
    }

    fn must_be_known(&self, front: &Front) -> Result<(), ApiError> {
        for (index, leg) in self.legs.iter().enumerate() {
            known::country(Some(leg.country), &format!("/legs/{index}/country"))?;
            known::airport(leg.airport, &format!("/legs/{index}/airport"))?;
        }
        known::sealed(&self.sealed, front, "/sealed/key_id")
    }
}

/// A higher version replaces a lower; what the register holds is the answer. Another device's trip moves to whoever sends
/// the token of its code on paper.
#[utoipa::path(put, operation_id = "put_trip", path = "/v1/trips/{id}", tag = "register", security(("device" = [])), request_body = Trip,
    params(("id" = String, Path, description = "UUIDv4 made by the app"),
        ("paper-token" = Option<String>, Header, description = "The token of the trip's code on paper, where it is another device's")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 409, description = "version_conflict: this version is held with other content, or as a deletion; trip_moved: another device took it over with a code on paper", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or writes without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
async fn put_trip(
    State(front): State<Front>,
    writer: Writer,
    PaperToken(paper): PaperToken,
    id: Segment,
    JsonBody(trip): JsonBody<Trip>,
) -> Answered {
    put(&front, &writer, trip.urgency(), checked(&front, id, &trip)?.with_paper(paper)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deletion {
    version: Option<String>,
}

impl Deletion {
    fn version(self) -> Result<u32, ApiError> {
        let version = self.version.and_then(|text| text.parse().ok());
        let version = version.ok_or_else(|| ApiError::invalid("/version", "the query must name a version"))?;
        check_version(version)?;
        Ok(version)
    }
}

/// Leaves a tombstone that only a higher version revives.
#[utoipa::path(delete, operation_id = "delete_trip", path = "/v1/trips/{id}", tag = "register", security(("device" = [])),
    params(("id" = String, Path, description = "UUIDv4 made by the app"),
        ("version" = u32, Query, description = "The version of the deletion"),
        ("paper-token" = Option<String>, Header, description = "The token of the trip's code on paper, where it is another device's")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 409, description = "trip_moved: another device took it over with a code on paper", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or writes without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
async fn delete_trip(
    State(front): State<Front>,
    writer: Writer,
    PaperToken(paper): PaperToken,
    Segment(text): Segment,
    Params(deletion): Params<Deletion>,
) -> Answered {
    let tombstone = Incoming::tombstone::<Trip>(id(&text)?, deletion.version()?);
    put(&front, &writer, Urgency::Ordinary, tombstone.with_paper(paper)).await
}

impl Taken for CheckIn {
    fn urgency(&self) -> Urgency {
        if self.asks_for_help() { Urgency::Help } else { Urgency::Ordinary }
    }

    fn must_be_known(&self, front: &Front) -> Result<(), ApiError> {
        known::country(self.country, "/country")?;
        known::airport(self.airport, "/airport")?;
        match &self.sealed {
            Some(sealed) => known::sealed(sealed, front, "/sealed/key_id"),
            None => Ok(()),
        }
    }
}

/// "I am safe", "I need help", "I have left", "I am stranded".
#[utoipa::path(put, operation_id = "put_check_in", path = "/v1/check-ins/{id}", tag = "register", security(("device" = [])), request_body = CheckIn,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 409, description = "version_conflict: this version is held with other content", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or writes without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
async fn put_check_in(
    State(front): State<Front>,
    writer: Writer,
    id: Segment,
    JsonBody(check_in): JsonBody<CheckIn>,
) -> Answered {
    keep(&front, writer, id, check_in).await
}

/// The word was taken back and counts for nothing; leaves a tombstone that only a higher version revives.
#[utoipa::path(delete, operation_id = "delete_check_in", path = "/v1/check-ins/{id}", tag = "register", security(("device" = [])),
    params(("id" = String, Path, description = "UUIDv4 made by the app"),
        ("version" = u32, Query, description = "The version of the deletion")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or writes without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
async fn delete_check_in(
    State(front): State<Front>,
    writer: Writer,
    Segment(text): Segment,
    Params(deletion): Params<Deletion>,
) -> Answered {
    let tombstone = Incoming::tombstone::<CheckIn>(id(&text)?, deletion.version()?);
    put(&front, &writer, Urgency::Ordinary, tombstone).await
}

impl Taken for Call {
    /// Whoever called may be in need, and nobody else knows yet.
    fn urgency(&self) -> Urgency {
        Urgency::Help
    }

    fn must_be_known(&self, _: &Front) -> Result<(), ApiError> {
        known::country(self.country, "/country")
    }
}

/// A tap on the call button. It says "called", not "in need".
#[utoipa::path(put, operation_id = "put_call", path = "/v1/calls/{id}", tag = "register", security(("device" = [])), request_body = Call,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 409, description = "version_conflict: this version is held with other content", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or calls without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
async fn put_call(State(front): State<Front>, writer: Writer, id: Segment, JsonBody(call): JsonBody<Call>) -> Answered {
    keep(&front, writer, id, call).await
}

impl Taken for Message {
    /// Nobody here knows what it says: somebody in need may have written it.
    fn urgency(&self) -> Urgency {
        Urgency::Device
    }

    fn must_be_known(&self, front: &Front) -> Result<(), ApiError> {
        known::sealed(&self.sealed, front, "/sealed/key_id")
    }
}

/// What a traveller writes to the desk, sealed.
#[utoipa::path(put, operation_id = "put_message", path = "/v1/messages/{id}", tag = "register", security(("device" = [])), request_body = Message,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "What the register now holds", body = Accepted),
        (status = 409, description = "version_conflict: this version is held with other content", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "quota_reached or too_many_requests: the device has as much as it may, or writes without end; Retry-After", body = contract::http::Problem, content_type = "application/problem+json")))]
async fn put_message(
    State(front): State<Front>,
    writer: Writer,
    id: Segment,
    JsonBody(message): JsonBody<Message>,
) -> Answered {
    keep(&front, writer, id, message).await
}
