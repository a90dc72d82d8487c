//! Errors as `{code, message}` (LEVER.md 2.7).

use axum::Json;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::answer::Answer;
use crate::state::{ChangeError, Unprocessable};
use crate::switches::Switches;

/// What an API handler answers.
pub(super) type ApiResult = Result<Answer, ApiError>;

/// Why a request is not answered. The code names of 401, 403, 405 and 429 are ours (LEVER.md 2.7).
#[derive(Debug, thiserror::Error)]
pub(super) enum ApiError {
    #[error("{0}")]
    BadRequest(String),
    #[error("Invalid offset token")]
    InvalidOffset,
    #[error("Missing or invalid credentials")]
    Unauthorized,
    #[error("The credentials do not permit this: {0}")]
    Forbidden(&'static str),
    /// The token is another tenant's (LEVER.md 1.3).
    #[error("Unable to find a matching signing key for {0}")]
    UnknownSigningKey(String),
    #[error("{resource} {id} was not found")]
    NotFound { resource: &'static str, id: String },
    #[error("{0} was not found")]
    NoSuchPath(String),
    #[error("{0} is not allowed")]
    NoSuchMethod(Method),
    /// A file that Lever could not process (LEVER.md 2.7); the code name is ours.
    #[error(transparent)]
    Unprocessable(#[from] Unprocessable),
    #[error("Too many requests")]
    RateLimited { retry_after_seconds: Option<u32> },
}

impl ApiError {
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::BadRequest(message.into())
    }

    pub(super) fn not_found(resource: &'static str, id: &str) -> Self {
        Self::NotFound {
            resource,
            id: id.to_owned(),
        }
    }

    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::BadRequest(_) | Self::InvalidOffset => {
                (StatusCode::BAD_REQUEST, "BadRequestError")
            }
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "UnauthorizedError"),
            Self::Forbidden(_) | Self::UnknownSigningKey(_) => {
                (StatusCode::FORBIDDEN, "ForbiddenError")
            }
            Self::NotFound { .. } | Self::NoSuchPath(_) => {
                (StatusCode::NOT_FOUND, "ResourceNotFound")
            }
            Self::NoSuchMethod(_) => (StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowedError"),
            Self::Unprocessable(_) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "UnprocessableEntityError")
            }
            Self::RateLimited { .. } => (StatusCode::TOO_MANY_REQUESTS, "RateLimitError"),
        }
    }
}

/// Marks an answer whose status is not documented, for [`by_switch`].
#[derive(Clone, Copy, Debug)]
struct InvalidOffset;

/// The answer with the status that the switches give it (LEVER.md 2.3).
pub(super) fn by_switch(mut response: Response, switches: &Switches) -> Response {
    if response
        .extensions_mut()
        .remove::<InvalidOffset>()
        .is_some()
        && let Ok(status) = StatusCode::from_u16(switches.invalid_offset_status)
    {
        *response.status_mut() = status;
    }
    response
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        let body = Json(json!({"code": code, "message": self.to_string()}));
        let mut response = (status, body).into_response();
        if matches!(self, Self::InvalidOffset) {
            response.extensions_mut().insert(InvalidOffset);
        }
        if let Self::RateLimited {
            retry_after_seconds: Some(seconds),
        } = self
        {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<ChangeError> for ApiError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound { resource, id } => Self::NotFound { resource, id },
            ChangeError::NotMadeByApi(_) => Self::Forbidden("it was not made by the API"),
            _ => Self::BadRequest(error.to_string()),
        }
    }
}

/// Answers every path that the API does not have.
pub(super) async fn no_such_path(uri: Uri) -> ApiError {
    ApiError::NoSuchPath(uri.path().to_owned())
}

/// Answers every method that a path does not have.
pub(super) async fn no_such_method(method: Method) -> ApiError {
    ApiError::NoSuchMethod(method)
}
