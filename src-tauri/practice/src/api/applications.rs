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
use crate::state::World;

const EXPANDABLE: &[&str] = &["posting", "postingOwner", "postingHiringManager", "user"];

pub(super) fn routes() -> Router<Practice> {
    Router::new()
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

fn projected(world: &World, document: Value, projection: &Projection) -> Value {
    projection.apply(document, |member, id| match member {
        "posting" => {
            let posting = world.company.posting(id)?;
            Some(Value::Object(posting.document.clone()))
        }
        _ => world.company.user_json(id),
    })
}
