//! The log as it is read: by polling, in pages, whole.

use std::sync::Arc;

use axum::{
    Extension,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    http::{Code, JOSE},
    log::PAGE,
};

use futures_util::{StreamExt, stream};

use crate::{
    coded::{Coded, Coding},
    front::{Front, controllers::AT_ONCE, shared::Immutable},
    http::{params::Segment, problem::ApiError, underway::Holds},
    log::{Bulletin, LogError, Statement},
};

const NDJSON: &str = "application/x-ndjson";
/// Of zstd, for what is compressed once for all who read it.
const LEVEL: i32 = 9;
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The newest signed head, a compact JWS.
#[utoipa::path(get, path = "/v1/bulletin/head", tag = "bulletin",
    params(("If-None-Match" = Option<String>, Header, description = "The ETag last seen")),
    responses((status = 200, description = "Compact JWS over the head", body = String, content_type = "application/jose"),
        (status = 304, description = "Nothing newer"),
        (status = 503, description = "unavailable: restored from a backup, and no head is signed yet", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn head(State(front): State<Front>, headers: HeaderMap) -> Result<Response, ApiError> {
    let head = front.inner.log.head().ok_or(LogError::AwaitsDesk)?;
    Ok(statement(&headers, &head))
}

/// The desk's newest word on how far the log is its own, a compact JWS.
#[utoipa::path(get, path = "/v1/bulletin/watermark", tag = "bulletin",
    params(("If-None-Match" = Option<String>, Header, description = "The ETag last seen")),
    responses((status = 200, description = "Compact JWS over the watermark", body = String, content_type = "application/jose"),
        (status = 304, description = "Nothing newer"),
        (status = 404, description = "The desk has not spoken yet", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn watermark(State(front): State<Front>, headers: HeaderMap) -> Result<Response, ApiError> {
    let watermark = front.inner.log.watermark().ok_or_else(ApiError::not_found)?;
    Ok(statement(&headers, &watermark))
}

fn statement(headers: &HeaderMap, statement: &Arc<Statement>) -> Response {
    let caching = [(header::ETAG, statement.etag.clone()), (header::CACHE_CONTROL, "public, no-cache".to_owned())];
    if is_known(headers, &statement.etag) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, [(header::CONTENT_TYPE, JOSE)], statement.jws.clone()).into_response()
}

pub(super) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
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
        (status = 400, description = "page_not_aligned", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 404, description = "Beyond the newest frame", body = contract::http::Problem, content_type = "application/problem+json"),
        (status = 410, description = "gone: below the oldest snapshot still served", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn frames(
    State(front): State<Front>,
    Segment(range): Segment,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (from, to) = range.split_once('-').and_then(read_range).ok_or_else(ApiError::not_found)?;
    if from == 0 || to < from || (from - 1) / PAGE != (to - 1) / PAGE {
        let title = "both ends must stand in one page of 64 frames";
        return Err(ApiError::new(Code::PageNotAligned, title));
    }
    let log = &front.inner.log;
    if to > log.seq() {
        return Err(ApiError::not_found());
    }
    if from <= log.gone() {
        return Err(LogError::Gone(log.gone()).into());
    }
    let coding = Coding::of(&headers);
    if to - from + 1 < PAGE {
        return Ok(immutable(NDJSON, coding, part(front, coding, from, to).await?));
    }
    let page = async {
        let (text, _) = lines(log, from, to, usize::MAX).await?;
        Ok(aside(move || Coded::new(text, LEVEL)).await?)
    };
    shared(&front, NDJSON, coding, Immutable::Page(from), page).await
}

/// A part of a page, a piece at a time as it is read: it is one reader's, so however slow, it keeps little in memory.
async fn part(front: Front, coding: Coding, from: u64, to: u64) -> Result<Body, LogError> {
    let (first, next) = piece(&front, coding, from, to).await?;
    if next > to {
        return Ok(first.into());
    }
    let rest = stream::try_unfold((front, next), move |(front, from)| async move {
        if from > to {
            return Ok::<_, LogError>(None);
        }
        let (bytes, next) = piece(&front, coding, from, to).await?;
        Ok(Some((bytes, (front, next))))
    });
    Ok(Body::from_stream(stream::iter([Ok(first)]).chain(rest)))
}

/// As many frames as go into a piece, one at least, and the place after them.
async fn piece(front: &Front, coding: Coding, from: u64, to: u64) -> Result<(Bytes, u64), LogError> {
    let (text, next) = lines(&front.inner.log, from, to, AT_ONCE).await?;
    Ok((aside(move || coding.write(text)).await?, next))
}

/// Frames of about so many bytes, one at least, and the place after them.
async fn lines(log: &Bulletin, from: u64, to: u64, bytes: usize) -> Result<(String, u64), LogError> {
    let mut lines = String::new();
    let frames = log.frames(from, to, bytes).await?;
    for frame in &frames {
        lines += &serde_json::to_string(frame).map_err(LogError::Row)?;
        lines.push('\n');
    }
    Ok((lines, frames.last().map_or(to, |last| last.seq) + 1))
}

fn read_range((from, to): (&str, &str)) -> Option<(u64, u64)> {
    Some((from.parse().ok()?, to.parse().ok()?))
}

/// What lives at the place that a watermark names, one line {seq, entry} each; the watermark names its SHA-256.
#[utoipa::path(get, path = "/v1/bulletin/snapshot/{hash}", tag = "bulletin",
    params(("hash" = String, Path, description = "SHA-256 of its bytes, base64url")),
    responses((status = 200, description = "Lines {seq, entry}", body = String, content_type = "application/x-ndjson"),
        (status = 404, description = "No watermark of the last days names it", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn snapshot(
    State(front): State<Front>,
    Segment(hash): Segment,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let hash = hash.parse().map_err(|_| ApiError::not_found())?;
    let bytes = async {
        let bytes = front.inner.log.snapshot(hash).await?.ok_or_else(ApiError::not_found)?;
        Ok(aside(move || Coded::new(bytes, LEVEL)).await?)
    };
    shared(&front, NDJSON, Coding::of(&headers), Immutable::Snapshot(hash), bytes).await
}

/// A key set, signed by the roots of the one before and its own.
#[utoipa::path(get, path = "/v1/bulletin/keys/{number}", tag = "bulletin",
    params(("number" = u32, Path, description = "From 1")),
    responses((status = 200, description = "JWS in JSON form", body = serde_json::Value, content_type = "application/jose+json"),
        (status = 404, description = "Not made yet", body = contract::http::Problem, content_type = "application/problem+json")))]
pub async fn keys(State(front): State<Front>, Segment(number): Segment) -> Result<Response, ApiError> {
    let number = number.parse().map_err(|_| ApiError::not_found())?;
    let document = front.inner.log.key_set(number).ok_or_else(ApiError::not_found)?;
    Ok(immutable("application/jose+json", Coding::Plain, document))
}

/// What is in memory once for all who read it.
async fn shared(
    front: &Front,
    content_type: &'static str,
    coding: Coding,
    what: Immutable,
    make: impl Future<Output = Result<Coded, ApiError>>,
) -> Result<Response, ApiError> {
    let coded = front.inner.shared.get(what, make).await?;
    Ok(immutable(content_type, coding, coded.shared(coding)))
}

/// Compresses off the async threads: everybody else's answers would wait for it.
async fn aside<T: Send + 'static>(
    compress: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, LogError> {
    let compressed = tokio::task::spawn_blocking(compress).await.map_err(std::io::Error::from).flatten();
    compressed.map_err(LogError::Coding)
}

/// A warning is refused to nobody, however many long answers wait for slow readers: none of this is weighed.
fn immutable(content_type: &'static str, coding: Coding, body: impl Into<Body>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, IMMUTABLE), (header::VARY, "accept-encoding")];
    let coding = coding.name().map(|name| [(header::CONTENT_ENCODING, name)]);
    (Extension(Holds(0)), headers, coding, body.into()).into_response()
}
