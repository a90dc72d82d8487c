//! The command that changes the client secret of a connection.

use serde::Deserialize;
use ts_rs::TS;

use super::super::engine::Engine;
use super::super::error::{AppError, ErrorCode};
use super::{ConnectionView, ForIntegration, Integration, show};
use crate::connections::ChangeSecretError;
use crate::oauth::ClientSecretError;

/// Another client secret for the registration that is connected.
#[derive(Deserialize, TS)]
pub struct ChangeClientSecret {
    /// What the connection is for.
    pub integration: Integration,
    /// The secret as copied from Lever; outer white space is cut.
    pub client_secret: String,
}

/// Answers `connections.change_client_secret`.
pub(in super::super) async fn change_client_secret(
    engine: &Engine,
    request: ChangeClientSecret,
) -> Result<ConnectionView, AppError> {
    let integration = request.integration;
    let running = engine.running().await?;
    running
        .lever(integration)
        .connections
        .change_client_secret(&request.client_secret)
        .await
        .map_err(not_changed)?;
    show(engine, ForIntegration { integration }).await
}

fn not_changed(problem: ChangeSecretError) -> AppError {
    let sentence = problem.to_string();
    let invalid = AppError::invalid("client_secret", &sentence);
    match problem {
        ChangeSecretError::Empty => invalid,
        ChangeSecretError::Refused(ClientSecretError::Refused { detail }) => {
            invalid.with_detail(detail)
        }
        ChangeSecretError::Refused(ClientSecretError::Untried { detail }) => {
            AppError::new(ErrorCode::LeverUnreachable, sentence).with_detail(detail)
        }
        ChangeSecretError::Refused(ClientSecretError::NotConnected) => {
            AppError::new(ErrorCode::Conflict, sentence)
        }
        ChangeSecretError::Store(problem) => problem.into(),
    }
}
