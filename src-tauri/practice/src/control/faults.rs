//! Faults put in force and lifted.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::Refusal;
use crate::Practice;
use crate::faults::{Fault, FaultRequest};

pub(super) async fn list(State(practice): State<Practice>) -> Json<Value> {
    Json(json!(practice.world().faults.in_force()))
}

pub(super) async fn add(
    State(practice): State<Practice>,
    Json(asked): Json<FaultRequest>,
) -> Result<Json<Value>, Refusal> {
    let fault = Fault::try_from(asked)?;
    practice.world().faults.add(fault);
    Ok(list(State(practice)).await)
}

pub(super) async fn lift_all(State(practice): State<Practice>) -> Json<Value> {
    practice.world().faults.lift(None);
    list(State(practice)).await
}

pub(super) async fn lift(
    State(practice): State<Practice>,
    Path(number): Path<u64>,
) -> Result<Json<Value>, Refusal> {
    let known = practice.world().faults.lift(Some(number));
    if !known {
        return Err(Refusal(format!(
            "No fault in force has the number {number}"
        )));
    }
    Ok(list(State(practice)).await)
}
