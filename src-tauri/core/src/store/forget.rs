//! Deleting what came from Lever, when a connection ends. The file's `secure_delete` overwrites what was deleted.

use rusqlite::Connection;

use super::StoreError;

/// Deletes what Lever sent. Of a genuine event the digest of its signature stays, which tells nothing and refuses the
/// same event for ever (T7).
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn events(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch(
        "DELETE FROM inbox WHERE signature_digest IS NULL;
         DELETE FROM gaps;
         DELETE FROM samples WHERE integration = 'onboarding';
         DELETE FROM imports WHERE held_at IS NOT NULL OR declined_at IS NOT NULL;
         UPDATE inbox SET reason = NULL, event = NULL, opportunity_id = NULL;
         DELETE FROM inbox_contents;
         DELETE FROM activity WHERE kind = 'event';",
    )?;
    Ok(())
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
