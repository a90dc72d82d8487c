//! What Fulcrum writes to Lever for a letter: one note, one tag, one link, each noted before it is asked for and after it
//! is done (RELIABILITY.md I4). The rows outlive the letter, and name nobody.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::StoreError;
use super::names::{name, named};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(rename = "LetterWrite")]
#[serde(rename_all = "snake_case")]
pub enum WriteKind {
    /// A note with the letter's link.
    Note,
    /// A tag.
    Tag,
    /// The letter's link among the links.
    Link,
}

impl WriteKind {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Note, Self::Tag, Self::Link];
}

/// One change of Lever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteRow {
    /// The letter that it is for.
    pub letter_id: String,
    /// What is written.
    pub kind: WriteKind,
    /// The candidacy that it is written to.
    pub opportunity_id: String,
    /// What exactly, where that is not the letter's link: the tag.
    pub said: Option<String>,
    /// When it was decided on, in milliseconds since 1970 UTC.
    pub asked_at: i64,
    /// When Lever was first asked; from then on it may be there.
    pub tried_at: Option<i64>,
    /// When it was there.
    pub done_at: Option<i64>,
    /// Why not yet, in words.
    pub problem: Option<String>,
}

const SELECT: &str = "SELECT letter_id, kind, opportunity_id, said, asked_at, tried_at, done_at, problem FROM letter_writes";

fn columns(row: &Row<'_>) -> rusqlite::Result<(WriteRow, String)> {
    let write = WriteRow {
        letter_id: row.get(0)?,
        kind: WriteKind::Note,
        opportunity_id: row.get(2)?,
        said: row.get(3)?,
        asked_at: row.get(4)?,
        tried_at: row.get(5)?,
        done_at: row.get(6)?,
        problem: row.get(7)?,
    };
    Ok((write, row.get(1)?))
}

fn parsed((write, kind): (WriteRow, String)) -> Result<WriteRow, StoreError> {
    Ok(WriteRow {
        kind: named(&kind)?,
        ..write
    })
}

/// One write of a letter, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(
    db: &Connection,
    letter_id: &str,
    kind: WriteKind,
) -> Result<Option<WriteRow>, StoreError> {
    let found = db
        .prepare_cached(&format!("{SELECT} WHERE letter_id = ?1 AND kind = ?2"))?
        .query_row([letter_id, &name(&kind)?], columns)
        .optional()?;
    found.map(parsed).transpose()
}

/// The writes of a letter.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of_letter(db: &Connection, letter_id: &str) -> Result<Vec<WriteRow>, StoreError> {
    let mut statement =
        db.prepare_cached(&format!("{SELECT} WHERE letter_id = ?1 ORDER BY rowid"))?;
    let rows = statement.query_map([letter_id], columns)?;
    rows.map(|row| parsed(row?)).collect()
}

/// Every write there ever was, the newest first, from the place `from` on and `most` at most.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn list(db: &Connection, (from, most): (u32, u32)) -> Result<Vec<WriteRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} ORDER BY coalesce(done_at, asked_at) DESC, rowid DESC LIMIT ?2 OFFSET ?1"
    ))?;
    let rows = statement.query_map([from, most], columns)?;
    rows.map(|row| parsed(row?)).collect()
}

/// Notes that something is to be written; what is noted already stays as it is. Tells whether it is new.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn ask(
    db: &Connection,
    (letter_id, kind): (&str, WriteKind),
    opportunity_id: &str,
    said: Option<&str>,
    at: i64,
) -> Result<bool, StoreError> {
    let new = db
        .prepare_cached(
            "INSERT OR IGNORE INTO letter_writes (letter_id, kind, opportunity_id, said, asked_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![letter_id, name(&kind)?, opportunity_id, said, at])?;
    Ok(new == 1)
}

/// Notes that Lever is about to be asked.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn tried(db: &Connection, letter_id: &str, kind: WriteKind, at: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE letter_writes SET tried_at = coalesce(tried_at, ?3) WHERE letter_id = ?1 AND kind = ?2",
    )?
    .execute(params![letter_id, name(&kind)?, at])?;
    Ok(())
}

/// Notes that it is there.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn done(db: &Connection, letter_id: &str, kind: WriteKind, at: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE letter_writes SET done_at = coalesce(done_at, ?3), problem = NULL
         WHERE letter_id = ?1 AND kind = ?2",
    )?
    .execute(params![letter_id, name(&kind)?, at])?;
    Ok(())
}

/// Notes why it is not there yet.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn failed(
    db: &Connection,
    letter_id: &str,
    kind: WriteKind,
    problem: &str,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE letter_writes SET problem = ?3 WHERE letter_id = ?1 AND kind = ?2 AND done_at IS NULL",
    )?
    .execute(params![letter_id, name(&kind)?, problem])?;
    Ok(())
}
