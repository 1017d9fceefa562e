//! A push as it goes to a push service.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as B64};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{subscription::Subscription, vapid::VapidKey};

/// Whether a push service wakes a phone for it (RFC 8030, section 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    Normal,
    High,
}

impl Urgency {
    pub fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

/// What is told, and how.
#[derive(Debug, Clone, Copy)]
pub struct Message {
    pub words: &'static str,
    /// For how long a push service keeps it for a phone that is off.
    pub ttl_s: u32,
    pub urgency: Urgency,
    /// A newer one takes its place at the push service.
    pub topic: &'static str,
}

/// Closed to its browser: whoever carries it reads nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Sealed {
    #[schema(value_type = String)]
    pub endpoint: Url,
    pub authorization: String,
    pub ttl_s: u32,
    pub urgency: Urgency,
    pub topic: String,
    /// `aes128gcm`, base64url.
    pub body: String,
}

impl Message {
    /// # Errors
    /// Never in practice: it is short.
    pub fn seal(
        &self,
        to: &Subscription,
        key: &VapidKey,
        contact: &str,
        now: Timestamp,
    ) -> Result<Sealed, web_push_native::Error> {
        Ok(Sealed {
            endpoint: to.endpoint.clone(),
            authorization: key.authorization(&to.endpoint, contact, now),
            ttl_s: self.ttl_s,
            urgency: self.urgency,
            topic: self.topic.to_owned(),
            body: B64.encode(to.close(self.words.as_bytes())?),
        })
    }
}
