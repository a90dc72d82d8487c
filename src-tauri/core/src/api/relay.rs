//! `relay.*`: the way from the internet to this laptop, and which copy of the data folder is at its end.

use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;

use super::activity::AttentionItem;
use super::app::NoInput;
use super::engine::Engine;
use super::error::AppError;
use crate::jobs::Remedy;
use crate::standing::Standing;
use crate::store::StoreError;
use crate::tunnel::{self, PathState, RelayState, WayState};

/// The id, among those of waiting work, of a copy that stands by.
pub(super) const STANDING_BY: &str = "standing_by";

/// The way from the internet to this laptop.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RelayView {
    /// How it stands, in one word.
    pub way: WayState,
    /// The sentence beside it.
    pub way_sentence: String,
    /// The state of the session with the relay.
    pub state: RelayState,
    /// The sentence beside that.
    pub sentence: String,
    /// The public base address of the endpoints.
    pub public_url: Option<String>,
    /// Whether the relay runs inside the app.
    pub embedded: bool,
    /// Since when it is in this state.
    pub since: i64,
    /// Events that wait at the relay, as it last said.
    pub waiting: u64,
    /// When a probe last came back through the public address.
    pub last_proof_at: Option<i64>,
    /// Whether events can arrive, as the probes tell.
    pub path: PathState,
}

/// Answers `relay.show`.
pub(super) async fn show(engine: &Engine, _: NoInput) -> Result<RelayView, AppError> {
    let running = engine.running().await?;
    let (status, now) = (running.status.get(), engine.now());
    let (way, way_sentence) = status.way(now);
    Ok(RelayView {
        way,
        way_sentence,
        state: status.state,
        sentence: status.sentence,
        public_url: status.public_url,
        embedded: running.relay(engine).await?.is_none(),
        since: status.since,
        waiting: status.waiting,
        last_proof_at: status.path.proven_at,
        path: status.path.state(now),
    })
}

/// Answers `relay.use_this_copy`.
pub(super) async fn use_this_copy(engine: &Engine, _: NoInput) -> Result<RelayView, AppError> {
    let running = engine.running().await?;
    if running.standing.get() == Standing::StandsBy {
        running.choose(engine.now());
        running.status.decided().await;
    }
    show(engine, NoInput {}).await
}

/// What waits for the user in a copy that stands by.
pub(super) fn standing_by(db: &Connection) -> Result<Option<AttentionItem>, StoreError> {
    let since = tunnel::standing_by_since(db)?;
    Ok(since.map(|since| AttentionItem {
        id: STANDING_BY.to_owned(),
        title: "This copy stands by".to_owned(),
        why: tunnel::STANDS_BY.to_owned(),
        remedy: Remedy::UseThisCopy,
        since,
        attempts: 0,
        next_try_at: None,
    }))
}
