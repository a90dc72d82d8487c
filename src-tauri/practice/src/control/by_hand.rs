//! The controls for a person: `GET /practice` shows them, and each form leads back to it.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, faults, seeding, steering, time};
use crate::Practice;
use crate::faults::{FaultKind, FaultRequest};
use crate::mail;
use crate::switches::Switches;
use crate::web::rendered;

/// Where the controls are declared: the documentation of the modules, whose tables the page shows.
const DOCUMENTATION: [&str; 2] = [include_str!("mod.rs"), mail::CONTROL_DOCUMENTATION];

/// A form of the page, or why it cannot be read.
type Sent<T> = Result<Form<T>, FormRejection>;

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

fn show(practice: &Practice, problem: Option<&str>) -> Response {
    let clock = practice.clock();
    let context = {
        let world = practice.world();
        json!({
            "company": world.company.name,
            "navigation": {"top": []},
            "problem": problem,
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

/// Back to a section of the page, or the page with the reason why nothing was done.
fn done<T>(practice: &Practice, section: &str, result: Result<T, Refusal>) -> Response {
    match result {
        Ok(_) => Redirect::to(&format!("/practice#{section}")).into_response(),
        Err(refusal) => {
            let page = show(practice, Some(&refusal.0));
            (StatusCode::BAD_REQUEST, page).into_response()
        }
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
            "description": pieces(description),
            "value": shown,
            "is_flag": value.is_boolean(),
            "changed_from": (*value != defaults[name]).then(|| defaults[name].to_string()),
        })
    };
    Switches::DESCRIPTIONS.iter().map(row).collect()
}

/// The rows of the tables, each cell in pieces.
fn controls() -> Vec<Vec<Vec<&'static str>>> {
    let lines = DOCUMENTATION.into_iter().flat_map(str::lines);
    let rows = lines
        .filter_map(|line| line.strip_prefix("//! |")?.strip_suffix('|'))
        .filter(|row| row.trim_start().starts_with('`'));
    rows.map(|row| row.split('|').map(pieces).collect())
        .collect()
}

/// A text in pieces of which every second one is code.
fn pieces(text: &str) -> Vec<&str> {
    text.trim().split('`').collect()
}

async fn set_clock(State(practice): State<Practice>, sent: Sent<time::Change>) -> Response {
    let changed = match sent {
        Ok(Form(change)) => change.apply(practice.clock()),
        Err(unread) => Err(unread.into()),
    };
    done(&practice, "clock", changed)
}

#[derive(Deserialize)]
struct Pause {
    paused: bool,
}

async fn pause_webhooks(State(practice): State<Practice>, sent: Sent<Pause>) -> Response {
    let paused = sent.map(|Form(pause)| practice.world().deliveries.pause(pause.paused));
    done(&practice, "webhooks", paused.map_err(Refusal::from))
}

async fn seed(State(practice): State<Practice>, sent: Sent<seeding::Seed>) -> Response {
    let replaced = match sent {
        Ok(Form(seed)) => seeding::replace(State(practice.clone()), Json(seed)).await,
        Err(unread) => Err(unread.into()),
    };
    done(&practice, "candidates", replaced)
}

async fn add_fault(State(practice): State<Practice>, sent: Sent<FaultRequest>) -> Response {
    let added = match sent {
        Ok(Form(asked)) => faults::add(State(practice.clone()), Json(asked)).await,
        Err(unread) => Err(unread.into()),
    };
    done(&practice, "failures", added)
}

#[derive(Deserialize)]
struct Lift {
    number: u64,
}

async fn lift_fault(State(practice): State<Practice>, sent: Sent<Lift>) -> Response {
    let lifted = sent.map(|Form(lift)| practice.world().faults.lift(Some(lift.number)));
    done(&practice, "failures", lifted.map_err(Refusal::from))
}

#[derive(Deserialize)]
struct SwitchForm {
    name: String,
    value: String,
}

async fn set_switch(State(practice): State<Practice>, sent: Sent<SwitchForm>) -> Response {
    let set = match sent {
        Ok(Form(switch)) => {
            let written = switch.value.trim();
            // A word is a text, everything else is JSON.
            let value = serde_json::from_str(written).unwrap_or_else(|_| Value::from(written));
            let changes = json!({ switch.name: value });
            steering::set_switches(State(practice.clone()), Json(changes)).await
        }
        Err(unread) => Err(unread.into()),
    };
    done(&practice, "switches", set)
}

async fn reset(State(practice): State<Practice>) -> Response {
    practice.start_anew();
    done(&practice, "record", Ok(()))
}
