//! Why one try gave nothing, and what may be tried next.

use std::time::Duration;

use super::error::Error;
use super::pace::Held;

/// Why one try gave nothing.
pub(super) enum Failed {
    /// Another try gives nothing either.
    Finally(Error),
    /// Lever refused the credential (401); with another it may work.
    Unauthorized,
    /// The same call may work later.
    Passing(Setback),
}

/// A failure that passes.
pub(super) struct Setback {
    /// What to say if there is no time for another try.
    pub(super) because: Error,
    /// How long the answer asks to wait.
    pub(super) asked: Option<Duration>,
    /// Whether Lever may have done what was asked all the same.
    pub(super) perhaps_done: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Finally(error)
    }
}

impl From<Held> for Failed {
    fn from(Held { wait, until }: Held) -> Self {
        Self::Finally(Error::RateLimited { wait, until })
    }
}

impl Failed {
    /// The connection failed before an answer was complete. Only a connection that was never made is known to
    /// have changed nothing.
    pub(super) fn broken_off(broken: &reqwest::Error) -> Self {
        let detail = if broken.is_connect() {
            "no connection"
        } else if broken.is_timeout() {
            "no answer in time"
        } else {
            "the connection broke off"
        };
        Self::Passing(Setback {
            because: Error::Unreachable {
                detail: detail.to_owned(),
            },
            asked: None,
            perhaps_done: !broken.is_connect(),
        })
    }
}
