//! The public key of a device, to which the desk seals letters.

use axum::{Json, extract::State};
use contract::{ids::DeviceId, record::Device};

use crate::{
    front::{Front, auth::Reader},
    http::{params::Segment, problem::ApiError},
    register::RegisterError,
};

/// A device as it was put.
#[utoipa::path(get, path = "/v1/devices/{id}", operation_id = "device", tag = "desk", security(("read" = [])),
    params(("id" = String, Path, description = "UUID")),
    responses((status = 200, description = "The device", body = Device)))]
pub async fn device(State(front): State<Front>, _: Reader, Segment(id): Segment) -> Result<Json<Device>, ApiError> {
    let id: DeviceId = id.parse().map_err(|_| ApiError::not_found())?;
    match front.inner.register.device(id).await {
        Ok(device) => Ok(Json(device)),
        Err(RegisterError::UnknownDevice) => Err(ApiError::not_found()),
        Err(error) => Err(error.into()),
    }
}
