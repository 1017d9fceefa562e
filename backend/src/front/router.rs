//! Every route of the front, on one page.

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, Ref, ResponseBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Front, controllers as c, middleware};
use crate::http::{
    limits, metrics,
    problem::{self, ApiError},
};

#[derive(OpenApi)]
#[openapi(
    info(title = "Saparlas front", description = "The public side of a ministry: its bulletin, and its register."),
    modifiers(&Tokens)
)]
struct Document;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        for (name, description) in [
            ("device", "The token that a device made; the register holds its SHA-256 only."),
            ("desk", "The credential of the ministry's desk."),
        ] {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description)).build();
            components.add_security_scheme(name, SecurityScheme::Http(scheme));
        }
    }
}

fn bulletin() -> OpenApiRouter<Front> {
    OpenApiRouter::new()
        .routes(routes!(c::bulletin::head))
        .routes(routes!(c::bulletin::frames))
        .routes(routes!(c::bulletin::snapshot))
        .routes(routes!(c::bulletin::keys))
        .routes(routes!(c::stream::stream))
        .routes(routes!(c::cap::atom))
        .routes(routes!(c::cap::alert))
}

fn desk() -> OpenApiRouter<Front> {
    OpenApiRouter::new()
        .merge(OpenApiRouter::new().routes(routes!(c::entries::publish)).layer(DefaultBodyLimit::max(limits::ENTRY)))
        .routes(routes!(c::officer::headcount))
}

fn devices() -> OpenApiRouter<Front> {
    OpenApiRouter::new()
        .routes(routes!(c::devices::put))
        .routes(routes!(c::devices::export))
        .routes(routes!(c::devices::erase))
        .routes(routes!(c::trips::put, c::trips::delete))
        .routes(routes!(c::check_ins::put))
        .routes(routes!(c::calls::put))
        .merge(OpenApiRouter::new().routes(routes!(c::receipts::put)).layer(DefaultBodyLimit::max(limits::RECEIPTS)))
}

fn service() -> OpenApiRouter<Front> {
    OpenApiRouter::new()
        .routes(routes!(c::service::openapi))
        .routes(routes!(c::service::healthz))
        .routes(routes!(c::service::metrics))
}

/// Any request may be answered with a problem.
fn say_how_it_fails(document: &mut utoipa::openapi::OpenApi) {
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    let answer = ResponseBuilder::new()
        .description("Any fault, with its stable code; 422 names the field")
        .content(contract::problem::CONTENT_TYPE, problem)
        .build();
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.insert("default".to_owned(), answer.clone().into());
        }
    }
}

pub fn openapi_document() -> Result<String, serde_json::Error> {
    let all = bulletin().merge(desk()).merge(devices()).merge(service());
    let (_, routes) = all.split_for_parts();
    let mut document = Document::openapi();
    document.merge(routes);
    say_how_it_fails(&mut document);
    document.to_pretty_json()
}

pub fn router(front: Front) -> Router {
    let epoch = from_fn_with_state(front.clone(), middleware::register_epoch);
    // a head is signed noise that does not compress, and is polled
    let compressible = DefaultPredicate::new().and(NotForContentType::const_new(c::bulletin::JWS));
    let (router, _) = bulletin().merge(desk()).merge(devices().route_layer(epoch)).merge(service()).split_for_parts();
    router
        .fallback(|| async { ApiError::not_found() })
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(CompressionLayer::new().compress_when(compressible))
        .layer(from_fn_with_state(front.inner.metrics.clone(), metrics::account))
        .with_state(front)
}
