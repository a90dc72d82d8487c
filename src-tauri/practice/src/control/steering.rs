//! Ledger and switches.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;
use crate::Practice;

/// Entries in one answer, unless fewer are asked for.
const MOST_ENTRIES: usize = 10_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reading {
    since: Option<u64>,
    limit: Option<usize>,
}

/// The entries from a number on, or without one the writes, token requests and deliveries.
pub(super) async fn ledger(
    State(practice): State<Practice>,
    Query(reading): Query<Reading>,
) -> Result<Json<Value>, Refusal> {
    let world = practice.world();
    if let Some(since) = reading.since {
        let limit = reading.limit.unwrap_or(MOST_ENTRIES).min(MOST_ENTRIES);
        return Ok(Json(world.ledger.since(since, limit)));
    }
    let mut summary = world.ledger.summary();
    summary["deliveries"] = serde_json::to_value(world.deliveries.all())?;
    Ok(Json(summary))
}

pub(super) async fn reset_ledger(State(practice): State<Practice>) -> Json<Value> {
    let mut world = practice.world();
    world.ledger.reset();
    Json(world.ledger.since(0, 0))
}

/// Starts the world anew, with the candidates and switches of its start.
pub(super) async fn reset(State(practice): State<Practice>) -> Json<Value> {
    practice.start_anew();
    Json(json!({}))
}

pub(super) async fn show_switches(State(practice): State<Practice>) -> Json<Value> {
    Json(json!(practice.world().switches))
}

pub(super) async fn set_switches(
    State(practice): State<Practice>,
    Json(changes): Json<Value>,
) -> Result<Json<Value>, Refusal> {
    let mut world = practice.world();
    world.switches = world.switches.with(changes)?;
    Ok(Json(json!(world.switches)))
}
