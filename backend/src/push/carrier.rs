//! Brings a push to its push service, and says what that said.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use jiff::Timestamp;
use reqwest::{Client, ClientBuilder, Response, StatusCode, header};
use serde::{Deserialize, Serialize};

use super::{reach::Reach, sealed::Sealed};
use crate::causes::chain;

/// Where a push service that is away or full does not say when it is to be tried again.
const AGAIN_S: u32 = 5;

/// What became of a push at its push service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It has it, and brings it when the browser can be reached.
    Taken,
    /// Its browser takes pushes no more.
    Gone,
    /// It is away, or takes no more for now.
    Later {
        after_s: u32,
    },
    Refused,
}

pub struct Carrier {
    http: Client,
    reach: Reach,
}

impl Carrier {
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(builder: ClientBuilder, reach: Reach) -> reqwest::Result<Self> {
        // what a proxy connects to, nobody here sees
        let http = builder.no_proxy().dns_resolver(Arc::new(reach)).build()?;
        Ok(Self { http, reach })
    }

    pub async fn carry(&self, push: &Sealed, now: Timestamp) -> Outcome {
        let Ok(body) = B64.decode(&push.body) else { return Outcome::Refused };
        if !self.reach.allows(&push.endpoint) {
            tracing::error!("an endpoint leads inside: nothing was sent");
            return Outcome::Refused;
        }
        let request = self.http.post(push.endpoint.clone()).body(body).header("ttl", push.ttl_s);
        let request = request.header("urgency", push.urgency.word()).header("topic", &push.topic);
        let request = request.header(header::CONTENT_ENCODING, "aes128gcm");
        match request.header(header::AUTHORIZATION, &push.authorization).send().await {
            Ok(answer) => outcome(&answer, now),
            Err(error) => {
                // where it goes to is nobody's to read
                tracing::warn!("a push service cannot be reached: {}", chain(&error.without_url()));
                Outcome::Later { after_s: AGAIN_S }
            }
        }
    }
}

fn outcome(answer: &Response, now: Timestamp) -> Outcome {
    let status = answer.status();
    if status.is_success() {
        return Outcome::Taken;
    }
    tracing::warn!(%status, "a push was not taken");
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Gone,
        StatusCode::TOO_MANY_REQUESTS => Outcome::Later { after_s: wait(answer, now) },
        other if other.is_server_error() => Outcome::Later { after_s: wait(answer, now) },
        _ => Outcome::Refused,
    }
}

/// `Retry-After`, in seconds or as a time (RFC 9110, section 10.2.3).
fn wait(answer: &Response, now: Timestamp) -> u32 {
    let said = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    said.and_then(|said| seconds(said, now)).unwrap_or(AGAIN_S)
}

fn seconds(said: &str, now: Timestamp) -> Option<u32> {
    if let Ok(seconds) = said.trim().parse() {
        return Some(seconds);
    }
    let at = jiff::fmt::rfc2822::parse(said).ok()?.timestamp();
    Some(u32::try_from(at.duration_since(now).as_secs()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_said_in_seconds_or_as_a_time() {
        let now = "2026-03-01T22:00:00Z".parse().unwrap();
        assert_eq!(seconds("120", now), Some(120));
        assert_eq!(seconds("Sun, 01 Mar 2026 22:00:30 GMT", now), Some(30));
        assert_eq!(seconds("Sun, 01 Mar 2026 21:00:30 GMT", now), Some(0));
        assert_eq!(seconds("soon", now), None);
    }
}
