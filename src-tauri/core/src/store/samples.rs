//! What Lever said about some candidates, so that a draft is tried on them at once and without Lever. Read anew on
//! request; few and not for long, because they are copies of personal data.

use jiff::SignedDuration;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use super::connections::Integration;
use crate::mapping::Record;

/// How many are kept for each connection: those read last.
pub const MOST: u32 = 200;

/// How long one is kept.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// One candidate as Lever told of them.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleRow {
    /// The opportunity's id.
    pub opportunity_id: String,
    /// The name as in Lever.
    pub name: String,
    /// Job title or headline, and stage.
    pub description: String,
    /// Every address they are found by, in lower case.
    pub emails: Vec<String>,
    /// The values by source field.
    pub record: Record,
    /// When they were hired, in milliseconds since 1970 UTC; none if they are not, or if Lever does not say when.
    pub hired_at: Option<i64>,
    /// When Lever was read, in milliseconds since 1970 UTC.
    pub read_at: i64,
}

const SELECT: &str =
    "SELECT opportunity_id, name, description, emails, record, hired_at, read_at FROM samples
    WHERE integration = ?1";

fn row(row: &Row<'_>) -> rusqlite::Result<(SampleRow, String, String)> {
    let sample = SampleRow {
        opportunity_id: row.get(0)?,
        name: row.get(1)?,
        description: row.get(2)?,
        emails: Vec::new(),
        record: Record::new(),
        hired_at: row.get(5)?,
        read_at: row.get(6)?,
    };
    Ok((sample, row.get(3)?, row.get(4)?))
}

fn parsed((sample, emails, record): (SampleRow, String, String)) -> Result<SampleRow, StoreError> {
    Ok(SampleRow {
        emails: serde_json::from_str(&emails)?,
        record: serde_json::from_str(&record)?,
        ..sample
    })
}

/// The kept sample of an opportunity, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn get(
    db: &Connection,
    integration: Integration,
    opportunity_id: &str,
) -> Result<Option<SampleRow>, StoreError> {
    let found = db
        .prepare_cached(&format!("{SELECT} AND opportunity_id = ?2"))?
        .query_row(params![integration, opportunity_id], row)
        .optional()?;
    found.map(parsed).transpose()
}

/// The kept samples of the candidate with this address, the one read last first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn by_email(
    db: &Connection,
    integration: Integration,
    email: &str,
) -> Result<Vec<SampleRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} AND EXISTS (SELECT 1 FROM json_each(emails) WHERE value = ?2) ORDER BY read_at DESC, rowid"
    ))?;
    let rows = statement.query_map(params![integration, email.to_lowercase()], row)?;
    rows.map(|row| parsed(row?)).collect()
}

/// The kept samples of people who were hired, the latest hire first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn hires(
    db: &Connection,
    integration: Integration,
    limit: u32,
) -> Result<Vec<SampleRow>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{SELECT} AND hired_at IS NOT NULL ORDER BY hired_at DESC, opportunity_id LIMIT ?2"
    ))?;
    let rows = statement.query_map(params![integration, limit], row)?;
    rows.map(|row| parsed(row?)).collect()
}

/// The sample that was read last, or none.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn latest(db: &Connection, integration: Integration) -> Result<Option<SampleRow>, StoreError> {
    let found = db
        .prepare_cached(&format!(
            "{SELECT} ORDER BY read_at DESC, rowid DESC LIMIT 1"
        ))?
        .query_row([integration], row)
        .optional()?;
    found.map(parsed).transpose()
}

/// The values of every kept candidate.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn records(db: &Connection, integration: Integration) -> Result<Vec<Record>, StoreError> {
    let mut statement = db.prepare_cached("SELECT record FROM samples WHERE integration = ?1")?;
    let rows = statement.query_map([integration], |row| row.get::<_, String>(0))?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}

/// Keeps a sample in place of the older one, and lets the oldest go.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn put(
    db: &Connection,
    integration: Integration,
    sample: &SampleRow,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO samples (integration, opportunity_id, name, description, emails, record, hired_at, read_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        integration,
        sample.opportunity_id,
        sample.name,
        sample.description,
        serde_json::to_string(&sample.emails)?,
        serde_json::to_string(&sample.record)?,
        sample.hired_at,
        sample.read_at,
    ])?;
    db.prepare_cached(
        "DELETE FROM samples WHERE integration = ?1 AND opportunity_id NOT IN
           (SELECT opportunity_id FROM samples WHERE integration = ?1 ORDER BY read_at DESC, opportunity_id LIMIT ?2)",
    )?
    .execute(params![integration, MOST])?;
    remove_old(db, sample.read_at)
}

/// Deletes those that were kept for too long at `now`, in milliseconds since 1970 UTC.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove_old(db: &Connection, now: i64) -> Result<(), StoreError> {
    let longest = i64::try_from(LONGEST.as_millis()).unwrap_or(i64::MAX);
    db.prepare_cached("DELETE FROM samples WHERE read_at < ?1")?
        .execute([now.saturating_sub(longest)])?;
    Ok(())
}

/// Deletes what is kept of an opportunity, because it is gone from Lever.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove(db: &Connection, opportunity_id: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM samples WHERE opportunity_id = ?1")?
        .execute([opportunity_id])?;
    Ok(())
}

/// Deletes every sample of a connection.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn remove_all(db: &Connection, integration: Integration) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM samples WHERE integration = ?1")?
        .execute([integration])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;
    use crate::store::migrate::memory;

    fn sample(id: &str, read_at: i64) -> SampleRow {
        let mut record = Record::new();
        record.set("opportunity.name", "Rosa Lindqvist");
        record.leave_open("offer.");
        SampleRow {
            opportunity_id: id.to_owned(),
            name: "Rosa Lindqvist".to_owned(),
            description: "Data Engineer, Offer".to_owned(),
            emails: vec!["rosa@example.com".to_owned()],
            record,
            hired_at: None,
            read_at,
        }
    }

    fn ids(samples: &[SampleRow]) -> Vec<&str> {
        let ids = samples.iter().map(|sample| sample.opportunity_id.as_str());
        ids.collect()
    }

    #[test]
    fn a_sample_comes_back_as_it_was_kept_and_for_its_connection_only() {
        let db = memory();
        let rosa = SampleRow {
            hired_at: Some(7),
            ..sample("o-1", DAY)
        };
        put(&db, Integration::Onboarding, &rosa).unwrap();
        assert_eq!(
            get(&db, Integration::Onboarding, "o-1").unwrap(),
            Some(rosa.clone())
        );
        assert_eq!(get(&db, Integration::OfferLetters, "o-1").unwrap(), None);
        let found = by_email(&db, Integration::Onboarding, "Rosa@Example.com").unwrap();
        assert_eq!(found, [rosa]);
        assert_eq!(by_email(&db, Integration::Onboarding, "rosa").unwrap(), []);
    }

    #[test]
    fn only_the_latest_are_kept_and_none_for_longer_than_allowed() {
        let db = memory();
        for place in 0..=i64::from(MOST) {
            put(
                &db,
                Integration::Onboarding,
                &sample(&format!("o-{place}"), place),
            )
            .unwrap();
        }
        assert_eq!(get(&db, Integration::Onboarding, "o-0").unwrap(), None);
        assert!(get(&db, Integration::Onboarding, "o-1").unwrap().is_some());
        remove_old(&db, 31 * DAY).unwrap();
        let left: i64 = db
            .query_row("SELECT count(*) FROM samples", [], |row| row.get(0))
            .unwrap();
        assert_eq!(left, 0);
    }

    #[test]
    fn hires_come_latest_first_and_who_is_gone_from_lever_is_forgotten() {
        let db = memory();
        for (id, hired_at) in [("old", Some(1)), ("not-hired", None), ("new", Some(2))] {
            let row = SampleRow {
                hired_at,
                ..sample(id, DAY)
            };
            put(&db, Integration::Onboarding, &row).unwrap();
        }
        let latest = hires(&db, Integration::Onboarding, 5).unwrap();
        assert_eq!(ids(&latest), ["new", "old"]);
        remove(&db, "new").unwrap();
        assert_eq!(
            ids(&hires(&db, Integration::Onboarding, 5).unwrap()),
            ["old"]
        );
        remove_all(&db, Integration::Onboarding).unwrap();
        assert_eq!(
            get(&db, Integration::Onboarding, "not-hired").unwrap(),
            None
        );
    }
}
