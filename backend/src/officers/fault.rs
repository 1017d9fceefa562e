//! What can go wrong at the desk's own listener, as `application/problem+json` (RFC 9457) with a code of its own.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::http::PROBLEM_JSON;
use serde::Serialize;

use crate::desk::casework::CaseworkError;

/// What the console matches on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FaultCode)]
pub enum Code {
    /// 401: no session, an ended one, another address, or not signed by its key.
    Unauthorized,
    /// 403: the role has no such right.
    Forbidden,
    /// 403: the page that asks is another.
    WrongOrigin,
    /// 404.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 409: it changed since it was read.
    CaseChanged,
    /// 409: somebody has it.
    CaseTaken,
    /// 409.
    CaseClosed,
    /// 409: another case speaks for it.
    CaseJoined,
    /// 409: it is not as the act needs it.
    NotPossible,
    /// 413.
    BodyTooLarge,
    /// 422: the pointer names the field.
    FieldInvalid,
    /// 429.
    TooManyRequests,
    /// 500.
    Internal,
    /// 503: this desk has read half of the register: it passes.
    RegisterUnread,
    /// 503: this desk only reads.
    Standby,
    /// 503: a disk is full or locked: it passes.
    Unavailable,
}

impl Code {
    fn status(self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::WrongOrigin => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::CaseChanged | Self::CaseTaken | Self::CaseClosed | Self::CaseJoined | Self::NotPossible => {
                StatusCode::CONFLICT
            }
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::FieldInvalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::RegisterUnread | Self::Standby | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Fault {
    pub status: u16,
    pub code: Code,
    /// For a developer, in English.
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}

impl Fault {
    pub fn new(code: Code, title: impl Into<String>) -> Self {
        Self { status: code.status().as_u16(), code, title: title.into(), pointer: None }
    }

    pub fn unauthorized() -> Self {
        Self::new(Code::Unauthorized, "sign in")
    }

    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "there is nothing here")
    }

    pub fn field(pointer: impl Into<String>, title: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), ..Self::new(Code::FieldInvalid, title) }
    }

    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        Self::new(Code::Internal, "the desk failed; try again later")
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = self.code.status();
        let mut response = (status, axum::Json(self)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl From<CaseworkError> for Fault {
    fn from(error: CaseworkError) -> Self {
        match error {
            CaseworkError::NotFound => Self::not_found(),
            CaseworkError::Changed => Self::new(Code::CaseChanged, error.to_string()),
            CaseworkError::Taken => Self::new(Code::CaseTaken, error.to_string()),
            CaseworkError::Joined(_) => Self::new(Code::CaseJoined, error.to_string()),
            CaseworkError::Closed => Self::new(Code::CaseClosed, error.to_string()),
            CaseworkError::RegisterUnread => Self::new(Code::RegisterUnread, error.to_string()),
            CaseworkError::NotPossible(_) => Self::new(Code::NotPossible, error.to_string()),
            CaseworkError::Field { pointer, reason } => Self::field(pointer, reason),
            CaseworkError::Letter(field) => Self::field(field.pointer, field.reason),
            CaseworkError::Standby | CaseworkError::Fenced => Self::new(Code::Standby, error.to_string()),
            // where nothing can be written down, nothing may be opened or done
            CaseworkError::Sqlite(_) | CaseworkError::Audit(_) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a request failed");
                Self::new(Code::Unavailable, "the desk cannot write now")
            }
            CaseworkError::Migration(_)
            | CaseworkError::File(_)
            | CaseworkError::Key(_)
            | CaseworkError::OtherKey
            | CaseworkError::Shut
            | CaseworkError::Json(_)
            | CaseworkError::Time(_)
            | CaseworkError::Id(_)
            | CaseworkError::Mirror(_)
            | CaseworkError::Folder(_)
            | CaseworkError::Opening(_)
            | CaseworkError::Seal(_) => Self::internal(&error),
        }
    }
}
