//! Requisitions, read-only here (LEVER.md 3.10).

use axum::Router;
use axum::routing::get;

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::Requisition;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/requisitions", get(list))
        .route("/requisitions/{id}", get(show))
}

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::REQUISITIONS)?;
    let Asked { caller, params, .. } = &asked;
    let created_at = params.range("created_at")?;
    let matching = world.company.requisitions.iter().filter(|requisition| {
        let is_confidential = requisition.confidentiality == "confidential";
        (!is_confidential || caller.sees_confidential())
            && created_at.contains(Some(requisition.created_at))
            && params.accepts("requisition_code", Some(&requisition.code))
            && params.accepts("status", Some(&requisition.status))
    });
    let place = |one: &Requisition| (one.created_at, one.id.clone());
    paging::newest_first(params, matching, place, Requisition::to_json)
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::REQUISITIONS)?;
    let requisition = world.company.requisition(&id);
    let requisition = requisition.ok_or_else(|| ApiError::not_found("requisitions", &id))?;
    Ok(Answer::data(requisition.to_json()))
}
