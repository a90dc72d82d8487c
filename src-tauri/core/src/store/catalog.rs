//! The Lever fields as they were last read, so that the mapping screen opens at once and offline.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};

use super::StoreError;
use crate::mapping::{Mapping, SourceField, company_fields};

/// The fields in the order of the dropdown; empty while Lever was never read.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn all(db: &Connection) -> Result<Vec<SourceField>, StoreError> {
    let mut statement = db.prepare_cached("SELECT definition FROM catalog ORDER BY position")?;
    let texts = statement.query_map([], |row| row.get::<_, String>(0))?;
    texts
        .map(|text| Ok(serde_json::from_str(&text?)?))
        .collect()
}

/// What a mapping can read: [`all`], and for offers the fields that come from the company; empty while Lever was never
/// read.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of(db: &Connection, mapping: Mapping) -> Result<Vec<SourceField>, StoreError> {
    let mut fields = all(db)?;
    if mapping == Mapping::Offers && !fields.is_empty() {
        fields.extend(company_fields());
    }
    Ok(fields)
}

/// The ids of the fields.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn ids(db: &Connection) -> Result<HashSet<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT field FROM catalog")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// The labels of these fields, as far as they are known.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn labels(db: &Connection, fields: &[String]) -> Result<HashMap<String, String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT field, definition ->> 'label' FROM catalog
         WHERE field IN (SELECT value FROM json_each(?1))",
    )?;
    let labels = statement.query_map([serde_json::to_string(fields)?], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(labels.collect::<Result<_, _>>()?)
}

/// Replaces all of them.
///
/// # Errors
/// [`StoreError`] if they cannot be written.
pub fn replace(db: &Connection, fields: &[SourceField]) -> Result<(), StoreError> {
    db.execute("DELETE FROM catalog", [])?;
    let mut insert = db.prepare_cached(
        "INSERT OR REPLACE INTO catalog (field, position, definition) VALUES (?1, ?2, ?3)",
    )?;
    for (position, field) in fields.iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        insert.execute(params![field.id, position, serde_json::to_string(field)?])?;
    }
    Ok(())
}
