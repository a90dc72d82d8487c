//! The commands of a sign-in, from the address for the browser to its end.

use serde::Deserialize;
use ts_rs::TS;
use url::Url;

use super::super::app::callback_ports;
use super::super::engine::Engine;
use super::super::error::{AppError, ErrorCode};
use super::registration::client;
use super::{ConnectionView, Environment, ForIntegration, Integration, SignIn, show};
use crate::connections::{ConfirmError, SignInError};

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
    /// The scopes of the optional permissions to ask for as well; none if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub also: Vec<String>,
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

/// Answers `connections.sign_in`.
pub(in super::super) async fn sign_in(
    engine: &Engine,
    request: SignInInput,
) -> Result<SignIn, AppError> {
    let running = engine.running().await?;
    let client = client(engine, &request).await?;
    let ports = callback_ports(engine).await?;
    let host = engine.host().clone();
    let begun = running.lever(request.integration).connections.sign_in(
        request.environment,
        client,
        &request.also,
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

/// Answers `connections.wait`.
pub(in super::super) async fn wait(
    engine: &Engine,
    which: ForIntegration,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    running.lever(which.integration).connections.wait().await;
    show(engine, which).await
}

/// Answers `connections.cancel`.
pub(in super::super) async fn cancel(
    engine: &Engine,
    which: ForIntegration,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    running.lever(which.integration).connections.cancel();
    show(engine, which).await
}

/// Answers `connections.paste_back`.
pub(in super::super) async fn paste_back(
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
pub(in super::super) async fn confirm_organisation(
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
    running.lever(integration).lists.forget();
    show(engine, ForIntegration { integration }).await
}
