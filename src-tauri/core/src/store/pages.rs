//! Pages that the relay shows, one for each letter that is shown: what is wanted of each, and what the relay has.

use rusqlite::{Connection, OptionalExtension, Row, params};
use zeroize::Zeroizing;

use super::StoreError;

/// A page. Has no `Debug`: it holds a secret.
pub struct PageRow {
    /// The letter that it shows.
    pub letter_id: String,
    /// Its unguessable id, the last part of its address.
    pub id: String,
    /// The key that its content is encrypted with.
    pub secret: Zeroizing<Vec<u8>>,
    /// Counts what was wanted of it: each new content, and its end.
    pub wanted: i64,
    /// The version of the letter that it shows.
    pub version: i64,
    /// Which of these the relay has done; none if it never had the page.
    pub shown: Option<i64>,
    /// What it is to show, as JSON; none if it is to be removed.
    pub content: Option<String>,
    /// Until when the relay shows it, in milliseconds since 1970 UTC.
    pub expires_at: i64,
    /// Its public address without the key, once the relay has said it.
    pub url: Option<String>,
    /// Why the relay does not show it, in words.
    pub problem: Option<String>,
}

const SELECT: &str = "SELECT letter_id, id, secret, wanted, version, shown, content, expires_at, url, problem FROM pages";

fn columns(row: &Row<'_>) -> rusqlite::Result<PageRow> {
    Ok(PageRow {
        letter_id: row.get(0)?,
        id: row.get(1)?,
        secret: Zeroizing::new(row.get(2)?),
        wanted: row.get(3)?,
        version: row.get(4)?,
        shown: row.get(5)?,
        content: row.get(6)?,
        expires_at: row.get(7)?,
        url: row.get(8)?,
        problem: row.get(9)?,
    })
}

/// The page of a letter, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn of_letter(db: &Connection, letter_id: &str) -> Result<Option<PageRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE letter_id = ?1"))?
        .query_row([letter_id], columns)
        .optional()?)
}

/// The page with this id, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: &str) -> Result<Option<PageRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], columns)
        .optional()?)
}

/// The pages of which the relay has not done what is wanted.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn outstanding(db: &Connection) -> Result<Vec<PageRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE shown IS NOT wanted ORDER BY rowid"
    ))?;
    Ok(statement
        .query_map([], columns)?
        .collect::<Result<_, _>>()?)
}

/// Has the page of a letter show this version of it until `expires_at`; a letter without one gets it under `id` and
/// `secret`.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn show(
    db: &Connection,
    letter_id: &str,
    (id, secret): (&str, &[u8]),
    (version, content): (i64, &str),
    expires_at: i64,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO pages (letter_id, id, secret, wanted, version, content, expires_at)
         VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)
         ON CONFLICT (letter_id) DO UPDATE SET wanted = wanted + 1, version = ?4, content = ?5, expires_at = ?6,
           problem = NULL",
    )?
    .execute(params![letter_id, id, secret, version, content, expires_at])?;
    Ok(())
}

/// Has the page of a letter removed, and forgets what it showed. Without a page nothing is to be done.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove(db: &Connection, letter_id: &str) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE pages SET wanted = wanted + 1, content = NULL WHERE letter_id = ?1 AND content IS NOT NULL",
    )?
    .execute([letter_id])?;
    Ok(())
}

/// Has every page that is to be shown sent again: another relay has none of them.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn show_anew(db: &Connection) -> Result<(), StoreError> {
    db.execute(
        "UPDATE pages SET shown = NULL WHERE content IS NOT NULL",
        [],
    )?;
    Ok(())
}

/// Notes that the relay did what was `wanted` of a page, with the address that it gave.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn done(db: &Connection, id: &str, wanted: i64, url: Option<&str>) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE pages SET shown = max(coalesce(shown, 0), ?2), url = coalesce(?3, url), problem = NULL WHERE id = ?1",
    )?
    .execute(params![id, wanted, url])?;
    Ok(())
}

/// Notes why the relay does not show a page.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn refused(db: &Connection, id: &str, problem: &str) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE pages SET problem = ?2 WHERE id = ?1")?
        .execute([id, problem])?;
    Ok(())
}
