//! How far the events of each relay's store are on this disk.

use rusqlite::{Connection, params};

use super::StoreError;

/// A number, and the store that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// Which store, as its relay names it.
    pub store: [u8; 16],
    /// The highest number that is on this disk.
    pub number: i64,
}

/// Every store that events came from.
///
/// # Errors
/// [`StoreError`] if they cannot be read.
pub fn all(db: &Connection) -> Result<Vec<Reached>, StoreError> {
    let mut statement = db.prepare_cached("SELECT store, stored FROM relay_positions")?;
    let rows = statement.query_map([], |row| {
        Ok(Reached {
            store: row.get(0)?,
            number: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes how far a store's events are, in the transaction that stores them. It never goes back: what comes again was
/// there before.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn reach(db: &Connection, reached: Reached) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO relay_positions (store, stored) VALUES (?1, ?2)
         ON CONFLICT (store) DO UPDATE SET stored = max(stored, excluded.stored)",
    )?
    .execute(params![reached.store, reached.number])?;
    Ok(())
}

/// Begins anew at a number, lower or higher.
///
/// # Errors
/// [`StoreError`] if it cannot be written.
pub fn begin_at(db: &Connection, reached: Reached) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR REPLACE INTO relay_positions (store, stored) VALUES (?1, ?2)")?
        .execute(params![reached.store, reached.number])?;
    Ok(())
}
