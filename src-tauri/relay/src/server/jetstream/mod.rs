//! The cluster's store in NATS JetStream: endpoints in a key-value bucket, a record of each device in another, events in
//! one stream with a subject for each device, pages in one with a subject for each page.
//!
//! `chain` is how an event is stored, `mailbox` how it goes out, `pages` how pages come and are answered.

mod chain;
mod check;
mod connect;
mod device;
mod follow;
mod followed;
mod index;
mod led;
mod mailbox;
mod pages;
mod setup;
mod tally;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_nats::Client;
use async_nats::jetstream::stream::Stream;
use async_nats::jetstream::{self, kv};
use async_trait::async_trait;
use axum::body::Bytes;
use data_encoding::HEXLOWER;
use url::Url;

pub use self::check::Refused;
pub use self::connect::{Login, NotConnected};
use self::device::Lane;
use self::followed::Followed;
use self::index::Index;
use self::tally::Tally;
use super::cluster::{
    Appended, Cluster, SharedEndpoint, SharedEvent, SharedPage, SharedPages, SharedSession,
};
use super::directory::Directory;
use super::limits::{Amount, Limits, Quota};
use super::pages::table::{Answering, Publishing};
use super::trust::ClientCertificate;
use super::writer::NotStored;
use crate::endpoint::EndpointId;
use crate::identity::DeviceKey;
use crate::page::{NonceDigest, PageId};
use crate::protocol::{Event, Fence, StoreId};

/// Subject of the events of a device, before its key.
const EVENT: &str = "fulcrum.event";

/// How to reach the NATS servers.
#[derive(Debug, Clone, Default)]
pub struct JetStreamSettings {
    /// Client addresses, `nats://` or `tls://`.
    pub servers: Vec<Url>,
    /// Monitoring addresses (`http://…:8222` or `https://…`), one for each server: only there does a server say whether
    /// it syncs.
    pub monitors: Vec<Url>,
    /// Who the relay is to them.
    pub login: Login,
    /// Certificates of the authority that signed the servers', where it is not one of the system's.
    pub ca: Option<PathBuf>,
    /// The certificate by which the servers know the relay.
    pub certificate: Option<ClientCertificate>,
    /// Servers that keep a copy of each event.
    pub replicas: usize,
}

/// Why the store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum JetStreamError {
    /// A server may acknowledge what it would lose.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is no connection to the servers.
    #[error(transparent)]
    NotConnected(#[from] NotConnected),
    /// The stream or the bucket cannot be made or has other settings.
    #[error("the {0} in JetStream cannot be used")]
    Setup(
        &'static str,
        #[source] Box<dyn std::error::Error + Send + Sync>,
    ),
}

/// The open store.
pub struct JetStream {
    client: Client,
    context: jetstream::Context,
    limits: Limits,
    events: Stream,
    endpoints: kv::Store,
    devices: kv::Store,
    pages: Stream,
    endpoints_here: Followed,
    pages_here: Followed,
    index: Mutex<Index>,
    lanes: Mutex<HashMap<DeviceKey, Arc<Lane>>>,
    tally: Tally,
}

impl JetStream {
    /// What waits for all devices, of which each relay keeps count.
    pub(super) fn waiting_for_all(&self) -> Arc<Quota> {
        self.tally.waiting()
    }

    async fn entry(&self, id: EndpointId) -> Result<Option<SharedEndpoint>, NotStored> {
        let value = self.endpoints.get(id.to_string()).await;
        let value = value.map_err(|error| not_stored(&error))?;
        Ok(value.and_then(|value| serde_json::from_slice(&value).ok()))
    }
}

#[async_trait]
impl Cluster for JetStream {
    async fn register(
        &self,
        id: EndpointId,
        new: SharedEndpoint,
    ) -> Result<SharedEndpoint, NotStored> {
        let created = self.endpoints.create(id.to_string(), value(&new)).await;
        match created {
            Ok(_) => Ok(new),
            Err(error) if error.kind() == kv::CreateErrorKind::AlreadyExists => {
                self.entry(id).await?.ok_or(NotStored)
            }
            Err(error) => Err(not_stored(&error)),
        }
    }

    async fn retire(&self, id: EndpointId, endpoint: SharedEndpoint) -> Result<(), NotStored> {
        let retired = SharedEndpoint {
            retired: true,
            ..endpoint
        };
        let stored = self.endpoints.put(id.to_string(), value(&retired));
        stored.await.map(drop).map_err(|error| not_stored(&error))
    }

    async fn caught_up(&self) -> Result<(), NotStored> {
        self.endpoints_here.caught_up().await
    }

    async fn append(&self, event: SharedEvent) -> Result<Appended, NotStored> {
        let appended = self.append_to_chain(&event, None).await?;
        // Only an answer to a page minds what came before it.
        appended.ok_or(NotStored)
    }

    async fn waiting(
        &self,
        device: DeviceKey,
        after: i64,
        at_most: Amount,
    ) -> Result<Vec<Event>, NotStored> {
        self.read_waiting(device, after, at_most).await
    }

    async fn acknowledge(
        &self,
        device: DeviceKey,
        session: u64,
        through: i64,
    ) -> Result<Option<u64>, NotStored> {
        self.acknowledge_through(device, session, through).await
    }

    /// The moment at which the stream was made: a new stream has other numbers.
    fn id(&self) -> StoreId {
        let created = self.events.cached_info().created;
        StoreId(created.unix_timestamp_nanos().to_be_bytes())
    }

    async fn begin_session(
        &self,
        device: DeviceKey,
        fence: Option<Fence>,
    ) -> Result<Option<SharedSession>, NotStored> {
        self.begin(device, fence).await
    }

    async fn expire(&self, device: DeviceKey, before_ms: i64) -> Result<u64, NotStored> {
        self.expire_before(device, before_ms).await
    }

    async fn answers(&self) -> bool {
        led::info(&self.events).await.is_ok()
    }

    async fn follow(&self, directory: Arc<Directory>) {
        follow::follow(self, directory).await
    }
}

#[async_trait]
impl SharedPages for JetStream {
    async fn publish_page(
        &self,
        page: SharedPage,
        of_device: usize,
        of_all: Amount,
    ) -> Result<Publishing, NotStored> {
        self.publish(page, of_device, of_all).await
    }

    async fn remove_page(&self, device: DeviceKey, id: PageId) -> Result<bool, NotStored> {
        self.hide(id, Some(device), None).await
    }

    async fn page_shown(&self, id: PageId, now_ms: i64) -> Result<Option<Vec<u8>>, NotStored> {
        self.ciphertext(id, now_ms).await
    }

    async fn page_takes_answer(
        &self,
        id: PageId,
        nonce: NonceDigest,
        now_ms: i64,
    ) -> Result<Option<EndpointId>, NotStored> {
        self.endpoint_for_answer(id, nonce, now_ms).await
    }

    async fn answer_page(
        &self,
        id: PageId,
        nonce: NonceDigest,
        now_ms: i64,
        event: SharedEvent,
    ) -> Result<Answering, NotStored> {
        self.take_answer(id, nonce, now_ms, &event).await
    }

    async fn remove_expired_pages(&self, now_ms: i64) -> Result<(), NotStored> {
        let expired = self.index().expired(now_ms);
        for id in expired {
            self.hide(id, None, Some(now_ms)).await?;
        }
        Ok(())
    }
}

fn subject(kind: &str, device: DeviceKey) -> String {
    format!("{kind}.{}", HEXLOWER.encode(&device.0))
}

/// The device that a subject names.
fn device(subject: &str) -> Option<DeviceKey> {
    let key = HEXLOWER
        .decode(subject.rsplit('.').next()?.as_bytes())
        .ok()?;
    key.try_into().ok().map(DeviceKey)
}

/// An endpoint as the bucket has it.
fn value(endpoint: &SharedEndpoint) -> Bytes {
    let json = serde_json::to_vec(endpoint);
    json.expect("an endpoint always has a JSON form").into()
}

fn not_stored(error: &(dyn std::error::Error + 'static)) -> NotStored {
    tracing::error!(error, "JetStream did not carry a request out");
    NotStored
}
