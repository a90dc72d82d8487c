//! Who is in which workflow.

use rusqlite::{Connection, params};

use super::StoreError;

/// A person in a workflow.
#[derive(Debug, Clone)]
pub struct RunRow {
    /// The workflow.
    pub workflow_id: String,
    /// The workflow's name.
    pub workflow_name: String,
    /// The person.
    pub person_id: String,
    /// When they entered, in milliseconds since 1970 UTC.
    pub entered_at: i64,
}

const SELECT: &str = "SELECT r.workflow_id, w.name, r.person_id, r.entered_at
  FROM runs r JOIN workflows w ON w.id = r.workflow_id";

fn collect(db: &Connection, filter: &str, id: &str) -> Result<Vec<RunRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE {filter} = ?1 ORDER BY r.entered_at DESC, r.person_id"
    ))?;
    let rows = statement.query_map([id], |row| {
        Ok(RunRow {
            workflow_id: row.get(0)?,
            workflow_name: row.get(1)?,
            person_id: row.get(2)?,
            entered_at: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The workflows that a person is in.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of_person(db: &Connection, person_id: &str) -> Result<Vec<RunRow>, StoreError> {
    collect(db, "r.person_id", person_id)
}

/// The people in a workflow, newest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of_workflow(db: &Connection, workflow_id: &str) -> Result<Vec<RunRow>, StoreError> {
    collect(db, "r.workflow_id", workflow_id)
}

/// Lets a person enter once; tells whether they were not in it yet.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn enter(
    db: &Connection,
    (workflow_id, person_id, opportunity_id): (&str, &str, &str),
    at: i64,
) -> Result<bool, StoreError> {
    let entered = db
        .prepare_cached(
            "INSERT OR IGNORE INTO runs (workflow_id, person_id, opportunity_id, entered_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![workflow_id, person_id, opportunity_id, at])?;
    Ok(entered == 1)
}
