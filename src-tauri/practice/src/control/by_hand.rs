//! The controls for a person: `GET /practice` shows them, and each form leads back to it.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, faults, seeding, steering, time};
use crate::Practice;
use crate::faults::{FaultKind, FaultRequest};
use crate::switches::Switches;
use crate::web::rendered;

/// Where the controls are declared: the documentation of the module, whose table the page shows.
const DOCUMENTATION: &str = include_str!("mod.rs");

/// The page and its forms, relative to `/practice`.
pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/", get(async |State(practice)| show(&practice, None)))
        .route("/by-hand/clock", post(set_clock))
        .route("/by-hand/webhooks", post(pause_webhooks))
        .route("/by-hand/seed", post(seed))
        .route("/by-hand/faults", post(add_fault))
        .route("/by-hand/faults/lift", post(lift_fault))
        .route("/by-hand/switches", post(set_switch))
        .route("/by-hand/reset", post(reset))
}

fn show(practice: &Practice, notice: Option<&str>) -> Response {
    let clock = practice.clock();
    let context = {
        let world = practice.world();
        json!({
            "company": world.company.name,
            "navigation": {"top": []},
            "notice": notice,
            "now": clock.now_ms(),
            "frozen": clock.is_frozen(),
            "paused": world.deliveries.is_paused(),
            "opportunities": world.opportunities.living().count(),
            "faults": world.faults.in_force(),
            "fault_kinds": FaultKind::ALL,
            "switches": rows_of(&world.switches),
            "counts": world.ledger.since(0, 0)["counts"],
            "controls": controls(),
        })
    };
    rendered(practice.templates(), "control.html", context)
}

/// Back to the page, or the page with the reason why nothing was done.
fn done<T>(practice: &Practice, result: Result<T, Refusal>) -> Response {
    match result {
        Ok(_) => Redirect::to("/practice").into_response(),
        Err(refusal) => show(practice, Some(&refusal.0)),
    }
}

fn rows_of(switches: &Switches) -> Vec<Value> {
    let values = serde_json::to_value(switches).unwrap_or_default();
    let defaults = serde_json::to_value(Switches::default()).unwrap_or_default();
    let row = |(name, description): &(&str, &str)| {
        let value = &values[name];
        let shown = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        json!({
            "name": name,
            "description": description.trim(),
            "value": shown,
            "is_flag": value.is_boolean(),
            "changed_from": (*value != defaults[name]).then(|| defaults[name].to_string()),
        })
    };
    Switches::DESCRIPTIONS.iter().map(row).collect()
}

/// The rows of the table, each cell in pieces of which every second one is code.
fn controls() -> Vec<Vec<Vec<&'static str>>> {
    let rows = DOCUMENTATION
        .lines()
        .filter_map(|line| line.strip_prefix("//! | "))
        .filter(|row| row.starts_with('`'));
    let cells = rows.map(|row| row.trim_end_matches('|').split(" | "));
    cells
        .map(|row| row.map(|cell| cell.trim().split('`').collect()).collect())
        .collect()
}

async fn set_clock(State(practice): State<Practice>, Form(change): Form<time::Change>) -> Response {
    let changed = change.apply(practice.clock());
    done(&practice, changed)
}

#[derive(Deserialize)]
struct Pause {
    paused: bool,
}

async fn pause_webhooks(State(practice): State<Practice>, Form(pause): Form<Pause>) -> Response {
    practice.world().deliveries.pause(pause.paused);
    done(&practice, Ok(()))
}

async fn seed(State(practice): State<Practice>, Form(seed): Form<seeding::Seed>) -> Response {
    let replaced = seeding::replace(State(practice.clone()), Json(seed)).await;
    done(&practice, replaced)
}

async fn add_fault(State(practice): State<Practice>, Form(asked): Form<FaultRequest>) -> Response {
    let added = faults::add(State(practice.clone()), Json(asked)).await;
    done(&practice, added)
}

#[derive(Deserialize)]
struct Lift {
    number: u64,
}

async fn lift_fault(State(practice): State<Practice>, Form(lift): Form<Lift>) -> Response {
    practice.world().faults.lift(Some(lift.number));
    done(&practice, Ok(()))
}

#[derive(Deserialize)]
struct SwitchForm {
    name: String,
    value: String,
}

async fn set_switch(State(practice): State<Practice>, Form(switch): Form<SwitchForm>) -> Response {
    let written = switch.value.trim();
    // A word is a text, everything else is JSON.
    let value = serde_json::from_str(written).unwrap_or_else(|_| Value::from(written));
    let changes = json!({ switch.name: value });
    let set = steering::set_switches(State(practice.clone()), Json(changes)).await;
    done(&practice, set)
}

async fn reset(State(practice): State<Practice>) -> Response {
    practice.start_anew();
    done(&practice, Ok(()))
}
