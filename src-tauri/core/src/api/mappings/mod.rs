//! `mappings.*`: which Lever field sets which person field.

mod back_test;
mod compatibility;
mod drafts;
mod files;
mod hires;
mod lists;
mod offer_sample;
mod offers;
mod preview;
mod sample;
mod suggestions;
mod values;
mod versions;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(super) use self::back_test::back_test;
pub use self::back_test::{BackTest, BackTestInput, TestedHire};
pub(super) use self::compatibility::compatibility;
pub use self::compatibility::{ForRules, TargetCompatibility, TypeCompatibility};
pub(super) use self::drafts::keep_draft;
pub use self::drafts::{Draft, DraftKept, KeepDraft, KeptDraft};
pub use self::files::{ExportMapping, FileRead, MappingFile, ReadMappingFile};
pub(super) use self::files::{export, read_file};
pub use self::hires::HiresRead;
pub(super) use self::hires::{HireReader, read_hires, stop_reading_hires};
pub(super) use self::lists::ListReader;
pub use self::offers::OfferRows;
pub(super) use self::offers::rows as offer_rows;
pub(super) use self::preview::preview;
pub use self::preview::{Preview, PreviewInput, Sample};
pub(super) use self::sample::sample;
pub use self::sample::{CandidateChoice, KeptSample, SampleAnswer, SampleInput, Subject};
pub use self::suggestions::{DismissSuggestion, Suggestions};
pub(super) use self::suggestions::{dismiss, restore_all, suggestions};
pub(super) use self::values::values;
pub use self::values::{CountedIn, ForValueMap, SeenValues};
pub use self::versions::{CompareMapping, Compared, RestoreMapping, VersionView};
pub(super) use self::versions::{compare, history, restore, save};
use super::engine::Engine;
use super::error::AppError;
pub(super) use super::fields::fields;
use crate::mapping::{Drift, Mapping, Rules, SourceField, TargetField};
use crate::store::{StoreError, drafts as kept_drafts, mappings};

/// Which mapping is meant.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
pub struct ForMapping {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
}

/// How to list the fields.
#[derive(Debug, Clone, Copy, Default, Deserialize, TS)]
pub struct ListFields {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// Whether to read Lever first, which takes some seconds; without it the fields read last come at once.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub fresh: bool,
}

/// Both sides of the mapping.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Fields {
    /// What Lever offers, custom fields included, in the order of the dropdown.
    pub lever: Vec<SourceField>,
    /// What the mapping fills, in the order of the rows.
    pub target: Vec<TargetField>,
    /// When Lever was read; none if it could not be and only the standard fields are listed.
    pub read_at: Option<i64>,
    /// Whether Lever is being read right now.
    pub reading: bool,
    /// Why custom fields are missing, in words.
    pub problem: Option<String>,
}

/// The saved mapping.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingView {
    /// Counts up with every save; 0 while nothing was saved.
    pub version: i64,
    /// Its rules; of offers, while nothing was saved, the standard ones, which are in use then.
    pub rules: Rules,
    /// When it was saved.
    pub saved_at: Option<i64>,
    /// The name by which the operating system knows who saved it; none if it could not be told.
    pub saved_by: Option<String>,
    /// What became of Lever fields that its rules read.
    pub drift: Vec<Drift>,
    /// What was edited after it and neither saved nor discarded.
    pub draft: Option<KeptDraft>,
}

/// A mapping to save.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveMapping {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The version it was made from; another one saved meanwhile is a conflict.
    pub base_version: i64,
    /// The rules.
    pub rules: Rules,
}

/// Answers `mappings.show`.
pub(super) async fn show(engine: &Engine, request: ForMapping) -> Result<MappingView, AppError> {
    let running = engine.running().await?;
    let (row, drift, draft, (_, rules)) = running
        .store
        .read(move |db| {
            Ok::<_, StoreError>((
                mappings::newest(db, request.mapping)?,
                mappings::drifted(db, request.mapping)?,
                kept_drafts::get(db, request.mapping)?,
                offers::in_use(db, request.mapping)?,
            ))
        })
        .await?;
    let draft = draft.map(KeptDraft::from);
    let Some(row) = row else {
        return Ok(MappingView {
            version: 0,
            rules,
            saved_at: None,
            saved_by: None,
            drift,
            draft,
        });
    };
    Ok(MappingView {
        version: row.version,
        rules,
        saved_at: Some(row.saved_at),
        saved_by: (!row.saved_by.is_empty()).then_some(row.saved_by),
        drift,
        draft,
    })
}
