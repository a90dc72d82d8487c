//! Requisitions, read-only here (LEVER.md 3.10).

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde_json::json;

use super::error::{ApiError, ApiResult};
use super::gate::Caller;
use super::paging::{self, BY_CREATION, creation_key};
use super::params::Params;
use crate::Practice;
use crate::auth::Area;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/requisitions", get(list))
        .route("/requisitions/{id}", get(show))
}

async fn list(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::REQUISITIONS)?;
    let created_at = params.range("created_at")?;
    let world = practice.world();
    let matching = world.company.requisitions.iter().filter(|requisition| {
        let is_confidential = requisition.confidentiality == "confidential";
        (!is_confidential || caller.sees_confidential())
            && created_at.contains(Some(requisition.created_at))
            && params.accepts("requisition_code", Some(&requisition.code))
            && params.accepts("status", Some(&requisition.status))
    });
    let rows = matching.map(|one| (creation_key(one.created_at, &one.id), one));
    paging::answer(&params, BY_CREATION, rows.collect(), |one| one.to_json())
}

async fn show(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> ApiResult {
    caller.may_read(Area::REQUISITIONS)?;
    let world = practice.world();
    let requisition = world.company.requisition(&id);
    let requisition = requisition.ok_or_else(|| ApiError::not_found("requisitions", &id))?;
    Ok(Json(json!({"data": requisition.to_json()})))
}
