//! Candidates made and found by a test.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;
use crate::Practice;
use crate::state::{CandidateIds, ChangeError, NewCandidate, Origin};

pub(super) async fn list(State(practice): State<Practice>) -> Json<Value> {
    let world = practice.world();
    let candidates = world.opportunities.living().map(|opportunity| {
        let contact = world.contact_of(opportunity);
        json!({
            "opportunity": opportunity.id,
            "contact": contact.id,
            "name": contact.name,
            "emails": contact.emails,
            "stage": opportunity.stage,
            "archived": opportunity.archived,
        })
    });
    Json(candidates.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Create {
    name: String,
    #[serde(default)]
    emails: Vec<String>,
    headline: Option<String>,
    location: Option<String>,
    posting: Option<String>,
    stage: Option<String>,
    origin: Option<Origin>,
    count: Option<usize>,
}

/// Creates one candidate, or `count` of them with a number in name and e-mail.
pub(super) async fn create(
    State(practice): State<Practice>,
    Json(create): Json<Create>,
) -> Result<Json<Value>, Refusal> {
    let now = practice.now_ms();
    let mut world = practice.world();
    if let Some(stage) = &create.stage
        && world.company.stage(stage).is_none()
    {
        return Err(ChangeError::not_found("stages", stage).into());
    }
    if let Some(posting) = &create.posting
        && world.company.posting(posting).is_none()
    {
        return Err(ChangeError::not_found("postings", posting).into());
    }
    let mut ids = Vec::new();
    for number in 1..=create.count.unwrap_or(1) {
        let number = create.count.map(|_| number);
        ids.push(world.add_candidate(create.numbered(number), CandidateIds::random(), now));
    }
    Ok(Json(json!({ "opportunities": ids })))
}

impl Create {
    fn numbered(&self, number: Option<usize>) -> NewCandidate {
        let (name, emails) = match number {
            None => (self.name.clone(), self.emails.clone()),
            Some(number) => {
                let emails = self.emails.iter();
                let emails = emails.map(|email| email.replacen('@', &format!("+{number}@"), 1));
                (format!("{} {number}", self.name), emails.collect())
            }
        };
        NewCandidate {
            name,
            emails,
            headline: self.headline.clone().unwrap_or_default(),
            location: self.location.clone().unwrap_or_default(),
            posting: self.posting.clone(),
            stage: self.stage.clone(),
            origin: self.origin,
            ..NewCandidate::default()
        }
    }
}
