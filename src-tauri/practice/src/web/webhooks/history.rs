//! What was sent to a webhook: the list, one request in detail, and *Rerun* (LEVER.md 5.5).

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{PAGE, explain, refuse_others};
use crate::Practice;
use crate::deliveries::{Attempt, Delivery, DeliveryNumber, request_headers};
use crate::state::World;
use crate::web::{Refused, Visitor};

/// Rows on one page of the list.
const ROWS: usize = 100;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/settings/integrations/webhooks/{id}/history", get(list))
        .route(
            "/settings/integrations/webhooks/deliveries/{number}",
            get(show),
        )
        .route(
            "/settings/integrations/webhooks/deliveries/{number}/signature",
            get(explain::show),
        )
        .route(
            "/settings/integrations/webhooks/deliveries/{number}/rerun",
            post(rerun),
        )
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    page: usize,
}

async fn list(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(Page { page }): Query<Page>,
) -> Result<Response, Refused> {
    let now = practice.now_ms();
    let world = practice.world();
    let Some(hook) = world.webhooks.iter().find(|hook| hook.id == id) else {
        let text = "There is no such webhook.";
        return Err(visitor.refuse(&practice, StatusCode::NOT_FOUND, text));
    };
    let history = || world.deliveries.history(&id, now);
    let total = history().count();
    let rows = history().skip(page.saturating_mul(ROWS)).take(ROWS);
    let context = json!({
        "hook": {"id": hook.id, "url": hook.url, "label": hook.event.label()},
        "rows": rows.map(row).collect::<Vec<Value>>(),
        "total": total,
        "page": page,
        "pages": total.div_ceil(ROWS),
    });
    Ok(visitor.page(&practice, &world, "webhook-history.html", context))
}

/// A delivery as a line of the list.
fn row(delivery: &Delivery) -> Value {
    let attempt = delivery.attempts.last();
    json!({
        "number": delivery.number,
        "kind": delivery.kind,
        "at": attempt.map_or(delivery.queued_at, |attempt| attempt.at),
        "duration_ms": attempt.map(|attempt| attempt.duration_ms),
        "outcome": attempt.map(Attempt::outcome),
        "attempts": delivery.attempts.len(),
        "state": delivery.state
    })
}

async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(number): Path<DeliveryNumber>,
) -> Result<Response, Refused> {
    let now = practice.now_ms();
    let world = practice.world();
    let Some(delivery) = world.deliveries.in_history(number, now) else {
        return Err(gone(&practice, &visitor));
    };
    let attempts = delivery.attempts.iter().map(|attempt| {
        json!({
            "at": attempt.at,
            "duration_ms": attempt.duration_ms,
            "outcome": attempt.outcome(),
            "succeeded": attempt.succeeded(),
            "response": attempt.response
        })
    });
    let mut context = row(delivery);
    context["webhook"] = delivery.webhook.as_str().into();
    context["url"] = delivery.url.as_str().into();
    context["label"] = delivery.event.label().into();
    // Before it is sent there is no request yet: it is signed, and given its final shape, at the last moment.
    if delivery.signature.is_some() {
        context["headers"] = json!(request_headers(&delivery.url, &delivery.body()));
        context["body"] = delivery.indented_body().into();
    }
    context["next_try"] = delivery.next_try_at.into();
    context["paused"] = world.deliveries.is_paused().into();
    context["tries"] = attempts.collect();
    context["has_webhook"] = has_webhook(&world, delivery).into();
    Ok(visitor.page(&practice, &world, "webhook-delivery.html", context))
}

fn has_webhook(world: &World, delivery: &Delivery) -> bool {
    world
        .webhooks
        .iter()
        .any(|hook| hook.id == delivery.webhook)
}

async fn rerun(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(number): Path<DeliveryNumber>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let again = world.rerun(number, now);
    let again = again.ok_or_else(|| gone(&practice, &visitor))?;
    let place = format!("{PAGE}/deliveries/{again}");
    Ok(visitor.go(&mut world, &place, "The request is being sent once more."))
}

pub(super) fn gone(practice: &Practice, visitor: &Visitor) -> Refused {
    let text = "There is no such request any more: the history goes back two weeks and holds 1,000 \
                requests of each webhook.";
    visitor.refuse(practice, StatusCode::NOT_FOUND, text)
}
