//! Pipeline stages (LEVER.md 3.6).

use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::Stage;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/stages", get(list))
        .route("/stages/{id}", get(show))
        .route("/disposition_stages", get(list_for_disposition))
}

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::STAGES)?;
    let stages = world.company.stages.iter().map(short);
    paging::in_given_order(&asked.params, stages.collect())
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::STAGES)?;
    let stage = world.company.stage(&id);
    let stage = stage.ok_or_else(|| ApiError::not_found("stages", &id))?;
    Ok(Answer::data(short(stage)))
}

/// Live, but not documented by Lever (LEVER.md 2.2).
async fn list_for_disposition(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::STAGES)?;
    Ok(Answer::data(json!({"stages": world.company.stages})))
}

fn short(stage: &Stage) -> Value {
    json!({"id": stage.id, "text": stage.text})
}
