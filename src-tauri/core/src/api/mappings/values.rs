//! `mappings.values`: the values that arrive at a value map, with how often, and which of them have a pair.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::lists::Known;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::lever::{List, MOST_LISTED};
use crate::mapping::{
    Mapping, Paired, Record, Rule, TargetField, Transform, coverage, pair_up, seen,
};
use crate::store::connections::Integration;
use crate::store::{StoreError, samples, target_fields};

/// How many values are listed: a field with more is no case for a value map.
const MOST_VALUES: usize = 500;

/// A value map in an unsaved draft.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ForValueMap {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The rule with the value map.
    pub rule: Rule,
    /// The place of the value map among its transforms, from 0.
    pub step: usize,
}

/// What the values were counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CountedIn {
    /// The opportunities that were hired or have reached the Offer stage.
    Opportunities,
    /// The postings.
    Postings,
    /// The requisitions.
    Requisitions,
    /// The candidates that were read before and are kept: no list of Lever's tells the field.
    KeptCandidates,
}

/// The values that arrive at a value map.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SeenValues {
    /// What they were counted in.
    pub counted_in: CountedIn,
    /// In how many of those.
    pub records: usize,
    /// Of how many of them a value arrived.
    pub filled: usize,
    /// Whether there may be more records than were read.
    pub cut: bool,
    /// Each value once, the most frequent first; 500 at most.
    pub values: Vec<Paired>,
    /// How many different values are not listed.
    pub further: usize,
    /// How many of a hundred values that arrived have a pair, rounded down; none if no value arrived.
    pub coverage: Option<usize>,
    /// When Lever was read for it; none before that, and for kept candidates, which were read at different times.
    pub read_at: Option<i64>,
    /// Whether more is being read right now.
    pub reading: bool,
    /// Why Lever could not be read, in words.
    pub problem: Option<String>,
}

/// Answers `mappings.values` with what is known at once; where that is old, Lever is read beside it.
pub(in crate::api) async fn values(
    engine: &Engine,
    request: ForValueMap,
) -> Result<SeenValues, AppError> {
    let running = engine.running().await?;
    let ForValueMap {
        mapping,
        rule,
        step,
    } = request;
    let Some(Transform::ValueMap { pairs, .. }) = rule.transforms.get(step) else {
        let words = format!("Step {} is no value map.", step.saturating_add(1));
        return Err(AppError::invalid("step", words));
    };
    let integration = Integration::of(mapping);
    let linked = running.lever(integration);
    let list = List::of(&rule.source.fields());
    let target = rule.target.clone();
    let (target, kept) = running
        .store
        .read(move |db| {
            let schema = target_fields::schema(db, mapping)?;
            let kept = match list {
                Some(_) => Vec::new(),
                None => samples::records(db, integration)?,
            };
            Ok::<_, StoreError>((schema.get(&target).cloned(), kept))
        })
        .await?;
    let known = match list {
        Some(list) => linked.lists.known(list),
        None => kept_candidates(kept, linked.hires.so_far().reading),
    };
    let target = target.unwrap_or_else(|| unknown(&rule.target));
    let seen = seen(&rule.source, &rule.transforms[..step], &*known.records);
    let mut paired = pair_up(&seen, pairs, &target);
    Ok(SeenValues {
        counted_in: list.map_or(CountedIn::KeptCandidates, CountedIn::from),
        records: seen.records,
        filled: seen.filled,
        cut: list.is_some() && seen.records >= MOST_LISTED,
        coverage: coverage(&paired),
        further: paired.len().saturating_sub(MOST_VALUES),
        values: {
            paired.truncate(MOST_VALUES);
            paired
        },
        read_at: known.read_at,
        reading: known.reading,
        problem: known.problem,
    })
}

impl From<List> for CountedIn {
    fn from(list: List) -> Self {
        match list {
            List::Opportunities => Self::Opportunities,
            List::Postings => Self::Postings,
            List::Requisitions => Self::Requisitions,
        }
    }
}

fn kept_candidates(records: Vec<Record>, reading: bool) -> Known {
    Known {
        records: Arc::new(records),
        reading,
        ..Known::default()
    }
}

/// Stands for a field that is not in the schema, of which nothing can be suggested but by its id.
fn unknown(id: &str) -> TargetField {
    TargetField::new(id, id, "", crate::mapping::FieldType::Text)
}
