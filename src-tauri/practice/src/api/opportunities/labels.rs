//! Adding and removing tags, sources and links (LEVER.md 3.5).

use axum::Router;
use axum::routing::post;
use serde::Deserialize;

use super::changed;
use crate::Practice;
use crate::api::asked::{Asked, Ids, JsonBody};
use crate::api::error::{ApiError, ApiResult};
use crate::auth::Area;
use crate::state::Label;

pub(super) fn routes() -> Router<Practice> {
    let of = |label: Label| {
        (
            post(async move |asked, ids, body| add(label, asked, ids, body)),
            post(async move |asked, ids, body| remove(label, asked, ids, body)),
        )
    };
    let (add_tags, remove_tags) = of(Label::Tags);
    let (add_sources, remove_sources) = of(Label::Sources);
    let (add_links, remove_links) = of(Label::Links);
    Router::new()
        .route("/opportunities/{id}/addTags", add_tags)
        .route("/opportunities/{id}/removeTags", remove_tags)
        .route("/opportunities/{id}/addSources", add_sources)
        .route("/opportunities/{id}/removeSources", remove_sources)
        .route("/opportunities/{id}/addLinks", add_links)
        .route("/opportunities/{id}/removeLinks", remove_links)
}

/// One array, named as what it holds.
#[derive(Deserialize)]
struct LabelsBody {
    tags: Option<Vec<String>>,
    sources: Option<Vec<String>>,
    links: Option<Vec<String>>,
}

impl LabelsBody {
    fn of(self, label: Label) -> Result<Vec<String>, ApiError> {
        let (name, texts) = match label {
            Label::Tags => ("tags", self.tags),
            Label::Sources => ("sources", self.sources),
            Label::Links => ("links", self.links),
        };
        texts.ok_or_else(|| ApiError::bad_request(format!("missing field `{name}`")))
    }
}

fn add(label: Label, asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::OPPORTUNITIES)?;
    asked.opportunity(&world, &id)?;
    asked.performer(&world)?;
    let texts = body.read::<LabelsBody>()?.of(label)?;
    world.add_labels(&id, label, texts, asked.now())?;
    changed(&asked, &world, &id)
}

fn remove(label: Label, asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::OPPORTUNITIES)?;
    asked.opportunity(&world, &id)?;
    asked.performer(&world)?;
    let texts = body.read::<LabelsBody>()?.of(label)?;
    world.remove_labels(&id, label, &texts, asked.now())?;
    changed(&asked, &world, &id)
}
