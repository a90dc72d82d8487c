//! `mappings.keep_draft`: what is being edited, kept in the database until it is saved or discarded.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AppError, Engine};
use crate::mapping::{Mapping, Rules};
use crate::store::drafts::{self, DraftRow};

/// A mapping that is being edited.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Draft {
    /// The saved version that it was made from; 0 if nothing was saved then.
    pub base_version: i64,
    /// The rules, which need not be complete.
    pub rules: Rules,
}

/// What to keep.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeepDraft {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The draft as it is now; none if it was discarded.
    pub draft: Option<Draft>,
}

/// What is on disk now.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct DraftKept {
    /// When the draft was kept; none if there is no draft any more.
    pub changed_at: Option<i64>,
}

/// A draft that was neither saved nor discarded.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeptDraft {
    /// The saved version that it was made from; 0 if nothing was saved then.
    pub base_version: i64,
    /// The rules, which need not be complete.
    pub rules: Rules,
    /// When it was last changed.
    pub changed_at: i64,
}

impl From<DraftRow> for KeptDraft {
    fn from(row: DraftRow) -> Self {
        Self {
            base_version: row.base_version,
            rules: row.rules,
            changed_at: row.changed_at,
        }
    }
}

/// Answers `mappings.keep_draft`.
pub(in crate::api) async fn keep_draft(
    engine: &Engine,
    request: KeepDraft,
) -> Result<DraftKept, AppError> {
    let running = engine.running().await?;
    let now = engine.now();
    let draft = request.draft.map(|draft| DraftRow {
        base_version: draft.base_version,
        rules: draft.rules,
        changed_at: now,
    });
    let changed_at = draft.as_ref().map(|draft| draft.changed_at);
    running
        .store
        .write(move |db| match &draft {
            Some(draft) => drafts::put(db, request.mapping, draft),
            None => drafts::forget(db, request.mapping),
        })
        .await?;
    Ok(DraftKept { changed_at })
}
