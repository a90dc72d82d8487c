//! The probes of the last day. They are no events: nothing here appears in the inbox or is counted as received.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::clock::DAY;

/// How long a probe is kept, in milliseconds: a day.
const KEPT: i64 = DAY;

/// An hour, in milliseconds.
const HOUR: i64 = 60 * 60 * 1_000;

/// How the probes of one hour fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourRow {
    /// When the hour began, in milliseconds since 1970 UTC.
    pub from: i64,
    /// Probes sent in it.
    pub sent: u32,
    /// Probes of those that came back.
    pub returned: u32,
    /// Why the last lost one did not come back, in words.
    pub problem: Option<String>,
}

/// Notes a probe that came back, or, with a reason in words, one that did not; forgets what is older than a day.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn add(db: &Connection, sent_at: i64, outcome: Result<i64, &str>) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM probes WHERE sent_at < ?1")?
        .execute([sent_at - KEPT])?;
    db.prepare_cached("INSERT INTO probes (sent_at, returned_at, problem) VALUES (?1, ?2, ?3)")?
        .execute(params![sent_at, outcome.ok(), outcome.err()])?;
    Ok(())
}

/// When a probe last came back, in milliseconds since 1970 UTC; none if none did within the last day on record.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn last_returned(db: &Connection) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT max(returned_at) FROM probes")?
        .query_row([], |row| row.get(0))?)
}

/// The hours since `from` in which a probe was sent, oldest first.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn hours(db: &Connection, from: i64) -> Result<Vec<HourRow>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT sent_at / ?2 * ?2 AS hour, count(*), count(returned_at) FROM probes
         WHERE sent_at >= ?1 GROUP BY hour ORDER BY hour",
    )?;
    let rows = statement.query_map([from, HOUR], |row| {
        Ok(HourRow {
            from: row.get(0)?,
            sent: row.get(1)?,
            returned: row.get(2)?,
            problem: None,
        })
    })?;
    let mut hours: Vec<HourRow> = rows.collect::<Result<_, _>>()?;
    for hour in &mut hours {
        hour.problem = db
            .prepare_cached(
                "SELECT problem FROM probes WHERE problem IS NOT NULL AND sent_at >= ?1 AND sent_at < ?2
                 ORDER BY sent_at DESC LIMIT 1",
            )?
            .query_row([hour.from, hour.from + HOUR], |row| row.get(0))
            .optional()?;
    }
    Ok(hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate::memory;

    #[test]
    fn the_probes_of_a_day_are_kept_and_counted_by_the_hour() {
        let db = memory();
        let noon = 500_000 * HOUR;
        add(&db, noon - KEPT - 1, Ok(noon)).unwrap();
        add(&db, noon - HOUR, Ok(noon - HOUR + 40)).unwrap();
        add(&db, noon - HOUR + 60_000, Err("The relay did not answer.")).unwrap();
        add(&db, noon, Ok(noon + 40)).unwrap();
        let hours = hours(&db, 0).unwrap();
        let counts: Vec<_> = hours
            .iter()
            .map(|hour| (hour.sent, hour.returned))
            .collect();
        assert_eq!(
            counts,
            [(2, 1), (1, 1)],
            "the one of yesterday is forgotten"
        );
        assert_eq!(
            hours[0].problem.as_deref(),
            Some("The relay did not answer.")
        );
        assert_eq!(hours[1].problem, None);
        assert_eq!(last_returned(&db).unwrap(), Some(noon + 40));
    }
}
