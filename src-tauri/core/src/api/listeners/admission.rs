//! `listeners.admit` and `listeners.choices`: whom a listener lets in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ListenerView;
use crate::api::app::NoInput;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::lever::types::Posting;
use crate::lever::{self, MOST_LISTED, Priority};
use crate::listeners::admission::{Admission, Choice};
use crate::listeners::{self as domain};
use crate::store::connections::Integration;

/// How candidates can come, with the words for it (LEVER.md 5.5).
const ORIGINS: [(&str, &str); 6] = [
    ("applied", "Applied"),
    ("sourced", "Sourced"),
    ("referred", "Referred"),
    ("university", "University"),
    ("agency", "Agency"),
    ("internal", "Internal"),
];

/// Whom a listener is to let in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Admit {
    /// The listener's id.
    pub id: String,
    /// Whom.
    pub admission: Admission,
}

/// What a listener can ask for, as Lever lists it.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct AdmissionChoices {
    /// Stages, in Lever's order.
    pub stages: Vec<Choice>,
    /// Departments of postings.
    pub departments: Vec<String>,
    /// Locations of postings.
    pub locations: Vec<String>,
    /// Postings, the newest first.
    pub postings: Vec<Choice>,
    /// How candidates can come.
    pub origins: Vec<Choice>,
    /// What could not be read, each as a sentence.
    pub problems: Vec<String>,
}

/// Answers `listeners.admit`.
pub(in crate::api) async fn admit(
    engine: &Engine,
    Admit { id, admission }: Admit,
) -> Result<ListenerView, AppError> {
    super::changed(engine, id, move |db, id, now| {
        domain::admit(db, id, admission, now)
    })
    .await
}

/// Answers `listeners.choices`. What cannot be read is said, and the rest can be chosen all the same.
pub(in crate::api) async fn choices(
    engine: &Engine,
    _: NoInput,
) -> Result<AdmissionChoices, AppError> {
    let origins = ORIGINS.map(|(id, name)| choice(id, name)).to_vec();
    let mut choices = AdmissionChoices {
        origins,
        ..AdmissionChoices::default()
    };
    let running = engine.running().await?;
    let access = &running.lever(Integration::Onboarding).access;
    let client = match access.client(Priority::Person).await {
        Ok(client) => client,
        Err(problem) => {
            choices.problems.push(problem.to_string());
            return Ok(choices);
        }
    };
    let (stages, postings) = tokio::join!(
        Box::pin(client.stages()),
        Box::pin(client.postings(MOST_LISTED))
    );
    let mut read = |problem: lever::Error| choices.problems.push(problem.to_string());
    if let Ok(stages) = stages.map_err(&mut read) {
        let stage = |stage: &lever::types::Stage| choice(stage.id.as_str(), &stage.text);
        choices.stages = stages.iter().map(stage).collect();
    }
    let postings: Vec<Posting> = postings.map_err(read).unwrap_or_default();
    choices.departments = distinct(
        postings
            .iter()
            .filter_map(|one| one.categories.department.as_ref()),
    );
    choices.locations = distinct(postings.iter().flat_map(|one| {
        let main = one.categories.location.iter();
        main.chain(&one.categories.all_locations)
    }));
    let posting = |one: &Posting| choice(one.id.as_str(), &one.text);
    choices.postings = postings.iter().map(posting).collect();
    Ok(choices)
}

fn choice(id: &str, name: &str) -> Choice {
    Choice {
        id: id.to_owned(),
        name: name.to_owned(),
    }
}

fn distinct<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let each: BTreeSet<_> = texts.filter(|text| !text.trim().is_empty()).collect();
    each.into_iter().cloned().collect()
}
