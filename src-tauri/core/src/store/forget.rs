//! Deleting what came from Lever, when a connection ends. The file's `secure_delete` overwrites what was deleted.

use rusqlite::Connection;

use super::connections::Integration;
use super::{StoreError, gaps, inbox_contents, samples};

/// The deliveries to listeners of offer letters.
const TO_OFFERS: &str =
    "listener_id IN (SELECT id FROM listeners WHERE integration = 'offer_letters')";

/// The deliveries to listeners of an integration. What came to no listener goes with onboarding.
fn deliveries(integration: Integration) -> String {
    match integration {
        Integration::Onboarding => format!("(listener_id IS NULL OR NOT {TO_OFFERS})"),
        Integration::OfferLetters => TO_OFFERS.to_owned(),
    }
}

/// Deletes what Lever sent for an integration. Of a genuine event the digest of its signature stays, which tells nothing
/// and refuses the same event for ever (T7). What arrived until `now` is not compared with Lever any more, for it cannot
/// be.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn events(db: &Connection, integration: Integration, now: i64) -> Result<(), StoreError> {
    let theirs = deliveries(integration);
    event_lines(db, integration)?;
    db.execute_batch(&format!(
        "DELETE FROM inbox_contents WHERE id IN (SELECT id FROM inbox WHERE {theirs});
         DELETE FROM inbox WHERE signature_digest IS NULL AND {theirs};
         UPDATE inbox SET reason = NULL, event = NULL, opportunity_id = NULL WHERE {theirs};"
    ))?;
    samples::remove_all(db, integration)?;
    if integration == Integration::OfferLetters {
        return Ok(());
    }
    db.execute_batch("DELETE FROM imports WHERE held_at IS NOT NULL OR declined_at IS NOT NULL;")?;
    gaps::start_anew(db, now)
}

/// Deletes the lines of the log about the events of an integration, while it is known whose each was.
fn event_lines(db: &Connection, integration: Integration) -> Result<(), StoreError> {
    let of_offers = format!("(SELECT 'event-' || id FROM inbox WHERE {TO_OFFERS})");
    let theirs = match integration {
        Integration::Onboarding => {
            format!("(correlation IS NULL OR correlation NOT IN {of_offers})")
        }
        Integration::OfferLetters => format!("correlation IN {of_offers}"),
    };
    db.execute_batch(&format!(
        "DELETE FROM activity WHERE kind = 'event' AND {theirs}"
    ))?;
    Ok(())
}

/// Deletes what Lever sent for an integration, what was made of it, the mapping, and the listeners with their addresses
/// and tokens; of onboarding every line of the log that tells of a person, too.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn everything(db: &Connection, integration: Integration) -> Result<(), StoreError> {
    let theirs = deliveries(integration);
    event_lines(db, integration)?;
    db.execute_batch(&format!("DELETE FROM inbox WHERE {theirs}"))?;
    db.execute(
        "UPDATE endpoints SET state = 'retiring' WHERE state = 'live'
           AND id IN (SELECT endpoint_id FROM listeners WHERE integration = ?1)",
        [integration],
    )?;
    db.execute(
        "DELETE FROM listeners WHERE integration = ?1",
        [integration],
    )?;
    samples::remove_all(db, integration)?;
    db.execute_batch(match integration {
        Integration::Onboarding => {
            "DELETE FROM gaps;
             DELETE FROM runs;
             DELETE FROM person_opportunities;
             DELETE FROM people;
             DELETE FROM mappings WHERE mapping = 'people';
             DELETE FROM mapping_drafts WHERE mapping = 'people';
             DELETE FROM imports;
             DELETE FROM catalog;
             DELETE FROM activity WHERE kind IN ('import', 'workflow', 'mapping', 'listener') OR person_id IS NOT NULL;"
        }
        Integration::OfferLetters => {
            "DELETE FROM mappings WHERE mapping = 'offers';
             DELETE FROM mapping_drafts WHERE mapping = 'offers';"
        }
    })?;
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
