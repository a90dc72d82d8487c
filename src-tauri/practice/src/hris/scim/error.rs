//! Errors in SCIM's form (RFC 7644 3.12).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scim_v2::schema_urns;
use serde_json::json;

use super::resource::scim_json;
use crate::hris::people::NotUnique;

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum ScimError {
    #[error("a bearer token is needed")]
    Unauthorized,
    #[error("{0} was not found")]
    NotFound(String),
    #[error("the record was changed since: its version is {0}")]
    VersionMismatch(String),
    #[error("{0}")]
    NotUnique(#[from] NotUnique),
    #[error("{0}")]
    InvalidFilter(String),
    #[error("{0}")]
    InvalidPath(String),
    #[error("{0}")]
    NoTarget(String),
    #[error("{0}")]
    InvalidSyntax(String),
    #[error("{0}")]
    InvalidValue(String),
    #[error("{0} cannot be changed")]
    Mutability(String),
}

impl ScimError {
    /// Status and `scimType` (RFC 7644 table 9).
    fn kind(&self) -> (StatusCode, Option<&'static str>) {
        let bad = StatusCode::BAD_REQUEST;
        match self {
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, None),
            Self::NotFound(_) => (StatusCode::NOT_FOUND, None),
            Self::VersionMismatch(_) => (StatusCode::PRECONDITION_FAILED, None),
            Self::NotUnique(_) => (StatusCode::CONFLICT, Some("uniqueness")),
            Self::InvalidFilter(_) => (bad, Some("invalidFilter")),
            Self::InvalidPath(_) => (bad, Some("invalidPath")),
            Self::NoTarget(_) => (bad, Some("noTarget")),
            Self::InvalidSyntax(_) => (bad, Some("invalidSyntax")),
            Self::InvalidValue(_) => (bad, Some("invalidValue")),
            Self::Mutability(_) => (bad, Some("mutability")),
        }
    }
}

impl IntoResponse for ScimError {
    fn into_response(self) -> Response {
        let (status, scim_type) = self.kind();
        let mut body = json!({
            "schemas": [schema_urns::ERROR],
            "status": status.as_u16().to_string(),
            "detail": self.to_string(),
        });
        if let Some(scim_type) = scim_type {
            body["scimType"] = json!(scim_type);
        }
        let mut response = (status, scim_json(&body)).into_response();
        if matches!(self, Self::Unauthorized) {
            let challenge = HeaderValue::from_static("Bearer realm=\"practice HRIS\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
