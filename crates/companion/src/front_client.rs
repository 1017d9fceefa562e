//! The ministry's front over HTTP: one method an endpoint. It believes nothing it is told about words;
//! that is the bulletin's to judge.

#![deny(missing_docs)]

mod link;

use std::{sync::Arc, time::Duration};

use contract::{
    hash::Hash,
    http::{Code, PAPER_TOKEN, PROBLEM_JSON, Problem, REGISTER_EPOCH, path},
    ids::DeviceId,
    log::Frame,
    record::{Accepted, Kind, Letters, NumberedLetter, PaperTrips, Record},
};
use futures_util::{StreamExt, future::BoxFuture};
use reqwest::{
    Client, Method, Request, Response, StatusCode,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use serde::Deserialize;
use tokio::time::timeout;
use url::Url;

pub use link::Link;

/// The largest answer read, in bytes.
const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// A front that asks for more patience than this is not obeyed.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(15 * 60);
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Why nothing came back, in whatever words the carrier has.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What carries a request to the front and brings the answer. It is handed in, so that a test can own the network.
pub trait Transport: Send + Sync {
    /// Sends one request and gives the answer as soon as its headers are there.
    fn carry(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>>;
}

impl Transport for Client {
    fn carry(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        Box::pin(async move { Ok(self.execute(request).await?) })
    }
}

#[derive(Debug, thiserror::Error)]
pub enum FrontError {
    #[error("nothing answers")]
    Unreachable(#[source] BoxError),
    #[error("something else answers in the front's place")]
    CaptivePortal,
    #[error("the front answers {status}")]
    Trouble { status: StatusCode, retry_after: Option<Duration> },
    /// The front understood and said no: the same request will be answered the same.
    #[error("the front refuses: {code:?}")]
    Refused {
        code: Code,
        /// JSON pointer to the field at fault.
        pointer: Option<String>,
    },
    #[error("the answer is not what the contract says")]
    NotUnderstood,
}

impl FrontError {
    /// What this error says about the way to the front.
    pub fn link(&self) -> Link {
        match self {
            Self::Unreachable(error) => Link::of_failure(&**error),
            Self::CaptivePortal => Link::CaptivePortal,
            Self::Trouble { .. } | Self::Refused { .. } | Self::NotUnderstood => Link::ServerTrouble,
        }
    }

    /// How long the front asks to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Trouble { retry_after, .. } => *retry_after,
            Self::Unreachable(_) | Self::CaptivePortal | Self::Refused { .. } | Self::NotUnderstood => None,
        }
    }
}

pub struct FrontClient {
    transport: Arc<dyn Transport>,
    base: Url,
}

/// An answer with the register's epoch: believed in an answer to a device, a hint in any other.
pub struct WithEpoch<T> {
    pub body: T,
    pub epoch: Option<String>,
}

/// A head or a watermark.
pub enum Tagged {
    NotModified,
    New { compact: String, tag: Option<String> },
}

/// An answer that came whole.
struct Whole {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl FrontClient {
    pub fn new(transport: Arc<dyn Transport>, base: Url) -> Self {
        Self { transport, base }
    }

    pub async fn head(&self, tag: Option<&str>) -> Result<WithEpoch<Tagged>, FrontError> {
        self.tagged(path::HEAD, tag).await
    }

    /// The desk's newest watermark.
    pub async fn watermark(&self, tag: Option<&str>) -> Result<WithEpoch<Tagged>, FrontError> {
        self.tagged(path::WATERMARK, tag).await
    }

    /// What is asked for again and again: it is not sent where it is what `tag` names.
    async fn tagged(&self, path: &str, tag: Option<&str>) -> Result<WithEpoch<Tagged>, FrontError> {
        let mut request = self.request(Method::GET, path)?;
        if let Some(tag) = tag {
            set(&mut request, header::IF_NONE_MATCH, tag)?;
        }
        let answer = self.ask(request).await?;
        let epoch = epoch_of(&answer.headers);
        let body = if answer.status == StatusCode::NOT_MODIFIED {
            Tagged::NotModified
        } else {
            Tagged::New { tag: text_of(&answer.headers, header::ETAG), compact: answer.text }
        };
        Ok(WithEpoch { body, epoch })
    }

    pub async fn key_set(&self, number: u32) -> Result<String, FrontError> {
        self.get(&path::keys(number)).await
    }

    pub async fn snapshot(&self, hash: Hash) -> Result<String, FrontError> {
        self.get(&path::snapshot(hash)).await
    }

    /// Frames `from` to `to`, both in one page.
    pub async fn frames(&self, from: u64, to: u64) -> Result<Vec<Frame>, FrontError> {
        let lines = self.get(&path::frames(from, to)).await?;
        lines.lines().map(|line| serde_json::from_str(line).map_err(|_| FrontError::NotUnderstood)).collect()
    }

    /// The event stream from after `seq`; it has no end of its own.
    pub async fn stream(&self, seq: u64) -> Result<Response, FrontError> {
        let mut request = self.request(Method::GET, path::STREAM)?;
        set(&mut request, header::ACCEPT, "text/event-stream")?;
        set(&mut request, HeaderName::from_static("last-event-id"), &seq.to_string())?;
        self.send(request).await
    }

    /// Puts a record under the path of its kind; a list of receipts has no id. Only a device's own needs no token.
    pub async fn put<R: Record>(
        &self,
        id: &str,
        token: Option<&str>,
        record: &R,
    ) -> Result<WithEpoch<Accepted>, FrontError> {
        self.put_by(id, token, None, record).await
    }

    /// The same with the token of a code on paper, where it is by that that the record moves here.
    pub async fn put_by<R: Record>(
        &self,
        id: &str,
        token: Option<&str>,
        paper: Option<&str>,
        record: &R,
    ) -> Result<WithEpoch<Accepted>, FrontError> {
        let mut request = self.request(Method::PUT, &path::record(R::KIND, id))?;
        with_paper(&mut request, paper)?;
        set(&mut request, header::CONTENT_TYPE, "application/json")?;
        let body = serde_json::to_vec(record).map_err(|_| FrontError::NotUnderstood)?;
        *request.body_mut() = Some(body.into());
        self.tell(request, token).await
    }

    pub async fn delete(
        &self,
        kind: Kind,
        id: &str,
        version: u32,
        token: &str,
        paper: Option<&str>,
    ) -> Result<WithEpoch<Accepted>, FrontError> {
        let path = format!("{}?version={version}", path::record(kind, id));
        let mut request = self.request(Method::DELETE, &path)?;
        with_paper(&mut request, paper)?;
        self.tell(request, Some(token)).await
    }

    /// The trips of a device that are sealed to the code on paper with this token.
    pub async fn paper(&self, device: DeviceId, token: &str) -> Result<PaperTrips, FrontError> {
        let mut request = self.request(Method::GET, &path::paper(device))?;
        set(&mut request, header::AUTHORIZATION, &format!("Bearer {token}"))?;
        serde_json::from_str(&self.ask(request).await?.text).map_err(|_| FrontError::NotUnderstood)
    }

    /// Everything that the register holds of the device with this token, as it answers.
    pub async fn export(&self, token: &str) -> Result<String, FrontError> {
        let mut request = self.request(Method::GET, path::EXPORT)?;
        set(&mut request, header::AUTHORIZATION, &format!("Bearer {token}"))?;
        Ok(self.ask(request).await?.text)
    }

    /// What the desk wrote to the device with this token, after a number.
    pub async fn letters(&self, token: &str, since: u64) -> Result<Letters, FrontError> {
        let mut request = self.request(Method::GET, &format!("{}?since={since}", path::MESSAGES))?;
        set(&mut request, header::AUTHORIZATION, &format!("Bearer {token}"))?;
        letters(&self.ask(request).await?.text).map_err(|_| FrontError::NotUnderstood)
    }

    /// Has the register erase the device with this token, and all that it sent. One that is not known is gone already.
    pub async fn erase(&self, token: &str) -> Result<(), FrontError> {
        let mut request = self.request(Method::DELETE, path::SELF)?;
        set(&mut request, header::AUTHORIZATION, &format!("Bearer {token}"))?;
        match self.ask(request).await {
            Ok(_) | Err(FrontError::Refused { code: Code::Unauthorized | Code::NotFound, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The one host that this app speaks to by itself.
    pub fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    fn request(&self, method: Method, path: &str) -> Result<Request, FrontError> {
        let url = self.base.join(path).map_err(|_| FrontError::NotUnderstood)?;
        Ok(Request::new(method, url))
    }

    async fn get(&self, path: &str) -> Result<String, FrontError> {
        Ok(self.ask(self.request(Method::GET, path)?).await?.text)
    }

    async fn tell(&self, mut request: Request, token: Option<&str>) -> Result<WithEpoch<Accepted>, FrontError> {
        if let Some(token) = token {
            set(&mut request, header::AUTHORIZATION, &format!("Bearer {token}"))?;
        }
        let answer = self.ask(request).await?;
        let body = serde_json::from_str(&answer.text).map_err(|_| FrontError::NotUnderstood)?;
        Ok(WithEpoch { body, epoch: epoch_of(&answer.headers) })
    }

    /// Sends a request and reads the answer to its end, in time.
    async fn ask(&self, request: Request) -> Result<Whole, FrontError> {
        let whole = async {
            let response = self.send(request).await?;
            let (status, headers) = (response.status(), response.headers().clone());
            Ok(Whole { status, headers, text: text(response).await? })
        };
        timeout(ANSWER_WITHIN, whole).await.unwrap_or_else(|late| Err(FrontError::Unreachable(late.into())))
    }

    /// Sends and sorts the answer. The front itself never redirects and never speaks HTML.
    async fn send(&self, request: Request) -> Result<Response, FrontError> {
        // no path that was put together may lead elsewhere
        if request.url().origin() != self.base.origin() {
            return Err(FrontError::NotUnderstood);
        }
        let response = self.transport.carry(request).await.map_err(FrontError::Unreachable)?;
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED || status.is_success() && !is_html(&response) {
            return Ok(response);
        }
        if status.is_redirection() || status.is_success() || status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
            return Err(FrontError::CaptivePortal);
        }
        Err(no(response).await)
    }
}

/// A letter that is none holds up no other.
fn letters(text: &str) -> serde_json::Result<Letters> {
    let mut page: serde_json::Value = serde_json::from_str(text)?;
    if let Some(letters) = page.get_mut("letters").and_then(serde_json::Value::as_array_mut) {
        letters.retain(|letter| NumberedLetter::deserialize(letter).is_ok());
    }
    serde_json::from_value(page)
}

/// What kind of no this answer is.
async fn no(response: Response) -> FrontError {
    let status = response.status();
    let retry_after = text_of(response.headers(), header::RETRY_AFTER)
        .and_then(|value| value.parse().ok())
        .map(|seconds: u64| Duration::from_secs(seconds).min(LONGEST_RETRY_AFTER));
    let is_problem =
        text_of(response.headers(), header::CONTENT_TYPE).is_some_and(|value| value.starts_with(PROBLEM_JSON));
    let passes =
        status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT);
    if passes || !is_problem {
        return FrontError::Trouble { status, retry_after };
    }
    let text = match text(response).await {
        Ok(text) => text,
        Err(error) => return error,
    };
    // of the codes that this app does not know only a field's fault is final: another's no is no answer to the record
    let is_final = status == StatusCode::UNPROCESSABLE_ENTITY;
    match serde_json::from_str::<Problem>(&text) {
        Ok(problem) if problem.code == Code::Other && !is_final => FrontError::Trouble { status, retry_after },
        Ok(problem) => FrontError::Refused { code: problem.code, pointer: problem.pointer },
        Err(_unreadable) => FrontError::Trouble { status, retry_after },
    }
}

fn with_paper(request: &mut Request, token: Option<&str>) -> Result<(), FrontError> {
    token.map_or(Ok(()), |token| set(request, HeaderName::from_static(PAPER_TOKEN), token))
}

fn set(request: &mut Request, name: HeaderName, value: &str) -> Result<(), FrontError> {
    let value = HeaderValue::from_str(value).map_err(|_| FrontError::NotUnderstood)?;
    request.headers_mut().insert(name, value);
    Ok(())
}

/// The register's epoch in an answer.
pub fn epoch_of(headers: &HeaderMap) -> Option<String> {
    text_of(headers, HeaderName::from_static(REGISTER_EPOCH))
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn is_html(response: &Response) -> bool {
    text_of(response.headers(), header::CONTENT_TYPE)
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("text/html"))
}

async fn text(response: Response) -> Result<String, FrontError> {
    let mut bytes = Vec::new();
    let mut body = response.bytes_stream();
    while let Some(chunk) = body.next().await {
        bytes.extend_from_slice(&chunk.map_err(|broken| FrontError::Unreachable(broken.into()))?);
        if bytes.len() > MAX_ANSWER {
            return Err(FrontError::NotUnderstood);
        }
    }
    String::from_utf8(bytes).map_err(|_| FrontError::NotUnderstood)
}

#[cfg(test)]
mod tests;
