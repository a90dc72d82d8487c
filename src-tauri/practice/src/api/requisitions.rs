//! Requisitions (LEVER.md 3.10).

use axum::Router;
use axum::routing::get;

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Confidentiality, Requisition, World};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/requisitions", get(list).post(create))
        .route("/requisitions/{id}", get(show).put(replace).delete(remove))
}

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::REQUISITIONS)?;
    let params = &asked.params;
    let created_at = params.range("created_at")?;
    let confidentiality = params.confidentiality()?;
    let matching = world.company.requisitions.iter().filter(|requisition| {
        confidentiality.accepts(requisition.confidentiality)
            && may_see(&asked, requisition)
            && created_at.contains(Some(requisition.created_at))
            && params.accepts("requisition_code", Some(&requisition.code))
            && params.accepts("status", Some(&requisition.status))
    });
    let place = |one: &Requisition| (one.created_at, one.id.clone());
    let offers = world.offers_by_requisition();
    paging::newest_first(params, matching, place, |one| one.to_json(&offers))
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::REQUISITIONS)?;
    let requisition = visible(&asked, &world, &id)?;
    Ok(Answer::data(
        requisition.to_json(&world.offers_by_requisition()),
    ))
}

/// Answers the raw record (LEVER.md 3.10).
async fn create(asked: Asked, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITIONS)?;
    switched_on(&world)?;
    // Lever names no creator for the API; here it is the Super Admin who let the API in.
    let creator = world.company.first_super_admin();
    let creator = creator.map_or_else(String::new, |user| user.id.clone());
    let id = world
        .company
        .add_requisition(body.read()?, &creator, asked.now())?;
    let requisition = visible(&asked, &world, &id)?;
    let offers = world.offers_by_requisition();
    Ok(Answer::created(
        requisition.to_raw_json(&world.company, &offers),
    ))
}

/// Answers the raw record (LEVER.md 3.10).
async fn replace(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITIONS)?;
    switched_on(&world)?;
    visible(&asked, &world, &id)?;
    world
        .company
        .replace_requisition(&id, body.read()?, asked.now())?;
    let requisition = visible(&asked, &world, &id)?;
    let raw = requisition.to_raw_json(&world.company, &world.offers_by_requisition());
    Ok(Answer::put(&world, raw))
}

async fn remove(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITIONS)?;
    switched_on(&world)?;
    visible(&asked, &world, &id)?;
    world.company.delete_requisition(&id)?;
    Ok(Answer::Deleted)
}

fn switched_on(world: &World) -> Result<(), ApiError> {
    if world.switches.requisition_management {
        Ok(())
    } else {
        Err(ApiError::Forbidden("API management of requisitions is off"))
    }
}

fn may_see(asked: &Asked, requisition: &Requisition) -> bool {
    requisition.confidentiality == Confidentiality::NonConfidential
        || asked.caller.sees_confidential()
}

fn visible<'a>(asked: &Asked, world: &'a World, id: &str) -> Result<&'a Requisition, ApiError> {
    let requisition = world.company.requisition(id);
    let requisition = requisition.ok_or_else(|| ApiError::not_found("requisitions", id))?;
    if may_see(asked, requisition) {
        Ok(requisition)
    } else {
        Err(ApiError::Forbidden("the requisition is confidential"))
    }
}
