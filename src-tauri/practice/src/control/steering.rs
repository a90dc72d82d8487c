//! Ledger and switches.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::Refusal;
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
