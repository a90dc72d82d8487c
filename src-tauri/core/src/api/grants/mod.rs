//! `grants.*`: every permission to act in Lever, and how each is ended.

mod local;
mod revoke;

use serde::Serialize;
use ts_rs::TS;

use self::local::Local;
pub use self::local::{DataChoice, LocalData};
pub use self::revoke::{Revoke, RevokeAll};
pub(super) use self::revoke::{forget, revoke, revoke_all};
use super::app::NoInput;
use super::connections::{Account, ConnectionState, Integration};
use super::engine::Engine;
use super::error::AppError;
use crate::config::{Environment, LeverAddresses};
use crate::connections::granted;
use crate::jobs::Leave;
use crate::oauth::OFFLINE_ACCESS;
use crate::store::connections::{ConnectionRow, Login};
use crate::store::departures::{self, DepartureRow};
use crate::store::names::named;
use crate::store::permission_uses::PermissionUses;
use crate::store::{StoreError, jobs};
use crate::vault::SecretsPlace;

/// The app's name, as it is registered with Lever.
const APP: &str = "Fulcrum";

/// The page *Authorized apps*.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GrantsView {
    /// Each permission to act in Lever that this installation holds.
    pub grants: Vec<GrantView>,
    /// What was ended here and not yet in Lever.
    pub leaving: Vec<LeavingView>,
}

/// A permission that was ended here and of which Lever was not told yet.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeavingView {
    /// Its id, for telling Lever no more.
    pub id: String,
    /// The work of telling Lever, for trying it now.
    pub job_id: Option<String>,
    /// What it was for.
    pub integration: Integration,
    /// Which Lever, by its name on screen.
    pub environment: String,
    /// When it was ended here, in milliseconds since 1970 UTC.
    pub left_at: i64,
    /// How many webhooks that Fulcrum made are still to be deleted there.
    pub webhooks: u32,
    /// Why Lever could not be told yet; none before the first try.
    pub why: Option<String>,
    /// When it is tried next; none while it waits for a person.
    pub next_try_at: Option<i64>,
    /// The page in Lever where it can be ended by hand.
    pub lever_url: Option<String>,
}

/// A permission to act in Lever.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GrantView {
    /// The app that Lever let in.
    pub app: String,
    /// What it is for.
    pub integration: Integration,
    /// How it stands.
    pub state: ConnectionState,
    /// Whether it is an API key instead of a sign-in.
    pub api_key: bool,
    /// The app's client id with Lever; none for an API key.
    pub client_id: Option<String>,
    /// Which Lever, by its name on screen.
    pub environment: String,
    /// Who authorised it, for which organisation.
    pub account: Account,
    /// When, in milliseconds since 1970 UTC.
    pub connected_at: i64,
    /// When it was last used, in milliseconds since 1970 UTC; none if it was not. Staying signed in and trying what is
    /// allowed are no uses.
    pub last_used_at: Option<i64>,
    /// What it allows; none where Lever does not tell, as for an API key.
    pub permissions: Option<Vec<GrantedView>>,
    /// Where the key of the encrypted database is kept, in which its secrets are.
    pub secrets: SecretsPlace,
    /// The page in Lever where it can be ended too.
    pub lever_url: Option<String>,
    /// The page in Lever with the webhooks, of which those added by hand are removed there.
    pub webhooks_url: Option<String>,
    /// The page in Lever with the fields of the offer form.
    pub offer_form_url: Option<String>,
    /// What stops and what stays when it is ended, a sentence each.
    pub stops: Vec<String>,
    /// What can become of what came from Lever.
    pub data: Vec<DataChoice>,
}

/// A granted permission.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GrantedView {
    /// Lever's name of it.
    pub scope: String,
    /// What it allows, in words; none if it is not one that Fulcrum asks for.
    pub words: Option<String>,
}

/// Answers `grants.list`.
pub(super) async fn list(engine: &Engine, _: NoInput) -> Result<GrantsView, AppError> {
    let running = engine.running().await?;
    let (mut rows, mut last_used) = (Vec::new(), Vec::new());
    for integration in Integration::ALL {
        let connections = &running.lever(integration).connections;
        if let Some(row) = connections.row().await?
            && row.login.is_held()
        {
            last_used.push(last_use(&row, &connections.uses().await?));
            rows.push((integration, row));
        }
    }
    let (local, departures) = running
        .store
        .read(|db| {
            let departures = departures::all(db)?.into_iter();
            let jobs = departures.map(|row| {
                let job = jobs::get(db, Leave::NAME, &row.id.to_string())?;
                Ok::<_, StoreError>((row, job))
            });
            let departures = jobs.collect::<Result<Vec<_>, _>>()?;
            Ok::<_, StoreError>((Local::read(db)?, departures))
        })
        .await?;
    let place = engine.place()?;
    let grants = rows
        .iter()
        .zip(last_used)
        .map(|((integration, row), last)| {
            let stops = local.stops(*integration, row, &rows);
            view(engine, *integration, row, place, (last, stops))
        });
    let leaving = departures
        .into_iter()
        .map(|(row, job)| leaving(engine, &row, job));
    Ok(GrantsView {
        grants: grants.collect::<Result<_, _>>()?,
        leaving: leaving.collect::<Result<_, _>>()?,
    })
}

/// The Lever of a saved environment; none if it was given at another start of the program.
fn lever(engine: &Engine, environment: Environment) -> Option<LeverAddresses> {
    LeverAddresses::of(environment, engine.options().custom.as_ref())
}

/// The page where what the login stands for is ended by hand.
fn ending_page(lever: &LeverAddresses, login: &Login) -> String {
    match login {
        Login::LeverConnect { .. } => lever.authorized_apps_page(),
        Login::ApiKey(_) => lever.api_credentials_page(),
    }
}

fn leaving(
    engine: &Engine,
    row: &DepartureRow,
    job: Option<jobs::JobRow>,
) -> Result<LeavingView, AppError> {
    let environment: Environment = named(&row.environment)?;
    Ok(LeavingView {
        id: row.id.to_string(),
        job_id: job.as_ref().map(|job| job.id.to_string()),
        integration: row.integration,
        environment: environment.label().to_owned(),
        left_at: row.left_at,
        webhooks: row.webhooks,
        next_try_at: job.as_ref().and_then(|job| job.due_at),
        why: job.and_then(|job| job.why),
        lever_url: lever(engine, environment).map(|lever| ending_page(&lever, &row.login)),
    })
}

fn view(
    engine: &Engine,
    integration: Integration,
    row: &ConnectionRow,
    secrets: SecretsPlace,
    (last_used_at, stops): (Option<i64>, Vec<String>),
) -> Result<GrantView, AppError> {
    let environment: Environment = named(&row.environment)?;
    let lever = lever(engine, environment);
    let client_id = match &row.login {
        Login::LeverConnect { client_id, .. } => Some(client_id.clone()),
        Login::ApiKey(_) => None,
    };
    Ok(GrantView {
        app: APP.to_owned(),
        integration,
        state: named(&row.state)?,
        api_key: client_id.is_none(),
        permissions: client_id.is_some().then(|| permissions(&row.granted)),
        client_id,
        environment: environment.label().to_owned(),
        account: serde_json::from_str(&row.account).map_err(StoreError::from)?,
        connected_at: row.connected_at,
        last_used_at,
        secrets,
        lever_url: lever.as_ref().map(|lever| ending_page(lever, &row.login)),
        webhooks_url: lever.as_ref().map(LeverAddresses::webhooks_page),
        offer_form_url: lever.as_ref().map(LeverAddresses::offer_form_page),
        stops,
        data: local::choices(integration),
    })
}

/// The last use of this grant: a connection may have been made anew since its permissions were used.
fn last_use(row: &ConnectionRow, uses: &[PermissionUses]) -> Option<i64> {
    let calls = uses.iter().filter(|one| one.scope != OFFLINE_ACCESS);
    calls
        .map(|one| one.last_at)
        .filter(|at| *at >= row.connected_at)
        .max()
}

fn permissions(list: &str) -> Vec<GrantedView> {
    let each = granted(list).into_iter();
    each.map(|(scope, words)| GrantedView {
        scope: scope.to_owned(),
        words: words.map(str::to_owned),
    })
    .collect()
}
