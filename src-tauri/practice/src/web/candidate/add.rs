//! *Add candidate*.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Practice;
use crate::state::{CandidateIds, Confidentiality, NewCandidate, Origin, Phone, Right};
use crate::web::{Refused, Visitor};

const WHAT: &str = "add candidates";

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/candidates/new", get(show))
        .route("/candidates", post(add))
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Result<Response, Refused> {
    visitor.require(&practice, Right::ManageProfiles, WHAT)?;
    let world = practice.world();
    let postings = world.company.postings.iter();
    let postings: Vec<Value> = postings
        .filter(|posting| posting.confidentiality != Confidentiality::Confidential)
        .map(|posting| json!({"id": posting.id, "text": posting.text}))
        .collect();
    let context = json!({
        "postings": postings,
        "stages": world.company.stages,
        "origins": Origin::ALL,
    });
    Ok(visitor.page(&practice, &world, "candidate-new.html", context))
}

#[derive(Deserialize)]
struct NewForm {
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    headline: String,
    #[serde(default)]
    location: String,
    #[serde(default)]
    posting: String,
    #[serde(default)]
    stage: String,
    origin: Option<Origin>,
}

/// An empty field is one that was left out.
fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

async fn add(
    State(practice): State<Practice>,
    visitor: Visitor,
    Form(form): Form<NewForm>,
) -> Result<Response, Refused> {
    visitor.require(&practice, Right::ManageProfiles, WHAT)?;
    let (posting, stage) = (filled(&form.posting), filled(&form.stage));
    let known = {
        let company = &practice.world().company;
        let has_posting = posting
            .as_ref()
            .is_none_or(|id| company.posting(id).is_some());
        has_posting && stage.as_ref().is_none_or(|id| company.stage(id).is_some())
    };
    let Some(name) = filled(&form.name).filter(|_| known) else {
        let text = "A candidate needs a name, and a posting and stage that exist.";
        return Err(visitor.refuse(&practice, StatusCode::BAD_REQUEST, text));
    };
    let phone = filled(&form.phone).map(|value| Phone { kind: None, value });
    let new = NewCandidate {
        name,
        headline: form.headline.trim().to_owned(),
        location: form.location.trim().to_owned(),
        emails: filled(&form.email).into_iter().collect(),
        phones: phone.into_iter().collect(),
        posting,
        stage,
        origin: form.origin,
        owner: Some(visitor.user.id.clone()),
        ..NewCandidate::default()
    };
    let now = practice.now_ms();
    let mut world = visitor.world(&practice);
    let id = world.add_candidate(new, CandidateIds::random(), now);
    Ok(visitor.go(
        &mut world,
        &format!("/candidates/{id}"),
        "The candidate was added.",
    ))
}
