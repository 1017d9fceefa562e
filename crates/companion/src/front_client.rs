//! The ministry's front over HTTP: one method an endpoint. It believes nothing it is told about words;
//! that is the bulletin's to judge.

use std::time::Duration;

use contract::{
    http::{self, Code, Problem},
    log::Frame,
    record::{self, Accepted, EPOCH_HEADER},
};
use futures_util::StreamExt;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde::Serialize;
use ts_rs::TS;
use url::Url;

/// The largest answer read, in bytes.
const MAX_ANSWER: usize = 8 * 1024 * 1024;
/// A front that asks for more patience than this is not obeyed.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(15 * 60);
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
pub enum FrontError {
    #[error("nothing answers")]
    Unreachable(#[source] reqwest::Error),
    #[error("something else answers in the front's place")]
    CaptivePortal,
    #[error("the front answers {status}")]
    Trouble { status: StatusCode, retry_after: Option<Duration> },
    /// The front understood and said no: the same request will be answered the same.
    #[error("the front refuses: {code:?}")]
    Refused { status: StatusCode, code: Code },
    #[error("the answer is not what the contract says")]
    NotUnderstood,
}

/// How things stand between this device and the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Not tried yet, or no ministry is set.
    #[default]
    Idle,
    Connected,
    /// No network, or nothing answers.
    Unreachable,
    /// Something else answers in the ministry's place: a Wi-Fi page to sign in to.
    CaptivePortal,
    /// The ministry's server answers with an error.
    ServerTrouble,
}

pub struct FrontClient {
    http: Client,
    base: Url,
}

/// An answer to a device, with the register's epoch.
pub struct Answer<T> {
    pub body: T,
    pub epoch: Option<String>,
}

pub enum HeadAnswer {
    NotModified,
    New { jws: String, tag: Option<String> },
}

impl FrontError {
    /// What this error says about the way to the front.
    pub fn link(&self) -> Link {
        match self {
            Self::Unreachable(_) => Link::Unreachable,
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

impl FrontClient {
    pub fn new(http: Client, base: Url) -> Self {
        Self { http, base }
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, FrontError> {
        let url = self.base.join(path).map_err(|_| FrontError::NotUnderstood)?;
        Ok(self.http.request(method, url))
    }

    pub async fn head(&self, tag: Option<&str>) -> Result<HeadAnswer, FrontError> {
        let mut request = self.request(Method::GET, "/v1/bulletin/head")?.timeout(ANSWER_WITHIN);
        if let Some(tag) = tag {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        let response = send(request).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(HeadAnswer::NotModified);
        }
        let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
        Ok(HeadAnswer::New { jws: text(response).await?, tag })
    }

    pub async fn key_set(&self, number: u32) -> Result<String, FrontError> {
        let request = self.request(Method::GET, &format!("/v1/bulletin/keys/{number}"))?.timeout(ANSWER_WITHIN);
        text(send(request).await?).await
    }

    pub async fn snapshot(&self, seq: u64) -> Result<String, FrontError> {
        let request = self.request(Method::GET, &format!("/v1/bulletin/snapshot/{seq}"))?.timeout(ANSWER_WITHIN);
        text(send(request).await?).await
    }

    /// Frames `from` to `to`, both in one page.
    pub async fn frames(&self, from: u64, to: u64) -> Result<Vec<Frame>, FrontError> {
        let request = self.request(Method::GET, &format!("/v1/bulletin/frames/{from}-{to}"))?.timeout(ANSWER_WITHIN);
        let lines = text(send(request).await?).await?;
        lines.lines().map(|line| serde_json::from_str(line).map_err(|_| FrontError::NotUnderstood)).collect()
    }

    /// The event stream from after `seq`; it has no end of its own.
    pub async fn stream(&self, seq: u64) -> Result<Response, FrontError> {
        let request = self
            .request(Method::GET, "/v1/bulletin/stream")?
            .header(header::ACCEPT, "text/event-stream")
            .header("last-event-id", seq.to_string());
        send(request).await
    }

    pub async fn put_device(&self, id: &str, device: &records::Device) -> Result<Answer<Accepted>, FrontError> {
        accepted(self.request(Method::PUT, &format!("/v1/devices/{id}"))?.json(device)).await
    }

    /// Puts a record under `/v1/{kind}/{id}`.
    pub async fn put(
        &self,
        kind: &str,
        id: &str,
        token: &str,
        record: &impl Serialize,
    ) -> Result<Answer<Accepted>, FrontError> {
        accepted(self.request(Method::PUT, &format!("/v1/{kind}/{id}"))?.bearer_auth(token).json(record)).await
    }

    pub async fn put_receipts(
        &self,
        token: &str,
        receipts: &[records::Receipt],
    ) -> Result<Answer<Accepted>, FrontError> {
        accepted(self.request(Method::PUT, "/v1/receipts")?.bearer_auth(token).json(receipts)).await
    }

    pub async fn delete_trip(&self, id: &str, version: u32, token: &str) -> Result<Answer<Accepted>, FrontError> {
        let path = format!("/v1/trips/{id}?version={version}");
        accepted(self.request(Method::DELETE, &path)?.bearer_auth(token)).await
    }
}

async fn accepted(request: RequestBuilder) -> Result<Answer<Accepted>, FrontError> {
    let response = send(request.timeout(ANSWER_WITHIN)).await?;
    let epoch = response.headers().get(EPOCH_HEADER).and_then(|epoch| epoch.to_str().ok()).map(str::to_owned);
    let body = serde_json::from_str(&text(response).await?).map_err(|_| FrontError::NotUnderstood)?;
    Ok(Answer { body, epoch })
}

fn is_html(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("text/html"))
}

/// Sends and sorts the answer. The front itself never redirects and never speaks HTML.
async fn send(request: RequestBuilder) -> Result<Response, FrontError> {
    let response = request.send().await.map_err(FrontError::Unreachable)?;
    let status = response.status();
    if status == StatusCode::NOT_MODIFIED || status.is_success() && !is_html(&response) {
        return Ok(response);
    }
    if status.is_redirection() || status.is_success() || status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
        return Err(FrontError::CaptivePortal);
    }
    let retry_after = response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .map(|seconds: u64| Duration::from_secs(seconds).min(LONGEST_RETRY_AFTER));
    let says_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(problem::CONTENT_TYPE.as_bytes()));
    let again = status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
        || !says_problem;
    if again {
        return Err(FrontError::Trouble { status, retry_after });
    }
    let problem: Problem =
        serde_json::from_str(&text(response).await?).map_err(|_| FrontError::Trouble { status, retry_after })?;
    Err(FrontError::Refused { status, code: problem.code })
}

async fn text(response: Response) -> Result<String, FrontError> {
    let mut bytes = Vec::new();
    let mut body = response.bytes_stream();
    while let Some(chunk) = body.next().await {
        bytes.extend_from_slice(&chunk.map_err(FrontError::Unreachable)?);
        if bytes.len() > MAX_ANSWER {
            return Err(FrontError::NotUnderstood);
        }
    }
    String::from_utf8(bytes).map_err(|_| FrontError::NotUnderstood)
}

#[cfg(test)]
mod tests;
