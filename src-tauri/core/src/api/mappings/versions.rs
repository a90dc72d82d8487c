//! `mappings.save`, `mappings.history`, `mappings.compare` and `mappings.restore`: the versions of a mapping.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::offers::in_use;
use super::{AppError, Engine, ForMapping, MappingView, SaveMapping, show};
use crate::api::error::ErrorCode;
use crate::jobs;
use crate::mapping::{Change, Mapping, Remembered, RuleProblem, Rules, changes, check};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::mappings::{MappingRow, VersionRow};
use crate::store::{StoreError, catalog, drafts, mappings, target_fields};

/// Versions listed at most.
const LISTED: u32 = 500;

/// A saved version.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VersionView {
    /// Counts up with every save.
    pub version: i64,
    /// When it was saved.
    pub saved_at: i64,
    /// The name by which the operating system knows who saved it; none if it could not be told.
    pub saved_by: Option<String>,
    /// The version that it brought back; none if it was drawn.
    pub restored_from: Option<i64>,
    /// What differed from the version before, in the words of that time.
    pub changes: Vec<Change>,
}

impl From<VersionRow> for VersionView {
    fn from(row: VersionRow) -> Self {
        Self {
            version: row.version,
            saved_at: row.saved_at,
            saved_by: (!row.saved_by.is_empty()).then_some(row.saved_by),
            restored_from: row.restored_from,
            changes: row.changes,
        }
    }
}

/// What to compare with the saved mapping.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CompareMapping {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The other side.
    pub with: Compared,
}

/// The other side of a comparison.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Compared {
    /// These rules.
    Rules {
        /// The rules, which need not be complete.
        rules: Rules,
    },
    /// A version.
    Version {
        /// Its number.
        version: i64,
    },
}

/// Which version to bring back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RestoreMapping {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The version.
    pub version: i64,
    /// The newest version that the user knew; another one saved meanwhile is a conflict.
    pub base_version: i64,
}

/// Answers `mappings.save`.
pub(in crate::api) async fn save(
    engine: &Engine,
    request: SaveMapping,
) -> Result<MappingView, AppError> {
    let mapping = request.mapping;
    let next = Next {
        base_version: request.base_version,
        rules: request.rules,
        restored_from: None,
    };
    add(engine, mapping, next).await
}

/// Answers `mappings.history`, the newest version first.
pub(in crate::api) async fn history(
    engine: &Engine,
    request: ForMapping,
) -> Result<Vec<VersionView>, AppError> {
    let running = engine.running().await?;
    let rows = running
        .store
        .read(move |db| mappings::history(db, request.mapping, LISTED))
        .await?;
    Ok(rows.into_iter().map(VersionView::from).collect())
}

/// Answers `mappings.compare`: what would change if the other side were saved now.
pub(in crate::api) async fn compare(
    engine: &Engine,
    request: CompareMapping,
) -> Result<Vec<Change>, AppError> {
    let running = engine.running().await?;
    let mapping = request.mapping;
    running
        .store
        .read(move |db| {
            let rules = match request.with {
                Compared::Rules { rules } => rules,
                Compared::Version { version } => version_rules(db, mapping, version)?,
            };
            Ok(differences(db, mapping, &rules)?)
        })
        .await
}

/// Answers `mappings.restore`: an older version again, as the next one.
pub(in crate::api) async fn restore(
    engine: &Engine,
    request: RestoreMapping,
) -> Result<MappingView, AppError> {
    let running = engine.running().await?;
    let (mapping, version) = (request.mapping, request.version);
    let rules = running
        .store
        .read(move |db| version_rules(db, mapping, version))
        .await?;
    let next = Next {
        base_version: request.base_version,
        rules,
        restored_from: Some(version),
    };
    add(engine, mapping, next).await
}

fn version_rules(db: &Connection, mapping: Mapping, version: i64) -> Result<Rules, AppError> {
    let gone = || {
        AppError::new(
            ErrorCode::NotFound,
            format!("There is no version {version}."),
        )
    };
    Ok(mappings::get(db, mapping, version)?.ok_or_else(gone)?.rules)
}

/// A version about to be saved.
struct Next {
    base_version: i64,
    rules: Rules,
    restored_from: Option<i64>,
}

/// How a save ended.
enum Saved {
    Yes,
    Refused(Vec<RuleProblem>),
    Overtaken,
}

async fn add(engine: &Engine, mapping: Mapping, next: Next) -> Result<MappingView, AppError> {
    let running = engine.running().await?;
    let now = engine.now();
    let saved = running
        .store
        .write(move |db| write(db, mapping, next, now))
        .await?;
    match saved {
        Saved::Yes => {}
        Saved::Refused(problems) => {
            let sentences: Vec<_> = problems.iter().map(ToString::to_string).collect();
            return Err(AppError::invalid("rules", sentences.join(" ")));
        }
        Saved::Overtaken => {
            let sentence = "The mapping was saved meanwhile by another window. Load it again, then repeat your change.";
            return Err(AppError::new(ErrorCode::Conflict, sentence));
        }
    }
    running.bell.ring();
    show(engine, ForMapping { mapping }).await
}

/// The version, its line in the log, and the work that waited for it, all or nothing.
fn write(db: &Connection, mapping: Mapping, next: Next, now: i64) -> Result<Saved, StoreError> {
    let schema = target_fields::schema(db, mapping)?;
    if let Err(problems) = check(&next.rules, &schema, &catalog::of(db, mapping)?) {
        return Ok(Saved::Refused(problems));
    }
    let changes = differences(db, mapping, &next.rules)?;
    let row = MappingRow {
        version: next.base_version.saturating_add(1),
        sources: remembered(db, mapping, &next.rules)?,
        rules: next.rules,
        saved_at: now,
        saved_by: whoami::username().unwrap_or_default(),
    };
    if !mappings::add(db, mapping, &row, &changes, next.restored_from)? {
        return Ok(Saved::Overtaken);
    }
    // A draft beside a version that was brought back is still the user's.
    if next.restored_from.is_none() {
        drafts::forget(db, mapping)?;
    }
    let lines: Vec<_> = changes
        .iter()
        .map(|change| format!("{}: {}", change.label, change.words))
        .collect();
    let entry = Entry::new(
        Kind::Mapping,
        Outcome::Done,
        sentence(mapping, row.version, next.restored_from),
    );
    let entry = entry.by(Actor::You);
    let entry = if lines.is_empty() {
        entry
    } else {
        entry.detail(lines.join("\n"))
    };
    entry.write(db, now)?;
    jobs::wake_unmapped(db, now)?;
    Ok(Saved::Yes)
}

fn sentence(mapping: Mapping, version: i64, restored_from: Option<i64>) -> String {
    let what = match mapping {
        Mapping::People => "the field mapping",
        Mapping::Offers => "the mapping of offers",
    };
    match restored_from {
        None => format!("You saved {what} as version {version}."),
        Some(old) => format!("You restored version {old} of {what} as version {version}."),
    }
}

/// What differs from the saved mapping, in words.
fn differences(
    db: &Connection,
    mapping: Mapping,
    rules: &Rules,
) -> Result<Vec<Change>, StoreError> {
    let (_, saved) = in_use(db, mapping)?;
    let labels = labels(db, mapping)?;
    let schema = target_fields::schema(db, mapping)?;
    Ok(changes(&saved, rules, &schema, |id| label(&labels, id)))
}

/// The Lever fields that the rules read, as they are now; of those that are gone, what was remembered before.
fn remembered(
    db: &Connection,
    mapping: Mapping,
    rules: &Rules,
) -> Result<BTreeMap<String, Remembered>, StoreError> {
    let mut known = known(db, mapping)?;
    Ok(rules
        .rules
        .iter()
        .flat_map(|rule| rule.source.fields())
        .filter_map(|id| known.remove_entry(&id))
        .collect())
}

/// Every Lever field by id: as last read, and those that the saved mapping remembers.
fn known(db: &Connection, mapping: Mapping) -> Result<BTreeMap<String, Remembered>, StoreError> {
    let saved = mappings::newest(db, mapping)?;
    let mut known = saved.map(|row| row.sources).unwrap_or_default();
    for field in catalog::of(db, mapping)? {
        known.insert(field.id.clone(), Remembered::from(field));
    }
    Ok(known)
}

/// The labels of Lever fields by id.
pub(super) fn labels(
    db: &Connection,
    mapping: Mapping,
) -> Result<BTreeMap<String, String>, StoreError> {
    let known = known(db, mapping)?;
    Ok(known
        .into_iter()
        .map(|(id, field)| (id, field.label))
        .collect())
}

/// The label of a Lever field; the id of one that is not known.
pub(super) fn label(labels: &BTreeMap<String, String>, id: &str) -> String {
    labels.get(id).cloned().unwrap_or_else(|| id.to_owned())
}
