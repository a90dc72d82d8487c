//! The one error that leaves the engine: a code the screens react to, a sentence, and what it was about.

use serde::Serialize;
use ts_rs::TS;

use crate::lever::effects::EffectError;
use crate::redact;

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
    /// A change was sent to Lever and perhaps made: offer to look and try again.
    OutcomeUnknown,
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

    /// The same error without any secret of this program: other servers may repeat what they were sent.
    pub(super) fn without_secrets(self) -> Self {
        let clean = |text: String| redact::without_secrets(&text).into_owned();
        Self {
            message: clean(self.message),
            detail: self.detail.map(clean),
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
        if let crate::lever::Error::OutcomeUnknown { detail } = problem {
            return EffectError::Unknown { detail }.into();
        }
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

impl From<EffectError> for AppError {
    fn from(problem: EffectError) -> Self {
        let code = match problem {
            EffectError::ConnectAgain(_) | EffectError::MissingScope { .. } => {
                ErrorCode::ReconnectLever
            }
            EffectError::RateLimited { .. } | EffectError::Later(_) => ErrorCode::LeverUnreachable,
            EffectError::Gone { .. } => ErrorCode::NotFound,
            EffectError::Unknown { .. } => ErrorCode::OutcomeUnknown,
            EffectError::Refused(_) => ErrorCode::Internal,
        };
        Self::new(code, problem.to_string()).with_detail(format!("{problem:?}"))
    }
}

impl From<crate::http::TokenError> for AppError {
    fn from(problem: crate::http::TokenError) -> Self {
        crate::lever::Error::from(problem).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lever::Error;

    fn unknown() -> Error {
        Error::OutcomeUnknown {
            detail: "no answer in time".to_owned(),
        }
    }

    #[test]
    fn a_change_that_lever_may_have_made_says_to_look_or_to_press_again() {
        for error in [
            AppError::from(unknown()),
            AppError::from(EffectError::from(unknown())),
        ] {
            assert_eq!(error.code, ErrorCode::OutcomeUnknown);
            assert_eq!(
                error.message,
                "Lever did not say whether it made the change. Look in Lever, or press again: Fulcrum looks \
                 first, and does not make it twice."
            );
            assert!(
                error
                    .detail
                    .is_some_and(|detail| detail.contains("no answer in time"))
            );
        }
    }

    #[test]
    fn a_change_that_lever_refused_says_so_as_a_reading_does() {
        let of = |error: Error| AppError::from(EffectError::from(error)).code;
        let gone = Error::NotFound { thing: "the note" };
        assert_eq!(of(gone), ErrorCode::NotFound);
        assert_eq!(of(Error::Unauthorized), ErrorCode::ReconnectLever);
        let host = None;
        assert_eq!(of(Error::Redirected { host }), ErrorCode::Internal);
        let detail = "no connection".to_owned();
        let away = Error::Unreachable { detail };
        assert_eq!(of(away), ErrorCode::LeverUnreachable);
    }
}
