//! Job postings, read-only here (LEVER.md 3.11).

use axum::Router;
use axum::routing::get;
use serde_json::Value;

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging;
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

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::POSTINGS)?;
    let Asked { caller, params, .. } = &asked;
    let projection = Projection::parse(params, EXPANDABLE)?;
    let updated_at = params.range("updated_at")?;
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
    let place = |posting: &Posting| (posting.created_at, posting.id.clone());
    paging::newest_first(params, matching, place, |posting| {
        render(&world, posting, &projection)
    })
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::POSTINGS)?;
    let projection = Projection::parse(&asked.params, EXPANDABLE)?;
    let posting = world.company.posting(&id);
    let posting = posting.ok_or_else(|| ApiError::not_found("postings", &id))?;
    if posting.confidentiality == "confidential" && !asked.caller.sees_confidential() {
        return Err(ApiError::Forbidden("the posting is confidential"));
    }
    Ok(Answer::data(render(&world, posting, &projection)))
}

fn render(world: &World, posting: &Posting, projection: &Projection) -> Value {
    let document = Value::Object(posting.document.clone());
    projection.apply(document, |_, id| world.company.user_json(id))
}
