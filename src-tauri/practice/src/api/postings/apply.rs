//! Applying to a posting (LEVER.md 3.11).

use axum::Router;
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

use super::visible;
use crate::Practice;
use crate::api::answer::Answer;
use crate::api::asked::{Asked, Ids, JsonBody};
use crate::api::error::{ApiError, ApiResult};
use crate::auth::Area;
use crate::state::{CandidateIds, NewCandidate, Origin, Phone};

/// The personal questions: name, label, and whether an answer is needed.
const PERSONAL: [(&str, &str, bool); 5] = [
    ("fullName", "Full name", true),
    ("email", "Email", true),
    ("phone", "Phone", false),
    ("location", "Current location", false),
    ("currentCompany", "Current company", false),
];
const URLS: [(&str, &str); 2] = [("LinkedIn", "LinkedIn"), ("Portfolio", "Portfolio")];

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/postings/{id}/apply", get(questions).post(apply))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApplyBody {
    personal_information: Vec<Named>,
    #[serde(default)]
    urls: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    value: Option<String>,
}

async fn questions(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::POSTINGS)?;
    let posting = visible(&asked, &world, &id)?;
    let question = |text: &str, name: &str, required: bool| -> Value {
        json!({"text": text, "name": name, "type": "text", "required": required, "value": null})
    };
    let personal = PERSONAL.map(|(name, text, required)| question(text, name, required));
    let urls = URLS.map(|(name, text)| question(text, name, false));
    Ok(Answer::data(json!({
        "id": posting.id,
        "text": posting.text,
        "customQuestions": [],
        "eeoQuestions": {},
        "personalInformation": personal,
        "urls": urls,
    })))
}

async fn apply(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::POSTINGS)?;
    visible(&asked, &world, &id)?;
    let body: ApplyBody = body.read()?;
    let value = |wanted: &str| {
        let mut given = body.personal_information.iter();
        let given = given.find(|one| one.name == wanted);
        given
            .and_then(|one| one.value.clone())
            .filter(|value| !value.trim().is_empty())
    };
    let missing = PERSONAL
        .iter()
        .find(|(name, _, required)| *required && value(name).is_none());
    if let Some((name, _, _)) = missing {
        return Err(ApiError::bad_request(format!("{name} is required")));
    }
    let new = NewCandidate {
        name: value("fullName").unwrap_or_default(),
        emails: value("email").into_iter().collect(),
        headline: value("currentCompany").unwrap_or_default(),
        location: value("location").unwrap_or_default(),
        phones: value("phone")
            .map(|value| Phone { kind: None, value })
            .into_iter()
            .collect(),
        links: body.urls.into_iter().filter_map(|one| one.value).collect(),
        posting: Some(id),
        stage: Some("applicant-new".to_owned()),
        origin: Some(Origin::Applied),
        sources: vec!["Applied via API".to_owned()],
        ..NewCandidate::default()
    };
    let opportunity = world.add_candidate(new, CandidateIds::random(), asked.now());
    let application = world.opportunity(&opportunity);
    let application = application.and_then(|one| one.application.as_ref());
    let application = application.map(|one| &one.id);
    Ok(Answer::created(json!({"applicationId": application})))
}
