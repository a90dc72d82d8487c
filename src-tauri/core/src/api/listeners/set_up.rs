//! `listeners.set_up`: Fulcrum makes the webhook in Lever by itself, where the connection may.

use serde::Serialize;
use ts_rs::TS;

use super::ListenerView;
use crate::api::engine::Engine;
use crate::api::error::{AppError, ErrorCode};
use crate::api::running::Running;
use crate::api::workflows::ById;
use crate::feed::Tag;
use crate::lever::{self, MANAGE_WEBHOOKS, READ_WEBHOOKS, is_granted};
use crate::listeners::{ListenerError, SetUpError, set_up as make};
use crate::store::StoreError;
use crate::store::connections::{self, Integration, Login};
use crate::store::listeners::{self, WebhookState};

/// Whether Fulcrum can make the webhook of a listener, or has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SetUpState {
    /// It can be made.
    Possible,
    /// The connection may not manage webhooks.
    NotPermitted,
    /// Lever is not connected.
    NotConnected,
    /// A try was cut short: Lever may have one, and the next try clears it away.
    Interrupted,
    /// Fulcrum made it, so only Fulcrum can change it.
    Made,
    /// Fulcrum made one, and Lever does not have it any more.
    Gone,
}

/// What the connection lets Fulcrum do about webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum May {
    /// Make them, as far as is known.
    Manage,
    /// Not make them.
    NotManage,
    /// Nothing: there is no connection.
    Nothing,
}

/// What the connection of an integration lets Fulcrum do about webhooks. What an API key may do shows when it is tried.
pub(super) async fn may(running: &Running, integration: Integration) -> Result<May, StoreError> {
    let row = running
        .store
        .read(move |db| connections::get(db, integration))
        .await?;
    Ok(match row.filter(|row| row.state != "disconnected") {
        None => May::Nothing,
        Some(row) => match row.login {
            Login::LeverConnect { .. } if !is_granted(&row.granted, MANAGE_WEBHOOKS) => {
                May::NotManage
            }
            Login::LeverConnect { .. } | Login::ApiKey(_) => May::Manage,
        },
    })
}

/// Whether Lever lets the connection of an integration see its webhooks, as far as is known.
pub(super) async fn webhooks_are_readable(
    running: &Running,
    integration: Integration,
) -> Result<bool, StoreError> {
    let row = running
        .store
        .read(move |db| connections::get(db, integration))
        .await?;
    Ok(row.is_some_and(|row| match row.login {
        Login::LeverConnect { ref tokens, .. } => {
            tokens.is_some() && is_granted(&row.granted, READ_WEBHOOKS)
        }
        Login::ApiKey(ref key) => key.is_some(),
    }))
}

/// What a listener that nobody has begun would show.
pub(super) fn of_a_new_one(may: May) -> SetUpState {
    state(WebhookState::ByHand, may)
}

/// How far a listener's webhook is.
pub(super) fn state(webhook: WebhookState, may: May) -> SetUpState {
    match (webhook, may) {
        (WebhookState::Made, _) => SetUpState::Made,
        (_, May::Nothing) => SetUpState::NotConnected,
        (_, May::NotManage) => SetUpState::NotPermitted,
        (WebhookState::Begun, May::Manage) => SetUpState::Interrupted,
        (WebhookState::Gone, May::Manage) => SetUpState::Gone,
        (WebhookState::ByHand, May::Manage) => SetUpState::Possible,
    }
}

impl From<SetUpError> for AppError {
    fn from(problem: SetUpError) -> Self {
        let sentence = problem.to_string();
        match problem {
            SetUpError::Listener(problem) => problem.into(),
            SetUpError::Lever(lever::Error::Forbidden { .. }) => {
                let words = "Lever does not let this connection manage webhooks. Allow it under Permissions, or set \
                             the webhook up by hand.";
                Self::new(ErrorCode::ReconnectLever, words).with_detail(sentence)
            }
            SetUpError::Lever(problem) => problem.into(),
            SetUpError::NoAddress | SetUpError::Made | SetUpError::ByHand => {
                Self::new(ErrorCode::InvalidInput, sentence)
            }
        }
    }
}

/// Answers `listeners.set_up`.
pub(in crate::api) async fn set_up(
    engine: &Engine,
    request: ById,
) -> Result<ListenerView, AppError> {
    let running = engine.running().await?;
    let _one_at_a_time = running.setting_up.lock().await;
    let id = request.id.clone();
    let row = running
        .store
        .read(move |db| listeners::get(db, &id))
        .await?;
    let row = row.ok_or(ListenerError::NotFound)?;
    let access = &running.lever(row.purpose.integration()).access;
    let made = Box::pin(make(&running.store, access, engine.clock(), &request.id)).await;
    engine.feed().changed(&[Tag::Listeners, Tag::Activity]);
    made?;
    super::show(engine, request).await
}
