//! Settings: small values by name.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// The saved value, or none.
///
/// # Errors
/// [`StoreError::Value`] if it was saved in a shape this version does not know.
pub fn get<T: DeserializeOwned>(db: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    let text: Option<String> = db
        .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(StoreError::from)
}

/// Saves a value in place of the old one.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put<T: Serialize>(db: &Connection, name: &str, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(value)?;
    db.prepare_cached("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)")?
        .execute(params![name, text])?;
    Ok(())
}
