//! Making an opportunity (LEVER.md 3.1).

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::render_plain;
use crate::api::answer::Answer;
use crate::api::asked::{Asked, JsonBody};
use crate::api::error::{ApiError, ApiResult};
use crate::auth::Area;
use crate::state::{NewCandidate, NewOpportunity, Origin, Phone, World};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct CreateBody {
    name: String,
    headline: String,
    stage: Option<String>,
    location: String,
    phones: Vec<Phone>,
    emails: Vec<String>,
    links: Vec<String>,
    tags: Vec<String>,
    sources: Vec<String>,
    origin: Option<Origin>,
    owner: Option<String>,
    followers: Vec<String>,
    postings: Vec<String>,
    created_at: Option<i64>,
    archived: Option<ArchivedBody>,
    contact: Option<String>,
    opportunity_location: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ArchivedBody {
    reason: String,
    archived_at: Option<i64>,
}

impl CreateBody {
    fn into_new(mut self) -> Result<NewOpportunity, ApiError> {
        if self.postings.len() > 1 {
            return Err(ApiError::bad_request(
                "An opportunity can be created for one posting at most",
            ));
        }
        let candidate = NewCandidate {
            name: self.name,
            headline: self.headline,
            location: self.location,
            emails: self.emails,
            phones: self.phones,
            links: self.links,
            posting: self.postings.pop(),
            stage: self.stage,
            origin: Some(self.origin.unwrap_or(Origin::Sourced)),
            sources: self.sources,
            tags: self.tags,
            owner: self.owner,
            contact: self.contact,
        };
        Ok(NewOpportunity {
            candidate,
            followers: self.followers,
            created_at: self.created_at,
            archived: self.archived.map(|one| (one.reason, one.archived_at)),
            opportunity_location: self.opportunity_location,
        })
    }
}

/// 201 with `deduped` beside `data` (LEVER.md 2.2).
pub(super) async fn create(asked: Asked, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::OPPORTUNITIES)?;
    let mut new = body.read::<CreateBody>()?.into_new()?;
    let performer = asked.required_performer(&world, "create")?;
    if asked
        .params
        .flag("perform_as_posting_owner")?
        .unwrap_or(false)
    {
        let posting = new.candidate.posting.as_deref();
        new.candidate.owner = new
            .candidate
            .owner
            .or_else(|| posting_owner(&world, posting));
    }
    let created = world.create_opportunity(new, &performer, asked.now())?;
    let opportunity = asked.opportunity(&world, &created.opportunity)?;
    let answer = json!({
        "deduped": created.deduped,
        "data": render_plain(&asked, &world, opportunity),
    });
    Ok(Answer::Document(StatusCode::CREATED, answer))
}

fn posting_owner(world: &World, posting: Option<&str>) -> Option<String> {
    world.company.posting(posting?)?.owner.clone()
}
