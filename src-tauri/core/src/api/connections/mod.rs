//! `connections.*`: being allowed to act in Lever. What the tile shows is here; each file beside it holds the
//! commands of one purpose.

mod api_key;
mod client_secret;
mod permissions;
mod registration;
mod sign_in;
mod validation;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::api_key::ApiKeyInput;
pub(super) use self::api_key::use_api_key;
pub use self::client_secret::ChangeClientSecret;
pub(super) use self::client_secret::change_client_secret;
pub use self::permissions::{NeedView, PermissionView, UsageView};
pub use self::registration::EnvironmentChoice;
pub use self::sign_in::{ConfirmOrganisation, PasteBack, SignInInput};
pub(super) use self::sign_in::{cancel, confirm_organisation, paste_back, sign_in, wait};
pub(super) use self::validation::{stop_validation, validate};
use super::app::{callback_addresses, callback_ports};
use super::engine::Engine;
use super::error::AppError;
pub use crate::config::Environment;
pub use crate::connections::{
    Account, Check, CheckOutcome, ConnectionState, OtherOrganisation, Party, SignIn, SignInFailure,
    Validation,
};
pub use crate::store::connections::Integration;
use crate::store::connections::Login;
use crate::store::names::named;
use crate::store::{StoreError, listeners};

/// Which connection is meant.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ForIntegration {
    /// The integration that it belongs to.
    pub integration: Integration,
}

/// The connection as its tile shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConnectionView {
    /// What it is for.
    pub integration: Integration,
    /// The state.
    pub state: ConnectionState,
    /// How much the state needs a person, the higher the more; 0 while the connection is not in use.
    pub severity: u8,
    /// The sentence beside it.
    pub sentence: String,
    /// How calls prove whose they are; none while not connected.
    pub way: Option<Way>,
    /// Which Lever; none while not connected.
    pub environment: Option<Environment>,
    /// Who authorised it; none while not connected or if Lever did not say.
    pub account: Option<Account>,
    /// Whether Lever refuses the client secret, which is changed without another sign-in.
    pub client_secret_refused: bool,
    /// What does not work because permissions are missing, a sentence each.
    pub blocked: Vec<String>,
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
    /// A sign-in for another organisation that waits to be confirmed.
    pub other_organisation: Option<OtherOrganisation>,
    /// The checks of the last validation.
    pub checks: Vec<Check>,
    /// The validation under way.
    pub validation: Option<Validation>,
    /// The choices for the next sign-in.
    pub environments: Vec<EnvironmentChoice>,
    /// The redirect addresses that the app's registration with Lever must list.
    pub callback_addresses: Vec<String>,
}

/// How an integration is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A sign-in in the browser.
    LeverConnect,
    /// An API key.
    ApiKey,
}

impl Way {
    fn of(login: &Login) -> Self {
        match login {
            Login::LeverConnect { .. } => Self::LeverConnect,
            Login::ApiKey(_) => Self::ApiKey,
        }
    }
}

/// Answers `connections.show`.
pub(super) async fn show(
    engine: &Engine,
    ForIntegration { integration }: ForIntegration,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    let linked = running.lever(integration);
    let (row, change) = linked.connections.row_and_change().await?.unzip();
    let change = change.flatten();
    let last_event_at = running
        .store
        .read(move |db| listeners::last_arrival(db, integration))
        .await?;
    let asking = linked.connections.asking().await?;
    let uses = linked.connections.uses().await?;
    let sign_in = linked.connections.waiting();
    let state = match (&sign_in, &row) {
        (Some(_), _) => ConnectionState::WaitingForBrowser,
        (None, Some(row)) => named(&row.state)?,
        (None, None) => ConnectionState::NotConnected,
    };
    let account = row
        .as_ref()
        .map(|row| serde_json::from_str::<Account>(&row.account))
        .transpose();
    let account = account.map_err(StoreError::from)?;
    let checks: Vec<Check> = row
        .as_ref()
        .map_or(Ok(Vec::new()), |row| serde_json::from_str(&row.checks))
        .map_err(StoreError::from)?;
    let client_secret_refused =
        state == ConnectionState::ConnectedNotValidated && Check::refuse_client(&checks);
    let way = row.as_ref().map(|row| Way::of(&row.login));
    let ports = callback_ports(engine).await?;
    let held = row.as_ref().filter(|row| row.login.is_held());
    Ok(ConnectionView {
        integration,
        state,
        severity: severity(state, client_secret_refused),
        sentence: if client_secret_refused {
            SECRET_REFUSED.to_owned()
        } else {
            sentence(state, way, account.as_ref(), change)
        },
        client_secret_refused,
        blocked: blocked(state, &checks),
        way,
        environment: row
            .as_ref()
            .map(|row| named(&row.environment))
            .transpose()?,
        account,
        connected_at: row.as_ref().map(|row| row.connected_at),
        validated_at: row.as_ref().and_then(|row| row.validated_at),
        last_event_at,
        permissions: permissions::each(asking, held, &checks, &uses),
        sign_in,
        failure: linked.connections.failure(),
        other_organisation: linked.connections.unconfirmed(),
        checks,
        validation: linked.connections.validation(),
        environments: registration::choices(engine, row.as_ref())?,
        callback_addresses: callback_addresses(&ports),
    })
}

/// The sentence beside the state while Lever refuses the client secret.
const SECRET_REFUSED: &str = "Lever refuses the client secret, so nothing can be read. Change it, and everything goes on where it stopped.";

/// A refused client secret stands still as much as a refused grant does.
fn severity(state: ConnectionState, client_secret_refused: bool) -> u8 {
    if client_secret_refused {
        return ConnectionState::NeedsReconnect.severity();
    }
    state.severity()
}

/// The sentence beside the state (SCREENS.md Q12 for the confirmation).
fn sentence(
    state: ConnectionState,
    way: Option<Way>,
    account: Option<&Account>,
    change: Option<&str>,
) -> String {
    let by_key = way == Some(Way::ApiKey);
    let named = account
        .and_then(|account| account.user_name.as_deref())
        .unwrap_or("a Super Admin");
    let who = match account.and_then(|account| account.organisation.as_deref()) {
        _ if by_key => "with an API key".to_owned(),
        Some(organisation) => format!("as {named} ({organisation})"),
        None => format!("as {named}"),
    };
    match state {
        ConnectionState::NotConnected => "Lever is not connected yet.".to_owned(),
        ConnectionState::WaitingForBrowser => {
            "Waiting for you to accept in the browser.".to_owned()
        }
        ConnectionState::ConnectedNotValidated => match change {
            Some(change) => {
                format!("Lever is connected {who}. {change} Click Validate to check it again.")
            }
            None => format!("Lever is connected {who}. Click Validate to check it."),
        },
        ConnectionState::Verified => {
            format!("Lever is connected {who}, and every check passed.")
        }
        ConnectionState::ConnectedLimited => {
            format!("Lever is connected {who}, but some permissions are missing:")
        }
        ConnectionState::NeedsReconnect if by_key => {
            "Lever no longer accepts this API key. Enter another one; your set-up stays as it is."
                .to_owned()
        }
        ConnectionState::NeedsReconnect => {
            "Lever no longer accepts this connection. Sign in again; your set-up stays as it is."
                .to_owned()
        }
        ConnectionState::LeverNotReachable => {
            "Lever did not answer. Nothing is lost; Fulcrum asks again every minute.".to_owned()
        }
        ConnectionState::Disconnected => {
            "Lever was disconnected. Connect it again, and your set-up goes on where it stopped."
                .to_owned()
        }
    }
}

/// What the missing permissions block (SCREENS.md section 2, complaint 12); nothing in any other state.
fn blocked(state: ConnectionState, checks: &[Check]) -> Vec<String> {
    if state != ConnectionState::ConnectedLimited {
        return Vec::new();
    }
    checks
        .iter()
        .filter(|check| check.outcome == CheckOutcome::Limited)
        .map(|check| format!("{} ({})", check.why, check.title))
        .collect()
}
