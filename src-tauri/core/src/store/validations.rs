//! What the last validation of each connection was about.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::connections::Integration;

/// What the last validation was about, as JSON; none if there was none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, integration: Integration) -> Result<Option<String>, StoreError> {
    Ok(db
        .prepare_cached("SELECT about FROM validations WHERE integration = ?1")?
        .query_row([integration], |row| row.get(0))
        .optional()?)
}

/// Saves what a validation was about, in place of the one before.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, integration: Integration, about: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR REPLACE INTO validations (integration, about) VALUES (?1, ?2)")?
        .execute(params![integration, about])?;
    Ok(())
}
