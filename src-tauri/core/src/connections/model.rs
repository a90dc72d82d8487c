//! What is known of the connection.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::store::connections::Account;

/// The state of the connection; exactly one at a time (SCREENS.md 4.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Never connected.
    NotConnected,
    /// The browser is open; Lever has not answered yet.
    WaitingForBrowser,
    /// Connected, and not checked since something changed.
    ConnectedNotValidated,
    /// Every check passed.
    Verified,
    /// Connected, with permissions missing.
    ConnectedLimited,
    /// Lever refuses the stored grant.
    NeedsReconnect,
    /// Lever did not answer.
    LeverNotReachable,
    /// Disconnected by the user.
    Disconnected,
}

impl ConnectionState {
    /// How much it needs a person, the higher the more; 0 while it is not in use.
    pub fn severity(self) -> u8 {
        match self {
            Self::NotConnected | Self::Disconnected => 0,
            Self::Verified => 1,
            Self::WaitingForBrowser => 2,
            Self::ConnectedNotValidated => 3,
            Self::ConnectedLimited => 4,
            Self::LeverNotReachable => 5,
            Self::NeedsReconnect => 6,
        }
    }
}

/// A sign-in that waits for the browser.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SignIn {
    /// The address to open; holds no secret.
    pub authorize_url: String,
    /// Where the browser comes back to.
    pub redirect_uri: String,
    /// When it was started, in milliseconds since 1970 UTC.
    pub started_at: i64,
    /// When it ends by itself.
    pub expires_at: i64,
    /// Whether the browser could be opened by the program.
    pub browser_opened: bool,
    /// Why the browser cannot come back by itself, so that its address must be pasted; none if it can.
    pub port_problem: Option<String>,
}

/// Why a sign-in ended without a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SignInFailure {
    /// What happened, in words.
    pub sentence: String,
    /// The one thing to do.
    pub action: String,
    /// The raw text.
    pub detail: Option<String>,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// A validation under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Validation {
    /// The checks that are made, in order.
    pub checks: Vec<Check>,
    /// How many checks there are.
    pub total: u32,
    /// What is being checked, in words.
    pub current: String,
    /// Whether the run takes longer than 15 seconds, so that `current` is what Lever is slow with.
    pub slow: bool,
}

/// A login that may be of another organisation than the connected one, and is not used until it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OtherOrganisation {
    /// What happened, in words.
    pub sentence: String,
    /// What is connected now.
    pub current: Party,
    /// What would take its place.
    pub offered: Party,
    /// Whether they certainly differ, as opposed to Lever not telling.
    pub certain: bool,
    /// How many listeners start switched off if it is accepted.
    pub listeners: u32,
}

/// One side of a change of organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Party {
    /// The environment's label.
    pub environment: String,
    /// Who it is, as far as Lever tells.
    pub account: Account,
}

/// One check of *Validate*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Check {
    /// A stable id.
    pub id: String,
    /// What is checked, in words.
    pub title: String,
    /// How it went.
    pub outcome: CheckOutcome,
    /// What was found, or what is wrong.
    pub what: String,
    /// Why that matters; empty if it passed.
    pub why: String,
    /// The one thing to do; empty if it passed.
    pub action: String,
    /// The raw text, if any.
    pub detail: Option<String>,
}

/// The id of the check that found the client secret refused.
const CLIENT_SECRET: &str = "client_secret";

impl Check {
    /// The id of the check of a permission, by Lever's name of the scope.
    pub fn of_permission(scope: &str) -> String {
        format!("permission:{scope}")
    }

    /// As the check that found the client secret refused.
    pub(super) fn of_client_secret(self) -> Self {
        Self {
            id: CLIENT_SECRET.to_owned(),
            ..self
        }
    }

    /// Whether one of these found that Lever refuses the client secret.
    pub fn refuse_client(checks: &[Self]) -> bool {
        checks.iter().any(|check| check.id == CLIENT_SECRET)
    }
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// As it should be.
    Passed,
    /// Works, with something missing.
    Limited,
    /// Does not work.
    Failed,
    /// Could not be looked at.
    NotReached,
}
