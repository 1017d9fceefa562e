//! Errors on the wire: `application/problem+json`, RFC 9457, with a stable `code`.

use serde::{Deserialize, Serialize};

pub const CONTENT_TYPE: &str = "application/problem+json";

/// Stable names of what can go wrong at the front. People's words for them live in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    BodyTooLarge,
    BodyNotJson,
    ContentTypeNotJson,
    FieldInvalid,
    Unauthorized,
    DeviceTaken,
    NotFound,
    MethodNotAllowed,
    PageNotAligned,
    EntryRefused,
    EntryExists,
    TooManyRequests,
    Internal,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    pub code: Code,
    /// A short English sentence for developers and logs; nothing matches on it.
    pub title: String,
    /// JSON pointer to the field at fault, for a 422.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}
