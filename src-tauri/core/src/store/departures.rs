//! Connections that were ended here and not yet at Lever. What Lever has to be told with is kept for that alone
//! and deleted in the same transaction as the record that it was told.

use rusqlite::{Connection, OptionalExtension, Row, params};
use secrecy::ExposeSecret;

use super::StoreError;
use super::connections::{Integration, Login, Tokens, login};

/// A connection that Lever still has to be told about. Has no `Debug`: it holds secrets.
pub struct DepartureRow {
    /// Its id.
    pub id: i64,
    /// What the connection was for.
    pub integration: Integration,
    /// The environment, as its name in JSON.
    pub environment: String,
    /// How calls prove whose they are.
    pub login: Login,
    /// When it was ended here, in milliseconds since 1970 UTC.
    pub left_at: i64,
    /// Webhooks that Fulcrum made and that are still there.
    pub webhooks: u32,
}

const SELECT: &str =
    "SELECT *, (SELECT count(*) FROM webhooks WHERE departure_id = departures.id) AS webhooks
  FROM departures";

fn read(row: &Row<'_>) -> rusqlite::Result<DepartureRow> {
    Ok(DepartureRow {
        id: row.get("id")?,
        integration: row.get("integration")?,
        environment: row.get("environment")?,
        login: login(row)?,
        left_at: row.get("left_at")?,
        webhooks: row.get("webhooks")?,
    })
}

/// One of them, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: i64) -> Result<Option<DepartureRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], read)
        .optional()?)
}

/// All of them, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn all(db: &Connection) -> Result<Vec<DepartureRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!("{SELECT} ORDER BY id"))?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// Ends a connection here: its row keeps who and where and loses every secret. Returns the id of what Lever has to
/// be told, or none if there is nothing that Lever could be told with or asked to do.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn leave(
    db: &Connection,
    integration: Integration,
    at: i64,
) -> Result<Option<i64>, StoreError> {
    let added = db
        .prepare_cached(
            "INSERT INTO departures (integration, environment, way, client_id, client_secret, access_token,
               access_expires_at, refresh_token, api_key, left_at)
             SELECT integration, environment, way, client_id, client_secret, access_token,
               access_expires_at, refresh_token, api_key, ?2
             FROM connections c WHERE integration = ?1
               AND (refresh_token IS NOT NULL
                 OR (access_token IS NOT NULL OR api_key IS NOT NULL)
                   AND EXISTS (SELECT 1 FROM webhooks w WHERE w.integration = c.integration AND departure_id IS NULL))",
        )?
        .execute(params![integration, at])?;
    let id = (added == 1).then(|| db.last_insert_rowid());
    db.prepare_cached(
        "UPDATE webhooks SET departure_id = ?2 WHERE integration = ?1 AND departure_id IS NULL",
    )?
    .execute(params![integration, id])?;
    db.prepare_cached(
        "UPDATE connections SET client_secret = NULL, access_token = NULL, access_expires_at = NULL,
           refresh_token = NULL, api_key = NULL, state = 'disconnected', checks = '[]', validated_at = NULL
         WHERE integration = ?1",
    )?
    .execute([integration])?;
    Ok(id)
}

/// Replaces the tokens with which Lever is told, before the new access token is used (LEVER.md 1.6); `used` is the
/// refresh token they came from.
///
/// # Errors
/// [`StoreError`] if they cannot be written; the new pair must not be used then.
pub fn put_tokens(db: &Connection, used: &str, tokens: &Tokens) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE departures SET access_token = ?2, access_expires_at = ?3, refresh_token = ?4 WHERE refresh_token = ?1",
    )?
    .execute(params![
        used,
        tokens.access.expose_secret(),
        tokens.access_expires_at,
        tokens.refresh.as_ref().map(ExposeSecret::expose_secret),
    ])?;
    Ok(())
}

/// Removes one with its secrets and what it names of webhooks, because Lever was told or never will be.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove(db: &Connection, id: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM webhooks WHERE departure_id = ?1")?
        .execute([id])?;
    db.prepare_cached("DELETE FROM departures WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}
