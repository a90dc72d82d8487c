//! Setting webhooks up: each form is for Super Admins, and for webhooks that were made here.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as Unknown;

use super::{PAGE, refuse_others};
use crate::Practice;
use crate::api::Params;
use crate::deliveries::verify_connection;
use crate::state::{EventName, MadeBy, Origin, WebhookChange, WebhookRefused};
use crate::web::{Refused, Visitor};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/settings/integrations/webhooks/toggle", post(toggle))
        .route("/settings/integrations/webhooks/{id}", post(save))
        .route("/settings/integrations/webhooks/{id}/verify", post(verify))
        .route("/settings/integrations/webhooks/{id}/token", post(renew))
        .route("/settings/integrations/webhooks/{id}/delete", post(delete))
}

#[derive(Deserialize)]
pub(super) struct Add {
    event: EventName,
}

/// Adds an empty tile for an event.
pub(super) async fn add(
    State(practice): State<Practice>,
    visitor: Visitor,
    Form(add): Form<Add>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let place = place_of(&world.add_empty_webhook(add.event, now).id);
    let notice = "A webhook was added: enter its endpoint URL.";
    Ok(visitor.go(&mut world, &place, notice))
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
    let label = toggle.event.label();
    let state = if toggle.enabled {
        world.enabled_events.insert(toggle.event);
        "on"
    } else {
        world.enabled_events.remove(&toggle.event);
        "off"
    };
    Ok(visitor.go(&mut world, PAGE, format!("{label} is {state}.")))
}

async fn save(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    change(&practice, &visitor, &id, &body)?;
    let mut world = practice.world();
    Ok(visitor.go(&mut world, &place_of(&id), "The webhook was saved."))
}

/// Saves the tile, then sends the test to its address and comes back when the outcome is known.
async fn verify(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    change(&practice, &visitor, &id, &body)?;
    verify_connection(&practice, &id).await;
    let mut world = practice.world();
    let notice = "The webhook was saved and a sample with empty data was sent to it.";
    Ok(visitor.go(&mut world, &place_of(&id), notice))
}

async fn renew(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let renewed = world.renew_signature_token(MadeBy::Page, &id, now);
    renewed.map_err(|refused| refuse(&practice, &visitor, &refused))?;
    let notice = "The webhook has a new signature token; the old one signs nothing any more.";
    Ok(visitor.go(&mut world, &place_of(&id), notice))
}

async fn delete(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let mut world = practice.world();
    let deleted = world.delete_webhook(MadeBy::Page, &id);
    deleted.map_err(|refused| refuse(&practice, &visitor, &refused))?;
    Ok(visitor.go(&mut world, PAGE, "The webhook was deleted."))
}

/// The tile of a webhook on the page.
fn place_of(id: &str) -> String {
    format!("{PAGE}#webhook-{id}")
}

/// Changes what the tile's form holds. Read by hand: a form repeats a field that has several values.
fn change(practice: &Practice, visitor: &Visitor, id: &str, body: &[u8]) -> Result<(), Refused> {
    let form = Params::parse_bytes(body);
    // A form with tick boxes always has one blank origin, because a browser sends no empty boxes.
    let mut origins = form.all("origins").peekable();
    let origins = origins.peek().is_some().then(|| {
        let origins = form.all("origins").filter(|origin| !origin.is_empty());
        origins.map(origin).collect::<Result<Vec<_>, _>>()
    });
    let origins = origins
        .transpose()
        .map_err(|error| visitor.refuse(practice, StatusCode::BAD_REQUEST, &error.to_string()))?;
    let change = WebhookChange {
        url: form.first("url").map(|url| url.trim().to_owned()),
        origins,
    };
    let now = practice.now_ms();
    let changes = vec![(id.to_owned(), change)];
    let changed = practice
        .world()
        .change_webhooks(MadeBy::Page, changes, now)
        .map(drop);
    changed.map_err(|refused| refuse(practice, visitor, &refused))
}

fn origin(name: &str) -> Result<Origin, Unknown> {
    Origin::deserialize(name.into_deserializer())
}

/// The page for a webhook that is not changed.
fn refuse(practice: &Practice, visitor: &Visitor, refused: &WebhookRefused) -> Refused {
    let status = match refused {
        WebhookRefused::NotFound(_) => StatusCode::NOT_FOUND,
        WebhookRefused::MadeByApi | WebhookRefused::MadeOnPage => StatusCode::FORBIDDEN,
        WebhookRefused::Url(_)
        | WebhookRefused::NoOriginCondition(_)
        | WebhookRefused::NoOrigin => StatusCode::BAD_REQUEST,
    };
    visitor.refuse(practice, status, &refused.to_string())
}
