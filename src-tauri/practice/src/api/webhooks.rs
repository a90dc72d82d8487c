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
use crate::identifiers::{random_hex_token, random_id};
use crate::state::{EventName, MadeBy, Origin, Webhook, check_endpoint};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/webhooks", get(list).post(create).put(update))
        // Lever tolerates the slash here (LEVER.md 2.1).
        .route("/webhooks/", get(list).post(create).put(update))
        .route("/webhooks/{id}", delete(remove))
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

impl Configuration {
    fn origins(self) -> Option<Vec<Origin>> {
        self.conditions?.origins
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

/// The only answer that shows the signature token.
async fn create(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    body: String,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    caller.may_write(Area::WEBHOOKS)?;
    let body: CreateBody = json_body(&body)?;
    check_endpoint(&body.url).map_err(|error| ApiError::bad_request(error.to_string()))?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let origins = body.configuration.and_then(Configuration::origins);
    let hook = Webhook {
        id: random_id(),
        event: body.event,
        url: body.url,
        origins: origins.unwrap_or_else(|| Origin::ALL.to_vec()),
        signature_token: random_hex_token(),
        made_by: MadeBy::Api,
        created_at: now,
        updated_at: now,
    };
    let mut answer = hook.to_json();
    if world.switches.signature_token_in_answer {
        answer["configuration"]["signatureToken"] = hook.signature_token.as_str().into();
    }
    world.webhooks.push(hook);
    let answer = if world.switches.nested_webhook_data {
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
    let now = practice.now_ms();
    let mut world = practice.world();
    let mut changed = Vec::new();
    for update in body.data {
        if let Some(url) = &update.url {
            check_endpoint(url).map_err(|error| ApiError::bad_request(error.to_string()))?;
        }
        let hook = made_by_api(&mut world.webhooks, &update.id)?;
        if let Some(url) = update.url {
            hook.url = url;
        }
        if let Some(origins) = update.configuration.and_then(Configuration::origins) {
            hook.origins = origins;
        }
        hook.updated_at = now;
        changed.push(hook.to_json());
    }
    let status = StatusCode::from_u16(world.switches.put_status).unwrap_or(StatusCode::OK);
    Ok((status, Json(json!({ "data": changed }))))
}

async fn remove(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    caller.may_write(Area::WEBHOOKS)?;
    let mut world = practice.world();
    made_by_api(&mut world.webhooks, &id)?;
    world.webhooks.retain(|hook| hook.id != id);
    Ok(StatusCode::NO_CONTENT)
}

fn made_by_api<'a>(hooks: &'a mut [Webhook], id: &str) -> Result<&'a mut Webhook, ApiError> {
    let hook = hooks.iter_mut().find(|hook| hook.id == id);
    match hook {
        None => Err(ApiError::not_found("webhooks", id)),
        Some(hook) if hook.made_by == MadeBy::Api => Ok(hook),
        Some(_) => Err(ApiError::Forbidden(
            "the webhook was set up on the settings page",
        )),
    }
}
