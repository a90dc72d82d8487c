//! Moving an opportunity to another stage, and into or out of the archive (LEVER.md 3.1).

use axum::Router;
use axum::routing::put;
use serde::Deserialize;

use super::blank;
use crate::Practice;
use crate::api::answer::Answer;
use crate::api::asked::{Asked, Ids, JsonBody};
use crate::api::error::ApiResult;
use crate::auth::Area;
use crate::state::ArchiveChange;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/opportunities/{id}/stage", put(put_stage))
        .route("/opportunities/{id}/archived", put(put_archived))
}

#[derive(Deserialize)]
struct StageBody {
    stage: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ArchivedBody {
    reason: Option<String>,
    requisition_id: Option<String>,
    /// Whether interviews still to come are canceled.
    #[serde(default)]
    clean_interviews: bool,
}

async fn put_stage(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::OPPORTUNITIES)?;
    asked.opportunity(&world, &id)?;
    let body: StageBody = body.read()?;
    let actor = asked.performer(&world)?;
    world.move_stage(&id, &body.stage, actor.as_deref(), asked.now())?;
    Ok(Answer::put(&world, blank(&asked, &world, &id)?))
}

async fn put_archived(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::OPPORTUNITIES)?;
    asked.opportunity(&world, &id)?;
    let body: ArchivedBody = body.read()?;
    asked.performer(&world)?;
    let change = ArchiveChange {
        reason: body.reason,
        requisition: body.requisition_id,
    };
    world.change_archive(&id, change, asked.now())?;
    if body.clean_interviews {
        world.cancel_coming_interviews(&id, asked.now())?;
    }
    Ok(Answer::put(&world, blank(&asked, &world, &id)?))
}
