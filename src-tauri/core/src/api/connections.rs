//! `connections.*`: being allowed to act in Lever.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which Lever is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Lever itself.
    Production,
    /// Lever's sandbox.
    Sandbox,
    /// The practice Lever that comes with Fulcrum, at its usual address.
    Practice,
    /// A loopback address given at the start of the program.
    Custom,
}

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

/// The connection as its tile shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConnectionView {
    /// The state.
    pub state: ConnectionState,
    /// The sentence beside it.
    pub sentence: String,
    /// Which Lever; none while not connected.
    pub environment: Option<Environment>,
    /// Who authorised it; none while not connected or if Lever did not say.
    pub account: Option<Account>,
    /// When it was connected, in milliseconds since 1970 UTC.
    pub connected_at: Option<i64>,
    /// When it was last validated.
    pub validated_at: Option<i64>,
    /// When the last event arrived.
    pub last_event_at: Option<i64>,
    /// What is asked for, why, and whether it was granted.
    pub permissions: Vec<PermissionView>,
    /// The sign-in under way.
    pub sign_in: Option<SignIn>,
    /// How the last sign-in ended, if it did not succeed; shown until the next one.
    pub failure: Option<SignInFailure>,
    /// The checks of the last validation.
    pub checks: Vec<CheckView>,
    /// The choices for the next sign-in.
    pub environments: Vec<EnvironmentChoice>,
    /// The redirect addresses that the app's registration with Lever must list.
    pub callback_addresses: Vec<String>,
}

/// Who authorised the connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Account {
    /// The user's name, or none if Lever did not say.
    pub user_name: Option<String>,
    /// The user's e-mail address.
    pub user_email: Option<String>,
    /// Lever's id of the organisation, as its token names it.
    pub organisation: Option<String>,
}

/// A permission in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PermissionView {
    /// Lever's name of the scope (LEVER.md 1.10).
    pub scope: String,
    /// What it allows, in words.
    pub words: String,
    /// What Fulcrum needs it for.
    pub reason: String,
    /// Whether Lever granted it; none while not connected.
    pub granted: Option<bool>,
}

/// A sign-in that waits for the browser.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SignIn {
    /// The address to open; holds no secret.
    pub authorize_url: String,
    /// Where the browser comes back to.
    pub redirect_uri: String,
    /// When it was started.
    pub started_at: i64,
    /// When it ends by itself.
    pub expires_at: i64,
    /// Whether the browser could be opened by the program.
    pub browser_opened: bool,
}

/// Why a sign-in ended without a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SignInFailure {
    /// What happened and what to do, in words.
    pub sentence: String,
    /// The raw text.
    pub detail: Option<String>,
    /// When.
    pub at: i64,
}

/// One check of *Validate*.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckView {
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

/// A choice of environment.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EnvironmentChoice {
    /// Which.
    pub environment: Environment,
    /// Its name on screen.
    pub label: String,
    /// The address of its sign-in page.
    pub address: String,
    /// Whether the client id and secret are known, so that they need not be typed.
    pub client_known: bool,
}

/// What a sign-in needs.
#[derive(Deserialize, TS)]
pub struct SignInInput {
    /// Which Lever.
    pub environment: Environment,
    /// The app's client id with Lever; may be left out where it is known or stored.
    pub client_id: Option<String>,
    /// The app's client secret; may be left out where it is known or stored.
    pub client_secret: Option<String>,
}

/// An address copied from the browser after Lever sent it back.
#[derive(Deserialize, TS)]
pub struct PasteBack {
    /// The whole address.
    pub address: String,
}
