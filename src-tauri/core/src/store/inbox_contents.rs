//! What was delivered: headers and bodies. They are personal data, so they go by age and size, and with the candidate.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;

/// What was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Header names with their values, in the order received.
    pub headers: Vec<(String, String)>,
    /// The body, untouched.
    pub body: Vec<u8>,
}

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// How many deliveries.
    pub deliveries: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// When the oldest of them was stored, in milliseconds since 1970 UTC.
    pub oldest_at: Option<i64>,
}

/// Keeps what was delivered as the event `id`.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(
    db: &Connection,
    id: i64,
    headers: &[(String, String)],
    body: &[u8],
) -> Result<(), StoreError> {
    let headers = serde_json::to_string(headers)?;
    db.prepare_cached("INSERT INTO inbox_contents (id, headers, body) VALUES (?1, ?2, ?3)")?
        .execute(params![id, headers, body])?;
    Ok(())
}

/// What was delivered as an event; none if it is not kept any more.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(db: &Connection, id: i64) -> Result<Option<Contents>, StoreError> {
    let found: Option<(String, Vec<u8>)> = db
        .prepare_cached("SELECT headers, body FROM inbox_contents WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((headers, body)) = found else {
        return Ok(None);
    };
    Ok(Some(Contents {
        headers: serde_json::from_str(&headers)?,
        body,
    }))
}

/// Drops the contents of the event that is one too many among those of a listener with this verdict; called after each
/// that is added, so that at most `most` of them keep theirs.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn trim(
    db: &Connection,
    listener_id: &str,
    verdict: &str,
    most: u32,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "DELETE FROM inbox_contents WHERE id = (
           SELECT id FROM inbox WHERE listener_id = ?1 AND verdict = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)",
    )?
    .execute(params![listener_id, verdict, most])?;
    Ok(())
}

/// Drops what was delivered about an opportunity that Lever does not have any more. Returns of how many events.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn forget_opportunity(db: &Connection, opportunity_id: &str) -> Result<usize, StoreError> {
    Ok(db.execute(
        "DELETE FROM inbox_contents WHERE id IN (SELECT id FROM inbox WHERE opportunity_id = ?1)",
        [opportunity_id],
    )?)
}

/// How much is kept.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn kept(db: &Connection) -> Result<Kept, StoreError> {
    let (deliveries, bytes) = db
        .prepare_cached(
            "SELECT count(*), coalesce(sum(length(body) + length(headers)), 0) FROM inbox_contents",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let oldest_at = db
        .prepare_cached(
            "SELECT stored_at FROM inbox WHERE id = (SELECT min(id) FROM inbox_contents)",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(Kept {
        deliveries,
        bytes,
        oldest_at,
    })
}

/// Drops, at most `most` at a time, what was stored before `before`, and what was no event of Lever's altogether. What
/// is held for the user stays. Of a genuine event the digest of its signature stays for ever (T7). Returns how many.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn forget_before(db: &Connection, before: i64, most: u32) -> Result<usize, StoreError> {
    let contents = db.execute(
        "DELETE FROM inbox_contents WHERE id IN (
           SELECT c.id FROM inbox_contents c JOIN inbox i ON i.id = c.id
           WHERE i.stored_at < ?1 AND i.verdict != 'held' ORDER BY c.id LIMIT ?2)",
        params![before, most],
    )?;
    let rows = db.execute(
        "DELETE FROM inbox WHERE id IN (
           SELECT id FROM inbox WHERE id < coalesce((SELECT min(id) FROM inbox WHERE stored_at >= ?1), 9e18)
             AND signature_digest IS NULL AND verdict != 'held' ORDER BY id LIMIT ?2)",
        params![before, most],
    )?;
    Ok(contents + rows)
}

/// Drops the oldest contents until they take at most `bytes`, at most `most` deliveries at a time. What is held for the
/// user stays. Returns how many.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn shrink_to(db: &Connection, bytes: u64, most: u32) -> Result<usize, StoreError> {
    if kept(db)?.bytes <= bytes {
        return Ok(0);
    }
    // The newest that fit together stay: everything before them goes.
    Ok(db.execute(
        "DELETE FROM inbox_contents WHERE id IN (
           SELECT id FROM (
             SELECT id, sum(length(body) + length(headers)) OVER (ORDER BY id DESC) AS together FROM inbox_contents)
           WHERE together > ?1 AND id NOT IN (SELECT id FROM inbox WHERE verdict = 'held')
           ORDER BY id LIMIT ?2)",
        params![i64::try_from(bytes).unwrap_or(i64::MAX), most],
    )?)
}

/// The size of the file in bytes.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn file_size(db: &Connection) -> Result<u64, StoreError> {
    let pages: u64 = db.pragma_query_value(None, "page_count", |row| row.get(0))?;
    // SQLCipher answers this one itself, and as a text.
    let page = db.pragma_query_value(None, "page_size", |row| match row.get(0)? {
        Value::Integer(size) => Ok(u64::try_from(size).unwrap_or(0)),
        Value::Text(size) => Ok(size.parse().unwrap_or(0)),
        Value::Null | Value::Real(_) | Value::Blob(_) => Ok(0),
    })?;
    Ok(pages * page)
}

/// Gives a few free pages back, so that the file shrinks with the next checkpoint; returns whether it is worth to go on.
///
/// # Errors
/// [`StoreError`] if it cannot be done.
pub fn give_back(db: &Connection) -> Result<bool, StoreError> {
    let free = || db.pragma_query_value(None, "freelist_count", |row| row.get::<_, u64>(0));
    let before = free()?;
    if before == 0 {
        return Ok(false);
    }
    db.execute_batch("PRAGMA incremental_vacuum(256)")?;
    let after = free()?;
    // A file that cannot be shrunk yet keeps its free pages.
    Ok(after > 0 && after < before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::inbox::{self, NewDelivery, Stored};

    fn store(db: &Connection, number: u8, verdict: &str, at: i64) -> i64 {
        let new = NewDelivery {
            delivery: [number; 32],
            listener_id: None,
            received_at: at,
            stored_at: at,
            verdict,
            reason: None,
            signature_digest: (verdict == "verified").then_some([number; 32]),
            event: None,
            opportunity_id: Some("o-1"),
            size: 10,
        };
        let Stored::New(id) = inbox::add(db, &new).unwrap() else {
            panic!("each is new");
        };
        add(db, id, &[("a".to_owned(), "b".to_owned())], &[b'x'; 100]).unwrap();
        id
    }

    #[test]
    fn what_is_too_old_goes_and_the_signature_of_what_was_genuine_stays() {
        let db = crate::store::migrate::memory();
        let genuine = store(&db, 1, "verified", 10);
        store(&db, 2, "rejected", 10);
        let held = store(&db, 3, "held", 10);
        let young = store(&db, 4, "rejected", 20);
        assert_eq!(forget_before(&db, 20, 100).unwrap(), 3);
        let left: Vec<i64> = inbox::list(&db, &inbox::Filter::default(), 10)
            .unwrap()
            .iter()
            .map(|row| row.id)
            .collect();
        assert_eq!(left, [young, held, genuine]);
        assert_eq!(get(&db, genuine).unwrap(), None);
        assert!(get(&db, held).unwrap().is_some());
        assert_eq!(forget_before(&db, 20, 100).unwrap(), 0);
    }

    #[test]
    fn too_much_loses_its_oldest_first() {
        let db = crate::store::migrate::memory();
        let ids: Vec<i64> = (1..=5).map(|n| store(&db, n, "verified", 10)).collect();
        let each = kept(&db).unwrap().bytes / 5;
        assert_eq!(shrink_to(&db, each * 2, 100).unwrap(), 3);
        let still = |id: &i64| get(&db, *id).unwrap().is_some();
        assert_eq!(
            ids.iter().map(still).collect::<Vec<_>>(),
            [false, false, false, true, true]
        );
        assert_eq!(shrink_to(&db, each * 2, 100).unwrap(), 0);
    }

    #[test]
    fn a_candidate_who_is_gone_takes_the_contents_along() {
        let db = crate::store::migrate::memory();
        let id = store(&db, 1, "verified", 10);
        assert_eq!(forget_opportunity(&db, "another").unwrap(), 0);
        assert_eq!(forget_opportunity(&db, "o-1").unwrap(), 1);
        assert_eq!(get(&db, id).unwrap(), None);
    }
}
