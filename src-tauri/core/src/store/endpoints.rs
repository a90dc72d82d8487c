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

/// Saves the address that a relay gave at `at`, in milliseconds since 1970 UTC; tells whether it is another one than
/// before. If a complete listener is there, Lever knows the old one until it is told: see [`moved`].
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_url(
    db: &Connection,
    id: &str,
    (url, relay): (&str, &str),
    at: i64,
) -> Result<bool, StoreError> {
    let changed = db.execute(
        "UPDATE endpoints SET url = ?2, registered_with = ?3, known_url = CASE
             WHEN known_url = ?2 THEN NULL
             WHEN known_url IS NULL AND url <> ?2 AND EXISTS (SELECT 1 FROM listeners
               WHERE endpoint_id = endpoints.id AND signature_token IS NOT NULL AND removed_at IS NULL) THEN url
             ELSE known_url END
         WHERE id = ?1 AND (url IS NOT ?2 OR registered_with IS NOT ?3)",
        params![id, url, relay],
    )?;
    db.execute(
        "UPDATE endpoints SET moved_at = iif(known_url IS NULL, NULL, coalesce(moved_at, ?2)) WHERE id = ?1",
        params![id, at],
    )?;
    Ok(changed > 0)
}

/// Has the next session retire an endpoint.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn retire(db: &Connection, id: &str) -> Result<(), StoreError> {
    advance(db, id, EndpointState::Live, EndpointState::Retiring)
}

/// Notes that the relay retired an endpoint that it was asked to; of another one its word changes nothing.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn retired(db: &Connection, id: &str) -> Result<(), StoreError> {
    advance(db, id, EndpointState::Retiring, EndpointState::Retired)
}

fn advance(
    db: &Connection,
    id: &str,
    from: EndpointState,
    to: EndpointState,
) -> Result<(), StoreError> {
    db.execute(
        "UPDATE endpoints SET state = ?3 WHERE id = ?1 AND state = ?2",
        params![id, from.text(), to.text()],
    )?;
    Ok(())
}

/// A listener whose address is another one than Lever has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedRow {
    /// The listener.
    pub listener_id: String,
    /// The name of its event in JSON.
    pub event: String,
    /// The name of its workflow, if it leads into one.
    pub workflow: Option<String>,
    /// The address that Lever has.
    pub known_url: String,
    /// The address as it is now.
    pub url: String,
    /// Since when, in milliseconds since 1970 UTC; none if an earlier version did not note it.
    pub moved_at: Option<i64>,
}

/// The listeners whose address changed since it was pasted into Lever, oldest first. A webhook that Fulcrum made is not
/// among them: it can be changed by the API alone, which [`crate::jobs::Rehook`] does.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn moved(db: &Connection) -> Result<Vec<MovedRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT l.id, l.event, w.name, e.known_url, e.url, e.moved_at FROM endpoints e
         JOIN listeners l ON l.endpoint_id = e.id LEFT JOIN workflows w ON w.id = l.workflow_id
         WHERE e.known_url IS NOT NULL AND e.url IS NOT NULL AND l.removed_at IS NULL AND NOT EXISTS
           (SELECT 1 FROM webhooks h WHERE h.id = l.webhook_id AND h.departure_id IS NULL)
         ORDER BY l.created_at, l.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(MovedRow {
            listener_id: row.get(0)?,
            event: row.get(1)?,
            workflow: row.get(2)?,
            known_url: row.get(3)?,
            url: row.get(4)?,
            moved_at: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that Lever has a listener's present address; tells whether it had another one.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn told(db: &Connection, listener_id: &str) -> Result<bool, StoreError> {
    let changed = db.execute(
        "UPDATE endpoints SET known_url = NULL, moved_at = NULL
         WHERE known_url IS NOT NULL AND id = (SELECT endpoint_id FROM listeners WHERE id = ?1)",
        [listener_id],
    )?;
    Ok(changed > 0)
}
