//! Settings > Integrations and API > Webhooks, as the Sora article walks through it.

use axum::Form;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, Visitor};
use crate::Practice;
use crate::deliveries::{Delivery, DeliveryKind, DeliveryNumber, verify_connection};
use crate::state::{EventName, MadeBy, Right, Webhook, World, check_endpoint};

const PAGE: &str = "/settings/integrations/webhooks";

/// Deliveries shown per webhook; Lever keeps at most 1,000 (LEVER.md 5.5).
const SHOWN_DELIVERIES: usize = 20;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route(PAGE, get(show).post(add))
        .route("/settings/integrations/webhooks/toggle", post(toggle))
        .route("/settings/integrations/webhooks/{id}", post(save))
        .route("/settings/integrations/webhooks/{id}/verify", post(verify))
        .route("/settings/integrations/webhooks/{id}/delete", post(delete))
        .route(
            "/settings/integrations/deliveries/{number}/rerun",
            post(rerun),
        )
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    let groups: Vec<Value> = EventName::ALL
        .into_iter()
        .map(|event| group(&world, event))
        .collect();
    visitor.page(
        &practice,
        &world,
        "webhooks.html",
        json!({ "groups": groups }),
    )
}

fn group(world: &World, event: EventName) -> Value {
    let hooks = world.webhooks.iter().filter(|hook| hook.event == event);
    let hooks: Vec<Value> = hooks.map(|hook| tile(world, hook)).collect();
    json!({
        "event": event,
        "label": event.label(),
        "enabled": world.enabled_events.contains(&event),
        "hooks": hooks
    })
}

fn tile(world: &World, hook: &Webhook) -> Value {
    let newest = || world.deliveries.newest_of(&hook.id, usize::MAX);
    let last_test = newest().find(|delivery| delivery.kind == DeliveryKind::Test);
    let last_test = last_test.and_then(|test| test.attempts.last());
    let history: Vec<Value> = newest().take(SHOWN_DELIVERIES).map(history_row).collect();
    json!({
        "id": hook.id,
        "url": hook.url,
        "signature_token": hook.signature_token,
        "by_api": hook.made_by == MadeBy::Api,
        "verified": last_test.map(|attempt| attempt.succeeded()),
        "outcome": last_test.map(|attempt| attempt.outcome()),
        "history": history
    })
}

fn history_row(delivery: &Delivery) -> Value {
    let attempt = delivery.attempts.last();
    json!({
        "number": delivery.number,
        "kind": delivery.kind,
        "at": attempt.map_or(delivery.triggered_at, |attempt| attempt.at),
        "outcome": attempt.map(|attempt| attempt.outcome()),
        "attempts": delivery.attempts.len(),
        "state": delivery.state
    })
}

/// Only a Super Admin sets webhooks up (LEVER.md 5.5).
fn refuse_others(practice: &Practice, visitor: &Visitor) -> Result<(), Refused> {
    visitor.require(practice, Right::ManageIntegrations, "change webhooks")
}

fn back() -> Response {
    Redirect::to(PAGE).into_response()
}

#[derive(Deserialize)]
struct Add {
    event: EventName,
}

async fn add(
    State(practice): State<Practice>,
    visitor: Visitor,
    Form(add): Form<Add>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let now = practice.now_ms();
    practice
        .world()
        .add_page_webhook(add.event, String::new(), now);
    Ok(back())
}

#[derive(Deserialize)]
struct Toggle {
    event: EventName,
    enabled: bool,
}

async fn toggle(
    State(practice): State<Practice>,
    visitor: Visitor,
    Form(toggle): Form<Toggle>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let mut world = practice.world();
    if toggle.enabled {
        world.enabled_events.insert(toggle.event);
    } else {
        world.enabled_events.remove(&toggle.event);
    }
    Ok(back())
}

#[derive(Deserialize)]
struct Endpoint {
    url: String,
}

async fn save(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(endpoint): Form<Endpoint>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    set_endpoint(&practice, &visitor, &id, endpoint.url)?;
    Ok(back())
}

/// Saves the address, then sends the test to it and comes back when the outcome is known.
async fn verify(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(endpoint): Form<Endpoint>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    set_endpoint(&practice, &visitor, &id, endpoint.url)?;
    verify_connection(&practice, &id).await;
    Ok(back())
}

async fn delete(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let mut world = practice.world();
    world
        .webhooks
        .retain(|hook| hook.id != id || hook.made_by == MadeBy::Api);
    Ok(back())
}

async fn rerun(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(number): Path<DeliveryNumber>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let now = practice.now_ms();
    let again = practice.world().rerun(number, now);
    match again {
        Some(_) => Ok(back()),
        None => Err(visitor.refuse(
            &practice,
            StatusCode::NOT_FOUND,
            "There is no such delivery, or its webhook is gone.",
        )),
    }
}

fn set_endpoint(
    practice: &Practice,
    visitor: &Visitor,
    id: &str,
    url: String,
) -> Result<(), Refused> {
    let url = url.trim().to_owned();
    let now = practice.now_ms();
    let outcome =
        check_endpoint(&url).map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()));
    let outcome = outcome.and_then(|()| {
        let mut world = practice.world();
        let hook = world.webhooks.iter_mut().find(|hook| hook.id == id);
        match hook {
            Some(hook) if hook.made_by == MadeBy::Page => {
                hook.url = url;
                hook.updated_at = now;
                Ok(())
            }
            Some(_) => Err((StatusCode::FORBIDDEN, "It was made by the API.".to_owned())),
            None => Err((
                StatusCode::NOT_FOUND,
                "There is no such webhook.".to_owned(),
            )),
        }
    });
    outcome.map_err(|(status, text)| visitor.refuse(practice, status, &text))
}
