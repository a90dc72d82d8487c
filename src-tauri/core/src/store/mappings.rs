//! Saved mappings. A version is never changed; a save makes the next one.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use super::catalog;
use super::names::name;
use crate::mapping::{Change, Drift, Mapping, Remembered, Rules, drift};

/// A saved mapping.
#[derive(Debug, Clone)]
pub struct MappingRow {
    /// Counts up from 1.
    pub version: i64,
    /// Its rules.
    pub rules: Rules,
    /// The Lever fields that the rules read, by id, as they were at the save.
    pub sources: BTreeMap<String, Remembered>,
    /// When it was saved, in milliseconds since 1970 UTC.
    pub saved_at: i64,
    /// The name by which the operating system knows who saved it; empty where none was kept.
    pub saved_by: String,
}

/// What is known of a version besides its rules.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// Counts up from 1.
    pub version: i64,
    /// When it was saved, in milliseconds since 1970 UTC.
    pub saved_at: i64,
    /// The name by which the operating system knows who saved it; empty where none was kept.
    pub saved_by: String,
    /// The version that it brought back.
    pub restored_from: Option<i64>,
    /// What differed from the version before, in the words of that time.
    pub changes: Vec<Change>,
}

/// The columns of [`mapping_row`].
const COLUMNS: &str = "version, rules, sources, saved_at, saved_by";

type Columns = (i64, String, String, i64, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
    ))
}

fn mapping_row(
    (version, rules, sources, saved_at, saved_by): Columns,
) -> Result<MappingRow, StoreError> {
    Ok(MappingRow {
        version,
        rules: serde_json::from_str(&rules)?,
        sources: serde_json::from_str(&sources)?,
        saved_at,
        saved_by,
    })
}

/// The newest version of a mapping, or none while nothing was saved.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn newest(db: &Connection, mapping: Mapping) -> Result<Option<MappingRow>, StoreError> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM mappings WHERE mapping = ?1 ORDER BY version DESC LIMIT 1"
    ))?
    .query_row([name(&mapping)?], columns)
    .optional()?
    .map(mapping_row)
    .transpose()
}

/// One version of a mapping, or none if there is no such version.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(
    db: &Connection,
    mapping: Mapping,
    version: i64,
) -> Result<Option<MappingRow>, StoreError> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM mappings WHERE mapping = ?1 AND version = ?2"
    ))?
    .query_row(params![name(&mapping)?, version], columns)
    .optional()?
    .map(mapping_row)
    .transpose()
}

/// The ids of the Lever fields that the newest version reads, each once.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn fields(db: &Connection, mapping: Mapping) -> Result<Vec<String>, StoreError> {
    let rules = newest(db, mapping)?.map(|row| row.rules);
    let rules = rules.iter().flat_map(|rules| &rules.rules);
    let fields: BTreeSet<_> = rules.flat_map(|rule| rule.source.fields()).collect();
    Ok(fields.into_iter().collect())
}

/// What became of the Lever fields that the newest version reads.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn drifted(db: &Connection, mapping: Mapping) -> Result<Vec<Drift>, StoreError> {
    let Some(row) = newest(db, mapping)? else {
        return Ok(Vec::new());
    };
    Ok(drift(&row.rules, &row.sources, &catalog::of(db, mapping)?))
}

/// The newest `limit` versions of a mapping, the newest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn history(
    db: &Connection,
    mapping: Mapping,
    limit: u32,
) -> Result<Vec<VersionRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT version, saved_at, saved_by, restored_from, changes FROM mappings
         WHERE mapping = ?1 ORDER BY version DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![name(&mapping)?, limit], |row| {
        let about = VersionRow {
            version: row.get(0)?,
            saved_at: row.get(1)?,
            saved_by: row.get(2)?,
            restored_from: row.get(3)?,
            changes: Vec::new(),
        };
        Ok((about, row.get::<_, String>(4)?))
    })?;
    rows.map(|row| {
        let (about, changes) = row?;
        let changes = serde_json::from_str(&changes)?;
        Ok(VersionRow { changes, ..about })
    })
    .collect()
}

/// Saves `next`, if its version follows the newest one; tells whether it did.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(
    db: &Connection,
    mapping: Mapping,
    next: &MappingRow,
    changes: &[Change],
    restored_from: Option<i64>,
) -> Result<bool, StoreError> {
    let added = db
        .prepare_cached(
            "INSERT INTO mappings
               (mapping, version, rules, sources, saved_at, saved_by, changes, restored_from)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
             WHERE ?2 = (SELECT coalesce(max(version), 0) + 1 FROM mappings WHERE mapping = ?1)",
        )?
        .execute(params![
            name(&mapping)?,
            next.version,
            serde_json::to_string(&next.rules)?,
            serde_json::to_string(&next.sources)?,
            next.saved_at,
            next.saved_by,
            serde_json::to_string(changes)?,
            restored_from,
        ])?;
    Ok(added == 1)
}
