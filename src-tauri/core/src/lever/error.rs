//! Why a call to Lever gave nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::http::tokens::TokenError;

/// Why a call to Lever gave nothing, as a sentence that a user can act on. No variant holds a token, a query
/// or a value from an answer: those can be secret or personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no credential to call with.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Lever refused the credential and also the one that replaced it (401).
    #[error("Lever no longer accepts this connection. Connect again.")]
    Unauthorized,
    /// The token belongs to Lever's other environment (403, LEVER.md 1.3).
    #[error(
        "This connection belongs to Lever's other environment. Connect again and choose the same \
         environment that the account is in."
    )]
    WrongEnvironment,
    /// The connection lacks a permission (403).
    #[error(
        "Lever does not let this connection {verb} {thing}. It needs the permission {scope_hint}."
    )]
    Forbidden {
        /// What was asked, such as `read`.
        verb: &'static str,
        /// Of what, such as `the offers`.
        thing: &'static str,
        /// The scope that the names in LEVER.md 1.10 suggest.
        scope_hint: &'static str,
    },
    /// Lever has no such thing, or not any more (404).
    #[error("Lever does not have {thing} any more.")]
    NotFound {
        /// What was read.
        thing: &'static str,
    },
    /// Lever asks to wait for longer than one call may take (429).
    #[error("Lever asks to wait {} s before the next call.", wait.as_secs().max(1))]
    RateLimited {
        /// How long to wait at least.
        wait: Duration,
        /// The end of that wait by this computer's clock.
        until: Timestamp,
    },
    /// No answer, or only failures of Lever's own (5xx), after every try.
    #[error("Lever cannot be reached.")]
    Unreachable {
        /// What happened last.
        detail: String,
    },
    /// A write was sent, and nothing tells whether Lever did it: look before it is repeated.
    #[error("Lever did not say whether it made the change.")]
    OutcomeUnknown {
        /// What came instead of an answer.
        detail: String,
    },
    /// The answer is not JSON, as from a proxy or a sign-in page in between.
    #[error("Something between this computer and Lever answered instead of Lever.")]
    NotJson {
        /// What was read.
        thing: &'static str,
        /// Where reading stopped.
        detail: String,
    },
    /// The answer is JSON of a shape that is not documented.
    #[error("Lever described {thing} in a way that Fulcrum does not know.")]
    Unexpected {
        /// What was read.
        thing: &'static str,
        /// What was expected.
        detail: String,
    },
    /// The answer is larger than Fulcrum takes.
    #[error("Lever's answer for {thing} is larger than {} MB.", limit / 1_000_000)]
    TooLarge {
        /// What was read.
        thing: &'static str,
        /// The most bytes that are taken.
        limit: usize,
    },
    /// The answer points to an address that may not see the credential, or round in a circle.
    #[error("Lever's answer points to an address that Fulcrum does not follow.")]
    Redirected {
        /// The host it points to, if it has one.
        host: Option<String>,
    },
    /// The list goes on for longer than any real one.
    #[error("Lever's list of {thing} does not end.")]
    Endless {
        /// What was listed.
        thing: &'static str,
    },
    /// A page was asked for with a cursor that Lever no longer knows (LEVER.md 2.3).
    #[error("The list of {thing} changed meanwhile. Read it again.")]
    StaleCursor {
        /// What was listed.
        thing: &'static str,
    },
    /// Any other refusal (4xx).
    #[error("Lever refused to {verb} {thing} ({status}){}", quoted(words.as_deref()))]
    Refused {
        /// What was asked, such as `read`.
        verb: &'static str,
        /// Of what.
        thing: &'static str,
        /// The HTTP status.
        status: u16,
        /// Lever's own name for the error, such as `BadRequestError` (LEVER.md 2.7).
        code: Option<String>,
        /// Lever's own sentence, without the ids, numbers and addresses in it.
        words: Option<String>,
    },
}

fn quoted(words: Option<&str>) -> String {
    words.map_or_else(|| ".".to_owned(), |words| format!(": “{words}”"))
}

impl Error {
    pub(super) fn rate_limited(now: Timestamp, wait: Duration) -> Self {
        let until = SignedDuration::try_from(wait).and_then(|wait| now.checked_add(wait));
        let until = until.unwrap_or(Timestamp::MAX);
        Self::RateLimited { wait, until }
    }

    /// Whether the same call may work later without anybody doing anything. A write whose outcome is unknown is
    /// not among these: it must be looked for first.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::Unreachable { .. }
                | Self::NotJson { .. }
                | Self::StaleCursor { .. }
                | Self::Token(TokenError::Unreachable { .. })
        )
    }

    /// Whether somebody has to put the connection right: connect Lever again, or change the client secret.
    pub fn needs_connection(&self) -> bool {
        self.refuses_client()
            || matches!(
                self,
                Self::Unauthorized
                    | Self::WrongEnvironment
                    | Self::Token(TokenError::NotConnected | TokenError::ReconnectNeeded { .. })
            )
    }

    /// Whether the client secret is what Lever refuses, which is changed without another sign-in.
    pub fn refuses_client(&self) -> bool {
        matches!(self, Self::Token(TokenError::ClientRefused { .. }))
    }

    /// Whether only this one thing is missing or closed, while the rest of Lever can still be read.
    pub fn is_about_one_thing(&self) -> bool {
        matches!(self, Self::Forbidden { .. } | Self::NotFound { .. })
    }
}
