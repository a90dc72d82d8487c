//! Settings > Integrations and API > Webhooks, as the Sora article walks through it.
//!
//! This file shows the page; `changes` sets webhooks up, `history` shows what was sent, and `explain`
//! how a signature comes about.

mod changes;
mod explain;
mod history;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::{Refused, Visitor};
use crate::Practice;
use crate::state::{EventGroup, EventName, MadeBy, Origin, Right, Webhook, World};

pub(super) const PAGE: &str = "/settings/integrations/webhooks";

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route(PAGE, get(show).post(changes::add))
        .merge(changes::routes())
        .merge(history::routes())
}

/// Only a Super Admin sets webhooks up (LEVER.md 5.5).
fn refuse_others(practice: &Practice, visitor: &Visitor) -> Result<(), Refused> {
    visitor.require(practice, Right::ManageIntegrations, "change webhooks")
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let now = practice.now_ms();
    let world = practice.world();
    let shows_tokens = visitor.may(Right::ManageIntegrations);
    let sections: Vec<Value> = EventGroup::ALL
        .into_iter()
        .map(|group| {
            let events = EventName::ALL.into_iter();
            let events = events.filter(|event| event.group() == group);
            let events = events.map(|event| section(&world, event, shows_tokens, now));
            json!({"heading": group.label(), "events": events.collect::<Vec<_>>()})
        })
        .collect();
    let context = json!({ "sections": sections });
    visitor.page(&practice, &world, "webhooks.html", context)
}

/// An event with its toggle and its webhooks.
fn section(world: &World, event: EventName, shows_tokens: bool, now: i64) -> Value {
    let hooks = world.webhooks.iter().filter(|hook| hook.event == event);
    let tiles: Vec<Value> = hooks
        .map(|hook| tile(world, hook, shows_tokens, now))
        .collect();
    json!({
        "event": event,
        "label": event.label(),
        "enabled": world.enabled_events.contains(&event),
        "hooks": tiles
    })
}

fn tile(world: &World, hook: &Webhook, shows_tokens: bool, now: i64) -> Value {
    let last_test = world.deliveries.last_test(&hook.id, now);
    // What another address answered says nothing about this one.
    let last_test = last_test.filter(|test| test.url == hook.url);
    let last_test = last_test.and_then(|test| test.attempts.last());
    let origins =
        Origin::ALL.map(|origin| json!({"name": origin, "chosen": hook.origins.contains(&origin)}));
    let token = Some(&hook.signature_token);
    json!({
        "id": hook.id,
        "url": hook.url,
        "signature_token": token.filter(|_| shows_tokens && hook.made_by == MadeBy::Page),
        "by_api": hook.made_by == MadeBy::Api,
        "origins": hook.event.has_origin_condition().then_some(origins),
        "verified": last_test.map(|attempt| attempt.succeeded()),
        "outcome": last_test.map(|attempt| attempt.outcome()),
        "sent": world.deliveries.history(&hook.id, now).count()
    })
}
