//! Templates of profile forms (LEVER.md 3.9).

use axum::Router;
use axum::routing::get;

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/form_templates", get(list))
        .route("/form_templates/{id}", get(show))
}

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::FORM_TEMPLATES)?;
    paging::in_given_order(&asked.params, world.company.form_templates.clone())
}

/// Without the `data` wrapper, as Lever prints it (LEVER.md 2.2).
async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::FORM_TEMPLATES)?;
    let mut templates = world.company.form_templates.iter();
    let template = templates.find(|template| template["id"] == id.as_str());
    let template = template.ok_or_else(|| ApiError::not_found("form_templates", &id))?;
    Ok(Answer::bare(template.clone()))
}
