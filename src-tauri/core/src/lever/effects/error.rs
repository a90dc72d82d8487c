//! Why a change was not made, by what can be done about it.

use std::time::Duration;

use jiff::Timestamp;

use super::super::error::Error;

/// Why a change is not known to be made, as a sentence that a user can act on. Where it says to call again, that is
/// with [`Attempt::Again`](super::Attempt::Again).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EffectError {
    /// Somebody has to connect Lever again; then call again.
    #[error(transparent)]
    ConnectAgain(Error),
    /// The connection lacks a permission; connect again and grant it.
    #[error("Lever does not let this connection make the change. It needs the permission {scope}.")]
    MissingScope {
        /// The scope that the names in LEVER.md 1.10 suggest.
        scope: &'static str,
    },
    /// What was to be changed is no longer in Lever; there is nothing to do.
    #[error("Lever does not have {thing} any more.")]
    Gone {
        /// What it was.
        thing: &'static str,
    },
    /// Lever asks to wait; call again after that.
    #[error("Lever asks to wait {} s before the next change.", wait.as_secs().max(1))]
    RateLimited {
        /// How long to wait at least.
        wait: Duration,
        /// The end of that wait by this computer's clock.
        until: Timestamp,
    },
    /// Lever cannot be reached or read now; call again later.
    #[error("{0} The change is tried again later.")]
    Later(Error),
    /// The change was sent, and nothing tells whether it was made; call again, which looks first.
    #[error(
        "Lever did not say whether it made the change. Look in Lever, or press again: Fulcrum looks first, \
         and does not make it twice."
    )]
    Unknown {
        /// What came instead of an answer.
        detail: String,
    },
    /// Lever does not take the change; the same call would be refused again.
    #[error(transparent)]
    Refused(Error),
}

impl From<Error> for EffectError {
    fn from(error: Error) -> Self {
        match error {
            Error::Forbidden { scope_hint, .. } => Self::MissingScope { scope: scope_hint },
            Error::NotFound { thing } => Self::Gone { thing },
            Error::RateLimited { wait, until } => Self::RateLimited { wait, until },
            Error::OutcomeUnknown { detail } => Self::Unknown { detail },
            error if error.needs_connection() => Self::ConnectAgain(error),
            error if error.is_passing() => Self::Later(error),
            error => Self::Refused(error),
        }
    }
}
