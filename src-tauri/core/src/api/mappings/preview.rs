//! `mappings.preview`: the same function as the import, on a draft and a kept sample. It never asks Lever, so that
//! typing never waits.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::offers::complete;
use crate::api::engine::Engine;
use crate::api::error::{AppError, ErrorCode};
use crate::mapping::{Mapping, Rules, Schema, evaluate, offer_notes};
use crate::store::connections::Integration;
use crate::store::samples::SampleRow;
use crate::store::{StoreError, samples, target_fields};

/// A draft to try.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewInput {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// Whose values to show, as `mappings.sample` gave it.
    pub opportunity_id: String,
    /// The unsaved draft.
    pub rules: Rules,
}

/// What the draft gives for one candidate.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Preview {
    /// One for each rule, in order.
    pub samples: Vec<Sample>,
    /// Required fields that would stop the import, in words.
    pub blockers: Vec<String>,
}

/// What one rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sample {
    /// The person field's id.
    pub target: String,
    /// The value as it came from Lever; none if empty.
    pub raw: Option<String>,
    /// The value after every transform; none if empty.
    pub value: Option<String>,
    /// The value after each transform, in order; none if empty.
    pub steps: Vec<Option<String>>,
    /// Why there is no usable value, in words.
    pub problem: Option<String>,
    /// What a person should look at although nothing is wrong, in words.
    pub note: Option<String>,
}

/// Answers `mappings.preview`.
pub(in crate::api) async fn preview(
    engine: &Engine,
    request: PreviewInput,
) -> Result<Preview, AppError> {
    let running = engine.running().await?;
    let PreviewInput {
        mapping,
        opportunity_id,
        rules,
    } = request;
    let given = running
        .store
        .read(move |db| given(db, mapping, &opportunity_id))
        .await?;
    let Some((sample, schema)) = given else {
        let words = "This sample is no longer kept. Press Go to read it from Lever again.";
        return Err(AppError::new(ErrorCode::NotFound, words));
    };
    let evaluation = evaluate(&rules, &sample.record, &schema);
    let mut notes = match mapping {
        Mapping::People => BTreeMap::new(),
        Mapping::Offers => offer_notes(&rules, &sample.record),
    };
    let blockers = evaluation.blockers.iter();
    Ok(Preview {
        blockers: blockers.map(ToString::to_string).collect(),
        samples: evaluation
            .outcomes
            .into_iter()
            .map(|outcome| Sample {
                note: notes.remove(&outcome.target),
                target: outcome.target,
                raw: outcome.raw,
                value: outcome.value,
                steps: outcome.steps,
                problem: outcome.problem.map(|problem| problem.to_string()),
            })
            .collect(),
    })
}

fn given(
    db: &Connection,
    mapping: Mapping,
    opportunity_id: &str,
) -> Result<Option<(SampleRow, Schema)>, StoreError> {
    let Some(mut sample) = samples::get(db, Integration::of(mapping), opportunity_id)? else {
        return Ok(None);
    };
    complete(db, mapping, &mut [&mut sample.record])?;
    Ok(Some((sample, target_fields::schema(db, mapping)?)))
}
