//! `connections.*`: being allowed to act in Lever.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::Url;

use super::app::{callback_addresses, callback_ports};
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
pub use crate::config::Environment;
use crate::config::{LeverAddresses, PRACTICE_CLIENT};
pub use crate::connections::{
    Account, Check, CheckOutcome, ConnectionState, OtherOrganisation, Party, SignIn, SignInFailure,
    Validation,
};
use crate::connections::{ApiKeyError, ConfirmError, SignInError, asked, is_granted};
use crate::oauth::Client;
use crate::store::activity::Actor;
pub use crate::store::connections::Integration;
use crate::store::connections::{ConnectionRow, Login};
use crate::store::names::named;
use crate::store::{StoreError, inbox};

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

/// A permission in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PermissionView {
    /// Lever's name of the scope (LEVER.md 1.10).
    pub scope: String,
    /// What it allows, in words.
    pub words: String,
    /// Who needs it, and for what.
    pub needs: Vec<NeedView>,
    /// Whether Lever granted it; none while that is not known. Lever does not tell what an API key may do, so the
    /// last validation does.
    pub granted: Option<bool>,
}

/// Why an integration asks for a permission.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NeedView {
    /// Which integration.
    pub integration: Integration,
    /// What it does with it.
    pub reason: String,
    /// What does not work without it.
    pub blocked: String,
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
    /// What the connection is for.
    pub integration: Integration,
    /// Which Lever.
    pub environment: Environment,
    /// The app's client id with Lever; may be left out where it is known or stored.
    pub client_id: Option<String>,
    /// The app's client secret; may be left out where it is known or stored.
    pub client_secret: Option<String>,
}

/// What connecting with an API key needs.
#[derive(Deserialize, TS)]
pub struct ApiKeyInput {
    /// What the connection is for.
    pub integration: Integration,
    /// Which Lever.
    pub environment: Environment,
    /// The key as copied from Lever; outer white space is cut.
    pub api_key: String,
}

/// The answer to the question whether another organisation is meant.
#[derive(Deserialize, TS)]
pub struct ConfirmOrganisation {
    /// What the connection is for.
    pub integration: Integration,
    /// Whether the waiting sign-in takes the connection's place; otherwise it is thrown away.
    pub accept: bool,
}

/// An address copied from the browser after Lever sent it back.
#[derive(Deserialize, TS)]
pub struct PasteBack {
    /// What the connection is for.
    pub integration: Integration,
    /// The whole address.
    pub address: String,
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
    let (_, last_event_at) = running.store.read(inbox::genuine).await?;
    let asking = linked.connections.asking().await?;
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
    let way = row.as_ref().map(|row| Way::of(&row.login));
    let ports = callback_ports(engine).await?;
    let held = row.as_ref().filter(|row| row.login.is_held());
    Ok(ConnectionView {
        integration,
        state,
        severity: state.severity(),
        sentence: sentence(state, way, account.as_ref(), change),
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
        permissions: permissions(&asking, held, &checks),
        sign_in,
        failure: linked.connections.failure(),
        other_organisation: linked.connections.unconfirmed(),
        checks,
        validation: linked.connections.validation(),
        environments: choices(engine, row.as_ref())?,
        callback_addresses: callback_addresses(&ports),
    })
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

fn permissions(
    asking: &[Integration],
    row: Option<&ConnectionRow>,
    checks: &[Check],
) -> Vec<PermissionView> {
    let granted = |scope: &str| match &row?.login {
        Login::LeverConnect { .. } => row.map(|row| is_granted(&row.granted, scope)),
        Login::ApiKey(_) => checks
            .iter()
            .find(|check| check.id == Check::of_permission(scope))
            .and_then(|check| match check.outcome {
                CheckOutcome::Passed => Some(true),
                CheckOutcome::Limited => Some(false),
                CheckOutcome::Failed | CheckOutcome::NotReached => None,
            }),
    };
    asked(asking)
        .into_iter()
        .map(|permission| PermissionView {
            scope: permission.scope.to_owned(),
            words: permission.words.to_owned(),
            needs: permission
                .needs
                .iter()
                .map(|need| NeedView {
                    integration: need.integration,
                    reason: need.reason.to_owned(),
                    blocked: need.blocked.to_owned(),
                })
                .collect(),
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
        .filter(|row| {
            matches!(
                row.login,
                Login::LeverConnect {
                    client_secret: Some(_),
                    ..
                }
            )
        })
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
    let begun = running.lever(request.integration).connections.sign_in(
        request.environment,
        client,
        &ports,
        move |url: &Url| host.open_url(url),
    );
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
        SignInError::Store(problem) => problem.into(),
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
    let running = engine.running().await?;
    let row = running.lever(request.integration).connections.row().await?;
    if let Some(row) = row
        && named::<Environment>(&row.environment)? == request.environment
        && let Login::LeverConnect {
            client_id,
            client_secret: Some(client_secret),
            ..
        } = row.login
        && id.as_ref().is_none_or(|id| *id == client_id)
        && secret.is_none()
    {
        return Ok(Client {
            id: client_id,
            secret: client_secret,
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

/// Answers `connections.use_api_key`.
pub(super) async fn use_api_key(
    engine: &Engine,
    request: ApiKeyInput,
) -> Result<ConnectionView, AppError> {
    let integration = request.integration;
    let running = engine.running().await?;
    running
        .lever(integration)
        .connections
        .use_api_key(request.environment, &request.api_key)
        .await
        .map_err(no_api_key)?;
    show(engine, ForIntegration { integration }).await
}

fn no_api_key(problem: ApiKeyError) -> AppError {
    let sentence = problem.to_string();
    match problem {
        ApiKeyError::Form(_) | ApiKeyError::Refused { .. } => {
            AppError::invalid("api_key", sentence)
        }
        ApiKeyError::NoAddress => AppError::invalid("environment", sentence),
        ApiKeyError::Untried(problem) => AppError {
            message: sentence,
            ..problem.into()
        },
        ApiKeyError::Store(problem) => problem.into(),
    }
}

/// Answers `connections.wait`.
pub(super) async fn wait(
    engine: &Engine,
    which: ForIntegration,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    running.lever(which.integration).connections.wait().await;
    show(engine, which).await
}

/// Answers `connections.cancel`.
pub(super) async fn cancel(
    engine: &Engine,
    which: ForIntegration,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    running.lever(which.integration).connections.cancel();
    show(engine, which).await
}

/// Answers `connections.paste_back`.
pub(super) async fn paste_back(
    engine: &Engine,
    request: PasteBack,
) -> Result<ConnectionView, AppError> {
    let integration = request.integration;
    let running = engine.running().await?;
    running
        .lever(integration)
        .connections
        .paste_back(&request.address)
        .await
        .map_err(cannot_begin)?;
    show(engine, ForIntegration { integration }).await
}

/// Answers `connections.confirm_organisation`.
pub(super) async fn confirm_organisation(
    engine: &Engine,
    request: ConfirmOrganisation,
) -> Result<ConnectionView, AppError> {
    let integration = request.integration;
    let running = engine.running().await?;
    let confirmed = running
        .lever(integration)
        .connections
        .confirm_organisation(request.accept);
    confirmed.await.map_err(|problem| match problem {
        ConfirmError::Nothing => AppError::new(ErrorCode::Conflict, problem.to_string()),
        ConfirmError::Store(problem) => problem.into(),
    })?;
    show(engine, ForIntegration { integration }).await
}

/// Answers `connections.validate`.
pub(super) async fn validate(
    engine: &Engine,
    which: ForIntegration,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    let connections = &running.lever(which.integration).connections;
    let state = match connections.row().await? {
        Some(row) if row.login.is_held() => named(&row.state)?,
        Some(_) | None => ConnectionState::NotConnected,
    };
    let refused = match state {
        ConnectionState::NotConnected => "Connect Lever first; then it can be validated.",
        ConnectionState::NeedsReconnect => {
            "Lever no longer accepts this connection. Sign in again; then it can be validated."
        }
        _ => "",
    };
    if !refused.is_empty() {
        return Err(AppError::new(ErrorCode::ReconnectLever, refused));
    }
    connections.validate(Actor::You).await?;
    show(engine, which).await
}

/// Answers `connections.stop_validation`.
pub(super) async fn stop_validation(
    engine: &Engine,
    which: ForIntegration,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    let connections = &running.lever(which.integration).connections;
    connections.stop_validation();
    connections.validated().await;
    show(engine, which).await
}
