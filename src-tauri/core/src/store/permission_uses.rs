//! How often a connection used each permission, by day of UTC. Written in batches: no call to Lever waits for it.

use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::StoreError;
use super::connections::Integration;

/// The uses of one permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionUses {
    /// Lever's name of the scope (LEVER.md 1.10).
    pub scope: String,
    /// How many, in the days that were asked for.
    pub count: u32,
    /// The last one, however long ago, in milliseconds since 1970 UTC.
    pub last_at: i64,
}

/// Adds the uses of one scope on one day.
///
/// # Errors
/// [`StoreError`] if they cannot be written.
pub fn add(
    db: &Connection,
    integration: Integration,
    day: Date,
    uses: &PermissionUses,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO permission_uses (integration, scope, day, uses, last_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET uses = uses + excluded.uses, last_at = max(last_at, excluded.last_at)",
    )?
    .execute(params![integration, uses.scope, day.to_string(), uses.count, uses.last_at])?;
    Ok(())
}

/// Every permission that was ever used, with its uses from the day `first` on.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn since(
    db: &Connection,
    integration: Integration,
    first: Date,
) -> Result<Vec<PermissionUses>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT scope, sum(CASE WHEN day >= ?2 THEN uses ELSE 0 END), max(last_at)
         FROM permission_uses WHERE integration = ?1 GROUP BY scope ORDER BY scope",
    )?;
    let rows = statement.query_map(params![integration, first.to_string()], |row| {
        Ok(PermissionUses {
            scope: row.get(0)?,
            count: row.get(1)?,
            last_at: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets the days before `first`, but not the last use of any permission.
///
/// # Errors
/// [`StoreError`] if they cannot be deleted.
pub fn forget_before(
    db: &Connection,
    integration: Integration,
    first: Date,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "DELETE FROM permission_uses AS old WHERE integration = ?1 AND day < ?2 AND EXISTS (
           SELECT 1 FROM permission_uses AS newer
           WHERE newer.integration = old.integration AND newer.scope = old.scope AND newer.day > old.day)",
    )?
    .execute(params![integration, first.to_string()])?;
    Ok(())
}

/// Forgets every use, because the connection ended or is of another organisation now.
///
/// # Errors
/// [`StoreError`] if they cannot be deleted.
pub fn forget(db: &Connection, integration: Integration) -> Result<(), StoreError> {
    db.execute(
        "DELETE FROM permission_uses WHERE integration = ?1",
        [integration],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const MINE: Integration = Integration::Onboarding;

    fn of(scope: &str, count: u32, last_at: i64) -> PermissionUses {
        PermissionUses {
            scope: scope.to_owned(),
            count,
            last_at,
        }
    }

    #[test]
    fn uses_add_up_by_day_and_the_last_one_outlives_its_day() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(include_str!("migrations/010_permission_uses.sql"))
            .unwrap();
        for (scope, day, count, last_at) in [
            ("offers:read:admin", date(2026, 9, 1), 5, 10),
            ("offers:read:admin", date(2026, 9, 2), 7, 20),
            ("users:read:admin", date(2026, 10, 23), 1, 30),
            ("users:read:admin", date(2026, 11, 21), 2, 40),
            ("users:read:admin", date(2026, 11, 21), 3, 35),
        ] {
            add(&db, MINE, day, &of(scope, count, last_at)).unwrap();
        }
        let read = |first| since(&db, MINE, first).unwrap();
        assert_eq!(
            read(date(2026, 9, 2)),
            [
                of("offers:read:admin", 7, 20),
                of("users:read:admin", 6, 40)
            ]
        );
        forget_before(&db, MINE, date(2026, 10, 24)).unwrap();
        assert_eq!(
            read(date(2026, 1, 1)),
            [
                of("offers:read:admin", 7, 20),
                of("users:read:admin", 5, 40)
            ]
        );
        let none = since(&db, Integration::OfferLetters, date(2026, 1, 1)).unwrap();
        assert_eq!(none, [], "each connection has its own");
        forget(&db, MINE).unwrap();
        assert_eq!(read(date(2026, 1, 1)), []);
    }
}
