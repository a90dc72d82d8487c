//! Changes that Lever shows and that no event told of. What arrives later closes its gap by itself.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use super::{StoreError, settings};

/// The setting with the moment up to which every change was compared.
const COMPARED: &str = "gaps_swept";

/// The setting with the moment of a reconnect since which nothing was compared.
const RECONNECTED: &str = "gaps_reconnected";

/// How much earlier than Lever's own time of a change its event may have been received: clocks differ, in milliseconds.
const EARLIER: i64 = 5 * 60 * 1_000;

/// A change without an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapRow {
    /// Its id.
    pub id: i64,
    /// The listener that should have heard of it.
    pub listener_id: String,
    /// The name of the event in JSON.
    pub event: String,
    /// The opportunity.
    pub opportunity_id: String,
    /// The candidate's name; empty once it is settled.
    pub candidate: String,
    /// What changed, in words.
    pub what: String,
    /// When, in milliseconds since 1970 UTC.
    pub changed_at: i64,
    /// When it was found.
    pub found_at: i64,
}

fn read(row: &Row<'_>) -> rusqlite::Result<GapRow> {
    Ok(GapRow {
        id: row.get(0)?,
        listener_id: row.get(1)?,
        event: row.get(2)?,
        opportunity_id: row.get(3)?,
        candidate: row.get(4)?,
        what: row.get(5)?,
        changed_at: row.get(6)?,
        found_at: row.get(7)?,
    })
}

/// When an event was last received of each opportunity at each listener. At a listener with its token only genuine
/// events are held, and one that led to another stage is not that of a change into the listener's.
pub struct Arrived(HashMap<(String, String), i64>);

impl Arrived {
    /// Of events received at `from` or later, in milliseconds since 1970 UTC.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub fn since(db: &Connection, from: i64) -> Result<Self, StoreError> {
        let mut statement = db.prepare_cached(
            "SELECT listener_id, opportunity_id, max(received_at) FROM inbox
             WHERE received_at >= ?1 AND listener_id IS NOT NULL AND opportunity_id IS NOT NULL
               AND (signature_digest IS NOT NULL AND verdict != 'other_stage' OR verdict = 'held')
             GROUP BY listener_id, opportunity_id",
        )?;
        let rows = statement.query_map([from.saturating_sub(EARLIER)], |row| {
            Ok(((row.get(0)?, row.get(1)?), row.get(2)?))
        })?;
        Ok(Self(rows.collect::<Result<_, _>>()?))
    }

    /// Whether an event of this change, or of a later one, was received.
    pub fn tells_of(&self, listener_id: &str, opportunity_id: &str, changed_at: i64) -> bool {
        let key = (listener_id.to_owned(), opportunity_id.to_owned());
        let received = self.0.get(&key);
        received.is_some_and(|received| *received >= changed_at.saturating_sub(EARLIER))
    }
}

/// Notes a change without an event; tells whether it is new.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(db: &Connection, gap: &GapRow) -> Result<bool, StoreError> {
    let added = db
        .prepare_cached(
            "INSERT OR IGNORE INTO gaps (listener_id, event, opportunity_id, candidate, what, changed_at, found_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            gap.listener_id,
            gap.event,
            gap.opportunity_id,
            gap.candidate,
            gap.what,
            gap.changed_at,
            gap.found_at,
        ])?;
    Ok(added == 1)
}

/// Those that nobody settled and that no event has told of since, the oldest change first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn open(db: &Connection) -> Result<Vec<GapRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, listener_id, event, opportunity_id, candidate, what, changed_at, found_at FROM gaps
         WHERE settled_at IS NULL AND listener_id IN (SELECT id FROM listeners WHERE removed_at IS NULL)
         ORDER BY changed_at, id",
    )?;
    let rows: Vec<GapRow> = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    let Some(oldest) = rows.first() else {
        return Ok(rows);
    };
    let arrived = Arrived::since(db, oldest.changed_at)?;
    let told =
        |row: &GapRow| arrived.tells_of(&row.listener_id, &row.opportunity_id, row.changed_at);
    Ok(rows.into_iter().filter(|row| !told(row)).collect())
}

/// Settles one; what it says of the candidate goes.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn settle(db: &Connection, id: i64, at: i64) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE gaps SET settled_at = ?2, candidate = '' WHERE id = ?1")?
        .execute([id, at])?;
    Ok(())
}

/// Whether the opportunity's person is in the workflow, by whichever way.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn has_entered(
    db: &Connection,
    opportunity_id: &str,
    workflow_id: &str,
) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM runs r JOIN person_opportunities p ON p.person_id = r.person_id
             WHERE p.opportunity_id = ?1 AND r.workflow_id = ?2)",
        )?
        .query_row([opportunity_id, workflow_id], |row| row.get(0))?)
}

/// The moment up to which every change was compared, in milliseconds since 1970 UTC; none if never.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn compared_until(db: &Connection) -> Result<Option<i64>, StoreError> {
    settings::get(db, COMPARED)
}

/// Notes that every change up to this moment was compared.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_compared_until(db: &Connection, until: i64) -> Result<(), StoreError> {
    settings::put(db, COMPARED, &until)
}

/// When there was a connection to Lever again, in milliseconds since 1970 UTC; none if it was compared since.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn reconnected_at(db: &Connection) -> Result<Option<i64>, StoreError> {
    Ok(settings::get(db, RECONNECTED)?.flatten())
}

/// Notes that there is a connection to Lever again, so that what it missed is compared.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put_reconnected_at(db: &Connection, at: i64) -> Result<(), StoreError> {
    settings::put(db, RECONNECTED, &Some(at))
}

/// Forgets a reconnect of this moment or before, after what it missed was compared.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn forget_reconnect(db: &Connection, until: i64) -> Result<(), StoreError> {
    match reconnected_at(db)? {
        Some(at) if at <= until => settings::put(db, RECONNECTED, &None::<i64>),
        _ => Ok(()),
    }
}

/// Forgets every gap; only what changes from now on is compared.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn start_anew(db: &Connection, now: i64) -> Result<(), StoreError> {
    db.execute("DELETE FROM gaps", [])?;
    put_compared_until(db, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::inbox::{self, NewDelivery};
    use crate::store::listeners::Purpose;
    use crate::store::{endpoints, listeners, migrate, people};

    const NOW: i64 = 1_795_000_000_000;

    fn listening() -> Connection {
        let db = migrate::memory();
        db.execute_batch(
            "INSERT OR IGNORE INTO workflows VALUES ('onboarding', 'Onboarding', '', 0), ('other', 'Other', '', 0)",
        )
        .unwrap();
        endpoints::add(&db, "e-1", &[1; 32]).unwrap();
        let purpose = Purpose::Onboarding {
            workflow_id: "onboarding".to_owned(),
        };
        let draft = ("l-1", "candidateStageChange", "e-1");
        listeners::add(&db, &purpose, draft, 0).unwrap();
        db
    }

    fn arrive(db: &Connection, verdict: &str, digest: Option<[u8; 32]>) {
        let new = NewDelivery {
            delivery: [1; 32],
            listener_id: Some("l-1"),
            received_at: NOW,
            stored_at: NOW,
            verdict,
            reason: None,
            signature_digest: digest,
            event: None,
            opportunity_id: Some("o-1"),
            size: 10,
        };
        inbox::add(db, &new).unwrap();
    }

    #[test]
    fn an_event_counts_unless_it_proves_nothing_or_led_to_another_stage() {
        for (verdict, digest, counts) in [
            ("verified", Some([1; 32]), true),
            ("skipped", Some([1; 32]), true),
            ("held", None, true),
            ("rejected", None, false),
            ("other_stage", Some([1; 32]), false),
        ] {
            let db = listening();
            arrive(&db, verdict, digest);
            let arrived = Arrived::since(&db, NOW).unwrap();
            assert_eq!(arrived.tells_of("l-1", "o-1", NOW), counts, "{verdict}");
        }
    }

    #[test]
    fn a_reconnect_is_forgotten_once_changes_up_to_it_were_compared() {
        let db = migrate::memory();
        put_reconnected_at(&db, NOW).unwrap();
        forget_reconnect(&db, NOW - 1).unwrap();
        assert_eq!(reconnected_at(&db).unwrap(), Some(NOW));
        forget_reconnect(&db, NOW).unwrap();
        assert_eq!(reconnected_at(&db).unwrap(), None);
    }

    #[test]
    fn who_entered_another_workflow_has_not_entered_this_one() {
        let db = listening();
        db.execute_batch(
            "INSERT INTO people (id, contact_id, opportunity_id, name, fields, mapping_version, imported_at, updated_at)
               VALUES ('p-1', 'c-1', 'o-1', 'Ada Ito', '{}', 1, 0, 0);
             INSERT INTO runs VALUES ('other', 'p-1', 'o-1', 0);",
        )
        .unwrap();
        people::belongs(&db, "o-1", "p-1", None).unwrap();
        assert!(has_entered(&db, "o-1", "other").unwrap());
        assert!(!has_entered(&db, "o-1", "onboarding").unwrap());
    }
}
