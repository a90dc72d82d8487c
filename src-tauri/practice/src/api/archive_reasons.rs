//! Archive reasons (LEVER.md 3.6).

use axum::Router;
use axum::routing::get;
use serde_json::json;

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::ReasonType;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/archive_reasons", get(list))
        .route("/archive_reasons/{id}", get(show))
}

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::ARCHIVE_REASONS)?;
    let kind = match asked.params.first("type") {
        None => None,
        Some("hired") => Some(ReasonType::Hired),
        Some("non-hired") => Some(ReasonType::NonHired),
        Some(_) => return Err(ApiError::bad_request("type must be hired or non-hired")),
    };
    let reasons = world.company.archive_reasons.iter();
    let reasons = reasons.filter(|reason| kind.is_none_or(|kind| kind == reason.kind));
    paging::in_given_order(&asked.params, reasons.map(|reason| json!(reason)).collect())
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::ARCHIVE_REASONS)?;
    let reason = world.company.reason(&id);
    let reason = reason.ok_or_else(|| ApiError::not_found("archive_reasons", &id))?;
    Ok(Answer::data(reason))
}
