//! `inbox.replay`: what an event would do now, through this or an older version of the mapping. It reads Lever and
//! writes nothing.

use std::collections::HashMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::engine::Engine;
use crate::api::error::{AppError, ErrorCode};
use crate::jobs::Hire;
use crate::lever::{self, Candidate, Priority};
use crate::listeners::admission::{Admission, Refusal};
use crate::listeners::{self as domain, DecideError};
use crate::mapping::{Drift, Evaluation, Mapping, Schema, evaluate};
use crate::people::{admission, judge};
use crate::store::connections::Integration;
use crate::store::mappings::MappingRow;
use crate::store::{inbox, mappings, target_fields};

/// An event to try.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReplayInput {
    /// The event's number.
    pub id: i64,
    /// The version of the mapping; the newest if left out.
    pub version: Option<i64>,
}

/// What an event would do.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Replay {
    /// The version of the mapping that was tried.
    pub version: i64,
    /// The newest version, which is the one that a real run takes.
    pub newest: i64,
    /// What would happen, in words.
    pub sentence: String,
    /// Whether somebody would be imported.
    pub imports: bool,
    /// What each field of the person would get.
    pub fields: Vec<ReplayField>,
}

/// What a field would get.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReplayField {
    /// The field's label.
    pub label: String,
    /// Whether its values are shown only when asked for.
    pub masked: bool,
    /// Its value through the version that was tried; none if empty.
    pub value: Option<String>,
    /// Why there is no usable value, in words.
    pub problem: Option<String>,
    /// Its value through the newest version; none if empty.
    pub newest: Option<String>,
}

/// What the database knows for a replay.
struct Given {
    hire: Hire,
    admission: Admission,
    tried: MappingRow,
    newest: MappingRow,
    schema: Schema,
    drift: Vec<Drift>,
}

/// Answers `inbox.replay`.
pub(in crate::api) async fn replay(
    engine: &Engine,
    request: ReplayInput,
) -> Result<Replay, AppError> {
    let running = engine.running().await?;
    let given = running.store.read(move |db| given(db, &request)).await?;
    let access = &running.lever(Integration::Onboarding).access;
    let client = access.client(Priority::Person).await?;
    let read = Box::pin(lever::candidate(&client, &given.hire.opportunity_id)).await;
    let nobody = |sentence: String| Replay {
        version: given.tried.version,
        newest: given.newest.version,
        sentence,
        imports: false,
        fields: Vec::new(),
    };
    let mut candidate = match read {
        Ok(candidate) => candidate,
        Err(lever::Error::NotFound { .. }) => {
            let words = "Changed since the event: the candidate no longer exists in Lever.";
            return Ok(nobody(words.to_owned()));
        }
        Err(problem) => return Err(problem.into()),
    };
    candidate.record.know_drift(&given.drift);
    Ok(match judge(&given.admission, &given.hire, &candidate) {
        Err(Refusal::ChangedSince(why)) => nobody(format!("Changed since the event: {why}")),
        Err(Refusal::Unknown(why)) => nobody(why),
        Err(Refusal::Skipped(why)) => Replay {
            sentence: format!(
                "{} would be skipped: {why}. Run by hand, it is imported.",
                candidate.name
            ),
            imports: false,
            ..tried(&given, &candidate)
        },
        Ok(()) => tried(&given, &candidate),
    })
}

fn given(db: &Connection, request: &ReplayInput) -> Result<Given, AppError> {
    let row = inbox::get(db, request.id)?.ok_or(DecideError::NotFound)?;
    let hire = Hire {
        by_hand: false,
        ..domain::hire_of(db, &row)?
    };
    let missing = || {
        AppError::new(
            ErrorCode::NotFound,
            "There is no such version of the mapping.",
        )
    };
    let newest = mappings::newest(db, Mapping::People)?.ok_or_else(missing)?;
    let version = request.version.unwrap_or(newest.version);
    Ok(Given {
        admission: admission(db, &hire)?,
        tried: mappings::get(db, Mapping::People, version)?.ok_or_else(missing)?,
        newest,
        schema: target_fields::of_people(db)?,
        drift: mappings::drifted(db, Mapping::People)?,
        hire,
    })
}

fn tried(given: &Given, candidate: &Candidate) -> Replay {
    let through = |row: &MappingRow| -> Evaluation {
        let mut rules = row.rules.clone();
        rules.leave_out_removed(&given.schema);
        evaluate(&rules, &candidate.record, &given.schema)
    };
    let newest: HashMap<String, Option<String>> = through(&given.newest)
        .outcomes
        .into_iter()
        .map(|outcome| (outcome.target, outcome.value))
        .collect();
    let evaluation = through(&given.tried);
    let name = &candidate.name;
    let sentence = match evaluation.blockers.first() {
        Some(blocker) => format!("{name} would wait for you: {blocker}"),
        None => format!("{name} would be imported and enter the workflow, once."),
    };
    let imports = evaluation.blockers.is_empty();
    let field = |outcome: crate::mapping::Outcome| {
        let target = given.schema.get(&outcome.target);
        ReplayField {
            label: target.map_or_else(|| outcome.target.clone(), |field| field.label.clone()),
            masked: target.is_some_and(|field| field.masked),
            newest: newest.get(&outcome.target).cloned().flatten(),
            value: outcome.value,
            problem: outcome.problem.map(|problem| problem.to_string()),
        }
    };
    Replay {
        version: given.tried.version,
        newest: given.newest.version,
        sentence,
        imports,
        fields: evaluation.outcomes.into_iter().map(field).collect(),
    }
}
