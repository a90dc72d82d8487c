//! `activity.*`, `attention.*`, `home.*` and `relay.*`: what happened, what waits, what works.

use std::collections::HashSet;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::NoInput;
use super::connections::ConnectionState;
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use super::fields;
use super::gaps as gaps_api;
use super::relay;
use super::workflows::ById;
pub use crate::jobs::Remedy;
use crate::jobs::{Enter, Forget, Hire, Leave, Rehook, SyncOffers, Unhook};
use crate::lever::Priority;
pub use crate::store::activity::{ActivityLine, Actor, Kind, Outcome};
use crate::store::endpoints::MovedRow;
use crate::store::gaps::{self, GapRow};
use crate::store::jobs::JobRow;
use crate::store::names::named;
use crate::store::{StoreError, activity, endpoints, jobs, settings};
pub use crate::tunnel::PathState;

/// Lines given when no number is asked for.
const LINES: u32 = 100;

/// Lines given at most.
const MOST_LINES: u32 = 200;

/// What the ids of changed fields begin with, among those of waiting work.
const DRIFT: &str = "drift.";

/// The id of changed addresses, among those of waiting work.
const MOVED: &str = "moved";

/// The id of changes without an event, among those of waiting work.
const MISSED: &str = "missed";

/// Waiting work listed at most.
const LISTED: u32 = 200;

/// Which part of the log to read.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ListActivity {
    /// Only lines before this id; the newest if left out.
    pub before: Option<i64>,
    /// Only lines about this person.
    pub person_id: Option<String>,
    /// At most this many, up to 200; 100 if left out.
    pub limit: Option<u32>,
}

/// Something that waits for the user.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AttentionItem {
    /// The id of the waiting work.
    pub id: String,
    /// What waits, in words.
    pub title: String,
    /// Why, in words.
    pub why: String,
    /// Where it is put right.
    pub remedy: Remedy,
    /// Since when.
    pub since: i64,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again by itself; none if it waits for the user.
    pub next_try_at: Option<i64>,
}

/// Home: is it working, what happened, what needs me.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HomeView {
    /// The connection's state.
    pub connection: ConnectionState,
    /// The way of an event, in order.
    pub hops: Vec<Hop>,
    /// What is left of the set-up.
    pub steps: Vec<SetupStep>,
    /// What waits for the user.
    pub attention: Vec<AttentionItem>,
    /// The newest lines of the log.
    pub recent: Vec<ActivityLine>,
}

/// One station on the way of an event.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Hop {
    /// `lever`, `relay`, `laptop`, `verify`, `store`, `mapping` or `people`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whether it works.
    pub state: HopState,
    /// What is known, in words.
    pub sentence: String,
    /// When it was last seen working.
    pub at: Option<i64>,
    /// How many passed it.
    pub count: Option<u64>,
    /// How long the last probe took from the station before to this one, in microseconds.
    pub took_us: Option<u64>,
}

/// Whether a station works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HopState {
    /// Works.
    Working,
    /// Not proven yet.
    Waiting,
    /// Does not work.
    Broken,
}

/// One step of the set-up.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SetupStep {
    /// `connect`, `validate`, `map`, `listen`, `verify` or `hire`.
    pub id: String,
    /// What to do.
    pub title: String,
    /// Whether it is done.
    pub done: bool,
}

/// Answers `activity.list`.
pub(super) async fn list(
    engine: &Engine,
    request: ListActivity,
) -> Result<Vec<ActivityLine>, AppError> {
    let limit = request.limit.unwrap_or(LINES).min(MOST_LINES);
    let running = engine.running().await?;
    let lines = running
        .store
        .read(move |db| activity::list(db, request.before, request.person_id.as_deref(), limit))
        .await?;
    Ok(lines)
}

/// Answers `attention.list`.
pub(super) async fn attention(engine: &Engine, _: NoInput) -> Result<Vec<AttentionItem>, AppError> {
    let now = engine.now();
    let (rows, drifted, moved, standing_by) = engine
        .running()
        .await?
        .store
        .read(move |db| {
            let moved = (endpoints::moved(db)?, gaps::open(db)?);
            let standing_by = relay::standing_by(db)?;
            Ok::<_, StoreError>((
                jobs::in_trouble(db, LISTED)?,
                drifted(db)?,
                moved,
                standing_by,
            ))
        })
        .await?;
    let mut hires = HashSet::new();
    let waiting: Vec<_> = rows
        .into_iter()
        .filter(|row| opportunity(row).is_none_or(|id| hires.insert(id)))
        .map(item)
        .collect::<Result<_, _>>()?;
    let (moved, missed) = moved;
    let moved = (!moved.is_empty()).then(|| moved_addresses(&moved, now));
    let missed = missed_changes(&missed);
    Ok(standing_by
        .into_iter()
        .chain(moved)
        .chain(missed)
        .chain(drifted)
        .chain(waiting)
        .collect())
}

/// Changes in Lever that no event told of.
fn missed_changes(open: &[GapRow]) -> Option<AttentionItem> {
    let found_at = open.iter().map(|gap| gap.found_at).min()?;
    let title = match open.len() {
        1 => "1 change in Lever had no event".to_owned(),
        count => format!("{count} changes in Lever had no event"),
    };
    Some(AttentionItem {
        id: MISSED.to_owned(),
        title,
        why: "Run or dismiss each; nothing of it was done so far.".to_owned(),
        remedy: Remedy::Missed,
        since: found_at,
        attempts: 0,
        next_try_at: None,
    })
}

/// Listeners to whose address Lever no longer sends.
fn moved_addresses(moved: &[MovedRow], now: i64) -> AttentionItem {
    let since = moved.iter().filter_map(|row| row.moved_at).min();
    let whose = match moved.len() {
        1 => "1 webhook in Lever still has".to_owned(),
        count => format!("{count} webhooks in Lever still have"),
    };
    AttentionItem {
        id: MOVED.to_owned(),
        title: "The public address has changed".to_owned(),
        why: format!(
            "{whose} the old one, so its events do not arrive. Copy the new address into Lever."
        ),
        remedy: Remedy::Path,
        since: since.unwrap_or(now),
        attempts: 0,
        next_try_at: None,
    }
}

/// The opportunity of a hire that lacks something: it waits once, however many events tell of it.
fn opportunity(row: &JobRow) -> Option<String> {
    let remedy: Remedy = named(row.remedy.as_deref()?).ok()?;
    let hire: Hire = serde_json::from_str(&row.payload).ok()?;
    (row.name == Hire::NAME && remedy == Remedy::Tray).then_some(hire.opportunity_id)
}

/// Fields of Lever that are no longer as the mapping knows them, as they were last read.
fn drifted(db: &Connection) -> Result<Vec<AttentionItem>, StoreError> {
    let since = settings::get(db, fields::READ_AT)?.unwrap_or_default();
    let drifts = fields::drifts(db)?;
    drifts
        .into_iter()
        .map(|(mapping, drift)| {
            let sentence = fields::drift_sentence(db, mapping, &drift)?;
            Ok(AttentionItem {
                id: format!("{DRIFT}{}.{}", drift.target, drift.field),
                title: "A field that the mapping reads has changed in Lever".to_owned(),
                why: format!("{sentence} What needs it waits; everything else goes on."),
                remedy: Remedy::Mapping,
                since,
                attempts: 0,
                next_try_at: None,
            })
        })
        .collect()
}

fn item(row: JobRow) -> Result<AttentionItem, AppError> {
    let title = match row.name.as_str() {
        Hire::NAME => "A hire waits to be imported",
        Enter::NAME => "A person waits to enter a workflow",
        Leave::NAME => "Lever waits to be told that its access has ended here",
        SyncOffers::NAME => "The offers of a candidate wait to be looked at",
        Forget::NAME => "What events said of a candidate waits to be deleted",
        Rehook::NAME => "A webhook waits to get its new address in Lever",
        Unhook::NAME => "A webhook waits to be deleted in Lever",
        _ => "Work waits",
    };
    Ok(AttentionItem {
        id: row.id.to_string(),
        title: title.to_owned(),
        why: row.why.unwrap_or_default(),
        remedy: row.remedy.as_deref().map_or(Ok(Remedy::TryAgain), named)?,
        since: row.created_at,
        attempts: row.attempts,
        next_try_at: row.due_at,
    })
}

/// Answers `attention.retry`.
pub(super) async fn retry(engine: &Engine, request: ById) -> Result<Vec<AttentionItem>, AppError> {
    let running = engine.running().await?;
    if request.id.starts_with(DRIFT) {
        running.fields.read(Priority::Person).await?;
        return attention(engine, NoInput {}).await;
    }
    if request.id == MISSED {
        gaps_api::find(engine, NoInput {}).await?;
        return attention(engine, NoInput {}).await;
    }
    if [MOVED, relay::STANDING_BY].contains(&request.id.as_str()) {
        return attention(engine, NoInput {}).await;
    }
    let gone = || AppError::new(ErrorCode::NotFound, "This work is done or gone.");
    let id: i64 = request.id.parse().map_err(|_| gone())?;
    let now = engine.now();
    if !running
        .store
        .write(move |db| jobs::wake(db, id, now))
        .await?
    {
        return Err(gone());
    }
    running.bell.ring();
    attention(engine, NoInput {}).await
}
