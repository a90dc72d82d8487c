//! A store that several relays share, so that a desktop may be connected to any of them. Without one, the relay keeps
//! everything in its own folder.

use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::directory::Directory;
use super::limits::Amount;
use super::pages::table::{Answering, Publishing};
use super::store::Expired;
use super::writer::NotStored;
use crate::endpoint::EndpointId;
use crate::identity::DeviceKey;
use crate::page::{NonceDigest, PageId};
use crate::protocol::{AnswerTo, Event, Fence, Position, StoreId};
use crate::seal::SealingPublicKey;

/// What every relay of a cluster knows of an endpoint, as the store has it under the endpoint's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SharedEndpoint {
    pub(super) device: DeviceKey,
    pub(super) sealing_key: SealingPublicKey,
    pub(super) retired: bool,
}

/// An event on its way in.
#[derive(Debug, Clone)]
pub(super) struct SharedEvent {
    pub(super) device: DeviceKey,
    pub(super) endpoint: EndpointId,
    pub(super) received_at_ms: i64,
    pub(super) sealed: Vec<u8>,
}

/// What became of an event that a relay handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Appended {
    /// It is stored with this number.
    Stored(i64),
    /// As many wait for its device, at all relays together, as may.
    Full,
}

/// A session that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SharedSession {
    /// Higher than that of every session of the device before, at whatever relay.
    pub(super) number: u64,
    /// Events that wait.
    pub(super) waiting: u64,
    /// How far its events went.
    pub(super) position: Position,
    /// What expired and the device was not told of.
    pub(super) expired: Expired,
}

/// Every answer comes after what it tells of is on the disks that must have it.
#[async_trait]
pub(super) trait Cluster: SharedPages {
    /// The endpoint with that id: the stored one, whoever owns it, or else this one.
    async fn register(
        &self,
        id: EndpointId,
        new: SharedEndpoint,
    ) -> Result<SharedEndpoint, NotStored>;
    /// Gives an endpoint up for ever.
    async fn retire(&self, id: EndpointId, endpoint: SharedEndpoint) -> Result<(), NotStored>;
    /// Returns when the directory has every endpoint that was registered anywhere before the call. However many ask,
    /// the store is asked some fifty times a second.
    async fn caught_up(&self) -> Result<(), NotStored>;
    /// Stores an event behind the newest one of its device.
    async fn append(&self, event: SharedEvent) -> Result<Appended, NotStored>;
    /// The events of a device after a number, oldest first, within the bounds; never none while there is one.
    async fn waiting(
        &self,
        device: DeviceKey,
        after: i64,
        at_most: Amount,
    ) -> Result<Vec<Event>, NotStored>;
    /// Deletes what [`Cluster::waiting`] of this relay handed out to a device, up to a number; returns how many, or
    /// `None`, with nothing deleted, where the session is no longer the newest of its device.
    async fn acknowledge(
        &self,
        device: DeviceKey,
        session: u64,
        through: i64,
    ) -> Result<Option<u64>, NotStored>;
    /// Which store this is.
    fn id(&self) -> StoreId;
    /// Begins a session of a device, which ends the one before, wherever that is; or returns `None`, with nothing
    /// ended, where the fence is behind.
    async fn begin_session(
        &self,
        device: DeviceKey,
        fence: Option<Fence>,
    ) -> Result<Option<SharedSession>, NotStored>;
    /// Deletes a device's events that were received before a time, and notes for it how many that were; returns how
    /// many. Another relay may do the same at the same moment.
    async fn expire(&self, device: DeviceKey, before_ms: i64) -> Result<u64, NotStored>;
    /// Whether the store can take something.
    async fn answers(&self) -> bool;
    /// Tells the directory what happens at the other relays, for ever.
    async fn follow(&self, directory: Arc<Directory>);
}

/// A page on its way in.
#[derive(Debug, Clone)]
pub(super) struct SharedPage {
    pub(super) id: PageId,
    pub(super) device: DeviceKey,
    pub(super) ciphertext: Vec<u8>,
    pub(super) expires_at_ms: i64,
    pub(super) form: Option<AnswerTo>,
}

/// Pages that every relay shows.
#[async_trait]
pub(super) trait SharedPages: Send + Sync {
    /// Shows a page, in place of the one that its device showed there, unless the device or all devices together show
    /// as much as they may.
    async fn publish_page(
        &self,
        page: SharedPage,
        of_device: usize,
        of_all: Amount,
    ) -> Result<Publishing, NotStored>;
    /// Removes a page of a device; `false` where the device has no such page.
    async fn remove_page(&self, device: DeviceKey, id: PageId) -> Result<bool, NotStored>;
    /// The ciphertext that is shown at an address now.
    async fn page_shown(&self, id: PageId, now_ms: i64) -> Result<Option<Vec<u8>>, NotStored>;
    /// The endpoint that takes the answer of a page for that nonce, answered or not.
    async fn page_takes_answer(
        &self,
        id: PageId,
        nonce: NonceDigest,
        now_ms: i64,
    ) -> Result<Option<EndpointId>, NotStored>;
    /// Stores an answer, unless the page is gone or was answered meanwhile. One that is refused by an error may have
    /// been taken, and is then stored later, once.
    async fn answer_page(
        &self,
        id: PageId,
        nonce: NonceDigest,
        now_ms: i64,
        event: SharedEvent,
    ) -> Result<Answering, NotStored>;
    /// Removes what has expired.
    async fn remove_expired_pages(&self, now_ms: i64) -> Result<(), NotStored>;
}
