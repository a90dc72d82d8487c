//! Changes of an opportunity. Their answers show no contact details (LEVER.md 3.1).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::visible;
use crate::Practice;
use crate::api::error::ApiError;
use crate::api::gate::Caller;
use crate::api::params::{Params, json_body};
use crate::api::users::performer;
use crate::auth::Area;
use crate::state::{ArchiveChange, Details, EventName, World};

type WriteResult = Result<(StatusCode, Json<Value>), ApiError>;

#[derive(Deserialize)]
pub(super) struct StageBody {
    stage: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArchivedBody {
    reason: Option<String>,
    requisition_id: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct TagsBody {
    tags: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct LinksBody {
    links: Vec<String>,
}

pub(super) async fn put_stage(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
    body: String,
) -> WriteResult {
    let body: StageBody = json_body(&body)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    admit(&world, &caller, &id)?;
    let actor = performer(&world, &params)?;
    world.move_stage(&id, &body.stage, actor.as_deref(), now)?;
    let status = StatusCode::from_u16(world.switches.put_status).unwrap_or(StatusCode::OK);
    Ok((status, changed(&practice, &world, &id)?))
}

pub(super) async fn put_archived(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
    body: String,
) -> WriteResult {
    let body: ArchivedBody = json_body(&body)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    admit(&world, &caller, &id)?;
    performer(&world, &params)?;
    let change = ArchiveChange {
        reason: body.reason,
        requisition: body.requisition_id,
    };
    world.change_archive(&id, change, now)?;
    let status = StatusCode::from_u16(world.switches.put_status).unwrap_or(StatusCode::OK);
    Ok((status, changed(&practice, &world, &id)?))
}

pub(super) async fn add_tags(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: String,
) -> WriteResult {
    let body: TagsBody = json_body(&body)?;
    change_tags(&practice, &caller, &id, |tags| add_missing(tags, body.tags))
}

pub(super) async fn remove_tags(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: String,
) -> WriteResult {
    let body: TagsBody = json_body(&body)?;
    change_tags(&practice, &caller, &id, |tags| remove(tags, &body.tags))
}

pub(super) async fn add_links(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: String,
) -> WriteResult {
    let body: LinksBody = json_body(&body)?;
    change_links(&practice, &caller, &id, |links| {
        add_missing(links, body.links)
    })
}

pub(super) async fn remove_links(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: String,
) -> WriteResult {
    let body: LinksBody = json_body(&body)?;
    change_links(&practice, &caller, &id, |links| remove(links, &body.links))
}

fn admit(world: &World, caller: &Caller, id: &str) -> Result<(), ApiError> {
    caller.may_write(Area::OPPORTUNITIES)?;
    visible(world, caller, id).map(|_| ())
}

fn change_tags(
    practice: &Practice,
    caller: &Caller,
    id: &str,
    change: impl FnOnce(&mut Vec<String>),
) -> WriteResult {
    let now = practice.now_ms();
    let mut world = practice.world();
    admit(&world, caller, id)?;
    if let Some(mut opportunity) = world.opportunity_mut(id) {
        change(&mut opportunity.tags);
        opportunity.touch(now);
    }
    Ok((StatusCode::OK, changed(practice, &world, id)?))
}

/// Links belong to the contact, so they show on all of its opportunities (LEVER.md 3.5).
fn change_links(
    practice: &Practice,
    caller: &Caller,
    id: &str,
    change: impl FnOnce(&mut Vec<String>),
) -> WriteResult {
    let now = practice.now_ms();
    let mut world = practice.world();
    caller.may_write(Area::OPPORTUNITIES)?;
    let contact_id = visible(&world, caller, id)?.contact.clone();
    world
        .contacts
        .update(&contact_id, |contact| change(&mut contact.links));
    for sibling in world.opportunities_of(&contact_id) {
        if let Some(mut opportunity) = world.opportunity_mut(&sibling) {
            opportunity.touch(now);
        }
    }
    let data = json!({"contactId": contact_id});
    world.queue_event(EventName::ContactUpdated, None, &data, now);
    Ok((StatusCode::OK, changed(practice, &world, id)?))
}

fn changed(practice: &Practice, world: &World, id: &str) -> Result<Json<Value>, ApiError> {
    let opportunity = world
        .opportunity(id)
        .ok_or_else(|| ApiError::not_found("opportunities", id))?;
    let data = world.opportunity_json(opportunity, Details::Blank, practice.origin());
    Ok(Json(json!({ "data": data })))
}

fn add_missing(kept: &mut Vec<String>, added: Vec<String>) {
    for item in added {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
}

fn remove(kept: &mut Vec<String>, removed: &[String]) {
    kept.retain(|item| !removed.contains(item));
}
