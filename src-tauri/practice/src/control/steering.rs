//! Ledger, switches, clock and faults.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;
use super::fault::Fault;
use crate::Practice;

pub(super) async fn ledger(State(practice): State<Practice>) -> Result<Json<Value>, Refusal> {
    let world = practice.world();
    let mut ledger = serde_json::to_value(&world.ledger)?;
    ledger["deliveries"] = serde_json::to_value(world.deliveries.all())?;
    Ok(Json(ledger))
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

pub(super) async fn show_clock(State(practice): State<Practice>) -> Json<Value> {
    Json(json!({"now_ms": practice.now_ms()}))
}

#[derive(Deserialize)]
pub(super) struct Advance {
    advance_ms: u64,
}

pub(super) async fn advance_clock(
    State(practice): State<Practice>,
    Json(advance): Json<Advance>,
) -> Json<Value> {
    practice
        .clock()
        .advance(Duration::from_millis(advance.advance_ms));
    show_clock(State(practice)).await
}

pub(super) async fn add_fault(
    State(practice): State<Practice>,
    Json(fault): Json<Fault>,
) -> Json<Value> {
    let mut world = practice.world();
    world.faults.push(fault);
    Json(json!(world.faults))
}

pub(super) async fn clear_faults(State(practice): State<Practice>) -> Json<Value> {
    let mut world = practice.world();
    world.faults.clear();
    Json(json!(world.faults))
}
