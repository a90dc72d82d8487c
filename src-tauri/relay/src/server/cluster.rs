//! A store that several relays share, so that a desktop may be connected to any of them. Without one, the relay keeps
//! everything in its own folder.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::directory::Directory;
use super::limits::Amount;
use super::writer::NotStored;
use crate::endpoint::EndpointId;
use crate::identity::DeviceKey;
use crate::protocol::Event;
use crate::seal::SealingPublicKey;

/// What every relay of a cluster knows of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SharedEndpoint {
    pub(super) id: EndpointId,
    pub(super) device: DeviceKey,
    pub(super) sealing_key: SealingPublicKey,
    pub(super) retired: bool,
}

/// Every answer comes after what it tells of is on the disks that must have it.
pub(super) trait Cluster: Send + Sync {
    /// The endpoint with that id: the stored one, whoever owns it, or else this one.
    fn register(&self, new: SharedEndpoint) -> BoxFuture<'_, Result<SharedEndpoint, NotStored>>;
    /// Gives an endpoint up for ever.
    fn retire(&self, endpoint: SharedEndpoint) -> BoxFuture<'_, Result<(), NotStored>>;
    /// An endpoint that this relay has not heard of yet.
    fn find(&self, id: EndpointId) -> BoxFuture<'_, Result<Option<SharedEndpoint>, NotStored>>;
    /// Stores an event of an endpoint of a device and returns its number.
    fn append(
        &self,
        device: DeviceKey,
        endpoint: EndpointId,
        received_at_ms: i64,
        sealed: Vec<u8>,
    ) -> BoxFuture<'_, Result<i64, NotStored>>;
    /// The events of a device after a number, oldest first, within the bounds; never none while there is one.
    fn waiting(
        &self,
        device: DeviceKey,
        after: i64,
        at_most: Amount,
    ) -> BoxFuture<'_, Result<Vec<Event>, NotStored>>;
    /// Deletes what [`Cluster::waiting`] of this relay handed out to a device, up to a number; returns how many.
    fn delete_through(
        &self,
        device: DeviceKey,
        through: i64,
    ) -> BoxFuture<'_, Result<u64, NotStored>>;
    /// A device signed in here: how many events wait for it, and the number of the newest. The other relays end its
    /// older sessions.
    fn signed_in(&self, device: DeviceKey) -> BoxFuture<'_, Result<(u64, i64), NotStored>>;
    /// Whether the store answers.
    fn answers(&self) -> BoxFuture<'_, bool>;
    /// Tells the directory what happens at the other relays, for ever.
    fn follow(&self, directory: Arc<Directory>) -> BoxFuture<'_, ()>;
}
