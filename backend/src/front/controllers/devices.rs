//! A device: made by the app, exported and erased at its word.

use axum::{
    Extension,
    body::Body,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::record::{Accepted, Device, PaperTrips, Record};
use futures_util::{StreamExt, stream};

use super::{Answered, accepted, id};
use crate::{
    front::{
        Front,
        address::ClientAddress,
        auth::{Owner, PaperHolder},
        writes::Urgency,
    },
    http::{admission::neighbourhood, json::JsonBody, params::Segment, problem::ApiError, underway::Holds},
    register::{
        RegisterError,
        export::{Export, Exporter, PAGE_BYTES},
    },
};

/// Makes a device; no login. The same id with the same token hash is the same device.
#[utoipa::path(put, operation_id = "put_device", path = "/v1/devices/{id}", tag = "devices", request_body = Device,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "Known from now on", body = Accepted),
        (status = 409, description = "device_taken", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests: so many new devices of one address; Retry-After says when", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(front): State<Front>,
    Segment(device_id): Segment,
    ClientAddress(address): ClientAddress,
    JsonBody(device): JsonBody<Device>,
) -> Answered {
    let device_id = id(&device_id)?;
    device.check()?;
    // one that is known is the same request again, and no new device
    if front.inner.register.device_with_token(device.token_hash).await? != Some(device_id) {
        front.inner.writes.room_for(Urgency::Device)?;
        front.inner.device_rate.take(&neighbourhood(address)).map_err(ApiError::too_many)?;
    }
    accepted(
        front
            .inner
            .register
            .put_device(device_id, device, Some(front.inner.networks.name(address)), front.now())
            .await?,
    )
}

/// Everything the register holds of this device.
#[utoipa::path(get, operation_id = "export_device", path = "/v1/devices/self/export", tag = "devices", security(("device" = [])),
    responses((status = 200, description = "All of it; the private part is sealed", body = Export)))]
pub async fn export(State(front): State<Front>, Owner(owner): Owner) -> Result<Response, ApiError> {
    let mut exporter = Exporter::new(owner);
    // its beginning decides whether there is such a device
    let first = exporter.next(&*front.inner.register).await?;
    // it is made as it is read: a page is in memory, with the longest record for its last
    let holds = Holds(PAGE_BYTES + front.inner.register.longest(owner).await?);
    let rest = stream::unfold((front, exporter), |(front, mut exporter)| async move {
        let piece = exporter.next(&*front.inner.register).await.transpose()?;
        Some((piece, (front, exporter)))
    });
    let body = Body::from_stream(stream::iter(first.map(Ok)).chain(rest).fuse());
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "application/json")];
    Ok((Extension(holds), headers, body).into_response())
}

/// The trips of a device that are sealed to a code on paper, to whoever has the code. An unknown device, another code, one
/// that a newer one made void and one whose trips are gone are answered alike.
#[utoipa::path(get, operation_id = "export_paper", path = "/v1/devices/{id}/paper", tag = "devices", security(("paper" = [])),
    params(("id" = String, Path, description = "The device that made the code")),
    responses((status = 200, description = "What opens with the code alone", body = PaperTrips),
        (status = 429, description = "too_many_requests: so many codes were tried from one address; Retry-After says when", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn paper(
    State(front): State<Front>,
    Segment(device): Segment,
    ClientAddress(address): ClientAddress,
    PaperHolder(token): PaperHolder,
) -> Result<Response, ApiError> {
    let device = id(&device)?;
    front.inner.paper_rate.take(&neighbourhood(address)).map_err(ApiError::too_many)?;
    let trips = front.inner.register.on_paper(device, token).await?;
    if trips.is_empty() {
        return Err(ApiError::unauthorized());
    }
    let body = serde_json::to_string(&PaperTrips { trips }).map_err(RegisterError::from)?;
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "application/json")];
    Ok((Extension(Holds(body.len())), headers, body).into_response())
}

/// Erases the device and everything it sent, at once.
#[utoipa::path(delete, operation_id = "erase_device", path = "/v1/devices/self", tag = "devices", security(("device" = [])),
    responses((status = 204, description = "Nothing is left")))]
pub async fn erase(State(front): State<Front>, Owner(owner): Owner) -> Result<StatusCode, ApiError> {
    front.inner.register.erase(owner, front.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
