//! Brings a push to its push service, and says what that said.

use std::{sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use jiff::Timestamp;
use reqwest::{Client, ClientBuilder, StatusCode, header};
use serde::{Deserialize, Serialize};

use super::{reach::Reach, sealed::Sealed};
use crate::causes::chain;

/// Where a push service that is away or full does not say when it is to be tried again.
const AGAIN_S: u32 = 5;
/// A push service that says nothing for so long holds up what comes next.
const PATIENCE: Duration = Duration::from_secs(8);

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
        let http = builder.timeout(PATIENCE).no_proxy().dns_resolver(Arc::new(reach)).build()?;
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
            Ok(answer) => {
                let wait = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
                outcome(answer.status(), wait, now)
            }
            Err(error) => {
                // where it goes to is nobody's to read
                tracing::warn!("a push service cannot be reached: {}", chain(&error.without_url()));
                Outcome::Later { after_s: AGAIN_S }
            }
        }
    }
}

/// `wait`: what `Retry-After` says.
fn outcome(status: StatusCode, wait: Option<&str>, now: Timestamp) -> Outcome {
    if status.is_success() {
        return Outcome::Taken;
    }
    tracing::warn!(%status, "a push was not taken");
    let is_full = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
    if is_full {
        let after_s = wait.and_then(|said| seconds(said, now)).unwrap_or(AGAIN_S);
        return Outcome::Later { after_s };
    }
    let is_gone = [StatusCode::NOT_FOUND, StatusCode::GONE].contains(&status);
    if is_gone { Outcome::Gone } else { Outcome::Refused }
}

/// In seconds, or as a time (RFC 9110, section 10.2.3).
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
    fn what_a_push_service_answers_is_one_of_four() {
        let now = "2026-03-01T22:00:00Z".parse().unwrap();
        let said = |status, wait| outcome(StatusCode::from_u16(status).unwrap(), wait, now);
        for status in [200, 201, 202] {
            assert_eq!(said(status, None), Outcome::Taken);
        }
        for status in [404, 410] {
            assert_eq!(said(status, Some("60")), Outcome::Gone);
        }
        assert_eq!(said(429, Some("60")), Outcome::Later { after_s: 60 });
        assert_eq!([429, 500, 503].map(|status| said(status, None)), [Outcome::Later { after_s: AGAIN_S }; 3]);
        // nobody is led on to another address
        for status in [302, 307, 400, 401, 403, 413] {
            assert_eq!(said(status, None), Outcome::Refused);
        }
    }

    #[test]
    fn a_wait_is_said_in_seconds_or_as_a_time() {
        let now = "2026-03-01T22:00:00Z".parse().unwrap();
        assert_eq!(seconds("120", now), Some(120));
        assert_eq!(seconds("Sun, 01 Mar 2026 22:00:30 GMT", now), Some(30));
        assert_eq!(seconds("Sun, 01 Mar 2026 21:00:30 GMT", now), Some(0));
        assert_eq!(seconds("soon", now), None);
    }
}
