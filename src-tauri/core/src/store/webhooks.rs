//! The webhooks that Fulcrum made in Lever by its API: only these may be changed by it (LEVER.md 5.6).

use rusqlite::{Connection, Row, params};

use super::StoreError;
use super::connections::Integration;

/// A webhook that Fulcrum made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRow {
    /// Lever's id of it.
    pub id: String,
    /// Lever's name of its event.
    pub event: String,
    /// The address it calls.
    pub url: String,
}

/// Notes a webhook right after Lever made it; `at` in milliseconds since 1970 UTC.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(
    db: &Connection,
    integration: Integration,
    webhook: &WebhookRow,
    at: i64,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO webhooks (id, integration, event, url, made_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![webhook.id, integration, webhook.event, webhook.url, at])?;
    Ok(())
}

/// Those of a connection that is in use, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of(db: &Connection, integration: Integration) -> Result<Vec<WebhookRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, event, url FROM webhooks WHERE integration = ?1 AND departure_id IS NULL ORDER BY made_at, id",
    )?;
    let rows = statement.query_map([integration], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes the address that Lever calls from now on.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_url(db: &Connection, id: &str, url: &str) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE webhooks SET url = ?2 WHERE id = ?1")?
        .execute([id, url])?;
    Ok(())
}

/// Those that a departure still has to delete in Lever, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn leaving(db: &Connection, departure: i64) -> Result<Vec<WebhookRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, event, url FROM webhooks WHERE departure_id = ?1 ORDER BY made_at, id",
    )?;
    let rows = statement.query_map([departure], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<WebhookRow> {
    Ok(WebhookRow {
        id: row.get(0)?,
        event: row.get(1)?,
        url: row.get(2)?,
    })
}

/// Forgets one that Lever no longer has.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove(db: &Connection, id: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM webhooks WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}
