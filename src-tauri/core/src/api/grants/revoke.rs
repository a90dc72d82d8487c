//! Ending permissions, after a typed word.

use serde::Deserialize;
use ts_rs::TS;

use super::super::app::NoInput;
use super::super::connections::Integration;
use super::super::engine::Engine;
use super::super::error::{AppError, ErrorCode};
use super::super::workflows::ById;
use super::{GrantsView, LocalData, list};
use crate::jobs::Leave;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::{StoreError, departures, jobs};

/// The word that has to be typed before one permission is ended.
const REVOKE: &str = "revoke";

/// The words that have to be typed before all of them are.
const REVOKE_ALL: &str = "revoke all";

/// Which permission is ended.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Revoke {
    /// What it is for.
    pub integration: Integration,
    /// `revoke`, typed by the user.
    pub confirmation: String,
    /// What becomes of what came from Lever.
    pub data: LocalData,
}

/// Every permission is ended.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RevokeAll {
    /// `revoke all`, typed by the user.
    pub confirmation: String,
    /// What becomes of what came from Lever.
    pub data: LocalData,
}

/// Answers `grants.revoke`.
pub(in super::super) async fn revoke(
    engine: &Engine,
    request: Revoke,
) -> Result<GrantsView, AppError> {
    confirmed(&request.confirmation, REVOKE)?;
    let running = engine.running().await?;
    if !running
        .lever(request.integration)
        .leave(request.data)
        .await?
    {
        return Err(AppError::new(
            ErrorCode::NotFound,
            "There is no access left to end: it was ended already.",
        ));
    }
    // The addresses of deleted listeners answer 410 from now on.
    running.hurry();
    list(engine, NoInput {}).await
}

/// Answers `grants.revoke_all`.
pub(in super::super) async fn revoke_all(
    engine: &Engine,
    request: RevokeAll,
) -> Result<GrantsView, AppError> {
    confirmed(&request.confirmation, REVOKE_ALL)?;
    let running = engine.running().await?;
    for integration in Integration::ALL {
        running.lever(integration).leave(request.data).await?;
    }
    running.hurry();
    list(engine, NoInput {}).await
}

fn confirmed(typed: &str, wanted: &str) -> Result<(), AppError> {
    if typed.trim().eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    let sentence = format!("Type “{wanted}” to confirm. Nothing was changed.");
    Err(AppError::invalid("confirmation", sentence))
}

/// Answers `grants.forget`: Lever is not told any more, and the secrets kept for that go.
pub(in super::super) async fn forget(
    engine: &Engine,
    request: ById,
) -> Result<GrantsView, AppError> {
    let gone = || AppError::new(ErrorCode::NotFound, "Lever was told already.");
    let id: i64 = request.id.parse().map_err(|_| gone())?;
    let now = engine.now();
    let running = engine.running().await?;
    let forgotten = running
        .store
        .write(move |db| {
            let Some(row) = departures::get(db, id)? else {
                return Ok(false);
            };
            departures::remove(db, id)?;
            if let Some(job) = jobs::get(db, Leave::NAME, &id.to_string())? {
                jobs::finish(db, job.id)?;
            }
            let sentence = format!(
                "You let go of telling Lever that {} has ended. A Super Admin revokes it in Lever.",
                row.integration.label()
            );
            Entry::new(Kind::Connection, Outcome::Skipped, sentence)
                .by(Actor::You)
                .write(db, now)?;
            Ok::<_, StoreError>(true)
        })
        .await?;
    if !forgotten {
        return Err(gone());
    }
    list(engine, NoInput {}).await
}
