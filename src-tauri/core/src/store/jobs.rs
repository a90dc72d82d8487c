//! Work that can fail, one row each. A row goes only in the transaction that records its result.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;

/// Work to do.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Which handler does it.
    pub name: &'static str,
    /// Work of one name and key exists once.
    pub key: &'a str,
    /// What the handler needs, as JSON.
    pub payload: String,
    /// Joins the lines of one event's way.
    pub correlation: &'a str,
}

/// Work as it waits.
#[derive(Debug, Clone)]
pub struct JobRow {
    /// Its id.
    pub id: i64,
    /// Which handler does it.
    pub name: String,
    /// Work of one name and key exists once.
    pub key: String,
    /// What the handler needs, as JSON.
    pub payload: String,
    /// Joins the lines of one event's way.
    pub correlation: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, in milliseconds since 1970 UTC; none if it waits for the user.
    pub due_at: Option<i64>,
    /// Why the last try failed, in words.
    pub why: Option<String>,
    /// Where it is put right, as its name in JSON.
    pub remedy: Option<String>,
    /// When it was made.
    pub created_at: i64,
}

const SELECT: &str = "SELECT id, name, key, payload, correlation, attempts, due_at, why, remedy, created_at FROM jobs";

fn read(row: &Row<'_>) -> rusqlite::Result<JobRow> {
    Ok(JobRow {
        id: row.get(0)?,
        name: row.get(1)?,
        key: row.get(2)?,
        payload: row.get(3)?,
        correlation: row.get(4)?,
        attempts: row.get(5)?,
        due_at: row.get(6)?,
        why: row.get(7)?,
        remedy: row.get(8)?,
        created_at: row.get(9)?,
    })
}

/// Adds work that is due now, unless the same waits already; tells whether it was added.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(db: &Connection, job: &NewJob<'_>, at: i64) -> Result<bool, StoreError> {
    let added = db
        .prepare_cached(
            "INSERT OR IGNORE INTO jobs (name, key, payload, correlation, attempts, due_at, created_at)
             VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5)",
        )?
        .execute(params![job.name, job.key, job.payload, job.correlation, at])?;
    Ok(added == 1)
}

/// The id of the work of this name and key.
///
/// # Errors
/// [`StoreError`] if there is none.
pub fn id_of(db: &Connection, name: &str, key: &str) -> Result<i64, StoreError> {
    Ok(db
        .prepare_cached("SELECT id FROM jobs WHERE name = ?1 AND key = ?2")?
        .query_row([name, key], |row| row.get(0))?)
}

/// Work that is due and not `under_way`, oldest first, at most `limit`; what an event made only if its relay's number is
/// `confirmed`.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn due(
    db: &Connection,
    now: i64,
    confirmed: i64,
    (under_way, limit): (&HashSet<i64>, usize),
) -> Result<Vec<JobRow>, StoreError> {
    // Without a bound LIMIT, whose value SQLite plans for, so that it would prepare the statement anew each time.
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE due_at <= ?1 AND (relay_number IS NULL OR relay_number <= ?2)
         ORDER BY due_at, id"
    ))?;
    let mut rows = statement.query([now, confirmed])?;
    let mut due = Vec::new();
    while due.len() < limit
        && let Some(row) = rows.next()?
    {
        if !under_way.contains(&row.get(0)?) {
            due.push(read(row)?);
        }
    }
    Ok(due)
}

/// The id of the newest work there is; 0 without any.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn newest(db: &Connection) -> Result<i64, StoreError> {
    Ok(db
        .prepare_cached("SELECT coalesce(max(id), 0) FROM jobs")?
        .query_row([], |row| row.get(0))?)
}

/// Has the work that was added after the id `after` wait until the relay confirms `number`.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn await_relay(db: &Connection, after: i64, number: i64) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE jobs SET relay_number = ?2 WHERE id > ?1")?
        .execute([after, number])?;
    Ok(())
}

/// Has no work wait for a relay to confirm it: its numbers are those of another store.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn forget_relay_numbers(db: &Connection) -> Result<(), StoreError> {
    db.execute(
        "UPDATE jobs SET relay_number = NULL WHERE relay_number IS NOT NULL",
        [],
    )?;
    Ok(())
}

/// Has all work up to the relay's number `confirmed` wait for the user, and says why.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn hold_back(
    db: &Connection,
    confirmed: i64,
    (why, remedy): (&str, &str),
) -> Result<(), StoreError> {
    db.execute(
        "UPDATE jobs SET due_at = NULL, why = ?2, remedy = ?3
         WHERE due_at IS NOT NULL AND (relay_number IS NULL OR relay_number <= ?1)",
        params![confirmed, why, remedy],
    )?;
    Ok(())
}

/// When the next work is due that is not due yet.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn next_due_after(db: &Connection, now: i64) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT min(due_at) FROM jobs WHERE due_at > ?1")?
        .query_row([now], |row| row.get(0))?)
}

/// Work that failed at least once, or waits for the user; newest first. What the user decided against waits for nobody.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn in_trouble(db: &Connection, limit: u32) -> Result<Vec<JobRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE why IS NOT NULL AND remedy IS NOT 'declined' ORDER BY created_at DESC, id DESC LIMIT ?1"
    ))?;
    Ok(statement
        .query_map([limit], read)?
        .collect::<Result<_, _>>()?)
}

/// Removes work that is done.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn finish(db: &Connection, id: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM jobs WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// Removes all work of one name.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove_named(db: &Connection, name: &str) -> Result<(), StoreError> {
    db.execute("DELETE FROM jobs WHERE name = ?1", [name])?;
    Ok(())
}

/// The work of a name and key, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, name: &str, key: &str) -> Result<Option<JobRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE name = ?1 AND key = ?2"))?
        .query_row([name, key], read)
        .optional()?)
}

/// The work of one name whose payload has this text under `key`, oldest first.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn about(
    db: &Connection,
    name: &str,
    (key, text): (&str, &str),
) -> Result<Vec<JobRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE name = ?1 AND json_extract(payload, '$.' || ?2) = ?3 ORDER BY id"
    ))?;
    Ok(statement
        .query_map([name, key, text], read)?
        .collect::<Result<_, _>>()?)
}

/// Notes a failed try and when the next one is; none waits for the user.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn postpone(
    db: &Connection,
    id: i64,
    due_at: Option<i64>,
    (why, remedy): (&str, &str),
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE jobs SET attempts = attempts + 1, due_at = ?2, why = ?3, remedy = ?4 WHERE id = ?1",
    )?
    .execute(params![id, due_at, why, remedy])?;
    Ok(())
}

/// Makes one piece of work due now.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn wake(db: &Connection, id: i64, now: i64) -> Result<bool, StoreError> {
    Ok(db.execute(
        "UPDATE jobs SET due_at = ?2 WHERE id = ?1",
        params![id, now],
    )? == 1)
}

/// Makes due now what waits for one remedy.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn wake_all(db: &Connection, remedy: &str, now: i64) -> Result<usize, StoreError> {
    Ok(db.execute(
        "UPDATE jobs SET due_at = ?2 WHERE remedy = ?1",
        params![remedy, now],
    )?)
}

/// How many pieces of work of one name there are.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn count_named(db: &Connection, name: &str) -> Result<u64, StoreError> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM jobs WHERE name = ?1")?
        .query_row([name], |row| row.get(0))?)
}

/// Makes due now what would be tried again later by itself.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn hurry(db: &Connection, now: i64) -> Result<usize, StoreError> {
    Ok(db.execute("UPDATE jobs SET due_at = ?1 WHERE due_at > ?1", [now])?)
}

/// How many pieces of work there are.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn count(db: &Connection) -> Result<u64, StoreError> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM jobs")?
        .query_row([], |row| row.get(0))?)
}
