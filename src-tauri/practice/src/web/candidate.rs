//! The profile of a candidate, and what can be done there.

use axum::Form;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, Visitor, offers};
use crate::Practice;
use crate::state::{ArchiveChange, ChangeError, Confidentiality, Opportunity, World};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/candidates/{id}", get(show))
        .route("/candidates/{id}/stage", post(change_stage))
        .route("/candidates/{id}/hired", post(hire))
        .route("/candidates/{id}/archive", post(archive))
        .route("/candidates/{id}/unarchive", post(unarchive))
        .route("/candidates/{id}/delete", post(delete))
}

async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let world = practice.world();
    let Some(opportunity) = world.opportunity(&id) else {
        drop(world);
        let text = "There is no such candidate.";
        return Err(visitor.refuse(&practice, StatusCode::NOT_FOUND, text));
    };
    let context = profile(&world, &visitor, opportunity);
    Ok(visitor.page(&practice, &world, "candidate.html", context))
}

fn profile(world: &World, visitor: &Visitor, opportunity: &Opportunity) -> Value {
    let company = &world.company;
    let user_name = |id: &str| company.user(id).map(|user| user.name.as_str());
    let contact = world.contact_of(opportunity);
    let posting = opportunity.application.as_ref();
    let posting = posting.and_then(|application| company.posting(&application.posting));
    let history: Vec<Value> = opportunity
        .stage_changes
        .iter()
        .map(|change| {
            json!({
                "at": change.updated_at,
                "stage": company.stage(&change.to_stage_id).map(|stage| &stage.text),
                "by": change.user_id.as_deref().and_then(user_name)
            })
        })
        .collect();
    let notes: Vec<Value> = opportunity
        .notes
        .iter()
        .map(|note| {
            json!({
                "at": note.created_at,
                "value": note.value(),
                "secret": note.secret,
                "by": note.user.as_deref().and_then(user_name)
            })
        })
        .collect();
    let archived = opportunity.archived.as_ref();
    let mut siblings = world.opportunities_of(&contact.id);
    siblings.retain(|id| *id != opportunity.id);
    json!({
        "id": opportunity.id,
        "name": contact.name,
        "headline": contact.headline,
        "location": contact.location,
        "emails": contact.emails,
        "phones": contact.phones,
        "links": contact.links,
        "anonymised": contact.is_anonymized,
        "confidential": opportunity.confidentiality == Confidentiality::Confidential,
        "stage": opportunity.stage,
        "stages": company.stages,
        "reasons": company.archive_reasons,
        "posting": posting.map(|posting| &posting.text),
        "owner": opportunity.owner.as_deref().and_then(user_name),
        "origin": opportunity.origin,
        "tags": opportunity.tags,
        "sources": opportunity.sources,
        "archived_at": archived.map(|archived| archived.archived_at),
        "archive_reason": archived
            .and_then(|archived| company.reason(&archived.reason))
            .map(|reason| &reason.text),
        "history": history,
        "notes": notes,
        "offers": offers::block(world, visitor, opportunity),
        "siblings": siblings
    })
}

#[derive(Deserialize)]
struct StageForm {
    stage: String,
}

async fn change_stage(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<StageForm>,
) -> Response {
    let now = practice.now_ms();
    let outcome = {
        let mut world = practice.world();
        world.move_stage(&id, &form.stage, Some(&visitor.user.id), now)
    };
    back_to_profile(&practice, &visitor, &id, outcome)
}

async fn hire(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    let now = practice.now_ms();
    let outcome = practice.world().hire(&id, now);
    back_to_profile(&practice, &visitor, &id, outcome)
}

#[derive(Deserialize)]
struct ArchiveForm {
    reason: String,
}

async fn archive(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<ArchiveForm>,
) -> Response {
    let now = practice.now_ms();
    let change = ArchiveChange {
        reason: Some(form.reason),
        requisition: None,
    };
    let outcome = practice.world().change_archive(&id, change, now);
    back_to_profile(&practice, &visitor, &id, outcome)
}

async fn unarchive(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    let now = practice.now_ms();
    let outcome = practice
        .world()
        .change_archive(&id, ArchiveChange::default(), now);
    back_to_profile(&practice, &visitor, &id, outcome)
}

async fn delete(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    let now = practice.now_ms();
    let outcome = {
        let mut world = practice.world();
        world.delete_opportunity(&id, &visitor.user.id, now)
    };
    match outcome {
        Ok(()) => Redirect::to("/candidates").into_response(),
        Err(error) => Refused::change(&practice, &visitor, &error).into_response(),
    }
}

fn back_to_profile(
    practice: &Practice,
    visitor: &Visitor,
    id: &str,
    outcome: Result<(), ChangeError>,
) -> Response {
    match outcome {
        Ok(()) => Redirect::to(&format!("/candidates/{id}")).into_response(),
        Err(error) => Refused::change(practice, visitor, &error).into_response(),
    }
}
