//! Mappings that are being edited: one draft for each mapping, kept at every change.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::names::name;
use crate::mapping::{Mapping, Rules};

/// A mapping that was edited and not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// The saved version that it was made from; 0 if nothing was saved then.
    pub base_version: i64,
    /// Its rules, which need not be complete.
    pub rules: Rules,
    /// When it was last changed, in milliseconds since 1970 UTC.
    pub changed_at: i64,
}

/// The draft of a mapping, if there is one.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, mapping: Mapping) -> Result<Option<DraftRow>, StoreError> {
    let row: Option<(i64, String, i64)> = db
        .prepare_cached(
            "SELECT base_version, rules, changed_at FROM mapping_drafts WHERE mapping = ?1",
        )?
        .query_row([name(&mapping)?], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    row.map(|(base_version, rules, changed_at)| {
        Ok(DraftRow {
            base_version,
            rules: serde_json::from_str(&rules)?,
            changed_at,
        })
    })
    .transpose()
}

/// Keeps a draft in place of the one before.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, mapping: Mapping, draft: &DraftRow) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO mapping_drafts (mapping, base_version, rules, changed_at)
         VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        name(&mapping)?,
        draft.base_version,
        serde_json::to_string(&draft.rules)?,
        draft.changed_at,
    ])?;
    Ok(())
}

/// Deletes the draft, if there is one.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn forget(db: &Connection, mapping: Mapping) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM mapping_drafts WHERE mapping = ?1")?
        .execute([name(&mapping)?])?;
    Ok(())
}
