//! The table of pages: what is read from it and written to it. Nothing here opens or commits.

use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use crate::address::AddressId;
use crate::endpoint::EndpointId;
use crate::page::{NonceDigest, PageId};
use crate::server::limits::Amount;
use crate::server::store::{self, DeviceId, NewEvent};

/// Addresses that a device may use up, for each page that it may show at the same moment.
const ROWS_PER_PAGE: usize = 100;

/// A page on its way in.
pub(super) struct NewPage {
    pub(super) id: PageId,
    pub(super) device: DeviceId,
    pub(super) ciphertext: Vec<u8>,
    pub(super) expires_at_ms: i64,
    /// The row of the endpoint for the answer, and the nonce that the answer names.
    pub(super) form: Option<(i64, NonceDigest)>,
}

/// What became of a new page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Publishing {
    /// It is shown; what it replaced had this size.
    Shown(Amount),
    /// The address is another device's.
    Taken,
    /// The device shows as many pages as it may, or has used up as many addresses.
    Full,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Answering {
    /// It is stored, as the event of this number.
    Stored(i64),
    /// An answer with this nonce was stored before.
    Again,
    /// There is no such page now, or it asks for another nonce.
    Unknown,
}

/// Shows a page, in place of the one that its device showed there.
pub(super) fn publish(
    connection: &Connection,
    page: &NewPage,
    at_most: usize,
) -> Result<Publishing> {
    let known = connection
        .prepare_cached("SELECT device, length(ciphertext) FROM page WHERE address = ?1")?
        .query_row([page.id.as_bytes()], |row| {
            Ok((DeviceId(row.get(0)?), size(row, 1)?))
        })
        .optional()?;
    let is_new = known.is_none();
    let before = match known {
        Some((device, _)) if device != page.device => return Ok(Publishing::Taken),
        Some((_, before)) => before,
        None => Amount::default(),
    };
    let full = before.events == 0 && shown_by(connection, page.device)? >= at_most;
    let most_rows = at_most.saturating_mul(ROWS_PER_PAGE);
    if full || is_new && rows_of(connection, page.device)? >= most_rows {
        return Ok(Publishing::Full);
    }
    connection
        .prepare_cached(
            "INSERT INTO page (address, device, ciphertext, expires_at_ms, endpoint, nonce_digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (address) DO UPDATE SET
                 ciphertext = excluded.ciphertext, expires_at_ms = excluded.expires_at_ms,
                 endpoint = excluded.endpoint, nonce_digest = excluded.nonce_digest,
                 answered = answered AND nonce_digest IS excluded.nonce_digest",
        )?
        .execute(params![
            page.id.as_bytes(),
            page.device.0,
            page.ciphertext,
            page.expires_at_ms,
            page.form.map(|(endpoint, _)| endpoint),
            page.form.map(|(_, nonce)| nonce.0),
        ])?;
    Ok(Publishing::Shown(before))
}

/// The addresses that a device ever showed something at: they stay its own for ever.
fn rows_of(connection: &Connection, device: DeviceId) -> Result<usize> {
    connection
        .prepare_cached("SELECT count(*) FROM page WHERE device = ?1")?
        .query_row([device.0], |row| row.get(0))
}

fn shown_by(connection: &Connection, device: DeviceId) -> Result<usize> {
    connection
        .prepare_cached("SELECT count(*) FROM page WHERE device = ?1 AND ciphertext IS NOT NULL")?
        .query_row([device.0], |row| row.get(0))
}

/// Removes a page of `device`; returns what it took, and `None` where the device has no such page.
pub(super) fn remove(
    connection: &Connection,
    device: DeviceId,
    id: PageId,
) -> Result<Option<Amount>> {
    let took = connection
        .prepare_cached("SELECT length(ciphertext) FROM page WHERE address = ?1 AND device = ?2")?
        .query_row(params![id.as_bytes(), device.0], |row| size(row, 0))
        .optional()?;
    connection
        .prepare_cached("UPDATE page SET ciphertext = NULL WHERE address = ?1 AND device = ?2")?
        .execute(params![id.as_bytes(), device.0])?;
    Ok(took)
}

/// Removes what has expired; returns what that took.
pub(super) fn remove_expired(connection: &Connection, now_ms: i64) -> Result<Amount> {
    let took = connection.query_row(
        "SELECT count(*), coalesce(sum(length(ciphertext)), 0) FROM page
         WHERE ciphertext IS NOT NULL AND expires_at_ms <= ?1",
        [now_ms],
        |row| Ok(Amount::new(row.get(0)?, row.get(1)?)),
    )?;
    connection.execute(
        "UPDATE page SET ciphertext = NULL WHERE ciphertext IS NOT NULL AND expires_at_ms <= ?1",
        [now_ms],
    )?;
    Ok(took)
}

/// What all pages take.
pub(in crate::server) fn all(connection: &Connection) -> Result<Amount> {
    connection.query_row(
        "SELECT count(*), coalesce(sum(length(ciphertext)), 0) FROM page
         WHERE ciphertext IS NOT NULL",
        [],
        |row| Ok(Amount::new(row.get(0)?, row.get(1)?)),
    )
}

/// The ciphertext that is shown at `id` now.
pub(super) fn shown(connection: &Connection, id: PageId, now_ms: i64) -> Result<Option<Vec<u8>>> {
    connection
        .prepare_cached(
            "SELECT ciphertext FROM page
             WHERE address = ?1 AND ciphertext IS NOT NULL AND expires_at_ms > ?2",
        )?
        .query_row(params![id.as_bytes(), now_ms], |row| row.get(0))
        .optional()
}

/// The endpoint that takes the answer of the page at `id` for that nonce, answered or not.
pub(super) fn answer_to(
    connection: &Connection,
    id: PageId,
    nonce: NonceDigest,
    now_ms: i64,
) -> Result<Option<EndpointId>> {
    connection
        .prepare_cached(
            "SELECT endpoint.address FROM page JOIN endpoint ON endpoint.id = page.endpoint
             WHERE page.address = ?1 AND nonce_digest = ?2
               AND ciphertext IS NOT NULL AND expires_at_ms > ?3",
        )?
        .query_row(params![id.as_bytes(), nonce.0, now_ms], |row| {
            let bytes = row.get_ref(0)?.as_blob()?;
            AddressId::from_bytes(bytes).ok_or(rusqlite::Error::InvalidQuery)
        })
        .optional()
}

/// Stores an answer, unless the page is gone or was answered meanwhile.
pub(super) fn answer(
    connection: &Connection,
    id: PageId,
    nonce: NonceDigest,
    now_ms: i64,
    event: &NewEvent,
) -> Result<Answering> {
    let answered: Option<bool> = connection
        .prepare_cached(
            "SELECT answered FROM page WHERE address = ?1 AND nonce_digest = ?2
               AND ciphertext IS NOT NULL AND expires_at_ms > ?3",
        )?
        .query_row(params![id.as_bytes(), nonce.0, now_ms], |row| row.get(0))
        .optional()?;
    match answered {
        None => Ok(Answering::Unknown),
        Some(true) => Ok(Answering::Again),
        Some(false) => {
            connection
                .prepare_cached("UPDATE page SET answered = 1 WHERE address = ?1")?
                .execute([id.as_bytes()])?;
            store::append(connection, event).map(Answering::Stored)
        }
    }
}

/// One page of the size in that column, or nothing where it is `NULL`.
fn size(row: &Row<'_>, column: usize) -> Result<Amount> {
    let bytes: Option<u64> = row.get(column)?;
    Ok(bytes.map_or_else(Amount::default, |bytes| Amount::new(1, bytes)))
}
