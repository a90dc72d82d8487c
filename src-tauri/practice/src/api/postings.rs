//! Job postings, read-only here (LEVER.md 3.11).

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde_json::{Value, json};

use super::error::{ApiError, ApiResult};
use super::gate::Caller;
use super::paging::{self, BY_CREATION, creation_key};
use super::params::Params;
use super::projection::Projection;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Posting, World};

const EXPANDABLE: &[&str] = &["user", "owner", "hiringManager", "followers"];

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/postings", get(list))
        .route("/postings/{id}", get(show))
}

async fn list(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::POSTINGS)?;
    let projection = Projection::parse(&params, EXPANDABLE)?;
    let updated_at = params.range("updated_at")?;
    let world = practice.world();
    let matching = world.company.postings.iter().filter(|posting| {
        let categories = &posting.document["categories"];
        let is_confidential = posting.confidentiality == "confidential";
        params.accepts("state", Some(&posting.state))
            && (!is_confidential || caller.sees_confidential())
            && updated_at.contains(posting.document["updatedAt"].as_i64())
            && ["team", "department", "location", "commitment", "level"]
                .iter()
                .all(|name| params.accepts(name, categories[*name].as_str()))
    });
    let rows = matching.map(|posting| (creation_key(posting.created_at, &posting.id), posting));
    paging::answer(&params, BY_CREATION, rows.collect(), |posting| {
        render(&world, posting, &projection)
    })
}

async fn show(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::POSTINGS)?;
    let projection = Projection::parse(&params, EXPANDABLE)?;
    let world = practice.world();
    let posting = world.company.posting(&id);
    let posting = posting.ok_or_else(|| ApiError::not_found("postings", &id))?;
    if posting.confidentiality == "confidential" && !caller.sees_confidential() {
        return Err(ApiError::Forbidden("the posting is confidential"));
    }
    Ok(Json(json!({"data": render(&world, posting, &projection)})))
}

fn render(world: &World, posting: &Posting, projection: &Projection) -> Value {
    let document = Value::Object(posting.document.clone());
    projection.apply(document, |_, id| {
        serde_json::to_value(world.company.user(id)?).ok()
    })
}
