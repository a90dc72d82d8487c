//! What a signed-in desktop may change: its endpoints, and the events that it has.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use url::Url;

use super::Shared;
use super::cluster::SharedEndpoint;
use super::directory::{Endpoint, Mailbox};
use super::limits::Amount;
use super::store::{self, DeviceId, EndpointRow, Expired};
use super::writer::NotStored;
use crate::endpoint::EndpointId;
use crate::protocol::Refusal;
use crate::seal::SealingPublicKey;

impl From<NotStored> for Refusal {
    fn from(NotStored: NotStored) -> Self {
        Self::Unavailable
    }
}

/// The endpoint with that id. One that this relay does not know may have been registered at another this
/// moment.
pub(super) async fn find(
    shared: &Shared,
    id: EndpointId,
) -> Result<Option<Arc<Endpoint>>, NotStored> {
    if let (None, Some(cluster)) = (shared.directory.endpoint(&id), &shared.cluster) {
        cluster.caught_up().await?;
    }
    Ok(shared.directory.endpoint(&id))
}

/// Gives `endpoint` to the device of `mailbox` and returns its address. The first key to come keeps
/// it; the same keys again change nothing.
pub(super) async fn register(
    shared: &Shared,
    mailbox: &Mailbox,
    endpoint: EndpointId,
    sealing_key: SealingPublicKey,
) -> Result<Url, Refusal> {
    let device = mailbox.device;
    let row = match (shared.directory.endpoint(&endpoint), &shared.cluster) {
        (Some(known), _) => stored(&known),
        (None, Some(cluster)) => {
            check_new(shared, mailbox, sealing_key)?;
            let new = SharedEndpoint {
                device: mailbox.key,
                sealing_key,
                retired: false,
            };
            let registered = cluster.register(endpoint, new).await?;
            shared.directory.add_shared(endpoint, &registered);
            let known = shared.directory.endpoint(&endpoint);
            stored(&*known.ok_or(Refusal::Unavailable)?)
        }
        (None, None) => {
            check_new(shared, mailbox, sealing_key)?;
            let directory = Arc::clone(&shared.directory);
            shared
                .writer
                .write(
                    move |connection| store::register(connection, endpoint, device, sealing_key),
                    move |row| directory.add_endpoint(row),
                )
                .await?
        }
    };
    if row.device != device || row.sealing_key != sealing_key {
        return Err(Refusal::EndpointTaken);
    }
    if row.retired {
        return Err(Refusal::EndpointRetired);
    }
    Ok(endpoint.url(&shared.base))
}

fn check_new(shared: &Shared, mailbox: &Mailbox, key: SealingPublicKey) -> Result<(), Refusal> {
    let of_device = mailbox.endpoints.load(Ordering::Relaxed);
    let of_all = shared.directory.endpoint_count();
    if of_device >= shared.limits.device_endpoints || of_all >= shared.limits.endpoints {
        return Err(Refusal::EndpointLimit);
    }
    if key.is_usable() {
        Ok(())
    } else {
        Err(Refusal::SealingKey)
    }
}

fn stored(endpoint: &Endpoint) -> EndpointRow {
    EndpointRow {
        row: endpoint.row,
        id: endpoint.id,
        device: endpoint.mailbox.device,
        sealing_key: endpoint.sealer.key(),
        retired: endpoint.retired.load(Ordering::Acquire),
    }
}

/// Retires `endpoint` for ever. What waits for it is still delivered. Another device's endpoint is
/// as unknown as one that does not exist.
pub(super) async fn retire(
    shared: &Shared,
    mailbox: &Mailbox,
    endpoint: EndpointId,
) -> Result<(), Refusal> {
    let known = find(shared, endpoint).await?;
    let owned = known.filter(|known| known.mailbox.device == mailbox.device);
    let endpoint = owned.ok_or(Refusal::EndpointUnknown)?;
    if let Some(cluster) = &shared.cluster {
        let known = SharedEndpoint {
            device: mailbox.key,
            sealing_key: endpoint.sealer.key(),
            retired: true,
        };
        cluster.retire(endpoint.id, known).await?;
        endpoint.retired.store(true, Ordering::Release);
        return Ok(());
    }
    let (row, now_ms) = (endpoint.row, shared.clock.now_ms());
    let gone = move |(): &()| endpoint.retired.store(true, Ordering::Release);
    let write = move |connection: &_| store::retire(connection, row, now_ms);
    Ok(shared.writer.write(write, gone).await?)
}

/// Why events are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deletion {
    /// Their desktop has them on its disk, as this session says.
    Delivered { session: u64 },
    /// Nobody fetched them within the retention time; the desktop is to be told.
    Expired,
}

/// Deletes the events of `mailbox` up to and including `through`. Tells whether that counted: the word of a
/// session that was replaced does not, and the store's turn decides which of two came first.
pub(super) async fn delete_through(
    shared: &Arc<Shared>,
    mailbox: &Arc<Mailbox>,
    through: i64,
    why: Deletion,
) -> Result<bool, NotStored> {
    if let (Some(cluster), Deletion::Delivered { session }) = (&shared.cluster, why) {
        let deleted = cluster.acknowledge(mailbox.key, session, through).await?;
        shared.metrics.delivered(deleted.unwrap_or_default());
        return Ok(deleted.is_some());
    }
    let device: DeviceId = mailbox.device;
    let (quota, all) = (Arc::clone(&mailbox.waiting), Arc::clone(&shared.waiting));
    let metrics = Arc::clone(&shared.metrics);
    let told = Arc::clone(mailbox);
    let deleted = move |counted: &Option<(Amount, Expired)>| {
        let Some((amount, expired)) = *counted else {
            return;
        };
        quota.release(amount);
        all.release(amount);
        match why {
            Deletion::Delivered { .. } => metrics.delivered(amount.events),
            Deletion::Expired => metrics.expired(amount.events),
        }
        told.expired.send_if_modified(|known| {
            let changed = *known != expired;
            *known = expired;
            changed
        });
    };
    let current = Arc::clone(mailbox);
    let write = move |connection: &_| {
        if matches!(why, Deletion::Delivered { session } if session != *current.sessions.borrow()) {
            return Ok(None);
        }
        let amount = store::delete_through(connection, device, through)?;
        let expired = match why {
            Deletion::Delivered { .. } => store::note_acknowledged(connection, device, through)?,
            Deletion::Expired => store::note_expired(connection, device, through, amount.events)?,
        };
        Ok(Some((amount, expired)))
    };
    let counted = shared.writer.write(write, deleted).await?;
    Ok(counted.is_some())
}
