//! Devices and their endpoints in memory: what every request asks first.
//!
//! The database is the truth. An entry is made when its row is committed, by the writer thread; limits
//! on their numbers keep it small. Only a device that has nothing is ever removed.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use governor::{Quota as Rate, RateLimiter, middleware::NoOpMiddleware, state};
use rusqlite::Connection;
use tokio::sync::watch;

use super::cluster::SharedEndpoint;
use super::limits::{Amount, Limits, Quota};
use super::store::{self, DeviceId, EndpointRow, Expired, StoredDevice};
use crate::clock::Steady;
use crate::endpoint::EndpointId;
use crate::identity::DeviceKey;
use crate::seal::Sealer;

type EndpointRate =
    RateLimiter<state::NotKeyed, state::InMemoryState, Steady, NoOpMiddleware<std::time::Duration>>;

/// The events of one device, seen from both ends.
pub(super) struct Mailbox {
    pub(super) device: DeviceId,
    pub(super) key: DeviceKey,
    /// The number of the newest committed event.
    pub(super) latest: watch::Sender<i64>,
    /// What retention deleted and the desktop has not acknowledged to know.
    pub(super) expired: watch::Sender<Expired>,
    /// Counts the sign-ins; a session whose number has passed was replaced.
    pub(super) sessions: watch::Sender<u64>,
    pub(super) waiting: Arc<Quota>,
    pub(super) endpoints: AtomicUsize,
}

/// One endpoint, retired ones included.
pub(super) struct Endpoint {
    pub(super) row: i64,
    pub(super) id: EndpointId,
    pub(super) mailbox: Arc<Mailbox>,
    pub(super) sealer: Sealer,
    pub(super) retired: AtomicBool,
    pub(super) rate: EndpointRate,
    pub(super) in_flight: Arc<Quota>,
}

/// All devices and endpoints.
pub(super) struct Directory {
    joining: Mutex<()>,
    limits: Limits,
    steady: Steady,
    mailboxes: Shared<DeviceKey, Mailbox>,
    by_device: Shared<DeviceId, Mailbox>,
    endpoints: Shared<EndpointId, Endpoint>,
}

impl Directory {
    /// Nobody is known yet.
    pub(super) fn empty(limits: &Limits) -> Self {
        Self {
            joining: Mutex::default(),
            limits: limits.clone(),
            steady: Steady::start(),
            mailboxes: Shared::default(),
            by_device: Shared::default(),
            endpoints: Shared::default(),
        }
    }

    /// Reads what is stored.
    pub(super) fn load(connection: &Connection, limits: &Limits) -> rusqlite::Result<Self> {
        let directory = Self::empty(limits);
        for device in store::devices(connection)? {
            directory.add_device(device);
        }
        for row in store::endpoints(connection)? {
            directory.add_endpoint(&row);
        }
        Ok(directory)
    }

    pub(super) fn mailbox(&self, key: &DeviceKey) -> Option<Arc<Mailbox>> {
        self.mailboxes.get(key)
    }

    pub(super) fn endpoint(&self, id: &EndpointId) -> Option<Arc<Endpoint>> {
        self.endpoints.get(id)
    }

    pub(super) fn mailboxes(&self) -> Vec<Arc<Mailbox>> {
        self.mailboxes.all()
    }

    pub(super) fn device_count(&self) -> usize {
        self.mailboxes.len()
    }

    pub(super) fn endpoint_count(&self) -> usize {
        self.endpoints.len()
    }

    /// Adds a committed device, unless it is here already.
    pub(super) fn add_device(&self, device: StoredDevice) {
        let mailbox = Arc::new(Mailbox {
            device: device.id,
            key: device.key,
            latest: watch::Sender::new(device.latest),
            expired: watch::Sender::new(device.expired),
            sessions: watch::Sender::new(0),
            waiting: Quota::new(self.limits.device_waiting, device.waiting),
            endpoints: AtomicUsize::new(0),
        });
        let mailbox = self.mailboxes.get_or_insert(device.key, mailbox);
        self.by_device.get_or_insert(device.id, mailbox);
    }

    /// Forgets a device if nobody holds its mailbox and `delete` deletes it. Nobody can get at the
    /// mailbox meanwhile. To be called on the writer thread, so that a device that signs in again is
    /// stored anew after it.
    pub(super) fn forget<E>(
        &self,
        device: DeviceId,
        delete: impl FnOnce() -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut by_device = self.by_device.write();
        let mut mailboxes = self.mailboxes.write();
        // Both maps hold it; a session, or a write that is still to come, would be a third.
        let is_held = |mailbox: &Arc<Mailbox>| Arc::strong_count(mailbox) > 2;
        if by_device.get(&device).is_some_and(is_held) || !delete()? {
            return Ok(());
        }
        if let Some(mailbox) = by_device.remove(&device) {
            mailboxes.remove(&mailbox.key);
        }
        Ok(())
    }

    /// The mailbox of a device of the cluster, made where it is not here yet. Its number is this relay's own.
    pub(super) fn joined(&self, key: DeviceKey) -> Arc<Mailbox> {
        let _one_at_a_time = self.joining.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = self.mailbox(&key) {
            return known;
        }
        let number = i64::try_from(self.device_count()).unwrap_or(i64::MAX);
        self.add_device(StoredDevice::new(DeviceId(number), key));
        self.mailbox(&key)
            .expect("no mailbox of a cluster is ever removed")
    }

    /// Adds an endpoint that the cluster's store has, or retires it here.
    pub(super) fn add_shared(&self, id: EndpointId, shared: &SharedEndpoint) {
        let mailbox = self.joined(shared.device);
        self.add_endpoint(&EndpointRow {
            row: 0,
            id,
            device: mailbox.device,
            sealing_key: shared.sealing_key,
            retired: shared.retired,
        });
        if let Some(known) = self.endpoint(&id).filter(|_| shared.retired) {
            known.retired.store(true, Ordering::Release);
        }
    }

    /// Adds a committed endpoint, unless it is here already.
    pub(super) fn add_endpoint(&self, row: &EndpointRow) {
        // Or two that come at once would both be counted.
        let _one_at_a_time = self.joining.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(mailbox) = self.by_device.get(&row.device) else {
            tracing::error!(endpoint = row.id.prefix(), "an endpoint without a device");
            return;
        };
        if self.endpoints.get(&row.id).is_some() {
            return;
        }
        mailbox.endpoints.fetch_add(1, Ordering::Relaxed);
        let rate =
            Rate::per_second(self.limits.endpoint_rate).allow_burst(self.limits.endpoint_burst);
        let endpoint = Arc::new(Endpoint {
            row: row.row,
            id: row.id,
            mailbox,
            sealer: Sealer::new(row.sealing_key),
            retired: AtomicBool::new(row.retired),
            rate: RateLimiter::direct_with_clock(rate, self.steady),
            in_flight: Quota::new(self.limits.endpoint_in_flight, Amount::default()),
        });
        self.endpoints.get_or_insert(row.id, endpoint);
    }
}

impl Mailbox {
    /// Tells the session that events up to `seq` are committed.
    pub(super) fn arrived(&self, seq: i64) {
        self.latest.send_if_modified(|latest| {
            let newer = seq > *latest;
            if newer {
                *latest = seq;
            }
            newer
        });
    }
}

/// A map that many threads read and few extend. An insert is one step, so a lock that a panic
/// poisoned still guards a whole map.
struct Shared<K, V>(RwLock<HashMap<K, Arc<V>>>);

impl<K, V> Default for Shared<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Eq + Hash, V> Shared<K, V> {
    fn get(&self, key: &K) -> Option<Arc<V>> {
        self.read().get(key).cloned()
    }

    fn get_or_insert(&self, key: K, value: Arc<V>) -> Arc<V> {
        Arc::clone(self.write().entry(key).or_insert(value))
    }

    fn all(&self) -> Vec<Arc<V>> {
        self.read().values().cloned().collect()
    }

    fn len(&self) -> usize {
        self.read().len()
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, HashMap<K, Arc<V>>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, HashMap<K, Arc<V>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_forgotten_only_when_nobody_holds_it_and_nothing_is_its() {
        let directory = Directory::empty(&Limits::default());
        let (id, key) = (DeviceId(1), DeviceKey([1; 32]));
        directory.add_device(StoredDevice::new(id, key));
        let held = directory.mailbox(&key);
        let never = || -> Result<bool, ()> { panic!("a session is open") };
        directory.forget(id, never).unwrap();
        drop(held);
        directory.forget(id, || Ok::<_, ()>(false)).unwrap();
        assert_eq!(directory.device_count(), 1, "something is its");
        directory.forget(id, || Ok::<_, ()>(true)).unwrap();
        assert!(directory.mailbox(&key).is_none());
        assert!(directory.by_device.get(&id).is_none());
    }
}
