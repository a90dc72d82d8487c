//! Everything that arrived, with its verdict. Nothing acknowledged to the relay is missing here.

use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};

use super::StoreError;

/// A delivery to store.
pub struct NewDelivery<'a> {
    /// What the delivery is known by: the relay may deliver it again. In the order of `received_at`, as far as that goes,
    /// because a change of the index then stays at its end.
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
    /// The size in bytes, sealed.
    pub size: i64,
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
               signature_digest, event, opportunity_id, size)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
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

/// An event that a signature token may change the verdict of.
pub struct Undecided {
    /// Its id.
    pub id: i64,
    /// When the relay received it, in milliseconds since 1970 UTC.
    pub received_at: i64,
    /// Whether it is held; otherwise it was rejected.
    pub held: bool,
    /// Its body.
    pub body: Vec<u8>,
}

/// The events of a listener that are held or were rejected, as far as their bodies are kept, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn undecided(db: &Connection, listener_id: &str) -> Result<Vec<Undecided>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT i.id, i.received_at, i.verdict = 'held', c.body FROM inbox i JOIN inbox_contents c ON c.id = i.id
         WHERE i.listener_id = ?1 AND i.verdict IN ('held', 'rejected') ORDER BY i.id",
    )?;
    let rows = statement.query_map([listener_id], |row| {
        Ok(Undecided {
            id: row.get(0)?,
            received_at: row.get(1)?,
            held: row.get(2)?,
            body: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives an event its verdict; tells whether no other event has its signature.
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
            "UPDATE OR IGNORE inbox SET verdict = ?2, reason = ?3, signature_digest = ?4 WHERE id = ?1",
        )?
        .execute(params![id, verdict, reason, signature_digest])?;
    Ok(changed == 1)
}

/// Ends the wait of the held events of a listener that were stored before `before`, with their contents, and says why.
/// Returns how many.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn expire(
    db: &Connection,
    listener_id: &str,
    before: i64,
    reason: &str,
) -> Result<usize, StoreError> {
    db.execute(
        "DELETE FROM inbox_contents WHERE id IN (
           SELECT id FROM inbox WHERE listener_id = ?1 AND verdict = 'held' AND stored_at < ?2)",
        params![listener_id, before],
    )?;
    Ok(db.execute(
        "UPDATE inbox SET verdict = 'expired', reason = ?3
         WHERE listener_id = ?1 AND verdict = 'held' AND stored_at < ?2",
        params![listener_id, before, reason],
    )?)
}

/// Notes what was decided about an event, and why.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn decided(db: &Connection, id: i64, verdict: &str, reason: &str) -> Result<(), StoreError> {
    db.execute(
        "UPDATE inbox SET verdict = ?2, reason = ?3 WHERE id = ?1",
        params![id, verdict, reason],
    )?;
    Ok(())
}

/// Notes that a filter did not let an event's candidate in, and why.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn skip(db: &Connection, id: i64, reason: &str) -> Result<(), StoreError> {
    decided(db, id, "skipped", reason)
}

/// Which events to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those with this verdict, by its name.
    pub verdict: Option<String>,
    /// Only those of this listener.
    pub listener_id: Option<String>,
    /// Only those before this id.
    pub before: Option<i64>,
}

/// An event as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    /// Its id.
    pub id: i64,
    /// The listener, if the endpoint has one.
    pub listener_id: Option<String>,
    /// When the relay received it, in milliseconds since 1970 UTC.
    pub received_at: i64,
    /// When it was stored here.
    pub stored_at: i64,
    /// The verdict's name.
    pub verdict: String,
    /// Why, in words; none where the verdict says it all.
    pub reason: Option<String>,
    /// Lever's name of the event, if it has one.
    pub event: Option<String>,
    /// The opportunity it names.
    pub opportunity_id: Option<String>,
    /// The size in bytes, sealed.
    pub size: i64,
}

const SELECT: &str = "SELECT id, listener_id, received_at, stored_at, verdict, reason, event, opportunity_id, size FROM inbox";

fn read(row: &Row<'_>) -> rusqlite::Result<InboxRow> {
    Ok(InboxRow {
        id: row.get(0)?,
        listener_id: row.get(1)?,
        received_at: row.get(2)?,
        stored_at: row.get(3)?,
        verdict: row.get(4)?,
        reason: row.get(5)?,
        event: row.get(6)?,
        opportunity_id: row.get(7)?,
        size: row.get(8)?,
    })
}

/// One event, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: i64) -> Result<Option<InboxRow>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], read)
        .optional()?)
}

/// The events that fit, the newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn list(db: &Connection, filter: &Filter, limit: u32) -> Result<Vec<InboxRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} WHERE id < ?1 AND (?2 IS NULL OR verdict = ?2) AND (?3 IS NULL OR listener_id = ?3)
         ORDER BY id DESC LIMIT ?4"
    ))?;
    let before = filter.before.unwrap_or(i64::MAX);
    let rows = statement.query_map(
        params![before, filter.verdict, filter.listener_id, limit],
        read,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many events there are of each verdict, of one listener or of all.
///
/// # Errors
/// [`StoreError`] if they cannot be counted.
pub fn counts(
    db: &Connection,
    listener_id: Option<&str>,
) -> Result<Vec<(String, u64)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT verdict, count(*) FROM inbox WHERE ?1 IS NULL OR listener_id = ?1 GROUP BY verdict",
    )?;
    let rows = statement.query_map([listener_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The listeners that something arrived for.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn listeners(db: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT l.id FROM listeners l WHERE EXISTS (SELECT 1 FROM inbox i WHERE i.listener_id = l.id)
         ORDER BY l.created_at, l.id",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many genuine events arrived, tests left out, and when the last delivery of Lever was stored.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn genuine(db: &Connection) -> Result<(u64, Option<i64>), StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE verdict != 'test'), max(stored_at) FROM inbox
           WHERE signature_digest IS NOT NULL",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
