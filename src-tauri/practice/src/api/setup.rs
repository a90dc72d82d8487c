//! What the company has set up: stages, reasons, tags, sources, requisition fields, form templates.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde_json::{Value, json};

use super::error::{ApiError, ApiResult};
use super::gate::Caller;
use super::paging;
use super::params::Params;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Opportunity, ReasonType};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/stages", get(list_stages))
        .route("/stages/{id}", get(show_stage))
        .route("/disposition_stages", get(list_disposition_stages))
        .route("/archive_reasons", get(list_archive_reasons))
        .route("/archive_reasons/{id}", get(show_archive_reason))
        .route("/tags", get(list_tags))
        .route("/sources", get(list_sources))
        .route("/requisition_fields", get(list_requisition_fields))
        .route("/form_templates", get(list_form_templates))
        .route("/form_templates/{id}", get(show_form_template))
}

async fn list_stages(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::STAGES)?;
    let world = practice.world();
    let stages = world.company.stages.iter();
    let stages = stages.map(|stage| json!({"id": stage.id, "text": stage.text}));
    paging::in_given_order(&params, stages.collect())
}

async fn show_stage(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> ApiResult {
    caller.may_read(Area::STAGES)?;
    let world = practice.world();
    let stage = world.company.stage(&id);
    let stage = stage.ok_or_else(|| ApiError::not_found("stages", &id))?;
    Ok(Json(json!({"data": {"id": stage.id, "text": stage.text}})))
}

/// Live, but not documented by Lever (LEVER.md 2.2).
async fn list_disposition_stages(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
) -> ApiResult {
    caller.may_read(Area::STAGES)?;
    let world = practice.world();
    Ok(Json(json!({"data": {"stages": world.company.stages}})))
}

async fn list_archive_reasons(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::ARCHIVE_REASONS)?;
    let kind = match params.first("type") {
        None => None,
        Some("hired") => Some(ReasonType::Hired),
        Some("non-hired") => Some(ReasonType::NonHired),
        Some(_) => return Err(ApiError::bad_request("type must be hired or non-hired")),
    };
    let world = practice.world();
    let reasons = world.company.archive_reasons.iter();
    let reasons = reasons.filter(|reason| kind.is_none_or(|kind| kind == reason.kind));
    paging::in_given_order(&params, reasons.map(|reason| json!(reason)).collect())
}

async fn show_archive_reason(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> ApiResult {
    caller.may_read(Area::ARCHIVE_REASONS)?;
    let world = practice.world();
    let reason = world.company.reason(&id);
    let reason = reason.ok_or_else(|| ApiError::not_found("archive_reasons", &id))?;
    Ok(Json(json!({ "data": reason })))
}

async fn list_tags(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::TAGS)?;
    counted(&practice, &params, |opportunity| &opportunity.tags)
}

async fn list_sources(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::SOURCES)?;
    counted(&practice, &params, |opportunity| &opportunity.sources)
}

/// Texts with the number of opportunities that carry them, by text (LEVER.md 3.5).
fn counted(
    practice: &Practice,
    params: &Params,
    texts: impl Fn(&Opportunity) -> &Vec<String>,
) -> ApiResult {
    let world = practice.world();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for opportunity in world.opportunities.living() {
        for text in texts(opportunity) {
            *counts.entry(text).or_default() += 1;
        }
    }
    let items = counts
        .into_iter()
        .map(|(text, count)| json!({"text": text, "count": count}));
    paging::in_given_order(params, items.collect())
}

/// Without `hasNext`, as recorded (LEVER.md 2.2).
async fn list_requisition_fields(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::REQUISITION_FIELDS)?;
    let required = params.flag("isRequired")?;
    let world = practice.world();
    let fields = world.company.requisition_fields.iter().filter(|field| {
        required.is_none_or(|wanted| field["isRequired"] == wanted)
            && params.accepts("type", field["type"].as_str())
    });
    let fields: Vec<&Value> = fields.collect();
    Ok(Json(json!({ "data": fields })))
}

async fn list_form_templates(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::FORM_TEMPLATES)?;
    let templates = practice.world().company.form_templates.clone();
    paging::in_given_order(&params, templates)
}

/// Without the `data` wrapper, as Lever prints it (LEVER.md 2.2).
async fn show_form_template(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> ApiResult {
    caller.may_read(Area::FORM_TEMPLATES)?;
    let world = practice.world();
    let mut templates = world.company.form_templates.iter();
    let template = templates.find(|template| template["id"] == id.as_str());
    let template = template.ok_or_else(|| ApiError::not_found("form_templates", &id))?;
    Ok(Json(template.clone()))
}
