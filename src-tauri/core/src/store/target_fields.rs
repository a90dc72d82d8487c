//! The fields of people that the user added, and those of ours that the user changed.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, settings};
use crate::mapping::{Mapping, Schema, TargetField};

/// The setting with the user's order of the fields, as their ids.
const ORDER: &str = "person_field_order";

/// A field that the user removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedRow {
    /// The field as it was.
    pub field: TargetField,
    /// When it was removed, in milliseconds since 1970 UTC.
    pub removed_at: i64,
}

/// The fields of people: those that everyone has, with what the user added and changed.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of_people(db: &Connection) -> Result<Schema, StoreError> {
    let order: Option<Vec<String>> = settings::get(db, ORDER)?;
    Ok(Schema::of_people(own(db)?).ordered(&order.unwrap_or_default()))
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

/// Adds a field of the user's, or changes the one with its id.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, field: TargetField) -> Result<(), StoreError> {
    let mut fields = own(db)?;
    match fields.iter_mut().find(|known| known.id == field.id) {
        Some(known) => *known = field,
        None => fields.push(field),
    }
    replace(db, &fields)
}

/// Keeps the user's order of the fields, as their ids.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_order(db: &Connection, ids: &[String]) -> Result<(), StoreError> {
    settings::put(db, ORDER, &ids)
}

/// Removes a field; people keep their values of it until [`erase`].
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove(db: &Connection, field: &TargetField, now: i64) -> Result<(), StoreError> {
    db.execute("DELETE FROM target_fields WHERE id = ?1", [&field.id])?;
    db.execute(
        "INSERT OR REPLACE INTO removed_fields (id, definition, removed_at) VALUES (?1, ?2, ?3)",
        params![field.id, serde_json::to_string(field)?, now],
    )?;
    Ok(())
}

/// The removed fields whose values were not erased, the newest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn removed(db: &Connection) -> Result<Vec<RemovedRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT definition, removed_at FROM removed_fields ORDER BY removed_at DESC, id",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (field, removed_at) = row?;
        let field = serde_json::from_str(&field)?;
        Ok(RemovedRow { field, removed_at })
    })
    .collect()
}

/// Takes a field from the removed ones; none if it is not among them.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn take_removed(db: &Connection, id: &str) -> Result<Option<TargetField>, StoreError> {
    let text: Option<String> = db
        .prepare_cached("DELETE FROM removed_fields WHERE id = ?1 RETURNING definition")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// Erases what people and waiting hires hold of a field.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn erase(db: &Connection, id: &str) -> Result<(), StoreError> {
    let path = format!("$.\"{id}\"");
    db.execute(
        "UPDATE people SET fields = json_remove(fields, ?1) WHERE json_type(fields, ?1) IS NOT NULL",
        [&path],
    )?;
    db.execute(
        "UPDATE imports SET entered = json_remove(entered, ?1) WHERE json_type(entered, ?1) IS NOT NULL",
        [&path],
    )?;
    Ok(())
}

/// How many people have a value, by the field's id.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn values(db: &Connection) -> Result<HashMap<String, u64>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT held.key, count(*) FROM people, json_each(people.fields) AS held
         WHERE json_extract(held.value, '$.value') IS NOT NULL GROUP BY held.key",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
