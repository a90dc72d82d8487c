//! Everything that arrived, with its verdict. Nothing acknowledged to the relay is missing here.

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};

use super::StoreError;

/// A delivery to store.
pub struct NewDelivery<'a> {
    /// A digest of the sealed bytes: the relay may deliver the same ones again, and each sealing differs.
    pub delivery: [u8; 32],
    /// The listener, if the endpoint has one.
    pub listener_id: Option<&'a str>,
    /// When the relay received it, in milliseconds since 1970 UTC.
    pub received_at: i64,
    /// When it was stored here.
    pub stored_at: i64,
    /// The verdict's name.
    pub verdict: &'a str,
    /// Why, in words; none where the verdict says it all.
    pub reason: Option<&'a str>,
    /// For a genuine event, a digest of its signature: the replay cache, kept for ever (T7).
    pub signature_digest: Option<[u8; 32]>,
    /// Lever's name of the event, if it has one.
    pub event: Option<&'a str>,
    /// The opportunity it names.
    pub opportunity_id: Option<&'a str>,
    /// The size of the body in bytes.
    pub size: i64,
    /// The body; kept only while it may still be needed, never for what did not verify.
    pub body: Option<&'a [u8]>,
}

/// How storing a delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// Under this id.
    New(i64),
    /// The relay delivered the same bytes before; nothing was written.
    Redelivered,
    /// Another delivery has the same signature, under this id; nothing was written.
    SameSignature(i64),
}

/// Stores a delivery once.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(db: &Connection, new: &NewDelivery<'_>) -> Result<Stored, StoreError> {
    let inserted = db
        .prepare_cached(
            "INSERT INTO inbox (delivery, listener_id, received_at, stored_at, verdict, reason,
               signature_digest, event, opportunity_id, size, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            new.delivery,
            new.listener_id,
            new.received_at,
            new.stored_at,
            new.verdict,
            new.reason,
            new.signature_digest,
            new.event,
            new.opportunity_id,
            new.size,
            new.body,
        ]);
    match inserted {
        Ok(_) => Ok(Stored::New(db.last_insert_rowid())),
        Err(problem) if problem.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            clash(db, new).and_then(|found| found.ok_or_else(|| problem.into()))
        }
        Err(problem) => Err(problem.into()),
    }
}

fn clash(db: &Connection, new: &NewDelivery<'_>) -> Result<Option<Stored>, StoreError> {
    let same_bytes: Option<i64> = db
        .prepare_cached("SELECT id FROM inbox WHERE delivery = ?1")?
        .query_row([new.delivery], |row| row.get(0))
        .optional()?;
    if same_bytes.is_some() {
        return Ok(Some(Stored::Redelivered));
    }
    let same_signature: Option<i64> = db
        .prepare_cached("SELECT id FROM inbox WHERE signature_digest = ?1")?
        .query_row(params![new.signature_digest], |row| row.get(0))
        .optional()?;
    Ok(same_signature.map(Stored::SameSignature))
}

/// A held event.
pub struct HeldRow {
    /// Its id.
    pub id: i64,
    /// When the relay received it, in milliseconds since 1970 UTC.
    pub received_at: i64,
    /// Its body.
    pub body: Vec<u8>,
}

/// The held events of a listener, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn held(db: &Connection, listener_id: &str) -> Result<Vec<HeldRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, received_at, body FROM inbox
         WHERE listener_id = ?1 AND verdict = 'held' AND body IS NOT NULL ORDER BY id",
    )?;
    let rows = statement.query_map([listener_id], |row| {
        Ok(HeldRow {
            id: row.get(0)?,
            received_at: row.get(1)?,
            body: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives a held event its verdict and drops its body; tells whether no other event has its signature.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn settle(
    db: &Connection,
    id: i64,
    verdict: &str,
    reason: Option<&str>,
    signature_digest: Option<[u8; 32]>,
) -> Result<bool, StoreError> {
    let changed = db
        .prepare_cached(
            "UPDATE OR IGNORE inbox SET verdict = ?2, reason = ?3, signature_digest = ?4, body = NULL WHERE id = ?1",
        )?
        .execute(params![id, verdict, reason, signature_digest])?;
    Ok(changed == 1)
}

/// Notes that a filter did not let an event's candidate in, and why.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn skip(db: &Connection, id: i64, reason: &str) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE inbox SET verdict = 'skipped', reason = ?2 WHERE id = ?1")?
        .execute(params![id, reason])?;
    Ok(())
}

/// How many genuine events arrived, and when the last one was stored.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn genuine(db: &Connection) -> Result<(u64, Option<i64>), StoreError> {
    Ok(db
        .prepare_cached("SELECT count(*), max(stored_at) FROM inbox WHERE verdict IN ('verified', 'test', 'late')")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
