//! The commands of *Validate*.

use super::super::engine::Engine;
use super::super::error::{AppError, ErrorCode};
use super::{ConnectionState, ConnectionView, ForIntegration, show};
use crate::store::activity::Actor;
use crate::store::names::named;

/// Answers `connections.validate`.
pub(in super::super) async fn validate(
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
pub(in super::super) async fn stop_validation(
    engine: &Engine,
    which: ForIntegration,
) -> Result<ConnectionView, AppError> {
    let running = engine.running().await?;
    let connections = &running.lever(which.integration).connections;
    connections.stop_validation();
    connections.validated().await;
    show(engine, which).await
}
