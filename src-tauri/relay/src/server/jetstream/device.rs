//! What the relays know of a device together: which of its sessions is the newest, what it has, and what expired. One
//! record each, changed by compare-and-set, so that of two relays one is first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_nats::jetstream::kv::UpdateErrorKind;
use axum::body::Bytes;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::chain::Tail;
use super::{JetStream, not_stored};
use crate::identity::DeviceKey;
use crate::page::PageId;
use crate::server::directory::Directory;
use crate::server::limits::Amount;
use crate::server::store::Expired;
use crate::server::writer::NotStored;

/// Times that another relay may be faster.
const OVERTAKEN: usize = 50;

/// The record of a device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The number of its newest session.
    pub(super) session: u64,
    /// The highest event that it acknowledged.
    pub(super) acknowledged: i64,
    /// Events up to this one are acknowledged or expired.
    pub(super) gone_through: i64,
    /// How many those were, and their bytes.
    gone_events: u64,
    gone_bytes: u64,
    /// What expired and it was not told of.
    expired_through: i64,
    expired_events: u64,
}

impl Record {
    pub(super) fn gone(&self) -> Amount {
        Amount::new(self.gone_events, self.gone_bytes)
    }

    pub(super) fn expired(&self) -> Expired {
        Expired {
            through: self.expired_through,
            events: self.expired_events,
        }
    }

    /// The device has everything up to `through`; `total` is what that was, where it is known.
    pub(super) fn acknowledge(mut self, through: i64, total: Option<Amount>) -> Self {
        self.acknowledged = self.acknowledged.max(through);
        if self.expired_through <= through {
            self.expired_events = 0;
        }
        self.go(through, total)
    }

    /// Everything up to `through` is past its time; `total` is what that was.
    pub(super) fn expire(mut self, through: i64, total: Amount) -> Self {
        self.expired_events += total.events.saturating_sub(self.gone_events);
        self.expired_through = self.expired_through.max(through);
        self.go(through, Some(total))
    }

    fn go(mut self, through: i64, total: Option<Amount>) -> Self {
        if let Some(total) = total.filter(|_| through > self.gone_through) {
            (self.gone_events, self.gone_bytes) = (total.events, total.bytes);
        }
        self.gone_through = self.gone_through.max(through);
        self
    }
}

/// What this relay has of a device.
#[derive(Default)]
pub(super) struct Lane {
    /// The end of its chain; none where it has to be asked for. Whoever appends holds it.
    pub(super) tail: tokio::sync::Mutex<Option<Tail>>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    record: Record,
    revision: u64,
    /// What went out from here and was not acknowledged, and what all was when it did.
    handed: BTreeMap<i64, Handed>,
}

/// An event or marker that went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Handed {
    pub(super) total: Amount,
    pub(super) answers: Option<PageId>,
}

impl Lane {
    fn known(&self) -> MutexGuard<'_, Known> {
        // Each change is one step, so what a panic elsewhere left is whole.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn record(&self) -> Record {
        self.known().record
    }

    fn latest(&self) -> (Record, u64) {
        let known = self.known();
        (known.record, known.revision)
    }

    /// Takes over what the store has, unless something newer is known.
    fn learn(&self, record: Record, revision: u64) {
        let mut known = self.known();
        if revision > known.revision {
            (known.record, known.revision) = (record, revision);
        }
    }

    pub(super) fn hand_out(&self, handed: impl IntoIterator<Item = (i64, Handed)>) {
        self.known().handed.extend(handed);
    }

    /// What went out up to a number, to be deleted now.
    pub(super) fn take_handed(&self, through: i64) -> Vec<i64> {
        let mut known = self.known();
        let later = known.handed.split_off(&through.saturating_add(1));
        std::mem::replace(&mut known.handed, later)
            .into_keys()
            .collect()
    }

    /// The pages that were answered by what went out up to a number.
    pub(super) fn answers_through(&self, through: i64) -> Vec<PageId> {
        let known = self.known();
        let handed = known.handed.range(..=through);
        handed.filter_map(|(_, handed)| handed.answers).collect()
    }

    /// What all was when the last event up to a number was stored, of those that went out.
    pub(super) fn total_through(&self, through: i64) -> Option<Amount> {
        let known = self.known();
        let last = known.handed.range(..=through).next_back();
        last.map(|(_, handed)| handed.total)
    }
}

impl JetStream {
    pub(super) fn lane(&self, device: DeviceKey) -> Arc<Lane> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(lanes.entry(device).or_default())
    }

    /// Takes over a record that the store has.
    pub(super) fn learn(&self, device: DeviceKey, record: Record, revision: u64) {
        self.lane(device).learn(record, revision);
        self.tally.gone(device, revision, record.gone());
    }

    /// Changes the record of a device; `change` returns `None` to leave it.
    pub(super) async fn change(
        &self,
        device: DeviceKey,
        change: impl Fn(Record) -> Option<Record>,
    ) -> Result<Option<Record>, NotStored> {
        let lane = self.lane(device);
        let (mut record, mut revision) = lane.latest();
        for _ in 0..OVERTAKEN {
            let Some(changed) = change(record) else {
                // What is known may be old.
                let before = revision;
                (record, revision) = self.read(device).await?;
                if revision == before {
                    return Ok(None);
                }
                continue;
            };
            let json = serde_json::to_vec(&changed).expect("a record always has a JSON form");
            let stored = self
                .devices
                .update(key(device), Bytes::from(json), revision);
            match stored.await {
                Ok(revision) => {
                    self.learn(device, changed, revision);
                    return Ok(Some(changed));
                }
                Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => {
                    (record, revision) = self.read(device).await?;
                }
                Err(error) => return Err(not_stored(&error)),
            }
        }
        Err(NotStored)
    }

    async fn read(&self, device: DeviceKey) -> Result<(Record, u64), NotStored> {
        let entry = self.devices.entry(key(device)).await;
        let Some(entry) = entry.map_err(|error| not_stored(&error))? else {
            return Ok((Record::default(), 0));
        };
        let record = serde_json::from_slice(&entry.value).map_err(|error| not_stored(&error))?;
        self.learn(device, record, entry.revision);
        Ok((record, entry.revision))
    }

    /// Whether so much may have been sent to a device, of which some is gone.
    pub(super) async fn has_room(
        &self,
        lane: &Lane,
        device: DeviceKey,
        total: Amount,
    ) -> Result<bool, NotStored> {
        let fits = |record: Record| {
            let (gone, limit) = (record.gone(), self.limits.device_waiting);
            total.events.saturating_sub(gone.events) <= limit.events
                && total.bytes.saturating_sub(gone.bytes) <= limit.bytes
        };
        // What this relay knows is never more than what is gone.
        Ok(fits(lane.record()) || fits(self.read(device).await?.0))
    }

    /// Tells the directory what a record says.
    pub(super) fn tell(&self, directory: &Directory, device: DeviceKey, record: Record) {
        let Some(mailbox) = directory.mailbox(&device) else {
            return;
        };
        mailbox.sessions.send_if_modified(|newest| {
            let newer = record.session > *newest;
            *newest = record.session.max(*newest);
            newer
        });
        mailbox.expired.send_if_modified(|known| {
            let changed = *known != record.expired();
            *known = record.expired();
            changed
        });
    }
}

pub(super) fn key(device: DeviceKey) -> String {
    HEXLOWER.encode(&device.0)
}
