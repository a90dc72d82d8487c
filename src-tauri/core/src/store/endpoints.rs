//! Public addresses at the relay, each with the key that its events are sealed to.

use rusqlite::{Connection, OptionalExtension, Row, params};
use zeroize::Zeroizing;

use super::StoreError;

/// How far an endpoint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndpointState {
    /// Wanted: every session with the relay registers it.
    Live,
    /// To be retired at the relay, so that it answers 410.
    Retiring,
    /// Retired; the relay said so.
    Retired,
}

impl EndpointState {
    fn text(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Retiring => "retiring",
            Self::Retired => "retired",
        }
    }
}

/// An endpoint. Has no `Debug`: it holds a secret.
pub struct EndpointRow {
    /// Its unguessable id, the last part of its address.
    pub id: String,
    /// The secret half of the key that its events are sealed to.
    pub sealing_secret: Zeroizing<Vec<u8>>,
    /// The public address, once the relay has said it.
    pub url: Option<String>,
}

const SELECT: &str = "SELECT id, sealing_secret, url FROM endpoints";

fn read(row: &Row<'_>) -> rusqlite::Result<EndpointRow> {
    Ok(EndpointRow {
        id: row.get(0)?,
        sealing_secret: Zeroizing::new(row.get(1)?),
        url: row.get(2)?,
    })
}

/// One endpoint, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: &str) -> Result<Option<EndpointRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], read)
        .optional()?)
}

/// Every endpoint in a state.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn in_state(db: &Connection, state: EndpointState) -> Result<Vec<EndpointRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!("{SELECT} WHERE state = ?1 ORDER BY rowid"))?;
    Ok(statement
        .query_map([state.text()], read)?
        .collect::<Result<_, _>>()?)
}

/// Adds an endpoint that the next session registers.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(db: &Connection, id: &str, sealing_secret: &[u8]) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO endpoints (id, sealing_secret, state) VALUES (?1, ?2, ?3)",
        params![id, sealing_secret, EndpointState::Live.text()],
    )?;
    Ok(())
}

/// Saves the address that a relay gave; tells whether it is another one than before.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_url(db: &Connection, id: &str, url: &str, relay: &str) -> Result<bool, StoreError> {
    let changed = db.execute(
        "UPDATE endpoints SET url = ?2, registered_with = ?3
         WHERE id = ?1 AND (url IS NOT ?2 OR registered_with IS NOT ?3)",
        params![id, url, relay],
    )?;
    Ok(changed > 0)
}

/// Changes the state.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_state(db: &Connection, id: &str, state: EndpointState) -> Result<(), StoreError> {
    db.execute(
        "UPDATE endpoints SET state = ?2 WHERE id = ?1",
        params![id, state.text()],
    )?;
    Ok(())
}
