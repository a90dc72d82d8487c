//! The command that connects with an API key.

use serde::Deserialize;
use ts_rs::TS;

use super::super::engine::Engine;
use super::super::error::AppError;
use super::{ConnectionView, Environment, ForIntegration, Integration, show};
use crate::connections::ApiKeyError;

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

/// Answers `connections.use_api_key`.
pub(in super::super) async fn use_api_key(
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
