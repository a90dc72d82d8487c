//! The one error that leaves the engine: a code the screens react to, a sentence, and what it was about.

use serde::Serialize;
use ts_rs::TS;

/// What a screen does about an error. A code exists only while a screen reacts to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The database is still locked: ask for the passphrase.
    Locked,
    /// Lever no longer accepts the connection: offer *Reconnect*.
    ReconnectLever,
    /// Lever cannot be reached or asks to wait: offer *Try again*.
    LeverUnreachable,
    /// The relay cannot be reached: offer the connection page.
    RelayUnreachable,
    /// What was entered cannot be used: mark the field.
    InvalidInput,
    /// The thing is gone: go back to the list.
    NotFound,
    /// Somebody changed it meanwhile: load again.
    Conflict,
    /// Anything else; the log has the rest under the reference.
    Internal,
}

/// An error as it crosses to a screen or to the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// What to do about it.
    pub code: ErrorCode,
    /// One sentence in the user's words, with the next step.
    pub message: String,
    /// The input it is about, by its request key.
    pub field: Option<String>,
    /// The raw text behind it, for *Details*.
    pub detail: Option<String>,
}

impl AppError {
    /// An error with a code and a sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
            detail: None,
        }
    }

    /// What was entered in `field` cannot be used, and why.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(ErrorCode::InvalidInput, message)
        }
    }

    /// The same error with the raw text behind it.
    pub fn with_detail(self, detail: impl ToString) -> Self {
        Self {
            detail: Some(detail.to_string()),
            ..self
        }
    }
}

impl From<crate::store::StoreError> for AppError {
    fn from(problem: crate::store::StoreError) -> Self {
        Self::new(ErrorCode::Internal, problem.to_string()).with_detail(format!("{problem:?}"))
    }
}

impl From<crate::lever::Error> for AppError {
    fn from(problem: crate::lever::Error) -> Self {
        let code = if problem.needs_connection() {
            ErrorCode::ReconnectLever
        } else if problem.is_passing() {
            ErrorCode::LeverUnreachable
        } else if matches!(problem, crate::lever::Error::NotFound { .. }) {
            ErrorCode::NotFound
        } else {
            ErrorCode::Internal
        };
        Self::new(code, problem.to_string()).with_detail(format!("{problem:?}"))
    }
}

impl From<crate::http::TokenError> for AppError {
    fn from(problem: crate::http::TokenError) -> Self {
        crate::lever::Error::from(problem).into()
    }
}
