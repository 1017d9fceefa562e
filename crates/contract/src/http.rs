//! What both clients and the router agree on: paths, headers, and errors with a stable code (RFC 9457).

use serde::{Deserialize, Serialize};

use crate::open_enum::open_enum;

/// The media type of a [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The media type of a compact JWS: a head, a watermark.
pub const JOSE: &str = "application/jose";

/// Header of every answer to a device, and as a hint of `GET head` and the stream: changes when the register was
/// restored, and the app sends again all that lives.
pub const REGISTER_EPOCH: &str = "register-epoch";

/// The paths that whoever asks fills in; the router has them beside its handlers.
pub mod path {
    use crate::{hash::Hash, record::Kind};

    pub const HEAD: &str = "/v1/bulletin/head";
    pub const WATERMARK: &str = "/v1/bulletin/watermark";
    pub const STREAM: &str = "/v1/bulletin/stream";

    /// Routes of the inside listener: the desk's own.
    pub mod inside {
        pub const ENTRIES: &str = "/v1/entries";
        pub const SNAPSHOT: &str = "/v1/snapshots/{hash}";
        pub const KEYS: &str = "/v1/keys/{number}";
        pub const WATERMARK: &str = "/v1/watermark";
        pub const RECORDS: &str = "/v1/records";
        pub const HEADCOUNT: &str = "/v1/headcount";
    }

    /// A page of frames, `from` to `to`, both among them.
    pub fn frames(from: u64, to: u64) -> String {
        format!("/v1/bulletin/frames/{from}-{to}")
    }

    pub fn snapshot(hash: Hash) -> String {
        format!("/v1/bulletin/snapshot/{hash}")
    }

    pub fn keys(number: u32) -> String {
        format!("/v1/bulletin/keys/{number}")
    }

    /// Where a record of this kind is put. Receipts have no id of their own.
    pub fn record(kind: Kind, id: &str) -> String {
        let plural = kind.plural().replace('_', "-");
        if kind == Kind::Receipts { format!("/v1/{plural}") } else { format!("/v1/{plural}/{id}") }
    }
}

open_enum! {
    /// Stable names of what can go wrong at the front. People's words for them live in the app.
    pub enum Code {
        BodyTooLarge,
        BodyNotJson,
        ContentTypeNotJson,
        /// 422: the pointer names the field.
        FieldInvalid,
        Unauthorized,
        DeviceTaken,
        /// 409: this version is held with other bytes, or as a deletion: raise it and send it again.
        VersionConflict,
        NotFound,
        MethodNotAllowed,
        PageNotAligned,
        /// 408: the body did not come in time.
        Timeout,
        /// 410: below the oldest snapshot that is still served, or of another epoch.
        Gone,
        EntryRefused,
        EntryExists,
        /// 409: a watermark whose snapshot or key set is not there yet.
        NotYetThere,
        /// 429, with `Retry-After`.
        TooManyRequests,
        /// 429: the device has as much here as it may.
        QuotaReached,
        /// 503, with `Retry-After`.
        Unavailable,
        Internal,
    }
    /// Read by its status alone.
    other
}

impl Code {
    /// The HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::BodyNotJson | Self::PageNotAligned => 400,
            Self::Unauthorized => 401,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Timeout => 408,
            Self::DeviceTaken | Self::VersionConflict | Self::EntryRefused | Self::EntryExists | Self::NotYetThere => {
                409
            }
            Self::Gone => 410,
            Self::BodyTooLarge => 413,
            Self::ContentTypeNotJson => 415,
            Self::FieldInvalid => 422,
            Self::TooManyRequests | Self::QuotaReached => 429,
            Self::Internal | Self::Other => 500,
            Self::Unavailable => 503,
        }
    }
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

/// The answer of `GET /v1/capabilities`: what this front takes. What it does not name, it does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Capabilities {
    /// The kinds of records, as in their paths, each with the largest body in bytes.
    pub records: std::collections::BTreeMap<String, usize>,
    /// The kinds of entries its log holds.
    pub entries: Vec<String>,
    /// VAPID public key (P-256, uncompressed, base64url), where the front can push.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vapid_key: Option<String>,
}
