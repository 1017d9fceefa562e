//! Every route of the public listener, on one page. No officer's and no desk's is among them.

use axum::{Router, middleware::from_fn_with_state};
use contract::record::Kind;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Front, controllers as c, middleware::register_epoch};
use crate::http::{
    api::{self, Tokens},
    limits::body_limit,
};

#[derive(OpenApi)]
#[openapi(
    info(title = "Saparlas front", description = "The public side of a ministry: its bulletin, and its register."),
    modifiers(&Tokens)
)]
struct Document;

/// What a cache may keep: never with a word about the register.
pub(super) fn bulletin() -> OpenApiRouter<Front> {
    OpenApiRouter::new()
        .routes(routes!(c::bulletin::frames))
        .routes(routes!(c::bulletin::snapshot))
        .routes(routes!(c::bulletin::keys))
}

/// What is asked anew each time; it carries the register's epoch as a hint.
pub(super) fn newest() -> OpenApiRouter<Front> {
    OpenApiRouter::new().routes(routes!(c::bulletin::head)).routes(routes!(c::stream::stream))
}

pub(super) fn watermark() -> OpenApiRouter<Front> {
    OpenApiRouter::new().routes(routes!(c::bulletin::watermark))
}

fn cap() -> OpenApiRouter<Front> {
    OpenApiRouter::new().routes(routes!(c::cap::atom)).routes(routes!(c::cap::alert))
}

fn devices() -> OpenApiRouter<Front> {
    let record = |routes, kind: Kind| body_limit(OpenApiRouter::new().routes(routes), kind.max_bytes());
    OpenApiRouter::new()
        .routes(routes!(c::devices::export))
        .routes(routes!(c::devices::erase))
        .routes(routes!(c::devices::paper))
        .routes(routes!(c::letters::since))
        .merge(record(routes!(c::devices::put), Kind::Device))
        .merge(c::records::routes())
        .merge(record(routes!(c::receipts::put), Kind::Receipts))
}

fn service() -> OpenApiRouter<Front> {
    OpenApiRouter::new().routes(routes!(c::service::capabilities)).routes(routes!(c::service::healthz))
}

/// The OpenAPI document of the public listener.
///
/// # Errors
/// Never in practice: it is plain JSON.
pub fn openapi_document() -> Result<String, serde_json::Error> {
    let all = bulletin().merge(newest()).merge(watermark()).merge(cap()).merge(devices()).merge(service());
    api::document(Document::openapi(), all)
}

pub(super) fn router(front: Front) -> Result<Router, serde_json::Error> {
    let epoch = || from_fn_with_state(front.clone(), register_epoch);
    let fresh = newest().merge(devices()).route_layer(epoch());
    let routes = bulletin().merge(watermark()).merge(cap()).merge(service()).merge(fresh);
    Ok(api::finish(routes, front.inner.metrics.clone(), openapi_document()?).with_state(front))
}
