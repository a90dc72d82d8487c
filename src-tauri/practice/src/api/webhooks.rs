//! Webhooks by API: they do nothing until a Super Admin switches their event on (LEVER.md 5.5, 5.6).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get};
use axum::{Extension, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ApiError;
use super::gate::Caller;
use super::params::json_body;
use crate::Practice;
use crate::auth::Area;
use crate::state::{EventName, MadeBy, Origin, Webhook, WebhookChange, WebhookRefused};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/webhooks", get(list).post(create).put(update))
        // Lever tolerates the slash here (LEVER.md 2.1).
        .route("/webhooks/", get(list).post(create).put(update))
        .route("/webhooks/{id}", delete(remove))
        .route("/webhooks/{id}/", delete(remove))
}

#[derive(Deserialize)]
struct CreateBody {
    url: String,
    event: EventName,
    configuration: Option<Configuration>,
}

#[derive(Deserialize)]
struct UpdateBody {
    data: Vec<Update>,
}

#[derive(Deserialize)]
struct Update {
    id: String,
    url: Option<String>,
    configuration: Option<Configuration>,
}

#[derive(Deserialize)]
struct Configuration {
    conditions: Option<Conditions>,
}

#[derive(Deserialize)]
struct Conditions {
    origins: Option<Vec<Origin>>,
}

/// The change that an address and a configuration ask for.
fn change(url: Option<String>, configuration: Option<Configuration>) -> WebhookChange {
    WebhookChange {
        url,
        origins: configuration
            .and_then(|configuration| configuration.conditions)
            .and_then(|conditions| conditions.origins),
    }
}

impl From<WebhookRefused> for ApiError {
    fn from(refused: WebhookRefused) -> Self {
        match refused {
            WebhookRefused::NotFound(id) => Self::not_found("webhooks", &id),
            WebhookRefused::MadeOnPage | WebhookRefused::MadeByApi => {
                Self::Forbidden("the webhook was set up on the settings page")
            }
            WebhookRefused::Url(_)
            | WebhookRefused::NoOriginCondition(_)
            | WebhookRefused::NoOrigin => Self::bad_request(refused.to_string()),
        }
    }
}

/// Without signature tokens and without `hasNext`.
async fn list(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Value>, ApiError> {
    caller.may_read(Area::WEBHOOKS)?;
    let world = practice.world();
    let hooks: Vec<Value> = world.webhooks.iter().map(Webhook::to_json).collect();
    Ok(Json(json!({ "data": hooks })))
}

/// The only answer that shows the signature token. The address is not tried (LEVER.md 5.4).
async fn create(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    body: String,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    caller.may_write(Area::WEBHOOKS)?;
    let body: CreateBody = json_body(&body)?;
    let wanted = change(Some(body.url), body.configuration);
    let now = practice.now_ms();
    let mut world = practice.world();
    let switches = world.switches.clone();
    let hook = world.add_webhook(MadeBy::Api, body.event, wanted, now)?;
    let mut answer = hook.to_json();
    if switches.signature_token_in_answer {
        answer["configuration"]["signatureToken"] = hook.signature_token.as_str().into();
    }
    let answer = if switches.nested_webhook_data {
        json!({"data": {"data": answer}})
    } else {
        json!({ "data": answer })
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

async fn update(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    body: String,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    caller.may_write(Area::WEBHOOKS)?;
    let body: UpdateBody = json_body(&body)?;
    let changes = body.data.into_iter();
    let changes = changes.map(|one| (one.id, change(one.url, one.configuration)));
    let now = practice.now_ms();
    let mut world = practice.world();
    let switches = world.switches.clone();
    let changed = world.change_webhooks(MadeBy::Api, changes.collect(), now)?;
    let changed: Vec<Value> = changed.into_iter().map(Webhook::to_json).collect();
    let answer = if switches.nested_webhook_data {
        json!({"data": {"data": changed}})
    } else {
        json!({ "data": changed })
    };
    let status = StatusCode::from_u16(switches.put_status).unwrap_or(StatusCode::OK);
    Ok((status, Json(answer)))
}

async fn remove(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    caller.may_write(Area::WEBHOOKS)?;
    practice.world().delete_webhook(MadeBy::Api, &id)?;
    Ok(StatusCode::NO_CONTENT)
}
