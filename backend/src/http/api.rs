//! What every listener's router has around its routes, and how its OpenAPI document is made.

use std::sync::Arc;

use axum::{
    Extension, Router,
    body::Bytes,
    extract::DefaultBodyLimit,
    http::header,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use contract::http::PROBLEM_JSON;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::{
    Modify,
    openapi::{
        Content, OpenApi, Ref, RefOr, ResponseBuilder,
        path::{Parameter, ParameterIn},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use super::{
    guard, limits,
    metrics::{self, Metrics},
    problem::{ApiError, panicked},
    underway::Holds,
};

pub struct Tokens;

impl Modify for Tokens {
    fn modify(&self, openapi: &mut OpenApi) {
        let components = openapi.components.get_or_insert_default();
        for (name, description) in [
            ("device", "The token that a device made; the register holds its SHA-256 only."),
            ("paper", "The token that is made from a code on paper; the register holds its SHA-256 only."),
            ("publish", "The credential by which the ministry's desk publishes."),
            ("read", "The credential by which the ministry's desk counts and reads records."),
        ] {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description)).build();
            components.add_security_scheme(name, SecurityScheme::Http(scheme));
        }
    }
}

/// What any operation with such a part may be answered, with the stable codes: what it names itself stays.
fn say_how_it_fails(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let takes_nothing = ["/healthz", "/openapi.json"].contains(&path.as_str());
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            let parameters = operation.parameters.as_deref().unwrap_or_default();
            let is_in = |parameter: &RefOr<Parameter>, place: &ParameterIn| match parameter {
                RefOr::T(parameter) => parameter.parameter_in == *place,
                RefOr::Ref(_) => false,
            };
            let has = |place: ParameterIn| parameters.iter().any(|parameter| is_in(parameter, &place));
            let mut answers = vec![
                ("408", "timeout: the request did not come whole in time"),
                ("500", "internal: the front failed"),
                ("503", "unavailable: the front is full, or cannot write; Retry-After says when to come back"),
            ];
            if has(ParameterIn::Path) {
                answers.push(("404", "not_found"));
            }
            if has(ParameterIn::Query) || has(ParameterIn::Header) || operation.request_body.is_some() {
                answers.push(("422", "field_invalid: the pointer names the field"));
            }
            if operation.security.is_some() {
                answers.push(("401", "unauthorized: no known token came with the request"));
            }
            if operation.request_body.is_some() {
                answers.extend([
                    ("400", "body_not_json, or not what it should be"),
                    ("413", "body_too_large"),
                    ("415", "content_type_not_json"),
                ]);
            }
            for (status, description) in answers.into_iter().filter(|_| !takes_nothing) {
                let answer = || {
                    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
                    ResponseBuilder::new().description(description).content(PROBLEM_JSON, problem).build()
                };
                operation.responses.responses.entry(status.to_owned()).or_insert_with(|| answer().into());
            }
        }
    }
}

/// The document of `routes` under the title page `document`.
///
/// # Errors
/// Never in practice: it is plain JSON.
pub fn document<S: Clone + Send + Sync + 'static>(
    mut document: OpenApi,
    routes: OpenApiRouter<S>,
) -> Result<String, serde_json::Error> {
    let (_, routes) = routes.split_for_parts();
    document.merge(routes);
    say_how_it_fails(&mut document);
    document.to_pretty_json()
}

/// Limits, faults as problems and accounts around `routes`; the document stands at `/openapi.json`.
pub fn finish<S: Clone + Send + Sync + 'static>(
    routes: OpenApiRouter<S>,
    metrics: Arc<Metrics>,
    document: String,
) -> Router<S> {
    let document = Bytes::from(document);
    let openapi = get(async || (Extension(Holds(0)), [(header::CONTENT_TYPE, "application/json")], document));
    let (router, _) = routes.split_for_parts();
    router
        .route("/openapi.json", openapi)
        .fallback(|| async { ApiError::not_found() })
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(guard::in_time))
        .layer(from_fn(guard::writes_first))
        .layer(from_fn_with_state(metrics, metrics::account))
}
