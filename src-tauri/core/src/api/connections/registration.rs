//! The app's registration with Lever: for which environments it is known, and what was typed of it.

use serde::Serialize;
use ts_rs::TS;

use super::super::engine::Engine;
use super::super::error::AppError;
use super::{Environment, SignInInput};
use crate::config::{LeverAddresses, PRACTICE_CLIENT};
use crate::oauth::Client;
use crate::redact;
use crate::store::connections::{ConnectionRow, Login};
use crate::store::names::named;

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

/// The choices, the one given at the start first.
pub(super) fn choices(
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

/// The app's registration: typed, else stored for this environment, else the practice one.
pub(super) async fn client(engine: &Engine, request: &SignInInput) -> Result<Client, AppError> {
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
            secret: redact::secret(secret),
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
            secret: redact::secret(secret),
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
