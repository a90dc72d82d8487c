//! The connection to Lever, with its tokens. The whole file is encrypted, so the tokens change in the same
//! transaction as what depends on them.

use rusqlite::{Connection, OptionalExtension, Row, params};
use secrecy::{ExposeSecret, SecretString};

use super::StoreError;

/// A stored connection. Has no `Debug`: it holds the tokens.
pub struct ConnectionRow {
    /// The environment, as its name in JSON.
    pub environment: String,
    /// The app's client id with Lever.
    pub client_id: String,
    /// The app's client secret.
    pub client_secret: SecretString,
    /// The tokens; none after a disconnect.
    pub tokens: Option<Tokens>,
    /// The granted scopes, separated by spaces.
    pub granted: String,
    /// Who authorised it, as JSON.
    pub account: String,
    /// The state, as its name in JSON.
    pub state: String,
    /// The last checks, as JSON.
    pub checks: String,
    /// When it was connected, in milliseconds since 1970 UTC.
    pub connected_at: i64,
    /// When it was last validated.
    pub validated_at: Option<i64>,
}

/// The tokens of a grant (LEVER.md 1.5).
#[derive(Clone)]
pub struct Tokens {
    /// Sent with every call.
    pub access: SecretString,
    /// When the access token ends, in milliseconds since 1970 UTC; none if Lever did not say.
    pub access_expires_at: Option<i64>,
    /// Used once for the next pair; none without `offline_access`.
    pub refresh: Option<SecretString>,
}

/// The connection of an integration, by its name (`sora`).
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, app: &str) -> Result<Option<ConnectionRow>, StoreError> {
    let row = db
        .prepare_cached(
            "SELECT environment, client_id, client_secret, access_token, access_expires_at, refresh_token,
                    granted, account, state, checks, connected_at, validated_at
             FROM connections WHERE app = ?1",
        )?
        .query_row([app], read)
        .optional()?;
    Ok(row)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ConnectionRow> {
    let access: Option<String> = row.get(3)?;
    let refresh: Option<String> = row.get(5)?;
    let access_expires_at = row.get(4)?;
    Ok(ConnectionRow {
        environment: row.get(0)?,
        client_id: row.get(1)?,
        client_secret: SecretString::from(row.get::<_, String>(2)?),
        tokens: access.map(|access| Tokens {
            access: SecretString::from(access),
            access_expires_at,
            refresh: refresh.map(SecretString::from),
        }),
        granted: row.get(6)?,
        account: row.get(7)?,
        state: row.get(8)?,
        checks: row.get(9)?,
        connected_at: row.get(10)?,
        validated_at: row.get(11)?,
    })
}

/// Saves a connection in place of the old one.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(db: &Connection, app: &str, connection: &ConnectionRow) -> Result<(), StoreError> {
    let tokens = connection.tokens.as_ref();
    db.prepare_cached(
        "INSERT OR REPLACE INTO connections (app, environment, client_id, client_secret, access_token,
           access_expires_at, refresh_token, granted, account, state, checks, connected_at, validated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        app,
        connection.environment,
        connection.client_id,
        connection.client_secret.expose_secret(),
        tokens.map(|tokens| tokens.access.expose_secret()),
        tokens.and_then(|tokens| tokens.access_expires_at),
        tokens.and_then(|tokens| tokens.refresh.as_ref()).map(ExposeSecret::expose_secret),
        connection.granted,
        connection.account,
        connection.state,
        connection.checks,
        connection.connected_at,
        connection.validated_at,
    ])?;
    Ok(())
}

/// Replaces the tokens, before the new access token is used (LEVER.md 1.6).
///
/// # Errors
/// [`StoreError`] if they cannot be written; the new pair must not be used then.
pub fn put_tokens(db: &Connection, app: &str, tokens: &Tokens) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE connections SET access_token = ?2, access_expires_at = ?3, refresh_token = ?4 WHERE app = ?1",
    )?
    .execute(params![
        app,
        tokens.access.expose_secret(),
        tokens.access_expires_at,
        tokens.refresh.as_ref().map(ExposeSecret::expose_secret),
    ])?;
    Ok(())
}

/// Changes the state.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_state(db: &Connection, app: &str, state: &str) -> Result<bool, StoreError> {
    let changed = db
        .prepare_cached("UPDATE connections SET state = ?2 WHERE app = ?1 AND state <> ?2")?
        .execute(params![app, state])?;
    Ok(changed > 0)
}

/// Saves the outcome of a validation.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_validation(
    db: &Connection,
    app: &str,
    (state, account, checks): (&str, &str, &str),
    at: i64,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE connections SET state = ?2, account = ?3, checks = ?4, validated_at = ?5 WHERE app = ?1",
    )?
    .execute(params![app, state, account, checks, at])?;
    Ok(())
}
