//! Saved mappings. A version is never changed; a save makes the next one.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::mapping::Rules;

/// A saved mapping.
#[derive(Debug, Clone)]
pub struct MappingRow {
    /// Counts up from 1.
    pub version: i64,
    /// Its rules.
    pub rules: Rules,
    /// When it was saved, in milliseconds since 1970 UTC.
    pub saved_at: i64,
}

/// The newest mapping, or none while nothing was saved.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn newest(db: &Connection) -> Result<Option<MappingRow>, StoreError> {
    let row: Option<(i64, String, i64)> = db
        .prepare_cached(
            "SELECT version, rules, saved_at FROM mappings ORDER BY version DESC LIMIT 1",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    row.map(|(version, rules, saved_at)| {
        Ok(MappingRow {
            version,
            rules: serde_json::from_str(&rules)?,
            saved_at,
        })
    })
    .transpose()
}

/// Saves the next version, if `base` is still the newest one; tells whether it was.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(db: &Connection, base: i64, rules: &Rules, at: i64) -> Result<bool, StoreError> {
    let added = db
        .prepare_cached(
            "INSERT INTO mappings (version, rules, saved_at)
             SELECT ?1 + 1, ?2, ?3 WHERE ?1 = (SELECT coalesce(max(version), 0) FROM mappings)",
        )?
        .execute(params![base, serde_json::to_string(rules)?, at])?;
    Ok(added == 1)
}
