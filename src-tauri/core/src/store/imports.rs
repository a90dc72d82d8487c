//! Hires that wait for the user, one for each opportunity, and what the user decided about them.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use crate::people::plan::{Entered, Need, Question, SamePerson};

/// A hire that waits or waited for the user.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportRow {
    /// The opportunity's id.
    pub opportunity_id: String,
    /// The candidate's name as in Lever.
    pub name: String,
    /// Job title or headline, and stage.
    pub description: String,
    /// Since when it is held, in milliseconds since 1970 UTC; none once it was imported.
    pub held_at: Option<i64>,
    /// What it lacks.
    pub needs: Vec<Need>,
    /// What the user entered for it; kept for later events of the same opportunity.
    pub entered: Entered,
    /// Whether it is somebody who is here already, as it is asked.
    pub question: Option<Question>,
    /// What the user answered.
    pub same_person: Option<SamePerson>,
    /// When the user decided against it.
    pub declined_at: Option<i64>,
}

const SELECT: &str =
    "SELECT opportunity_id, name, description, held_at, declined_at, needs, entered,
    question, same_person FROM imports";

/// What is kept as JSON.
type Texts = (String, String, Option<String>, Option<String>);

fn columns(row: &Row<'_>) -> rusqlite::Result<(ImportRow, Texts)> {
    let import = ImportRow {
        opportunity_id: row.get(0)?,
        name: row.get(1)?,
        description: row.get(2)?,
        held_at: row.get(3)?,
        needs: Vec::new(),
        entered: Entered::new(),
        question: None,
        same_person: None,
        declined_at: row.get(4)?,
    };
    let texts = (row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?);
    Ok((import, texts))
}

fn parsed(
    (import, (needs, entered, question, same_person)): (ImportRow, Texts),
) -> Result<ImportRow, StoreError> {
    Ok(ImportRow {
        needs: serde_json::from_str(&needs)?,
        entered: serde_json::from_str(&entered)?,
        question: question
            .map(|text| serde_json::from_str(&text))
            .transpose()?,
        same_person: same_person
            .map(|text| serde_json::from_str(&text))
            .transpose()?,
        ..import
    })
}

/// What is known of the import of an opportunity; none if it never waited.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, opportunity_id: &str) -> Result<Option<ImportRow>, StoreError> {
    let found = db
        .prepare_cached(&format!("{SELECT} WHERE opportunity_id = ?1"))?
        .query_row([opportunity_id], columns)
        .optional()?;
    found.map(parsed).transpose()
}

/// Saves it in place of what was known.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, import: &ImportRow) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO imports
           (opportunity_id, name, description, held_at, needs, entered, declined_at, question, same_person)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        import.opportunity_id,
        import.name,
        import.description,
        import.held_at,
        serde_json::to_string(&import.needs)?,
        serde_json::to_string(&import.entered)?,
        import.declined_at,
        import.question.as_ref().map(serde_json::to_string).transpose()?,
        import.same_person.as_ref().map(serde_json::to_string).transpose()?,
    ])?;
    Ok(())
}

/// Notes that the person was imported: nothing waits any more, and what was entered stays.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn imported(db: &Connection, opportunity_id: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM imports WHERE opportunity_id = ?1 AND entered = '{}'")?
        .execute([opportunity_id])?;
    db.prepare_cached("UPDATE imports SET held_at = NULL, needs = '[]', question = NULL, same_person = NULL WHERE opportunity_id = ?1")?
        .execute([opportunity_id])?;
    Ok(())
}

/// Forgets an opportunity.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove(db: &Connection, opportunity_id: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM imports WHERE opportunity_id = ?1")?
        .execute([opportunity_id])?;
    Ok(())
}

/// What waits for the user, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn held(db: &Connection, limit: u32) -> Result<Vec<ImportRow>, StoreError> {
    let filter = "held_at IS NOT NULL AND declined_at IS NULL ORDER BY held_at, opportunity_id";
    list(db, filter, limit)
}

/// What the user decided against, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn declined(db: &Connection, limit: u32) -> Result<Vec<ImportRow>, StoreError> {
    let filter = "declined_at IS NOT NULL ORDER BY declined_at DESC, opportunity_id";
    list(db, filter, limit)
}

fn list(db: &Connection, filter: &str, limit: u32) -> Result<Vec<ImportRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!("{SELECT} WHERE {filter} LIMIT ?1"))?;
    let rows = statement.query_map([limit], columns)?;
    rows.map(|row| parsed(row?)).collect()
}

/// How many wait for the user.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn count_held(db: &Connection) -> Result<u64, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM imports WHERE held_at IS NOT NULL AND declined_at IS NULL",
        )?
        .query_row([], |row| row.get(0))?)
}
