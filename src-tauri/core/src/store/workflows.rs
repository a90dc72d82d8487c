//! Workflows.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;

/// A workflow.
#[derive(Debug, Clone)]
pub struct WorkflowRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many people are in it.
    pub people: u32,
    /// How many listeners let people in.
    pub listeners: u32,
}

const SELECT: &str = "SELECT id, name, description,
    (SELECT count(*) FROM runs WHERE workflow_id = workflows.id),
    (SELECT count(*) FROM listeners WHERE workflow_id = workflows.id AND removed_at IS NULL)
  FROM workflows";

fn read(row: &Row<'_>) -> rusqlite::Result<WorkflowRow> {
    Ok(WorkflowRow {
        id: row.get(0)?,
        name: row.get(1)?,
        description: row.get(2)?,
        people: row.get(3)?,
        listeners: row.get(4)?,
    })
}

/// Every workflow, by name.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn all(db: &Connection) -> Result<Vec<WorkflowRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!("{SELECT} ORDER BY name"))?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// One workflow, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: &str) -> Result<Option<WorkflowRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], read)
        .optional()?)
}

/// Adds a workflow unless one with this id exists.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn ensure(
    db: &Connection,
    (id, name, description): (&str, &str, &str),
    at: i64,
) -> Result<(), StoreError> {
    db.execute(
        "INSERT OR IGNORE INTO workflows (id, name, description, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![id, name, description, at],
    )?;
    Ok(())
}
