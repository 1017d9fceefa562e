//! A device: made by the app, exported and erased at its word.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::record::{Accepted, Device, Record};

use super::{Answered, accepted, id};
use crate::{
    front::{Front, auth::Owner},
    http::{json::JsonBody, params::Segment, problem::ApiError},
    register::Export,
};

/// Makes a device; no login. The same id with the same token hash is the same device.
#[utoipa::path(put, operation_id = "put_device", path = "/v1/devices/{id}", tag = "devices", request_body = Device,
    params(("id" = String, Path, description = "UUIDv4 made by the app")),
    responses((status = 200, description = "Known from now on", body = Accepted),
        (status = 409, description = "device_taken", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn put(
    State(front): State<Front>,
    Segment(device_id): Segment,
    JsonBody(device): JsonBody<Device>,
) -> Answered {
    let device_id = id(&device_id)?;
    device.check()?;
    accepted(front.inner.register.put_device(device_id, device, front.now()).await?)
}

/// Everything the register holds of this device.
#[utoipa::path(get, operation_id = "export_device", path = "/v1/devices/self/export", tag = "devices", security(("device" = [])),
    responses((status = 200, description = "All of it; the private part is sealed", body = Export)))]
pub async fn export(State(front): State<Front>, Owner(owner): Owner) -> Result<Response, ApiError> {
    let export = front.inner.register.export(owner).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(export)).into_response())
}

/// Erases the device and everything it sent, at once.
#[utoipa::path(delete, operation_id = "erase_device", path = "/v1/devices/self", tag = "devices", security(("device" = [])),
    responses((status = 204, description = "Nothing is left")))]
pub async fn erase(State(front): State<Front>, Owner(owner): Owner) -> Result<StatusCode, ApiError> {
    front.inner.register.erase(owner).await?;
    Ok(StatusCode::NO_CONTENT)
}
