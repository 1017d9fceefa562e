//! The log as it is read: by polling, in pages, whole.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{bulletin::PAGE, problem::Code};

use crate::{
    front::Front,
    http::{params::Segment, problem::ApiError},
};

pub const JWS: &str = "application/jose";
const NDJSON: &str = "application/x-ndjson";
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The newest signed head, a compact JWS.
#[utoipa::path(get, path = "/v1/bulletin/head", tag = "bulletin",
    params(("If-None-Match" = Option<String>, Header, description = "The ETag last seen")),
    responses((status = 200, description = "Compact JWS over the head", body = String, content_type = "application/jose"),
        (status = 304, description = "Nothing newer")))]
pub async fn head(State(front): State<Front>, headers: HeaderMap) -> Response {
    let head = front.inner.log.head();
    let caching = [(header::ETAG, head.etag.clone()), (header::CACHE_CONTROL, "public, no-cache".to_owned())];
    if is_known(&headers, &head.etag) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, [(header::CONTENT_TYPE, JWS)], head.jws.clone()).into_response()
}

fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}

/// Frames of one page, one JSON object a line; they never change.
#[utoipa::path(get, path = "/v1/bulletin/frames/{range}", tag = "bulletin",
    params(("range" = String, Path, description = "`{from}-{to}`, both in one page of 64: page k holds 64k+1 to 64k+64")),
    responses((status = 200, description = "Frames {seq, prev, entry}", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "page_not_aligned", body = contract::problem::Problem, content_type = "application/problem+json"),
        (status = 404, description = "Beyond the newest frame", body = contract::problem::Problem, content_type = "application/problem+json")))]
pub async fn frames(State(front): State<Front>, Segment(range): Segment) -> Result<Response, ApiError> {
    let (from, to) = range.split_once('-').and_then(read_range).ok_or_else(ApiError::not_found)?;
    if from == 0 || to < from || (from - 1) / PAGE != (to - 1) / PAGE {
        let title = "both ends must stand in one page of 64 frames";
        return Err(ApiError::new(StatusCode::BAD_REQUEST, Code::PageNotAligned, title));
    }
    if to > front.inner.log.head().seq {
        return Err(ApiError::not_found());
    }
    let mut lines = String::new();
    for frame in front.inner.log.frames(from, to).await? {
        lines += &serde_json::to_string(&frame).map_err(crate::log::LogError::Row)?;
        lines.push('\n');
    }
    Ok(immutable(NDJSON, lines.into_bytes()))
}

fn read_range((from, to): (&str, &str)) -> Option<(u64, u64)> {
    Some((from.parse().ok()?, to.parse().ok()?))
}

/// The live entries at `seq`, one JWS a line; the head at `seq` names their SHA-256.
#[utoipa::path(get, path = "/v1/bulletin/snapshot/{seq}", tag = "bulletin",
    params(("seq" = u64, Path, description = "A place in the log")),
    responses((status = 200, description = "Compact JWS, one a line", body = String, content_type = "text/plain"),
        (status = 404, description = "Beyond the newest frame", body = contract::problem::Problem, content_type = "application/problem+json")))]
pub async fn snapshot(State(front): State<Front>, Segment(seq): Segment) -> Result<Response, ApiError> {
    let seq = seq.parse().ok().filter(|seq| *seq <= front.inner.log.head().seq).ok_or_else(ApiError::not_found)?;
    Ok(immutable("text/plain; charset=utf-8", front.inner.log.snapshot(seq).await?))
}

/// Key set `n`, signed by the roots.
#[utoipa::path(get, path = "/v1/bulletin/keys/{n}", tag = "bulletin",
    params(("n" = u32, Path, description = "The number of the key set")),
    responses((status = 200, description = "JWS in JSON form over a key set", body = String, content_type = "application/jose+json"),
        (status = 404, description = "No such key set", body = contract::problem::Problem, content_type = "application/problem+json")))]
pub async fn keys(State(front): State<Front>, Segment(n): Segment) -> Result<Response, ApiError> {
    if n == "1" {
        Ok(immutable("application/jose+json", front.inner.key_set.clone().into_bytes()))
    } else {
        Err(ApiError::not_found())
    }
}

fn immutable(content_type: &'static str, bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, IMMUTABLE)], bytes).into_response()
}
