//! *Add candidate*.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::typed::Typed;
use crate::Practice;
use crate::state::{CandidateIds, Confidentiality, NewCandidate, Origin, Right};
use crate::web::{Refused, Visitor};

const WHAT: &str = "add candidates";

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/candidates/new", get(show))
        .route("/candidates", post(add))
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Result<Response, Refused> {
    visitor.require(&practice, Right::ManageProfiles, WHAT)?;
    Ok(page(&practice, &visitor, &NewForm::default(), None))
}

fn page(practice: &Practice, visitor: &Visitor, form: &NewForm, problem: Option<&str>) -> Response {
    let world = practice.world();
    let postings = world.company.postings.iter();
    let postings: Vec<Value> = postings
        .filter(|posting| posting.confidentiality != Confidentiality::Confidential)
        .map(|posting| json!({"id": posting.id, "text": posting.text}))
        .collect();
    let mut context = form.typed.context(problem);
    context["chosen"] = json!({
        "posting": form.posting,
        "stage": form.stage,
        "origin": form.origin,
    });
    context["postings"] = postings.into();
    context["stages"] = json!(world.company.stages);
    context["origins"] = json!(Origin::ALL);
    visitor.page(practice, &world, "candidate-new.html", context)
}

#[derive(Default, Deserialize)]
struct NewForm {
    #[serde(flatten)]
    typed: Typed,
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
    let details = form.typed.read();
    let details = details.and_then(|details| match known {
        true => Ok(details),
        false => Err("Choose a posting and a stage that exist.".to_owned()),
    });
    let details = match details {
        Ok(details) => details,
        Err(problem) => {
            let page = page(&practice, &visitor, &form, Some(&problem));
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let new = NewCandidate {
        phones: details.phones(&[]),
        name: details.name,
        headline: details.headline,
        location: details.location,
        emails: details.emails,
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
