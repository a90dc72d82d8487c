//! What else is filled in about a candidate: profile forms, referrals, resumes (LEVER.md 3.9, 3.12).

use axum::Router;
use axum::routing::get;
use serde_json::Value;

use super::asked::{Asked, Ids};
use super::error::ApiResult;
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::Opportunity;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/opportunities/{id}/forms", get(list_forms))
        .route("/opportunities/{id}/referrals", get(list_referrals))
        .route("/opportunities/{id}/resumes", get(list_resumes))
}

async fn list_forms(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    documents(&asked, Area::FORMS, &id, |one| &one.forms)
}

async fn list_referrals(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    documents(&asked, Area::REFERRALS, &id, |one| &one.referrals)
}

async fn list_resumes(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    documents(&asked, Area::RESUMES, &id, |one| &one.resumes)
}

fn documents(
    asked: &Asked,
    area: Area,
    id: &str,
    of: impl Fn(&Opportunity) -> &Vec<Value>,
) -> ApiResult {
    let world = asked.reads(area)?;
    paging::in_given_order(&asked.params, of(asked.opportunity(&world, id)?).clone())
}
