//! Candidacies whose offers are looked at again and again, because Lever announces no change of an offer (LEVER.md 3.3).

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::offers::rules::Stands;

/// A candidacy that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedRow {
    /// Its id.
    pub opportunity_id: String,
    /// Where it stood when it was last read.
    pub stands: Stands,
    /// Whether that is the Offer stage.
    pub in_stage: bool,
    /// The offers that were sent before Fulcrum looked for the first time: they belong to the past until they are sent
    /// again.
    pub passed: Vec<String>,
    /// Of its offers when they were last read.
    pub digest: Option<Vec<u8>>,
    /// When Lever was last asked, in milliseconds since 1970 UTC.
    pub checked_at: i64,
}

/// What is kept as JSON: where it stood, and what passed.
type Texts = (String, String);

fn columns(row: &rusqlite::Row<'_>) -> rusqlite::Result<(WatchedRow, Texts)> {
    let watched = WatchedRow {
        opportunity_id: row.get(0)?,
        stands: Stands::default(),
        in_stage: row.get(2)?,
        passed: Vec::new(),
        digest: row.get(4)?,
        checked_at: row.get(5)?,
    };
    Ok((watched, (row.get(1)?, row.get(3)?)))
}

fn parsed((watched, (stands, passed)): (WatchedRow, Texts)) -> Result<WatchedRow, StoreError> {
    Ok(WatchedRow {
        stands: serde_json::from_str(&stands)?,
        passed: serde_json::from_str(&passed)?,
        ..watched
    })
}

const SELECT: &str =
    "SELECT opportunity_id, stands, in_stage, passed, digest, checked_at FROM watched";

/// One of them, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, opportunity_id: &str) -> Result<Option<WatchedRow>, StoreError> {
    let found = db
        .prepare_cached(&format!("{SELECT} WHERE opportunity_id = ?1"))?
        .query_row([opportunity_id], columns)
        .optional()?;
    found.map(parsed).transpose()
}

/// The one that was not asked about for the longest time, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn longest_unasked(db: &Connection) -> Result<Option<WatchedRow>, StoreError> {
    let found = db
        .prepare_cached(&format!(
            "{SELECT} ORDER BY checked_at, opportunity_id LIMIT 1"
        ))?
        .query_row([], columns)
        .optional()?;
    found.map(parsed).transpose()
}

/// How many there are.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn count(db: &Connection) -> Result<u32, StoreError> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM watched")?
        .query_row([], |row| row.get(0))?)
}

/// Looks at a candidacy from now on, and notes what was read of it.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, row: &WatchedRow) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO watched (opportunity_id, stands, in_stage, passed, digest, checked_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        row.opportunity_id,
        serde_json::to_string(&row.stands)?,
        row.in_stage,
        serde_json::to_string(&row.passed)?,
        row.digest,
        row.checked_at
    ])?;
    Ok(())
}

/// Notes that Lever was asked and said nothing new.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn checked(db: &Connection, opportunity_id: &str, at: i64) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE watched SET checked_at = ?2 WHERE opportunity_id = ?1")?
        .execute(params![opportunity_id, at])?;
    Ok(())
}

/// Looks at it no more.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove(db: &Connection, opportunity_id: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM watched WHERE opportunity_id = ?1")?
        .execute([opportunity_id])?;
    Ok(())
}
