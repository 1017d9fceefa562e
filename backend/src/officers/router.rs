//! Every route of the desk's own listener, on one page.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, Ref, RefOr, ResponseBuilder,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    House, audit, board, cases, events,
    fault::{Code, Fault},
    files, headcount, incidents, intake, mailings, push, rota, search,
    session::{BODY, guard},
    sign_in, sms, staff,
};
use crate::http::{guard::in_time, problem::panicked};
use contract::http::{PROBLEM_JSON, Problem};

#[derive(OpenApi)]
#[openapi(
    info(title = "Saparlas desk", description = "What officers' consoles ask of the desk. Each request but those of \
        signing in comes with a session's cookie, and is signed by the session's key."),
    components(schemas(Fault, Problem)),
    modifiers(&Session)
)]
struct Document;

struct Session;

impl Modify for Session {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let description = "The cookie that signing in sets; with it come desk-time, desk-nonce and desk-signature.";
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description("desk", description)));
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("session", cookie);
        for carried in ["sms", "push"] {
            components.add_security_scheme(carried, SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        }
    }
}

fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(sign_in::enrolment_options))
        .routes(routes!(sign_in::enrol))
        .routes(routes!(sign_in::sign_in_options))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in::session, sign_in::sign_out))
        .routes(routes!(board::board))
        .routes(routes!(board::flood))
        .routes(routes!(cases::closed, intake::save))
        .routes(routes!(cases::case))
        .routes(routes!(cases::act))
        .routes(routes!(cases::act_on_many))
        .routes(routes!(cases::messages, cases::write))
        .routes(routes!(cases::ask_for_sign))
        .routes(routes!(headcount::headcount))
        .routes(routes!(incidents::all, incidents::enter))
        .routes(routes!(incidents::report))
        .routes(routes!(headcount::course))
        .routes(routes!(headcount::print))
        .routes(routes!(headcount::table))
        .routes(routes!(headcount::say_harm))
        .routes(routes!(audit::lines))
        .routes(routes!(staff::all, staff::add))
        .routes(routes!(staff::link))
        .routes(routes!(staff::end))
        .routes(routes!(intake::drafts))
        .routes(routes!(intake::keep, intake::give_up))
        .routes(routes!(intake::take))
        .routes(routes!(intake::tie))
        .routes(routes!(intake::look_up))
        .routes(routes!(search::search))
        .routes(routes!(search::alike))
        .routes(routes!(mailings::receivers))
        .routes(routes!(mailings::all, mailings::write))
        .routes(routes!(mailings::agree))
        .routes(routes!(mailings::give_up))
        .routes(routes!(mailings::answer_many))
        .routes(routes!(events::events))
        .routes(routes!(rota::rota, rota::add))
        .routes(routes!(rota::give_up))
        .routes(routes!(rota::set_number))
        .routes(routes!(push::browsers, push::set))
        .routes(routes!(push::give_up))
        .routes(routes!(push::hand_out))
        .routes(routes!(sms::take))
        .routes(routes!(rota::hand_out))
}

/// The OpenAPI document of the desk's own listener.
///
/// # Errors
/// Never in practice: it is plain JSON.
pub fn openapi_document() -> Result<String, serde_json::Error> {
    let mut document = Document::openapi();
    document.merge(routes().split_for_parts().1);
    say_how_it_fails(&mut document);
    document.to_pretty_json()
}

/// What any operation may be answered, with the codes: what it names itself stays.
fn say_how_it_fails(document: &mut utoipa::openapi::OpenApi) {
    // what is the same at every listener is told in the same words
    const SHARED: [&str; 3] = ["400", "408", "415"];
    let usual = [
        ("400", "body_not_json, or not what it should be"),
        ("401", "unauthorized: sign in"),
        ("403", "forbidden, or wrong_origin"),
        ("404", "not_found"),
        ("408", "timeout"),
        ("409", "case_changed, case_taken, case_closed, case_joined, not_possible"),
        ("413", "body_too_large"),
        ("415", "content_type_not_json"),
        ("422", "field_invalid: the pointer names the field"),
        ("429", "too_many_requests"),
        ("500", "internal"),
        ("503", "standby, unavailable"),
    ];
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            for (status, description) in usual {
                let answer = || {
                    let schema = if SHARED.contains(&status) { "Problem" } else { "Fault" };
                    let problem = Content::new(Some(Ref::from_schema_name(schema)));
                    RefOr::T(ResponseBuilder::new().description(description).content(PROBLEM_JSON, problem).build())
                };
                operation.responses.responses.entry(status.to_owned()).or_insert_with(answer);
            }
        }
    }
}

pub(super) fn router(house: House) -> Result<Router, serde_json::Error> {
    let document = openapi_document()?;
    let openapi = get(async || ([(axum::http::header::CONTENT_TYPE, "application/json")], document));
    let (router, _) = routes().split_for_parts();
    let router = router
        .route("/", get(files::index))
        .route("/worker.js", get(files::worker))
        .route("/assets/{*name}", get(files::asset))
        .route("/healthz", get(async || "ok\n"))
        .route("/openapi.json", openapi)
        .fallback(|| async { Fault::not_found() })
        .method_not_allowed_fallback(|| async {
            Fault::new(Code::MethodNotAllowed, "this resource does not take that method")
        })
        .layer(DefaultBodyLimit::max(BODY))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(house.clone(), guard));
    Ok(router.with_state(house))
}
