//! What is filled in about a candidate: profile forms and referrals (LEVER.md 3.9).

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use serde::Deserialize;
use serde_json::Value;

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::{ApiError, ApiResult};
use super::paging;
use super::templates::printed;
use crate::Practice;
use crate::auth::Area;
use crate::state::{FieldAnswer, Opportunity, TemplateList};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route(
            "/opportunities/{id}/forms",
            get(list_forms).post(create_form),
        )
        .route("/opportunities/{id}/forms/{form}", get(show_form))
        .route("/opportunities/{id}/referrals", get(list_referrals))
        .route(
            "/opportunities/{id}/referrals/{referral}",
            get(show_referral),
        )
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FormBody {
    base_template_id: String,
    fields: Vec<FieldAnswer>,
    secret: Option<bool>,
}

async fn list_forms(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    list(&asked, Area::FORMS, &id, |one| &one.forms)
}

async fn list_referrals(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    list(&asked, Area::REFERRALS, &id, |one| &one.referrals)
}

async fn show_form(asked: Asked, Ids((id, form)): Ids<(String, String)>) -> ApiResult {
    show(&asked, Area::FORMS, "forms", &id, &form, |one| &one.forms)
}

async fn show_referral(asked: Asked, Ids((id, referral)): Ids<(String, String)>) -> ApiResult {
    show(
        &asked,
        Area::REFERRALS,
        "referrals",
        &id,
        &referral,
        |one| &one.referrals,
    )
}

/// Without the `data` wrapper, as Lever prints it (LEVER.md 2.2).
async fn create_form(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::FORMS)?;
    asked.opportunity(&world, &id)?;
    let body: FormBody = body.read()?;
    let user = asked.performer(&world)?;
    let base = &body.base_template_id;
    let template = world.company.template(TemplateList::Profile, base)?;
    let secret = body.secret.unwrap_or(template.is_secret_by_default());
    let mut form = world.add_form(&id, base, body.fields, user, asked.now())?;
    form["secret"] = secret.into();
    Ok(printed(&world, StatusCode::CREATED, form))
}

fn list(
    asked: &Asked,
    area: Area,
    id: &str,
    of: impl Fn(&Opportunity) -> &Vec<Value>,
) -> ApiResult {
    let world = asked.reads(area)?;
    paging::in_given_order(&asked.params, of(asked.opportunity(&world, id)?).clone())
}

fn show(
    asked: &Asked,
    area: Area,
    resource: &'static str,
    id: &str,
    document: &str,
    of: impl Fn(&Opportunity) -> &Vec<Value>,
) -> ApiResult {
    let world = asked.reads(area)?;
    let mut documents = of(asked.opportunity(&world, id)?).iter();
    let found = documents.find(|one| one["id"] == document);
    let found = found.ok_or_else(|| ApiError::not_found(resource, document))?;
    Ok(Answer::data(found))
}
