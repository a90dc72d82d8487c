//! Listeners: what they are for, which event they wait for, at which endpoint, with which signature token.

mod purpose;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use secrecy::{ExposeSecret, SecretString};

pub use self::purpose::Purpose;
use super::StoreError;
use super::connections::Integration;
use crate::listeners::admission::Admission;
use crate::redact;

/// A listener. Has no `Debug`: it holds the signature token.
pub struct ListenerRow {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The event's name in JSON.
    pub event: String,
    /// Its endpoint.
    pub endpoint_id: String,
    /// Its endpoint's public address, once known.
    pub endpoint_url: Option<String>,
    /// Its signature token; none for a draft.
    pub signature_token: Option<SecretString>,
    /// When it was made, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// When *Verify connection* last arrived.
    pub verified_at: Option<i64>,
    /// When the last genuine event arrived.
    pub last_event_at: Option<i64>,
    /// When an event last failed to verify.
    pub mismatch_at: Option<i64>,
    /// Whether it was removed.
    pub removed: bool,
    /// Whether its events are run, as opposed to stored only.
    pub on: bool,
    /// Whether it is off only because the connection was ended; work then waits for the next one.
    pub paused: bool,
    /// Events held because they came before the token.
    pub held: u32,
    /// Whom it lets in.
    pub admission: Admission,
    /// Whether Fulcrum makes its webhook in Lever.
    pub webhook: WebhookState,
    /// Lever's id of the webhook that Fulcrum made.
    pub webhook_id: Option<String>,
    /// Since when it is on, in milliseconds since 1970 UTC: what happened before is never run.
    pub on_since: i64,
}

/// How far the webhook is that Fulcrum makes in Lever for a listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookState {
    /// None is made: it is set up by hand.
    ByHand,
    /// Lever was asked, and has not been known to answer.
    Begun,
    /// It is in Lever.
    Made,
    /// It went with the connection that made it.
    Gone,
}

impl WebhookState {
    fn of(begun: bool, id: Option<&str>, in_lever: bool) -> Self {
        match (begun, id) {
            (true, _) => Self::Begun,
            (false, Some(_)) if in_lever => Self::Made,
            (false, Some(_)) => Self::Gone,
            (false, None) => Self::ByHand,
        }
    }
}

const SELECT: &str =
    "SELECT l.id, l.event, l.endpoint_id, e.url, l.signature_token, l.created_at,
    l.verified_at, l.last_event_at, l.mismatch_at, l.removed_at IS NOT NULL,
    l.off_at IS NULL AND l.paused_at IS NULL, l.off_at IS NULL AND l.paused_at IS NOT NULL,
    (SELECT count(*) FROM inbox WHERE listener_id = l.id AND verdict = 'held'),
    l.admission, l.webhook_begun_at IS NOT NULL, l.webhook_id,
    EXISTS (SELECT 1 FROM webhooks w WHERE w.id = l.webhook_id AND w.departure_id IS NULL), l.on_since,
    l.integration, l.workflow_id
  FROM listeners l JOIN endpoints e ON e.id = l.endpoint_id";

fn read(row: &Row<'_>) -> rusqlite::Result<ListenerRow> {
    let admission: String = row.get(13)?;
    let webhook_id: Option<String> = row.get(15)?;
    Ok(ListenerRow {
        admission: serde_json::from_str(&admission).map_err(|problem| {
            rusqlite::Error::FromSqlConversionFailure(13, Type::Text, problem.into())
        })?,
        id: row.get(0)?,
        event: row.get(1)?,
        endpoint_id: row.get(2)?,
        endpoint_url: row.get(3)?,
        signature_token: row.get::<_, Option<String>>(4)?.map(redact::secret),
        created_at: row.get(5)?,
        verified_at: row.get(6)?,
        last_event_at: row.get(7)?,
        mismatch_at: row.get(8)?,
        removed: row.get(9)?,
        on: row.get(10)?,
        paused: row.get(11)?,
        held: row.get(12)?,
        webhook: WebhookState::of(row.get(14)?, webhook_id.as_deref(), row.get(16)?),
        webhook_id,
        on_since: row.get(17)?,
        purpose: Purpose::read(row, 18)?,
    })
}

/// One listener, removed or not, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: &str) -> Result<Option<ListenerRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE l.id = ?1"))?
        .query_row([id], read)
        .optional()?)
}

/// The listener at an endpoint, removed or not, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn at_endpoint(db: &Connection, endpoint: &str) -> Result<Option<ListenerRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE l.endpoint_id = ?1"))?
        .query_row([endpoint], read)
        .optional()?)
}

/// Every listener that was not removed, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn all(db: &Connection) -> Result<Vec<ListenerRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE l.removed_at IS NULL ORDER BY l.created_at, l.id"
    ))?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// Every listener of an integration that was not removed, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn of(db: &Connection, integration: Integration) -> Result<Vec<ListenerRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE l.removed_at IS NULL AND l.integration = ?1 ORDER BY l.created_at, l.id"
    ))?;
    let rows = statement.query_map([integration], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the last delivery of an integration arrived that was signed as its listener's, in milliseconds since 1970 UTC.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn last_arrival(db: &Connection, integration: Integration) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT max(at) FROM (SELECT verified_at AS at FROM listeners WHERE integration = ?1
             UNION ALL SELECT last_event_at FROM listeners WHERE integration = ?1)",
        )?
        .query_row([integration], |row| row.get(0))?)
}

/// Adds a draft.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(
    db: &Connection,
    purpose: &Purpose,
    (id, event, endpoint_id): (&str, &str, &str),
    at: i64,
) -> Result<(), StoreError> {
    let (integration, workflow_id) = purpose.columns();
    db.execute(
        "INSERT INTO listeners (id, integration, workflow_id, event, endpoint_id, created_at, on_since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        params![id, integration, workflow_id, event, endpoint_id, at],
    )?;
    Ok(())
}

/// Saves the signature token and forgets that another one did not match.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_token(db: &Connection, id: &str, token: &SecretString) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET signature_token = ?2, mismatch_at = NULL WHERE id = ?1",
        params![id, token.expose_secret()],
    )?;
    Ok(())
}

/// Saves whom a listener lets in.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_admission(db: &Connection, id: &str, admission: &Admission) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET admission = ?2 WHERE id = ?1",
        params![id, serde_json::to_string(admission)?],
    )?;
    Ok(())
}

/// Notes that Lever is asked to make a listener's webhook, before it is.
///
/// # Errors
/// [`StoreError`] if it cannot be written; Lever must not be asked then.
pub fn begin_webhook(db: &Connection, id: &str, at: i64) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET webhook_begun_at = coalesce(webhook_begun_at, ?2) WHERE id = ?1",
        params![id, at],
    )?;
    Ok(())
}

/// Notes what Lever made.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn made_webhook(db: &Connection, id: &str, webhook: &str) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET webhook_begun_at = NULL, webhook_id = ?2 WHERE id = ?1",
        params![id, webhook],
    )?;
    Ok(())
}

/// Notes that Lever has made nothing, or nothing any more.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn end_webhook(db: &Connection, id: &str) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET webhook_begun_at = NULL WHERE id = ?1",
        [id],
    )?;
    Ok(())
}

/// Switches a listener on or off.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn switch(db: &Connection, id: &str, on: bool, now: i64) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET paused_at = NULL,
           off_at = CASE WHEN ?2 THEN NULL ELSE ?3 END, on_since = CASE WHEN ?2 THEN ?3 ELSE on_since END
         WHERE id = ?1",
        params![id, on, now],
    )?;
    Ok(())
}

/// Switches off every listener of an integration that is on, until [`resume`].
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn pause(db: &Connection, integration: Integration, at: i64) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET paused_at = ?2
         WHERE integration = ?1 AND off_at IS NULL AND removed_at IS NULL",
        params![integration, at],
    )?;
    Ok(())
}

/// Puts the listeners of an integration back as they were before [`pause`].
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn resume(db: &Connection, integration: Integration) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET paused_at = NULL WHERE integration = ?1",
        [integration],
    )?;
    Ok(())
}

/// Switches off every listener of an integration that is not off by somebody's hand.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn switch_all_off(
    db: &Connection,
    integration: Integration,
    at: i64,
) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET off_at = coalesce(off_at, ?2), paused_at = NULL WHERE integration = ?1",
        params![integration, at],
    )?;
    Ok(())
}

/// What was seen at a listener, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A genuine test from *Verify connection*.
    Test,
    /// A genuine event.
    Event,
    /// An event that did not verify.
    Mismatch,
}

/// Notes when something was last seen.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn note(db: &Connection, id: &str, seen: Seen, at: i64) -> Result<(), StoreError> {
    let statement = match seen {
        Seen::Test => "UPDATE listeners SET verified_at = ?2, mismatch_at = NULL WHERE id = ?1",
        Seen::Event => "UPDATE listeners SET last_event_at = ?2, mismatch_at = NULL WHERE id = ?1",
        Seen::Mismatch => "UPDATE listeners SET mismatch_at = ?2 WHERE id = ?1",
    };
    db.prepare_cached(statement)?.execute(params![id, at])?;
    Ok(())
}

/// Whether it may be told again that a listener rejected an event: once within `every` milliseconds. If so, that it is
/// told now is noted.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn may_notice(db: &Connection, id: &str, at: i64, every: i64) -> Result<bool, StoreError> {
    let noted = db
        .prepare_cached(
            "UPDATE listeners SET noticed_at = ?2 WHERE id = ?1 AND (noticed_at IS NULL OR noticed_at <= ?2 - ?3)",
        )?
        .execute(params![id, at, every])?;
    Ok(noted == 1)
}

/// Marks a listener as removed; its row stays for the events that name it.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove(db: &Connection, id: &str, at: i64) -> Result<(), StoreError> {
    db.execute(
        "UPDATE listeners SET removed_at = ?2, signature_token = NULL WHERE id = ?1",
        params![id, at],
    )?;
    Ok(())
}
