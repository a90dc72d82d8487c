//! Saved mappings. A version is never changed; a save makes the next one.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::names::name;
use crate::mapping::{Mapping, Rules};

/// A saved mapping.
#[derive(Debug, Clone)]
pub struct MappingRow {
    /// Counts up from 1.
    pub version: i64,
    /// Its rules.
    pub rules: Rules,
    /// When it was saved, in milliseconds since 1970 UTC.
    pub saved_at: i64,
    /// The name by which the operating system knows who saved it; empty where none was kept.
    pub saved_by: String,
}

/// The newest version of a mapping, or none while nothing was saved.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn newest(db: &Connection, mapping: Mapping) -> Result<Option<MappingRow>, StoreError> {
    let row: Option<(i64, String, i64, String)> = db
        .prepare_cached(
            "SELECT version, rules, saved_at, saved_by FROM mappings WHERE mapping = ?1
             ORDER BY version DESC LIMIT 1",
        )?
        .query_row([name(&mapping)?], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    row.map(|(version, rules, saved_at, saved_by)| {
        Ok(MappingRow {
            version,
            rules: serde_json::from_str(&rules)?,
            saved_at,
            saved_by,
        })
    })
    .transpose()
}

/// Saves `next`, if its version follows the newest one; tells whether it did.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(db: &Connection, mapping: Mapping, next: &MappingRow) -> Result<bool, StoreError> {
    let added = db
        .prepare_cached(
            "INSERT INTO mappings (mapping, version, rules, saved_at, saved_by)
             SELECT ?1, ?2, ?3, ?4, ?5
             WHERE ?2 = (SELECT coalesce(max(version), 0) + 1 FROM mappings WHERE mapping = ?1)",
        )?
        .execute(params![
            name(&mapping)?,
            next.version,
            serde_json::to_string(&next.rules)?,
            next.saved_at,
            next.saved_by,
        ])?;
    Ok(added == 1)
}
