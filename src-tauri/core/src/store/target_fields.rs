//! The fields of people that the user added, and those of ours that the user changed.

use rusqlite::{Connection, params};

use super::StoreError;
use crate::mapping::{Mapping, Schema, TargetField};

/// The fields of people: those that everyone has, with what the user added and changed.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of_people(db: &Connection) -> Result<Schema, StoreError> {
    Ok(Schema::of_people(own(db)?))
}

/// The fields that a mapping fills.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn schema(db: &Connection, mapping: Mapping) -> Result<Schema, StoreError> {
    match mapping {
        Mapping::People => of_people(db),
        Mapping::Offers => Ok(Schema::of_offers()),
    }
}

/// What the user added and changed, in the user's order.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn own(db: &Connection) -> Result<Vec<TargetField>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT definition FROM target_fields ORDER BY position")?;
    let texts = statement.query_map([], |row| row.get::<_, String>(0))?;
    texts
        .map(|text| Ok(serde_json::from_str(&text?)?))
        .collect()
}

/// Replaces all of them.
///
/// # Errors
/// [`StoreError`] if they cannot be written.
pub fn replace(db: &Connection, fields: &[TargetField]) -> Result<(), StoreError> {
    db.execute("DELETE FROM target_fields", [])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO target_fields (id, position, definition) VALUES (?1, ?2, ?3)",
    )?;
    for (position, field) in fields.iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        insert.execute(params![field.id, position, serde_json::to_string(field)?])?;
    }
    Ok(())
}
