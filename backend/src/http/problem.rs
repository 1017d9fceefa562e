//! Errors as `application/problem+json`.

use std::{any::Any, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    http::{Code, PROBLEM_JSON, Problem},
    jws::Refusal,
    record::InvalidField,
};

use crate::{log::LogError, register::RegisterError};

/// When a front that is full, or whose disk or clock is at fault, may have been looked after.
pub const AGAIN: Duration = Duration::from_secs(60);
/// When a device at its quota may ask again: what it has is erased in time.
const QUOTA_AGAIN: Duration = Duration::from_secs(60 * 60);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    problem: Problem,
    /// When to come back.
    retry_after: Option<Duration>,
}

impl ApiError {
    pub fn new(code: Code, title: impl Into<String>) -> Self {
        let problem = Problem { status: code.status(), code, title: title.into(), pointer: None };
        Self { problem, retry_after: usual_wait(code) }
    }

    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "there is nothing here")
    }

    pub fn method_not_allowed() -> Self {
        Self::new(Code::MethodNotAllowed, "this resource does not take that method")
    }

    pub fn unauthorized() -> Self {
        Self::new(Code::Unauthorized, "no known token came with the request")
    }

    pub fn internal() -> Self {
        Self::new(Code::Internal, "the front failed; try again later")
    }

    /// A value that cannot be; `pointer` is the JSON pointer to it, or empty for a query.
    pub fn invalid(pointer: impl Into<String>, title: impl Into<String>) -> Self {
        let mut error = Self::new(Code::FieldInvalid, title);
        error.problem.pointer = Some(pointer.into());
        error
    }

    /// More than one may do in a time; `wait` is how long until the next.
    pub fn too_many(wait: Duration) -> Self {
        Self::new(Code::TooManyRequests, "too many at once from here").retry_after(wait)
    }

    /// The same, to be tried again after so long.
    pub fn retry_after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..self }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(wait) = self.retry_after {
            // whole seconds, rounded up: whoever comes back in time is not sent away again
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// What a request is answered whose handler panicked.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request handler panicked");
    ApiError::internal().into_response()
}

/// How long until it is worth another try: whatever passes by itself says so.
fn usual_wait(code: Code) -> Option<Duration> {
    if code == Code::QuotaReached {
        Some(QUOTA_AGAIN)
    } else if matches!(code.status(), 429 | 503) {
        Some(AGAIN)
    } else {
        None
    }
}

/// The disk is full or locked: it passes, and no request is at fault.
fn unavailable(error: &(dyn std::error::Error + 'static)) -> ApiError {
    tracing::error!(error, "a request failed");
    ApiError::new(Code::Unavailable, "the front cannot do this now")
}

fn internal(error: &(dyn std::error::Error + 'static)) -> ApiError {
    tracing::error!(error, "a request failed");
    ApiError::internal()
}

impl From<RegisterError> for ApiError {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::DeviceTaken => Self::new(Code::DeviceTaken, error.to_string()),
            RegisterError::UnknownDevice => Self::unauthorized(),
            RegisterError::NotFound => Self::not_found(),
            RegisterError::TripMoved => Self::new(Code::TripMoved, error.to_string()),
            RegisterError::VersionConflict => Self::new(Code::VersionConflict, error.to_string()),
            RegisterError::QuotaReached => Self::new(Code::QuotaReached, error.to_string()),
            RegisterError::Storage(_) => unavailable(&error),
            RegisterError::Record(_) | RegisterError::Time(_) => internal(&error),
        }
    }
}

impl From<LogError> for ApiError {
    fn from(error: LogError) -> Self {
        let conflict = |code, pointer| {
            let mut refused = Self::new(code, error.to_string());
            refused.problem.pointer = pointer;
            refused
        };
        match &error {
            LogError::Entry { index, refusal, .. } => {
                let code = if *refusal == Refusal::Conflict { Code::EntryExists } else { Code::EntryRefused };
                conflict(code, Some(format!("/entries/{index}")))
            }
            LogError::Refused(_) | LogError::FromTheFuture { .. } => conflict(Code::EntryRefused, None),
            LogError::NotYetThere(_) => conflict(Code::NotYetThere, None),
            LogError::Gone(_) => Self::new(Code::Gone, error.to_string()),
            LogError::ClockBehind { .. } | LogError::AwaitsDesk | LogError::NoHeadKey(_) => {
                Self::new(Code::Unavailable, error.to_string())
            }
            LogError::Storage(_) => unavailable(&error),
            LogError::Row(_) | LogError::Coding(_) | LogError::Sign(_) | LogError::Altered { .. } => internal(&error),
        }
    }
}

impl From<InvalidField> for ApiError {
    fn from(field: InvalidField) -> Self {
        Self::invalid(field.pointer, field.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_passes_by_itself_says_when_to_come_back() {
        let mut passing = 0;
        for code in Code::KNOWN {
            let response = ApiError::new(*code, "x").into_response();
            let says = response.headers().get(header::RETRY_AFTER).map(|value| value.to_str().unwrap() != "0");
            let passes = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&response.status());
            assert_eq!(says, passes.then_some(true), "{code:?}");
            passing += usize::from(passes);
        }
        assert_eq!(passing, 3);
    }
}
