//! What a person would do on the pages, done by a test.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;
use crate::Practice;
use crate::practice::Acting;
use crate::state::{Author, ChangeError, EventGroup, EventName, MadeBy, WebhookChange};
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
    /// Who presses *Hired*; without it the Super Admin who has been there longest.
    user: Option<String>,
}

/// The world, for changes by `user`, an id, or by the Super Admin who has been there longest.
fn as_somebody<'a>(practice: &'a Practice, user: Option<&str>) -> Result<Acting<'a>, ChangeError> {
    let mut world = practice.world_as(Author::Nobody);
    let known = match user {
        Some(user) => world.company.user(user),
        None => world.company.first_super_admin(),
    };
    let known = known.ok_or_else(|| ChangeError::not_found("users", user.unwrap_or_default()))?;
    world.acting = Author::User(known.id.clone());
    Ok(world)
}

pub(super) async fn hire(
    State(practice): State<Practice>,
    Json(hire): Json<Hire>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = as_somebody(&practice, hire.user.as_deref())?;
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
    let mut world = match &to.user {
        Some(user) => as_somebody(&practice, Some(user))?,
        None => practice.world_as(Author::Nobody),
    };
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
