//! Deleting what has passed its time: pages, events that nobody fetched, where the operator set a time
//! for those, and devices that never had either.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use super::cluster::Cluster;
use super::pages::publish;
use super::registry::{self, Deletion};
use super::{Shared, store};
use crate::clock::DAY_MS;

const EVERY: Duration = Duration::from_secs(3_600);
/// Devices that are forgotten in one write.
const AT_ONCE: usize = 256;

/// Clears up every hour.
pub(super) async fn keep(shared: Arc<Shared>) {
    loop {
        tokio::time::sleep(EVERY).await;
        clear_up(&shared).await;
    }
}

/// Deletes what nobody needs any more. What cannot be deleted now is tried again the next time.
pub(super) async fn clear_up(shared: &Arc<Shared>) {
    delete_old(shared).await;
    publish::remove_expired(shared).await;
    forget_empty_devices(shared).await;
}

/// Forgets the devices that signed in and have neither endpoint nor page: they lose nothing, and keep
/// nobody else out.
async fn forget_empty_devices(shared: &Shared) {
    if shared.cluster.is_some() {
        // Devices have no row there.
        return;
    }
    let empty = match shared.reader.read(store::empty_devices).await {
        Ok(empty) => empty,
        Err(error) => {
            return tracing::warn!(
                error = &error as &dyn Error,
                "devices without anything were not forgotten"
            );
        }
    };
    for some in empty.chunks(AT_ONCE) {
        let (some, directory) = (some.to_vec(), Arc::clone(&shared.directory));
        let write = move |connection: &_| {
            some.iter().try_for_each(|&device| {
                directory.forget(device, || store::delete_empty_device(connection, device))
            })
        };
        if shared.writer.write(write, |()| ()).await.is_err() {
            tracing::warn!("devices without anything were not forgotten");
        }
    }
}

/// Deletes the events that nobody fetched in time.
async fn delete_old(shared: &Arc<Shared>) {
    let Some(days) = shared.limits.retention_days else {
        return;
    };
    let before_ms = shared.clock.now_ms() - i64::from(days.get()) * DAY_MS;
    if let Some(cluster) = &shared.cluster {
        return delete_shared(shared, cluster.as_ref(), before_ms).await;
    }
    for mailbox in shared.directory.mailboxes() {
        let device = mailbox.device;
        let old = shared
            .reader
            .read(move |connection| store::last_before(connection, device, before_ms))
            .await;
        let deleted = match old {
            Ok(None) => continue,
            Ok(Some(through)) => {
                registry::delete_through(shared, &mailbox, through, Deletion::Expired)
                    .await
                    .is_ok()
            }
            Err(_) => false,
        };
        if !deleted {
            tracing::warn!("events past their retention time were not deleted");
        }
    }
}

/// Each relay does it for every device; of two that meet, one finds nothing left.
async fn delete_shared(shared: &Shared, cluster: &dyn Cluster, before_ms: i64) {
    if cluster.caught_up().await.is_err() {
        tracing::warn!("events past their retention time were not looked for");
        return;
    }
    for mailbox in shared.directory.mailboxes() {
        match cluster.expire(mailbox.key, before_ms).await {
            Ok(events) => shared.metrics.expired(events),
            Err(_) => tracing::warn!("events past their retention time were not deleted"),
        }
    }
}
