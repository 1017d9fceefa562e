//! Every route of the inside listener: the desk's own, by two credentials, and what it checks the log with.

mod devices;
mod entries;
mod headcount;
mod keys;
mod messages;
mod records;
mod service;
mod snapshots;
mod watermark;

use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Front, controllers as c, router};
use crate::http::{
    api::{self, Tokens},
    limits::{self, body_limit},
};

#[derive(OpenApi)]
#[openapi(
    info(title = "Saparlas front, inside", description = "What the desk asks of the front. Never for the public."),
    modifiers(&Tokens)
)]
struct Document;

fn publishing() -> OpenApiRouter<Front> {
    OpenApiRouter::new()
        .merge(body_limit(OpenApiRouter::new().routes(routes!(entries::publish)), limits::ENTRIES))
        .merge(body_limit(OpenApiRouter::new().routes(routes!(snapshots::put)), limits::SNAPSHOT))
        .merge(body_limit(OpenApiRouter::new().routes(routes!(keys::put)), limits::STATEMENT))
        .merge(body_limit(OpenApiRouter::new().routes(routes!(watermark::put)), limits::STATEMENT))
        .merge(body_limit(OpenApiRouter::new().routes(routes!(messages::post)), limits::LETTERS))
}

fn reading() -> OpenApiRouter<Front> {
    OpenApiRouter::new()
        .routes(routes!(headcount::headcount))
        .routes(routes!(records::records))
        .routes(routes!(devices::device))
}

fn service() -> OpenApiRouter<Front> {
    OpenApiRouter::new().routes(routes!(service::metrics)).routes(routes!(c::service::healthz))
}

fn routes() -> OpenApiRouter<Front> {
    publishing().merge(reading()).merge(service()).merge(router::bulletin()).merge(router::newest())
}

/// The OpenAPI document of the inside listener.
///
/// # Errors
/// Never in practice: it is plain JSON.
pub fn openapi_document() -> Result<String, serde_json::Error> {
    api::document(Document::openapi(), routes())
}

pub(super) fn router(front: Front) -> Result<Router, serde_json::Error> {
    Ok(api::finish(routes(), front.inner.metrics.clone(), openapi_document()?).with_state(front))
}
