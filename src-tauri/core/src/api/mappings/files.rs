//! `mappings.export` and `mappings.read_file`: a mapping as a file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::versions::{label, labels};
use super::{AppError, Engine};
use crate::api::error::ErrorCode;
use crate::lever;
use crate::mapping::{Change, Mapping, Rules, Schema, changes, file};
use crate::store::{StoreError, catalog, mappings, target_fields};

/// What to write.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportMapping {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The rules, saved or not.
    pub rules: Rules,
}

/// A mapping as a file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingFile {
    /// What to call it.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// A file to read.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadMappingFile {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// What the file holds.
    pub text: String,
    /// The rules on screen, to say what differs from them.
    pub over: Rules,
}

/// What a file holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FileRead {
    /// The rules, a draft until they are saved.
    pub rules: Rules,
    /// What differs from the rules on screen, in words.
    pub changes: Vec<Change>,
    /// Rules for or from fields that are not known here, each in a sentence; they are kept.
    pub unknown: Vec<String>,
}

/// Answers `mappings.export`.
pub(in crate::api) async fn export(
    engine: &Engine,
    request: ExportMapping,
) -> Result<MappingFile, AppError> {
    let running = engine.running().await?;
    let (mapping, rules) = (request.mapping, request.rules);
    let (saved, schema, labels) = running
        .store
        .read(move |db| {
            let saved = mappings::newest(db, mapping)?;
            let schema = target_fields::schema(db, mapping)?;
            Ok::<_, StoreError>((saved, schema, labels(db, mapping)?))
        })
        .await?;
    let version = saved.as_ref().map_or(0, |row| row.version);
    let as_saved = saved.is_some_and(|row| row.rules == rules);
    let state = if as_saved {
        format!("version {version}")
    } else {
        format!("changed after version {version} and not saved")
    };
    let (what, name) = match mapping {
        Mapping::People => ("the field mapping of people", "people-mapping"),
        Mapping::Offers => ("the field mapping of offers", "offers-mapping"),
    };
    let title = format!("Fulcrum: {what}, {state}");
    let text = file::write(mapping, &rules, &schema, &title, |id| label(&labels, id));
    let failed = |problem| {
        AppError::new(ErrorCode::Internal, "The mapping could not be written.").with_detail(problem)
    };
    Ok(MappingFile {
        name: format!("fulcrum-{name}-{version}.toml"),
        text: text.map_err(failed)?,
    })
}

/// Answers `mappings.read_file`. Nothing is saved.
pub(in crate::api) async fn read_file(
    engine: &Engine,
    request: ReadMappingFile,
) -> Result<FileRead, AppError> {
    let running = engine.running().await?;
    let (mapping, over) = (request.mapping, request.over);
    let refused = |problem: file::FileProblem| AppError::invalid("file", problem.to_string());
    let rules = file::read(mapping, &request.text).map_err(refused)?;
    let (schema, labels, known) = running
        .store
        .read(move |db| {
            let schema = target_fields::schema(db, mapping)?;
            let known = catalog::of(db, mapping)?;
            Ok::<_, StoreError>((schema, labels(db, mapping)?, known))
        })
        .await?;
    let known = if known.is_empty() {
        lever::standard_fields()
    } else {
        known
    };
    let changes = changes(&over, &rules, &schema, |id| label(&labels, id));
    let unknown = unknown(&rules, &schema, |id| {
        known.iter().any(|field| field.id == id)
    });
    Ok(FileRead {
        rules,
        changes,
        unknown,
    })
}

fn unknown(rules: &Rules, schema: &Schema, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut sentences = Vec::new();
    for rule in &rules.rules {
        let target = schema.get(&rule.target);
        if target.is_none() {
            let id = &rule.target;
            sentences.push(format!(
                "There is no field “{id}” here. Add it or remove its rule before you save."
            ));
        }
        let target = target.map_or(rule.target.as_str(), |field| &field.label);
        let fields = rule.source.fields();
        let strange = fields.iter().filter(|field| !is_known(field));
        sentences.extend(strange.map(|field| {
            format!("{target}: your Lever has no field “{field}”, as far as it was read.")
        }));
    }
    sentences
}
