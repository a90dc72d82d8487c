//! People: the built-in directory. One row for each contact in Lever, except where the user said otherwise.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::StoreError;

/// A field's value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredField {
    /// The value in its canonical text; none if empty.
    pub value: Option<String>,
    /// Where it came from, in words.
    pub origin: String,
}

/// The fields of a person by their id.
pub type Fields = BTreeMap<String, StoredField>;

/// A person.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// The person's id.
    pub id: String,
    /// Lever's id of the contact; of a further person of one contact that of the opportunity.
    pub contact_id: String,
    /// The opportunity the values came from.
    pub opportunity_id: String,
    /// First and last name.
    pub name: String,
    /// The personal e-mail address.
    pub email: Option<String>,
    /// The fields.
    pub fields: Fields,
    /// The mapping that made them.
    pub mapping_version: i64,
    /// When the person was imported, in milliseconds since 1970 UTC.
    pub imported_at: i64,
    /// When the values were last read from Lever.
    pub updated_at: i64,
}

const SELECT: &str =
    "SELECT id, contact_id, opportunity_id, name, email, fields, mapping_version, imported_at,
    updated_at FROM people";

fn read(row: &Row<'_>) -> rusqlite::Result<(PersonRow, String)> {
    let person = PersonRow {
        id: row.get(0)?,
        contact_id: row.get(1)?,
        opportunity_id: row.get(2)?,
        name: row.get(3)?,
        email: row.get(4)?,
        fields: Fields::new(),
        mapping_version: row.get(6)?,
        imported_at: row.get(7)?,
        updated_at: row.get(8)?,
    };
    Ok((person, row.get(5)?))
}

fn with_fields((person, fields): (PersonRow, String)) -> Result<PersonRow, StoreError> {
    Ok(PersonRow {
        fields: serde_json::from_str(&fields)?,
        ..person
    })
}

/// One person, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: &str) -> Result<Option<PersonRow>, StoreError> {
    let found = db
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], read)
        .optional()?;
    found.map(with_fields).transpose()
}

/// The person of a contact in Lever, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn of_contact(db: &Connection, contact_id: &str) -> Result<Option<PersonRow>, StoreError> {
    let found = db
        .prepare_cached(&format!("{SELECT} WHERE contact_id = ?1"))?
        .query_row([contact_id], read)
        .optional()?;
    found.map(with_fields).transpose()
}

/// The person to whom an opportunity belongs, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn of_opportunity(
    db: &Connection,
    opportunity_id: &str,
) -> Result<Option<PersonRow>, StoreError> {
    let id: Option<String> = db
        .prepare_cached("SELECT person_id FROM person_opportunities WHERE opportunity_id = ?1")?
        .query_row([opportunity_id], |row| row.get(0))
        .optional()?;
    id.map_or(Ok(None), |id| get(db, &id))
}

/// The ids of the people who have an opportunity of this contact or one of these addresses, whoever came first first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn alike<'a>(
    db: &Connection,
    contact_id: Option<&str>,
    addresses: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, imported_at FROM people
         WHERE id IN (SELECT person_id FROM person_opportunities WHERE contact_id = ?1)",
    )?;
    let found = |row: &Row<'_>| Ok((row.get(1)?, row.get(0)?));
    let mut all: BTreeSet<(i64, String)> = statement
        .query_map([contact_id], found)?
        .collect::<Result<_, _>>()?;
    let mut statement =
        db.prepare_cached("SELECT id, imported_at FROM people WHERE lower(email) = lower(?1)")?;
    for address in addresses {
        for row in statement.query_map([address.trim()], found)? {
            all.insert(row?);
        }
    }
    Ok(all.into_iter().map(|(_, id)| id).collect())
}

/// Notes to whom an opportunity belongs.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn belongs(
    db: &Connection,
    opportunity_id: &str,
    person_id: &str,
    contact_id: Option<&str>,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO person_opportunities (opportunity_id, person_id, contact_id)
         VALUES (?1, ?2, ?3)",
    )?
    .execute(params![opportunity_id, person_id, contact_id])?;
    Ok(())
}

/// People whose name or e-mail address contains the text, newest first; all for an empty text.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn search(db: &Connection, text: &str, limit: u32) -> Result<Vec<PersonRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE ?1 = '' OR instr(lower(name), lower(?1)) OR instr(lower(coalesce(email, '')), lower(?1))
         ORDER BY imported_at DESC, id LIMIT ?2"
    ))?;
    let rows = statement.query_map(params![text.trim(), limit], read)?;
    rows.map(|row| with_fields(row?)).collect()
}

/// Who has this address, private or at work: id and name; of several whoever came first.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn with_address(
    db: &Connection,
    address: &str,
) -> Result<Option<(String, String)>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT id, name FROM people
             WHERE lower(email) = lower(?1) OR lower(json_extract(fields, '$.work_email.value')) = lower(?1)
             ORDER BY imported_at, id LIMIT 1",
        )?
        .query_row([address.trim()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Who has this address in a field, as id and name, by name; at most `limit`.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn naming(
    db: &Connection,
    field: &str,
    address: &str,
    limit: u32,
) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, name FROM people WHERE lower(json_extract(fields, ?1)) = lower(?2)
         ORDER BY name, id LIMIT ?3",
    )?;
    let path = format!("$.\"{field}\".value");
    let rows = statement.query_map(params![path, address.trim(), limit], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Saves a person in place of the old values.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, person: &PersonRow) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO people (id, contact_id, opportunity_id, name, email, fields, mapping_version, imported_at,
           updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET opportunity_id = ?3, name = ?4, email = ?5, fields = ?6,
           mapping_version = ?7, updated_at = ?9",
    )?
    .execute(params![
        person.id,
        person.contact_id,
        person.opportunity_id,
        person.name,
        person.email,
        serde_json::to_string(&person.fields)?,
        person.mapping_version,
        person.imported_at,
        person.updated_at,
    ])?;
    Ok(())
}

/// How many people there are, and when the last one was imported.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn count(db: &Connection) -> Result<(u64, Option<i64>), StoreError> {
    Ok(db
        .prepare_cached("SELECT count(*), max(imported_at) FROM people")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
