//! Applications of an opportunity: deprecated paths, of which an opportunity has at most one
//! (LEVER.md 3.8).

use axum::Router;
use axum::routing::get;
use serde_json::Value;

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging;
use super::projection::Projection;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Opportunity, World};

const EXPANDABLE: &[&str] = &["posting", "postingOwner", "postingHiringManager", "user"];

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/applications/deleted", get(list_deleted))
        .route("/opportunities/{id}/applications", get(list))
        .route("/opportunities/{id}/applications/{application}", get(show))
}

async fn list(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::APPLICATIONS)?;
    let projection = Projection::parse(&asked.params, EXPANDABLE)?;
    let opportunity = asked.opportunity(&world, &id)?;
    let application = opportunity.application_json(world.contact_of(opportunity));
    let application = application.map(|one| projected(&world, one, &projection));
    paging::in_given_order(&asked.params, application.into_iter().collect())
}

async fn show(asked: Asked, Ids((id, application)): Ids<(String, String)>) -> ApiResult {
    let world = asked.reads(Area::APPLICATIONS)?;
    let projection = Projection::parse(&asked.params, EXPANDABLE)?;
    let opportunity = asked.opportunity(&world, &id)?;
    let own = opportunity.application.as_ref().map(|own| own.id.as_str());
    let document = opportunity
        .application_json(world.contact_of(opportunity))
        .filter(|_| own == Some(application.as_str()))
        .ok_or_else(|| ApiError::not_found("applications", &application))?;
    Ok(Answer::data(projected(&world, document, &projection)))
}

/// Live, but not documented by Lever (LEVER.md 2.6): the applications of deleted opportunities.
async fn list_deleted(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::APPLICATIONS)?;
    let Asked { caller, params, .. } = &asked;
    let deleted_at = params.range("deleted_at")?;
    let deleted = world.opportunities.deleted().filter(|one| {
        let at = one.deleted.as_ref().map(|deleted| deleted.at);
        deleted_at.contains(at) && one.application.is_some() && caller.may_see(one)
    });
    let place = |one: &Opportunity| (one.created_at, one.id.clone());
    paging::newest_first(params, deleted, place, |one| {
        let mut document = one
            .application_json(world.contact_of(one))
            .unwrap_or_default();
        if let Some(deleted) = &one.deleted {
            document["deletedBy"] = deleted.by.as_str().into();
            document["deletedAt"] = deleted.at.into();
        }
        document
    })
}

fn projected(world: &World, document: Value, projection: &Projection) -> Value {
    projection.apply(document, |member, id| match member {
        "posting" => {
            let posting = world.company.posting(id)?;
            Some(Value::Object(posting.document.clone()))
        }
        _ => world.company.user_json(id),
    })
}
