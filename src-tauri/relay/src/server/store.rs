//! The tables: what is read from them and written to them. Nothing here opens or commits.

use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::limits::Amount;
use crate::endpoint::EndpointId;
use crate::identity::DeviceKey;
use crate::protocol::{Event, Position, StoreId};
use crate::seal::SealingPublicKey;

/// A row of `device`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct DeviceId(pub(super) i64);

/// A row of `endpoint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EndpointRow {
    pub(super) row: i64,
    pub(super) id: EndpointId,
    pub(super) device: DeviceId,
    pub(super) sealing_key: SealingPublicKey,
    pub(super) retired: bool,
}

/// An event on its way in.
pub(super) struct NewEvent {
    pub(super) device: DeviceId,
    pub(super) endpoint: i64,
    pub(super) received_at_ms: i64,
    pub(super) sealed: Vec<u8>,
}

/// What is stored for one device.
pub(super) struct StoredDevice {
    pub(super) id: DeviceId,
    pub(super) key: DeviceKey,
    pub(super) waiting: Amount,
    pub(super) latest: i64,
    pub(super) expired: Expired,
}

impl StoredDevice {
    /// A device that nothing waits for.
    pub(super) fn new(id: DeviceId, key: DeviceKey) -> Self {
        Self {
            id,
            key,
            waiting: Amount::default(),
            latest: 0,
            expired: Expired::default(),
        }
    }
}

/// What retention deleted and the device was not told of yet: nothing while `events` is 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Expired {
    pub(super) through: i64,
    pub(super) events: u64,
}

pub(super) fn devices(connection: &Connection) -> Result<Vec<StoredDevice>> {
    let mut statement = connection.prepare(
        "SELECT device.id, key, count(seq), coalesce(sum(length(sealed)), 0), coalesce(max(seq), 0),
                expired_through, expired_events
         FROM device LEFT JOIN event ON event.device = device.id GROUP BY device.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(StoredDevice {
            id: DeviceId(row.get(0)?),
            key: DeviceKey(row.get(1)?),
            waiting: amount(row, 2)?,
            latest: row.get(4)?,
            expired: expired(row, 5)?,
        })
    })?;
    rows.collect()
}

pub(super) fn endpoints(connection: &Connection) -> Result<Vec<EndpointRow>> {
    let mut statement = connection.prepare(
        "SELECT id, address, device, sealing_key, retired_at_ms IS NOT NULL FROM endpoint",
    )?;
    let rows = statement.query_map([], endpoint_row)?;
    rows.collect()
}

/// Which store this is.
pub(super) fn id(connection: &Connection) -> Result<StoreId> {
    connection.query_row("SELECT id FROM store", [], |row| row.get(0).map(StoreId))
}

/// How far the events of `device` went; nowhere for one that is gone.
pub(super) fn position(connection: &Connection, device: DeviceId) -> Result<Position> {
    connection
        .prepare_cached("SELECT acknowledged, coalesce(last_seq, 0) FROM device WHERE id = ?1")?
        .query_row([device.0], |row| {
            Ok(Position {
                acknowledged: row.get(0)?,
                newest: row.get(1)?,
            })
        })
        .optional()
        .map(Option::unwrap_or_default)
}

/// The device with `key`, made if it is new.
pub(super) fn device(connection: &Connection, key: DeviceKey) -> Result<DeviceId> {
    connection
        .prepare_cached("INSERT INTO device (key, last_seq) VALUES (?1, 0) ON CONFLICT DO NOTHING")?
        .execute([key.0])?;
    connection
        .prepare_cached("SELECT id FROM device WHERE key = ?1")?
        .query_row([key.0], |row| row.get(0).map(DeviceId))
}

/// The devices that have neither endpoint nor page, and so have no events either.
pub(super) fn empty_devices(connection: &Connection) -> Result<Vec<DeviceId>> {
    let mut statement = connection.prepare(
        "SELECT id FROM device
         WHERE id NOT IN (SELECT device FROM endpoint) AND id NOT IN (SELECT device FROM page)",
    )?;
    let rows = statement.query_map([], |row| row.get(0).map(DeviceId))?;
    rows.collect()
}

/// Deletes a device if it is one of [`empty_devices`]; tells whether it is gone.
pub(super) fn delete_empty_device(connection: &Connection, device: DeviceId) -> Result<bool> {
    let deleted = connection
        .prepare_cached(
            "DELETE FROM device WHERE id = ?1
               AND NOT EXISTS (SELECT 1 FROM endpoint WHERE device = ?1)
               AND NOT EXISTS (SELECT 1 FROM page WHERE device = ?1)",
        )?
        .execute([device.0])?;
    Ok(deleted == 1)
}

/// The endpoint with that id: the stored one, whoever owns it, or else a new one of `device`.
pub(super) fn register(
    connection: &Connection,
    id: EndpointId,
    device: DeviceId,
    sealing_key: SealingPublicKey,
) -> Result<EndpointRow> {
    connection
        .prepare_cached(
            "INSERT INTO endpoint (address, device, sealing_key) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![id.as_bytes(), device.0, sealing_key.0])?;
    connection
        .prepare_cached(
            "SELECT id, address, device, sealing_key, retired_at_ms IS NOT NULL
             FROM endpoint WHERE address = ?1",
        )?
        .query_row([id.as_bytes()], endpoint_row)
}

pub(super) fn retire(connection: &Connection, endpoint: i64, now_ms: i64) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE endpoint SET retired_at_ms = ?2 WHERE id = ?1 AND retired_at_ms IS NULL",
        )?
        .execute([endpoint, now_ms])?;
    Ok(())
}

/// Stores an event behind the newest one of its device and returns its number.
pub(super) fn append(connection: &Connection, event: &NewEvent) -> Result<i64> {
    let seq = connection
        .prepare_cached(
            "INSERT INTO event (device, endpoint, received_at_ms, sealed, prev)
             VALUES (?1, ?2, ?3, ?4, (SELECT last_seq FROM device WHERE id = ?1))",
        )?
        .insert(params![
            event.device.0,
            event.endpoint,
            event.received_at_ms,
            event.sealed
        ])?;
    connection
        .prepare_cached("UPDATE device SET last_seq = ?2 WHERE id = ?1")?
        .execute([event.device.0, seq])?;
    Ok(seq)
}

/// The events of `device` after the number `after`, oldest first: at most `events` of them and at
/// most `bytes` together, but never none while there is one.
pub(super) fn waiting(
    connection: &Connection,
    device: DeviceId,
    after: i64,
    at_most: Amount,
) -> Result<Vec<Event>> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, address, received_at_ms, sealed, prev
         FROM event JOIN endpoint ON endpoint.id = event.endpoint
         WHERE event.device = ?1 AND seq > ?2 ORDER BY seq",
    )?;
    // Without a bound LIMIT, whose value SQLite plans for, so that it would prepare the statement anew each time.
    let mut rows = statement.query([device.0, after])?;
    let mut events: Vec<Event> = Vec::new();
    let mut bytes = 0;
    while (events.len() as u64) < at_most.events
        && let Some(row) = rows.next()?
    {
        let sealed: Vec<u8> = row.get(3)?;
        bytes += sealed.len() as u64;
        if bytes > at_most.bytes && !events.is_empty() {
            break;
        }
        events.push(Event {
            seq: row.get(0)?,
            endpoint: endpoint_id(row, 1)?,
            received_at_ms: row.get(2)?,
            sealed,
            prev: row.get(4)?,
        });
    }
    Ok(events)
}

/// Deletes the events of `device` up to and including `through`; returns how much that was.
pub(super) fn delete_through(
    connection: &Connection,
    device: DeviceId,
    through: i64,
) -> Result<Amount> {
    let deleted = connection
        .prepare_cached(
            "SELECT count(*), coalesce(sum(length(sealed)), 0) FROM event
             WHERE device = ?1 AND seq <= ?2",
        )?
        .query_row([device.0, through], |row| amount(row, 0))?;
    connection
        .prepare_cached("DELETE FROM event WHERE device = ?1 AND seq <= ?2")?
        .execute([device.0, through])?;
    Ok(deleted)
}

/// Notes that retention deleted `events` more, up to and including `through`; returns all that
/// `device` was not told of yet.
pub(super) fn note_expired(
    connection: &Connection,
    device: DeviceId,
    through: i64,
    events: u64,
) -> Result<Expired> {
    connection
        .prepare_cached(
            "UPDATE device SET expired_through = max(expired_through, ?2),
                    expired_events = expired_events + ?3
             WHERE id = ?1 RETURNING expired_through, expired_events",
        )?
        .query_row(params![device.0, through, events], |row| expired(row, 0))
}

/// Notes that `device` has, or knows what became of, its events up to `through`; returns what is left to
/// tell of those that expired.
pub(super) fn note_acknowledged(
    connection: &Connection,
    device: DeviceId,
    through: i64,
) -> Result<Expired> {
    connection
        .prepare_cached(
            "UPDATE device SET acknowledged = max(acknowledged, ?2),
                    expired_events = CASE WHEN expired_through <= ?2 THEN 0 ELSE expired_events END
             WHERE id = ?1 RETURNING expired_through, expired_events",
        )?
        .query_row([device.0, through], |row| expired(row, 0))
}

/// The number up to which all events of `device` were received before `before_ms`, if there is one. One that
/// came later, by a clock that was right or wrong, keeps what is behind it.
pub(super) fn last_before(
    connection: &Connection,
    device: DeviceId,
    before_ms: i64,
) -> Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT max(seq) FROM event WHERE device = ?1 AND received_at_ms < ?2
               AND seq < coalesce((SELECT min(seq) FROM event
                                   WHERE device = ?1 AND received_at_ms >= ?2),
                                  9223372036854775807)",
        )?
        .query_row([device.0, before_ms], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

fn endpoint_row(row: &Row<'_>) -> Result<EndpointRow> {
    Ok(EndpointRow {
        row: row.get(0)?,
        id: endpoint_id(row, 1)?,
        device: DeviceId(row.get(2)?),
        sealing_key: SealingPublicKey(row.get(3)?),
        retired: row.get(4)?,
    })
}

fn expired(row: &Row<'_>, column: usize) -> Result<Expired> {
    Ok(Expired {
        through: row.get(column)?,
        events: row.get(column + 1)?,
    })
}

fn endpoint_id(row: &Row<'_>, column: usize) -> Result<EndpointId> {
    let bytes = row.get_ref(column)?.as_blob()?;
    EndpointId::from_bytes(bytes).ok_or(rusqlite::Error::InvalidQuery)
}

fn amount(row: &Row<'_>, column: usize) -> Result<Amount> {
    let whole = |column| row.get(column).map(i64::unsigned_abs);
    Ok(Amount::new(whole(column)?, whole(column + 1)?))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::server::database::Database;

    #[test]
    fn one_wrong_reading_of_the_clock_deletes_nothing_that_is_young() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path(), Duration::ZERO).unwrap();
        let connection = database.connect().unwrap();
        for (n, (received, last_old)) in [
            (&[1, 2, 3][..], Some(2)),
            (&[1, 8, 2], Some(0)),
            (&[8, 1, 2], None),
            (&[8, 9], None),
            (&[], None),
        ]
        .into_iter()
        .enumerate()
        {
            let device = device(&connection, DeviceKey([n as u8; 32])).unwrap();
            let key = SealingPublicKey([1; 32]);
            let endpoint = register(&connection, EndpointId::random(), device, key).unwrap();
            let stored: Vec<i64> = received
                .iter()
                .map(|&received_at_ms| {
                    let event = NewEvent {
                        device,
                        endpoint: endpoint.row,
                        received_at_ms,
                        sealed: vec![0],
                    };
                    append(&connection, &event).unwrap()
                })
                .collect();
            assert_eq!(
                last_before(&connection, device, 5).unwrap(),
                last_old.map(|last: usize| stored[last]),
                "{received:?}"
            );
        }
    }
}
