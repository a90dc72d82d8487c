//! `mappings.suggest` and what becomes of its answer: rules that nobody drew yet. They become part of a draft on the
//! screen and are saved with it; here is kept only which of them nobody wants to see again.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AppError, Engine, ForMapping};
use crate::lever;
use crate::mapping::{Mapping, Record, Schema, Source, SourceField, Suggestion, suggest};
use crate::store::connections::Integration;
use crate::store::{StoreError, catalog, samples, settings, target_fields};

/// The setting with the suggestions that were dismissed.
const DISMISSED: &str = "dismissed_suggestions";

/// Rules that could fill fields of a mapping, one at most for each field.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Suggestions {
    /// Those to show, in the order of the rows.
    pub open: Vec<Suggestion>,
    /// How many were dismissed and would be there otherwise.
    pub dismissed: usize,
}

/// A suggestion that nobody wants.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DismissSuggestion {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The field's id.
    pub target: String,
    /// What was suggested for it; another suggestion for the field is shown again.
    pub source: Source,
}

/// A dismissed suggestion, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Dismissed {
    mapping: Mapping,
    target: String,
    source: Source,
}

/// What suggestions are made of.
struct Given {
    schema: Schema,
    fields: Vec<SourceField>,
    records: Vec<Record>,
    dismissed: Vec<Dismissed>,
}

/// Answers `mappings.suggest` for every field, those with a rule included: which of them are wanted shows the draft.
pub(in crate::api) async fn suggestions(
    engine: &Engine,
    request: ForMapping,
) -> Result<Suggestions, AppError> {
    let running = engine.running().await?;
    let mapping = request.mapping;
    let given = running.store.read(move |db| given(db, mapping)).await?;
    let mut every = suggest(&given.schema, &given.fields, &given.records);
    let found = every.len();
    every.retain(|one| !is_dismissed(&given.dismissed, mapping, one));
    Ok(Suggestions {
        dismissed: found - every.len(),
        open: every,
    })
}

/// Answers `mappings.dismiss_suggestion`.
pub(in crate::api) async fn dismiss(
    engine: &Engine,
    request: DismissSuggestion,
) -> Result<Suggestions, AppError> {
    let DismissSuggestion {
        mapping,
        target,
        source,
    } = request;
    let running = engine.running().await?;
    let written = running.store.write(move |db| {
        let schema = target_fields::schema(db, mapping)?;
        let mut dismissed = dismissed(db)?;
        // One for each field that there is, so that the list never grows beyond them.
        dismissed.retain(|one| {
            one.mapping != mapping || (one.target != target && schema.get(&one.target).is_some())
        });
        if schema.get(&target).is_some() {
            dismissed.push(Dismissed {
                mapping,
                target,
                source,
            });
        }
        settings::put(db, DISMISSED, &dismissed)
    });
    written.await?;
    suggestions(engine, ForMapping { mapping }).await
}

/// Answers `mappings.restore_suggestions`.
pub(in crate::api) async fn restore_all(
    engine: &Engine,
    request: ForMapping,
) -> Result<Suggestions, AppError> {
    let running = engine.running().await?;
    let written = running.store.write(move |db| {
        let mut dismissed = dismissed(db)?;
        dismissed.retain(|one| one.mapping != request.mapping);
        settings::put(db, DISMISSED, &dismissed)
    });
    written.await?;
    suggestions(engine, request).await
}

fn given(db: &Connection, mapping: Mapping) -> Result<Given, StoreError> {
    let mut fields = catalog::all(db)?;
    if fields.is_empty() {
        fields = lever::standard_fields();
    }
    Ok(Given {
        schema: target_fields::schema(db, mapping)?,
        fields,
        records: samples::records(db, Integration::of(mapping))?,
        dismissed: dismissed(db)?,
    })
}

fn dismissed(db: &Connection) -> Result<Vec<Dismissed>, StoreError> {
    Ok(settings::get(db, DISMISSED)?.unwrap_or_default())
}

fn is_dismissed(dismissed: &[Dismissed], mapping: Mapping, suggestion: &Suggestion) -> bool {
    dismissed.iter().any(|one| {
        one.mapping == mapping
            && one.target == suggestion.rule.target
            && one.source == suggestion.rule.source
    })
}
