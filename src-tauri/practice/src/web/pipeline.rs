//! Settings > Pipeline: stages and archive reasons.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use axum::{Form, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, Visitor};
use crate::Practice;
use crate::state::{ChangeError, ReasonType, Right, World};

const STAGES: &str = "/settings/pipeline/stages";
const REASONS: &str = "/settings/pipeline/archive-reasons";

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route(STAGES, get(show_stages).post(change_stage))
        .route(REASONS, get(show_reasons).post(change_reason))
}

async fn show_stages(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    let rows = world.company.stages.iter().map(|stage| {
        let here = world
            .opportunities
            .living()
            .filter(|one| one.stage == stage.id);
        json!({
            "id": stage.id,
            "text": stage.text,
            "note": stage.pipeline,
            "fixed": stage.is_fixed(),
            "used": here.count(),
        })
    });
    let rows: Vec<Value> = rows.collect();
    let context = json!({"rows": rows, "action": STAGES, "kind": "stage"});
    visitor.page(&practice, &world, "pipeline.html", context)
}

async fn show_reasons(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    let rows = world.company.archive_reasons.iter().map(|reason| {
        let living = world.opportunities.living();
        let used = living.filter(|one| {
            let archived = one.archived.as_ref();
            archived.is_some_and(|archived| archived.reason == reason.id)
        });
        json!({
            "id": reason.id,
            "text": reason.text,
            "note": reason.status,
            "fixed": reason.kind == ReasonType::Hired,
            "used": used.count(),
        })
    });
    let rows: Vec<Value> = rows.collect();
    let context = json!({"rows": rows, "action": REASONS, "kind": "archive reason"});
    visitor.page(&practice, &world, "pipeline.html", context)
}

/// What to do with a stage or a reason.
#[derive(Deserialize)]
#[serde(tag = "change", rename_all = "lowercase")]
enum Change {
    Add {
        text: String,
        /// The stage behind which it comes; reasons have no order.
        #[serde(default)]
        after: String,
    },
    Rename {
        id: String,
        text: String,
    },
    Remove {
        id: String,
    },
}

async fn change_stage(
    State(practice): State<Practice>,
    visitor: Visitor,
    Form(change): Form<Change>,
) -> Result<Response, Refused> {
    apply(&practice, &visitor, STAGES, |world| match &change {
        Change::Add { text, after } => world.add_stage(text, after),
        Change::Rename { id, text } => world.rename_stage(id, text),
        Change::Remove { id } => world.remove_stage(id),
    })
}

async fn change_reason(
    State(practice): State<Practice>,
    visitor: Visitor,
    Form(change): Form<Change>,
) -> Result<Response, Refused> {
    apply(&practice, &visitor, REASONS, |world| match &change {
        Change::Add { text, .. } => world.add_reason(text),
        Change::Rename { id, text } => world.rename_reason(id, text),
        Change::Remove { id } => world.remove_reason(id),
    })
}

fn apply(
    practice: &Practice,
    visitor: &Visitor,
    page: &str,
    change: impl FnOnce(&mut World) -> Result<(), ChangeError>,
) -> Result<Response, Refused> {
    let what = "change stages and archive reasons";
    visitor.require(practice, Right::ManagePipeline, what)?;
    let mut world = visitor.world(practice);
    if let Err(error) = change(&mut world) {
        return Err(Refused::change(practice, visitor, &error));
    }
    Ok(visitor.go(&mut world, page, "Saved."))
}
