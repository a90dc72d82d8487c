//! Deleting what came from Lever, when a connection ends. The file's `secure_delete` overwrites what was deleted.

use rusqlite::Connection;

use super::{StoreError, gaps, inbox_contents, samples};

/// Deletes what Lever sent. Of a genuine event the digest of its signature stays, which tells nothing and refuses the
/// same event for ever (T7). What arrived until `now` is not compared with Lever any more, for it cannot be.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn events(db: &Connection, now: i64) -> Result<(), StoreError> {
    db.execute_batch(
        "DELETE FROM inbox WHERE signature_digest IS NULL;
         DELETE FROM samples WHERE integration = 'onboarding';
         DELETE FROM imports WHERE held_at IS NOT NULL OR declined_at IS NOT NULL;
         UPDATE inbox SET reason = NULL, event = NULL, opportunity_id = NULL;
         DELETE FROM inbox_contents;
         DELETE FROM activity WHERE kind = 'event';",
    )?;
    gaps::start_anew(db, now)
}

/// Deletes what Lever sent, the people made of it, the mapping, the listeners with their addresses and tokens, and
/// every line of the log that tells of a person.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn onboarding(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch(
        "UPDATE endpoints SET state = 'retiring'
           WHERE state = 'live' AND id IN (SELECT endpoint_id FROM listeners);
         DELETE FROM inbox;
         DELETE FROM gaps;
         DELETE FROM listeners;
         DELETE FROM runs;
         DELETE FROM person_opportunities;
         DELETE FROM people;
         DELETE FROM mappings WHERE mapping = 'people';
         DELETE FROM mapping_drafts WHERE mapping = 'people';
         DELETE FROM imports;
         DELETE FROM catalog;
         DELETE FROM samples WHERE integration = 'onboarding';
         DELETE FROM activity
           WHERE kind IN ('event', 'import', 'workflow', 'mapping', 'listener') OR person_id IS NOT NULL;",
    )?;
    Ok(())
}

/// Deletes what is kept of a candidate whom Lever does not have any more, as far as nobody was imported.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn opportunity(db: &Connection, opportunity_id: &str) -> Result<(), StoreError> {
    inbox_contents::forget_opportunity(db, opportunity_id)?;
    samples::remove(db, opportunity_id)?;
    db.execute(
        "UPDATE gaps SET candidate = '' WHERE opportunity_id = ?1",
        [opportunity_id],
    )?;
    Ok(())
}

/// Deletes what was read for offer letters, and their mapping.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn offer_letters(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch(
        "DELETE FROM mappings WHERE mapping = 'offers';
         DELETE FROM mapping_drafts WHERE mapping = 'offers';
         DELETE FROM samples WHERE integration = 'offer_letters';",
    )?;
    Ok(())
}
