//! Deleting what has passed its time: pages, and events that nobody fetched, where the operator set a
//! time for those.

use std::sync::Arc;
use std::time::Duration;

use super::cluster::Cluster;
use super::pages::publish;
use super::registry::{self, Deletion};
use super::{Shared, store};

const EVERY: Duration = Duration::from_secs(3_600);
const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// Deletes every hour what has passed its time.
pub(super) async fn keep(shared: Arc<Shared>) {
    loop {
        tokio::time::sleep(EVERY).await;
        delete_old(&shared).await;
        publish::remove_expired(&shared).await;
    }
}

/// Deletes what has passed its time. What cannot be deleted now is tried again the next time.
pub(super) async fn delete_old(shared: &Arc<Shared>) {
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
