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

    /// GET: the newest head, compact JWS.
    pub const HEAD: &str = "/v1/bulletin/head";
    /// GET: the newest watermark, compact JWS.
    pub const WATERMARK: &str = "/v1/bulletin/watermark";
    /// GET: frames and heads as they come, SSE.
    pub const STREAM: &str = "/v1/bulletin/stream";

    /// DELETE, by its token: the device and all that it sent.
    pub const SELF: &str = "/v1/devices/self";
    /// GET, by its token: everything that the register holds of the device.
    pub const EXPORT: &str = "/v1/devices/self/export";

    /// GET, by its token: what the desk wrote to the device since a number.
    pub const MESSAGES: &str = "/v1/devices/self/messages";

    /// Routes of the inside listener: the desk's own.
    pub mod inside {
        /// POST: entries to append, all or none.
        pub const ENTRIES: &str = "/v1/entries";
        /// PUT: a snapshot, before the watermark that names it.
        pub const SNAPSHOT: &str = "/v1/snapshots/{hash}";
        /// PUT: a key set.
        pub const KEYS: &str = "/v1/keys/{number}";
        /// POST: a watermark.
        pub const WATERMARK: &str = "/v1/watermark";
        /// GET: records that changed since a number.
        pub const RECORDS: &str = "/v1/records";
        /// GET: how many people are in a place.
        pub const HEADCOUNT: &str = "/v1/headcount";
        /// POST: letters to devices; each once, however often it is posted.
        pub const MESSAGES: &str = "/v1/messages";
    }

    /// A page of frames, `from` to `to`, both among them.
    pub fn frames(from: u64, to: u64) -> String {
        format!("/v1/bulletin/frames/{from}-{to}")
    }

    /// A snapshot by its hash.
    pub fn snapshot(hash: Hash) -> String {
        format!("/v1/bulletin/snapshot/{hash}")
    }

    /// A key set by its number.
    pub fn keys(number: u32) -> String {
        format!("/v1/bulletin/keys/{number}")
    }

    /// Where a record of this kind is put. Receipts have no id of their own.
    pub fn record(kind: Kind, id: &str) -> String {
        let list = list(kind);
        if kind == Kind::Receipts { format!("/v1/{list}") } else { format!("/v1/{list}/{id}") }
    }

    /// The word for records of this kind in a path: `check-ins`.
    pub fn list(kind: Kind) -> String {
        kind.plural().replace('_', "-")
    }
}

open_enum! {
    /// Stable names of what can go wrong at the front. People's words for them live in the app.
    pub enum Code {
        /// 413: more bytes than its kind may have.
        BodyTooLarge,
        /// 400: the body cannot be parsed.
        BodyNotJson,
        /// 415: `Content-Type` is another.
        ContentTypeNotJson,
        /// 422: the pointer names the field.
        FieldInvalid,
        /// 401: no token or credential, or one that is not known here.
        Unauthorized,
        /// 409: the id or the token is another device's.
        DeviceTaken,
        /// 409: this version is held with other bytes, or as a deletion: raise it and send it again.
        VersionConflict,
        /// 404: nothing is there.
        NotFound,
        /// 405: the path takes other methods.
        MethodNotAllowed,
        /// 400: a page of frames ends where the log or a page does.
        PageNotAligned,
        /// 408: the body did not come in time.
        Timeout,
        /// 410: below the oldest snapshot that is still served, or of another epoch.
        Gone,
        /// 409: the signed document does not hold here; the title says why.
        EntryRefused,
        /// 409: this version is held with other words.
        EntryExists,
        /// 409: a watermark whose snapshot or key set is not there yet.
        NotYetThere,
        /// 429, with `Retry-After`.
        TooManyRequests,
        /// 429: the device has as much here as it may.
        QuotaReached,
        /// 503, with `Retry-After`.
        Unavailable,
        /// 500: a fault of the front's own.
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

/// The body of every answer that is an error (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// What code matches on.
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
