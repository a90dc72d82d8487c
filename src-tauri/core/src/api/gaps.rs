//! `gaps.*`: changes in Lever that no event told of.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::NoInput;
use super::engine::Engine;
use super::error::AppError;
use super::running::Running;
use crate::listeners::{self, GapError, LeverEvent};
use crate::store::gaps::{self, GapRow};
use crate::store::names::named;
use crate::store::{StoreError, settings};

/// The setting with how many events the relay left out by its own numbers.
pub(super) const LEFT_OUT: &str = "relay_left_out";

/// The changes without an event.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GapsView {
    /// Those that wait for a decision, the oldest change first.
    pub open: Vec<GapView>,
    /// Every change up to this moment was compared; none before the first comparison.
    pub compared_until: Option<i64>,
    /// How many times the relay's own numbers showed that it left something out.
    pub left_out: u64,
}

/// A change without an event.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GapView {
    /// Its id.
    pub id: i64,
    /// The candidate's name.
    pub candidate: String,
    /// What changed, in words.
    pub what: String,
    /// The event that did not come, as Lever labels it.
    pub event: String,
    /// When it changed.
    pub changed_at: i64,
    /// Whether running it does anything: only some events are acted on.
    pub runs: bool,
}

/// One of them, or all.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChooseGap {
    /// Which one; all that are open if left out.
    pub id: Option<i64>,
}

/// Answers `gaps.list`.
pub(super) async fn list(engine: &Engine, _: NoInput) -> Result<GapsView, AppError> {
    view(&*engine.running().await?).await
}

async fn view(running: &Running) -> Result<GapsView, AppError> {
    let (rows, compared_until, left_out) = running
        .store
        .read(|db| {
            let left_out: Option<u64> = settings::get(db, LEFT_OUT)?;
            Ok::<_, StoreError>((gaps::open(db)?, gaps::compared_until(db)?, left_out))
        })
        .await?;
    Ok(GapsView {
        open: rows.into_iter().map(gap).collect::<Result<_, _>>()?,
        compared_until,
        left_out: left_out.unwrap_or_default(),
    })
}

fn gap(row: GapRow) -> Result<GapView, StoreError> {
    let event: LeverEvent = named(&row.event)?;
    Ok(GapView {
        id: row.id,
        candidate: row.candidate,
        what: row.what,
        event: event.label().to_owned(),
        changed_at: row.changed_at,
        runs: event.is_acted_on(),
    })
}

/// Answers `gaps.find`.
pub(super) async fn find(engine: &Engine, _: NoInput) -> Result<GapsView, AppError> {
    let running = engine.running().await?;
    running.gaps.find().await.map_err(|problem| match problem {
        GapError::Lever(problem) => AppError::from(problem),
        GapError::Store(problem) => AppError::from(problem),
    })?;
    view(&running).await
}

/// Answers `gaps.run`.
pub(super) async fn run(engine: &Engine, request: ChooseGap) -> Result<GapsView, AppError> {
    let running = engine.running().await?;
    let now = engine.now();
    let run = running
        .store
        .write(move |db| listeners::run_gaps(db, request.id, now))
        .await?;
    if run > 0 {
        running.bell.ring();
    }
    view(&running).await
}

/// Answers `gaps.dismiss`.
pub(super) async fn dismiss(engine: &Engine, request: ChooseGap) -> Result<GapsView, AppError> {
    let running = engine.running().await?;
    let now = engine.now();
    running
        .store
        .write(move |db| listeners::dismiss_gaps(db, request.id, now))
        .await?;
    view(&running).await
}
