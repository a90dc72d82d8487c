//! What a person would do on the pages, done by a test.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;
use crate::Practice;
use crate::state::{ChangeError, EventGroup, EventName, MadeBy, WebhookChange};
use crate::web::session_cookie;

#[derive(Deserialize)]
pub(super) struct LogIn {
    user: String,
}

/// Logs a user in without the log-in page.
pub(super) async fn log_in(
    State(practice): State<Practice>,
    Json(log_in): Json<LogIn>,
) -> Result<Json<Value>, Refusal> {
    let mut world = practice.world();
    let user = {
        let mut users = world.company.active_users();
        let user = users.find(|user| user.id == log_in.user || user.email == log_in.user);
        let user = user.ok_or_else(|| ChangeError::not_found("users", &log_in.user))?;
        user.id.clone()
    };
    let cookie = session_cookie(world.sessions.begin(&user));
    Ok(Json(json!({"cookie": cookie.stripped().to_string()})))
}

/// One opportunity, or many in one request for load.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hire {
    opportunity: Option<String>,
    #[serde(default)]
    opportunities: Vec<String>,
}

pub(super) async fn hire(
    State(practice): State<Practice>,
    Json(hire): Json<Hire>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    for id in hire.opportunity.iter().chain(&hire.opportunities) {
        world.hire(id, now)?;
    }
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(super) struct Move {
    opportunity: String,
    stage: String,
    user: Option<String>,
}

pub(super) async fn move_stage(
    State(practice): State<Practice>,
    Json(to): Json<Move>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    world.move_stage(&to.opportunity, &to.stage, to.user.as_deref(), now)?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(super) struct Deliver {
    event: EventName,
    opportunity: String,
    interview: Option<String>,
    panel: Option<String>,
}

/// Sends an event although nothing happened.
pub(super) async fn deliver(
    State(practice): State<Practice>,
    Json(deliver): Json<Deliver>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let id = deliver.opportunity.as_str();
    let known = world.opportunity(id);
    let contact = known.ok_or_else(|| ChangeError::not_found("opportunities", id))?;
    let contact = contact.contact.clone();
    let queued = match deliver.event.group() {
        EventGroup::Contacts => world.announce_contact(deliver.event, &contact, now),
        EventGroup::Interviews => {
            let about = (deliver.interview.as_deref(), deliver.panel.as_deref());
            world.announce_interview(deliver.event, id, about, now)
        }
        EventGroup::Candidates | EventGroup::Applications => {
            world.announce(deliver.event, id, json!({}), now)
        }
    };
    Ok(Json(json!({ "queued": queued })))
}

#[derive(Deserialize)]
pub(super) struct NewWebhook {
    url: String,
    event: EventName,
}

/// Sets up a webhook as the settings page does, with its event switched on.
pub(super) async fn add_webhook(
    State(practice): State<Practice>,
    Json(new): Json<NewWebhook>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let wanted = WebhookChange {
        url: Some(new.url),
        origins: None,
    };
    let hook = world.add_webhook(MadeBy::Page, new.event, wanted, now)?;
    let (id, signature_token) = (hook.id.clone(), hook.signature_token.clone());
    world.enabled_events.insert(new.event);
    Ok(Json(json!({"id": id, "signature_token": signature_token})))
}

#[derive(Deserialize)]
pub(super) struct Pause {
    paused: bool,
}

/// Holds deliveries back, as if Lever's worker were behind, or lets them go.
pub(super) async fn pause_webhooks(
    State(practice): State<Practice>,
    Json(pause): Json<Pause>,
) -> Json<Value> {
    practice.world().deliveries.pause(pause.paused);
    Json(json!({"paused": pause.paused}))
}

pub(super) async fn revoke(State(practice): State<Practice>) -> Json<Value> {
    let now = practice.now_ms();
    Json(json!({"revoked": practice.world().grants.revoke_all(now)}))
}
