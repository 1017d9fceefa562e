//! Who asks: no route but those of signing in answers anything without a session, whatever the host it was asked by.

use std::net::IpAddr;

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contract::hash::Hash;
use jiff::Timestamp;

use super::{
    House,
    fault::{Code, Fault},
    push,
    roles::Right,
    rota,
    signature::Signed,
    sms,
};
use crate::{
    desk::{
        audit::Deed,
        casework::{CaseworkError, officers::Badge},
        office::Carried,
    },
    http::serve::Client,
};

/// The longest body of any request: a letter, or fifty cases.
pub const BODY: usize = 64 * 1024;

/// What is answered without a session.
const OPEN: [&str; 5] = ["/healthz", "/v1/enrolment", "/v1/enrolment/options", "/v1/sign-in", "/v1/sign-in/options"];

/// The officer of a request, and the session that it came by.
#[derive(Debug, Clone)]
pub struct Asking {
    pub officer: Badge,
    pub token: String,
    pub until: Timestamp,
}

impl Asking {
    /// # Errors
    /// The officer's role does not have it.
    pub fn must(&self, right: Right) -> Result<(), Fault> {
        if self.officer.role.may(right) {
            Ok(())
        } else {
            Err(Fault::new(Code::Forbidden, "this role has no such right"))
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asking {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Fault::unauthorized)
    }
}

/// Lets through what has a session and is signed by its key, and says what a browser may do with the answer.
pub async fn guard(State(house): State<House>, request: Request, next: Next) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let is_file = reads && is_of_the_page(request.uri().path());
    let mut response = match let_in(&house, request, is_file).await {
        Ok(request) => next.run(request).await,
        Err(fault) => fault.into_response(),
    };
    harden(response.headers_mut(), house.origin().is_https(), is_file);
    response
}

fn is_of_the_page(path: &str) -> bool {
    ["/", "/favicon.ico", "/worker.js"].contains(&path) || path.starts_with("/assets/")
}

async fn let_in(house: &House, request: Request, is_file: bool) -> Result<Request, Fault> {
    let path = request.uri().path();
    if is_file {
        return Ok(request);
    }
    if OPEN.contains(&path) {
        house.origin().check(request.method(), request.headers())?;
        return Ok(request);
    }
    if let Some(carried) = carried(path) {
        // whoever carries something out is no officer, and sees nothing
        must_carry(house, carried, request.headers())?;
        return Ok(request);
    }
    let token = token(house, request.headers()).ok_or_else(Fault::unauthorized)?;
    let address = request.extensions().get::<Client>().map(|client| client.0);
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, BODY).await.map_err(|_| Fault::new(Code::BodyTooLarge, "the body is too large"))?;
    let signed = Signed::read(&parts.method, &parts.uri, &parts.headers, &body);
    let asking = who(house, token, signed, address).await?;
    // whoever signs it is this page: another one has no key, and still is told that it is another
    house.origin().check(&parts.method, &parts.headers)?;
    parts.extensions.insert(asking);
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// What whoever asks by this path carries, by a credential of its own.
fn carried(path: &str) -> Option<Carried> {
    match path {
        sms::PATH | rota::WAKES_PATH => Some(Carried::Sms),
        push::DUE_PATH => Some(Carried::Pushes),
        _ => None,
    }
}

fn must_carry(house: &House, carried: Carried, headers: &HeaderMap) -> Result<(), Fault> {
    let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = said.and_then(|said| said.strip_prefix("Bearer ")).ok_or_else(Fault::unauthorized)?;
    // of two hashes, the time to tell them apart says nothing about the credential
    if Hash::of(token.as_bytes()) == house.inner.credentials.of(carried) { Ok(()) } else { Err(Fault::unauthorized()) }
}

async fn who(house: &House, token: String, signed: Option<Signed>, address: Option<IpAddr>) -> Result<Asking, Fault> {
    let now = house.office().now();
    let asked = token.clone();
    let session = house.office().work(move |rooms| rooms.casework.reading().session(&asked, now)).await;
    let session = match session {
        Err(CaseworkError::NotFound) => return Err(Fault::unauthorized()),
        session => session?,
    };
    let takes = |signed: &Signed| house.seen().takes(signed, &token, &session.public_key, now);
    let is_from_there = address.is_some_and(|address| address.to_string() == session.address);
    if !is_from_there || !signed.is_some_and(|signed| takes(&signed)) {
        // somebody who tries on and on fills no disk
        if address.is_none_or(|address| house.inner.tries.take(&address).is_ok()) {
            note_refused(house, &session.officer, now).await;
        }
        return Err(Fault::unauthorized());
    }
    Ok(Asking { officer: session.officer, token, until: session.until })
}

/// A cookie without its key may be a stolen one: whoever reads the audit file sees it.
async fn note_refused(house: &House, officer: &Badge, now: Timestamp) {
    let deed = Deed::new(now, &officer.name, "session_refused");
    if let Err(error) = house.office().work(move |rooms| rooms.audit(&[deed])).await {
        tracing::error!(error = &error as &dyn std::error::Error, "a refused session was not noted");
    }
}

fn token(house: &House, headers: &HeaderMap) -> Option<String> {
    let name = house.origin().cookie();
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(said, _)| *said == name).map(|(_, token)| token.to_owned())
}

/// The header that gives a browser its session, or with no token takes it away.
pub fn cookie(house: &House, token: Option<&str>) -> (header::HeaderName, String) {
    let secure = if house.origin().is_https() { "; Secure" } else { "" };
    let (token, age) = match token {
        Some(token) => (token, ""),
        None => ("", "; Max-Age=0"),
    };
    let name = house.origin().cookie();
    (header::SET_COOKIE, format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{age}"))
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

fn harden(headers: &mut HeaderMap, is_https: bool, is_file: bool) {
    let all = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in all {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    // a file says itself how long it may be kept
    if !is_file || !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
