//! `connections.*`: being allowed to act in Lever.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::Url;

use super::app::{NoInput, callback_addresses, callback_ports};
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
pub use crate::config::Environment;
use crate::config::{LeverAddresses, PRACTICE_CLIENT};
pub use crate::connections::{
    Account, Check, CheckOutcome, ConnectionState, SignIn, SignInFailure,
};
use crate::connections::{NEEDED, SORA, SignInError};
use crate::oauth::Client;
use crate::store::connections::ConnectionRow;
use crate::store::names::named;
use crate::store::{StoreError, connections, inbox};
use crate::tunnel::RelayState;

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
    pub checks: Vec<Check>,
    /// The choices for the next sign-in.
    pub environments: Vec<EnvironmentChoice>,
    /// The redirect addresses that the app's registration with Lever must list.
    pub callback_addresses: Vec<String>,
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

/// Answers `connections.show`.
pub(super) async fn show(engine: &Engine, _: NoInput) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    let (row, (_, last_event_at)) = running
        .store
        .read(|db| Ok::<_, StoreError>((connections::get(db, SORA)?, inbox::genuine(db)?)))
        .await?;
    let sign_in = running.connections.waiting();
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
    let checks = row
        .as_ref()
        .map_or(Ok(Vec::new()), |row| serde_json::from_str(&row.checks));
    let ports = callback_ports(engine).await?;
    Ok(ConnectionView {
        state,
        sentence: sentence(state, account.as_ref()),
        environment: row
            .as_ref()
            .map(|row| named(&row.environment))
            .transpose()?,
        account,
        connected_at: row.as_ref().map(|row| row.connected_at),
        validated_at: row.as_ref().and_then(|row| row.validated_at),
        last_event_at,
        permissions: permissions(row.as_ref()),
        sign_in,
        failure: running.connections.failure(),
        checks: checks.map_err(StoreError::from)?,
        environments: choices(engine, row.as_ref())?,
        callback_addresses: callback_addresses(&ports),
    })
}

/// The sentence beside the state (SCREENS.md Q12 for the confirmation).
fn sentence(state: ConnectionState, account: Option<&Account>) -> String {
    let named = account
        .and_then(|account| account.user_name.as_deref())
        .unwrap_or("a Super Admin");
    let who = match account.and_then(|account| account.organisation.as_deref()) {
        Some(organisation) => format!("{named} ({organisation})"),
        None => named.to_owned(),
    };
    match state {
        ConnectionState::NotConnected => "Lever is not connected yet.".to_owned(),
        ConnectionState::WaitingForBrowser => {
            "Waiting for you to accept in the browser.".to_owned()
        }
        ConnectionState::ConnectedNotValidated => {
            format!("Lever is connected as {who}. Click Validate to check it.")
        }
        ConnectionState::Verified => {
            format!("Lever is connected as {who}, and every check passed.")
        }
        ConnectionState::ConnectedLimited => {
            format!("Lever is connected as {who}, but some permissions are missing.")
        }
        ConnectionState::NeedsReconnect => {
            "Lever no longer accepts this connection. Sign in again; your set-up stays as it is."
                .to_owned()
        }
        ConnectionState::LeverNotReachable => {
            "Lever did not answer. Nothing is lost; validate again in a moment.".to_owned()
        }
        ConnectionState::Disconnected => "Lever was disconnected.".to_owned(),
    }
}

fn permissions(row: Option<&ConnectionRow>) -> Vec<PermissionView> {
    let granted =
        |scope: &str| row.map(|row| row.granted.split(' ').any(|granted| granted == scope));
    NEEDED
        .iter()
        .map(|permission| PermissionView {
            scope: permission.scope.to_owned(),
            words: permission.words.to_owned(),
            reason: permission.reason.to_owned(),
            granted: granted(permission.scope),
        })
        .collect()
}

/// The choices, the one given at the start first.
fn choices(
    engine: &Engine,
    row: Option<&ConnectionRow>,
) -> Result<Vec<EnvironmentChoice>, AppError> {
    let stored = row
        .map(|row| named::<Environment>(&row.environment))
        .transpose()?;
    let custom = engine.options().custom.as_ref();
    let all = [
        Environment::Custom,
        Environment::Production,
        Environment::Sandbox,
        Environment::Practice,
    ];
    Ok(all
        .into_iter()
        .filter_map(|environment| {
            let addresses = LeverAddresses::of(environment, custom)?;
            Some(EnvironmentChoice {
                environment,
                label: environment.label().to_owned(),
                address: addresses.auth.to_string(),
                client_known: environment == Environment::Practice || stored == Some(environment),
            })
        })
        .collect())
}

/// Answers `connections.sign_in`.
pub(super) async fn sign_in(engine: &Engine, request: SignInInput) -> Result<SignIn, AppError> {
    let running = engine.running().await?;
    let client = client(engine, &request).await?;
    let ports = callback_ports(engine).await?;
    let host = engine.host().clone();
    let begun =
        running
            .connections
            .sign_in(request.environment, client, &ports, move |url: &Url| {
                host.open_url(url)
            });
    begun.await.map_err(cannot_begin)
}

fn cannot_begin(problem: SignInError) -> AppError {
    let sentence = problem.to_string();
    match problem {
        SignInError::NoPort { detail, .. } => {
            AppError::invalid("callback_ports", sentence).with_detail(detail)
        }
        SignInError::NoAddress => AppError::invalid("environment", sentence),
        SignInError::Paste(_) => AppError::invalid("address", sentence),
        SignInError::Exchange(problem) => {
            AppError::new(ErrorCode::LeverUnreachable, sentence).with_detail(format!("{problem:?}"))
        }
    }
}

/// The app's registration: typed, else stored for this environment, else the practice one.
async fn client(engine: &Engine, request: &SignInInput) -> Result<Client, AppError> {
    let typed = |text: &Option<String>| {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let (id, secret) = (typed(&request.client_id), typed(&request.client_secret));
    if let (Some(id), Some(secret)) = (&id, &secret) {
        return Ok(Client {
            id: id.clone(),
            secret: SecretString::from(secret.clone()),
        });
    }
    let row = engine
        .running()
        .await?
        .store
        .read(|db| connections::get(db, SORA))
        .await?;
    if let Some(row) = row
        && named::<Environment>(&row.environment)? == request.environment
        && id.as_ref().is_none_or(|id| *id == row.client_id)
        && secret.is_none()
    {
        return Ok(Client {
            id: row.client_id,
            secret: row.client_secret,
        });
    }
    if request.environment == Environment::Practice && id.is_none() && secret.is_none() {
        let (id, secret) = PRACTICE_CLIENT;
        return Ok(Client {
            id: id.to_owned(),
            secret: SecretString::from(secret.to_owned()),
        });
    }
    let missing = if id.is_none() {
        "client_id"
    } else {
        "client_secret"
    };
    let sentence = "Enter the client id and the client secret that Lever gave you for Fulcrum.";
    Err(AppError::invalid(missing, sentence))
}

/// Answers `connections.wait`.
pub(super) async fn wait(engine: &Engine, _: NoInput) -> Result<ConnectionView, AppError> {
    engine.running().await?.connections.wait().await;
    show(engine, NoInput {}).await
}

/// Answers `connections.cancel`.
pub(super) async fn cancel(engine: &Engine, _: NoInput) -> Result<ConnectionView, AppError> {
    engine.running().await?.connections.cancel();
    show(engine, NoInput {}).await
}

/// Answers `connections.paste_back`.
pub(super) async fn paste_back(
    engine: &Engine,
    request: PasteBack,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    running
        .connections
        .paste_back(&request.address)
        .await
        .map_err(cannot_begin)?;
    show(engine, NoInput {}).await
}

/// Answers `connections.validate`.
pub(super) async fn validate(engine: &Engine, _: NoInput) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    if running
        .store
        .read(|db| connections::get(db, SORA))
        .await?
        .is_none()
    {
        return Err(AppError::new(
            ErrorCode::ReconnectLever,
            "Connect Lever first; then it can be validated.",
        ));
    }
    let relay = running.status.get();
    running
        .connections
        .validate((relay.state == RelayState::Connected, relay.sentence))
        .await?;
    show(engine, NoInput {}).await
}
