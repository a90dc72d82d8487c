//! What hangs on an opportunity: offers, notes, applications, forms, referrals, resumes.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{ApiError, ApiResult};
use super::gate::Caller;
use super::opportunities::visible;
use super::paging::{self, BY_CREATION, creation_key};
use super::params::{Params, json_body};
use super::projection::Projection;
use super::users::performer;
use crate::Practice;
use crate::auth::Area;
use crate::identifiers::random_id;
use crate::state::{Note, Opportunity, World};

const EXPANDABLE_IN_APPLICATIONS: &[&str] =
    &["posting", "postingOwner", "postingHiringManager", "user"];

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/opportunities/{id}/offers", get(list_offers))
        .route("/opportunities/{id}/notes", get(list_notes).post(add_note))
        .route("/opportunities/{id}/applications", get(list_applications))
        .route(
            "/opportunities/{id}/applications/{application}",
            get(show_application),
        )
        .route("/opportunities/{id}/forms", get(list_forms))
        .route("/opportunities/{id}/referrals", get(list_referrals))
        .route("/opportunities/{id}/resumes", get(list_resumes))
}

async fn list_offers(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::OFFERS)?;
    let projection = Projection::parse(&params, &["creator"])?;
    let api = format!("{}/v1", practice.origin());
    let world = practice.world();
    let opportunity = visible(&world, &caller, &id)?;
    let signer = world.contact_of(opportunity);
    let offers = opportunity.offers.iter();
    let rows = offers.map(|offer| (creation_key(offer.created_at, &offer.id), offer));
    paging::answer(&params, BY_CREATION, rows.collect(), |offer| {
        let document = offer.to_json(&api, &id, signer);
        projection.apply(document, |_, user| user_json(&world, user))
    })
}

async fn list_notes(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::NOTES)?;
    let world = practice.world();
    let notes = visible(&world, &caller, &id)?.notes.iter();
    let rows = notes.map(|note| (creation_key(note.created_at, &note.id), note));
    paging::answer(&params, BY_CREATION, rows.collect(), Note::to_json)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NoteBody {
    value: String,
    #[serde(default)]
    secret: bool,
    score: Option<u8>,
    created_at: Option<i64>,
}

async fn add_note(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
    body: String,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    caller.may_write(Area::NOTES)?;
    let body: NoteBody = json_body(&body)?;
    if body.score.is_some_and(|score| !(1..=4).contains(&score)) {
        return Err(ApiError::bad_request("score must be between 1 and 4"));
    }
    let now = practice.now_ms();
    let mut world = practice.world();
    let user = performer(&world, &params)?;
    let stage = visible(&world, &caller, &id)?.stage.clone();
    let note = Note {
        id: random_id(),
        value: body.value,
        user,
        secret: body.secret,
        score: body.score,
        stage,
        created_at: body.created_at.map_or(now, |past| past.min(now)),
    };
    let mut answer = json!({"noteId": note.id});
    if world.switches.full_note_answer
        && let (Some(answer), Value::Object(full)) = (answer.as_object_mut(), note.to_json())
    {
        answer.extend(full);
    }
    if let Some(mut opportunity) = world.opportunity_mut(&id) {
        opportunity.notes.push(note);
        opportunity.touch(now);
    }
    Ok((StatusCode::CREATED, Json(json!({ "data": answer }))))
}

async fn list_applications(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::APPLICATIONS)?;
    let projection = Projection::parse(&params, EXPANDABLE_IN_APPLICATIONS)?;
    let world = practice.world();
    let opportunity = visible(&world, &caller, &id)?;
    let applications = opportunity.application_json(world.contact_of(opportunity));
    let applications = applications.into_iter();
    let applications = applications.map(|one| expand_application(&world, one, &projection));
    paging::in_given_order(&params, applications.collect())
}

async fn show_application(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path((id, application)): Path<(String, String)>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::APPLICATIONS)?;
    let projection = Projection::parse(&params, EXPANDABLE_IN_APPLICATIONS)?;
    let world = practice.world();
    let opportunity = visible(&world, &caller, &id)?;
    let own = opportunity.application.as_ref().map(|own| own.id.as_str());
    let document = opportunity
        .application_json(world.contact_of(opportunity))
        .filter(|_| own == Some(application.as_str()))
        .ok_or_else(|| ApiError::not_found("applications", &application))?;
    Ok(Json(
        json!({"data": expand_application(&world, document, &projection)}),
    ))
}

fn expand_application(world: &World, document: Value, projection: &Projection) -> Value {
    projection.apply(document, |member, id| match member {
        "posting" => {
            let posting = world.company.posting(id)?;
            Some(Value::Object(posting.document.clone()))
        }
        _ => user_json(world, id),
    })
}

async fn list_forms(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::FORMS)?;
    documents(&practice, &caller, &id, &params, |one| &one.forms)
}

async fn list_referrals(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::REFERRALS)?;
    documents(&practice, &caller, &id, &params, |one| &one.referrals)
}

async fn list_resumes(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::RESUMES)?;
    documents(&practice, &caller, &id, &params, |one| &one.resumes)
}

fn documents(
    practice: &Practice,
    caller: &Caller,
    id: &str,
    params: &Params,
    of: impl Fn(&Opportunity) -> &Vec<Value>,
) -> ApiResult {
    let world = practice.world();
    paging::in_given_order(params, of(visible(&world, caller, id)?).clone())
}

fn user_json(world: &World, id: &str) -> Option<Value> {
    serde_json::to_value(world.company.user(id)?).ok()
}
