//! The cluster's store in NATS JetStream: endpoints in a key-value bucket, events in one stream with a subject for each
//! device. An acknowledgement deletes exactly the messages that went out.

mod check;
mod connect;
mod follow;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_nats::jetstream::stream::{self, DiscardPolicy, LastRawMessageErrorKind, Stream};
use async_nats::jetstream::{self, ErrorCode, kv};
use async_nats::{Client, HeaderMap};
use axum::body::Bytes;
use data_encoding::HEXLOWER;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, stream as futures};
use serde::{Deserialize, Serialize};
use url::Url;

pub use self::check::Refused;
pub use self::connect::{Login, NotConnected};
use super::cluster::{Cluster, SharedEndpoint};
use super::directory::Directory;
use super::limits::{Amount, Limits};
use super::trust::ClientCertificate;
use super::writer::NotStored;
use crate::endpoint::EndpointId;
use crate::identity::DeviceKey;
use crate::protocol::Event;
use crate::seal::SealingPublicKey;

/// Subject of the events of a device, before its key.
const EVENT: &str = "fulcrum.event";
/// Subject on which a relay says that a device signed in there, before the key of the device.
const SESSION: &str = "fulcrum.session";
const STREAM: &str = "FULCRUM_EVENTS";
const BUCKET: &str = "fulcrum_endpoints";
const ENDPOINT_HEADER: &str = "Fulcrum-Endpoint";
const RECEIVED_HEADER: &str = "Fulcrum-Received-At";
/// Pauses before an event is offered again, while the servers choose a leader. The id that JetStream knows it by keeps it
/// single.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
];
/// Deletions on their way at the same moment.
const DELETIONS: usize = 64;

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
    events: Stream,
    endpoints: kv::Store,
    /// This relay, among those that share the store.
    relay: String,
    /// What went out to each device from here and was not acknowledged.
    handed: Mutex<HashMap<DeviceKey, BTreeSet<i64>>>,
}

/// An endpoint as the bucket has it.
#[derive(Serialize, Deserialize)]
struct Stored {
    device: DeviceKey,
    sealing_key: SealingPublicKey,
    retired: bool,
}

impl JetStream {
    /// Connects, refuses servers that acknowledge before they sync, and makes what is missing.
    pub async fn open(
        settings: &JetStreamSettings,
        limits: &Limits,
    ) -> Result<Self, JetStreamError> {
        let tls = connect::wants_tls(settings)
            .then(|| connect::tls(settings))
            .transpose()?;
        check::monitors(&settings.monitors, tls.as_ref()).await?;
        let client = connect::connect(settings, tls).await?;
        check::client(&client, limits)?;
        let context = jetstream::new(client.clone());
        let setup = |what, error| JetStreamError::Setup(what, error);
        let events = context
            .create_or_update_stream(events(settings, limits))
            .await
            .map_err(|error| setup("stream of the events", Box::new(error)))?;
        let events = context
            .get_stream(events.config.name)
            .await
            .map_err(|error| setup("stream of the events", Box::new(error)))?;
        let endpoints = context
            .create_or_update_key_value(kv::Config {
                bucket: BUCKET.to_owned(),
                num_replicas: settings.replicas,
                ..kv::Config::default()
            })
            .await
            .map_err(|error| setup("bucket of the endpoints", Box::new(error)))?;
        Ok(Self {
            client,
            context,
            events,
            endpoints,
            relay: HEXLOWER.encode(&rand::random::<[u8; 16]>()),
            handed: Mutex::default(),
        })
    }

    fn handed(&self) -> std::sync::MutexGuard<'_, HashMap<DeviceKey, BTreeSet<i64>>> {
        // A set of numbers stays meaningful after a panic elsewhere.
        self.handed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn entry(&self, id: EndpointId) -> Result<Option<SharedEndpoint>, NotStored> {
        let value = self.endpoints.get(id.to_string()).await;
        let value = value.map_err(|error| not_stored(&error))?;
        Ok(value.and_then(|value| endpoint(id, &value)))
    }

    /// The first message of a subject at or after a number, as the leader of the stream has it: a follower may not
    /// know it yet.
    async fn at_or_after(&self, subject: &str, number: u64) -> Result<Option<Event>, NotStored> {
        let found = self
            .events
            .raw_message_builder()
            .sequence(number)
            .next_by_subject(subject)
            .send()
            .await;
        match found {
            Ok(message) => event(message).map(Some).ok_or(NotStored),
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(None),
            Err(error) => Err(not_stored(&error)),
        }
    }

    /// Publishes an event until JetStream has it.
    async fn offer(
        &self,
        subject: String,
        mut headers: HeaderMap,
        sealed: Bytes,
    ) -> Result<i64, NotStored> {
        let id = HEXLOWER.encode(&rand::random::<[u8; 16]>());
        headers.insert(async_nats::header::NATS_MESSAGE_ID, id);
        let mut pauses = PAUSES.into_iter();
        loop {
            let offered = self
                .context
                .publish_with_headers(subject.clone(), headers.clone(), sealed.clone())
                .await;
            let stored = match offered {
                Ok(stored) => stored.await,
                Err(error) => Err(error),
            };
            match stored {
                Ok(ack) => return i64::try_from(ack.sequence).map_err(|_| NotStored),
                Err(error) => tracing::warn!(%error, "an event was not stored at once"),
            }
            tokio::time::sleep(pauses.next().ok_or(NotStored)?).await;
        }
    }

    async fn delete(&self, number: i64) -> Result<(), NotStored> {
        match self.events.delete_message(number.unsigned_abs()).await {
            Ok(_) => Ok(()),
            Err(error) => match error.kind() {
                // Another relay delivered it too.
                stream::DeleteMessageErrorKind::JetStream(error)
                    if matches!(
                        error.error_code(),
                        ErrorCode::SEQUENCE_NOT_FOUND | ErrorCode::NO_MESSAGE_FOUND
                    ) =>
                {
                    Ok(())
                }
                _ => Err(not_stored(&error)),
            },
        }
    }
}

impl Cluster for JetStream {
    fn register(&self, new: SharedEndpoint) -> BoxFuture<'_, Result<SharedEndpoint, NotStored>> {
        async move {
            let created = self.endpoints.create(new.id.to_string(), value(&new)).await;
            match created {
                Ok(_) => Ok(new),
                Err(error) if error.kind() == kv::CreateErrorKind::AlreadyExists => {
                    self.entry(new.id).await?.ok_or(NotStored)
                }
                Err(error) => Err(not_stored(&error)),
            }
        }
        .boxed()
    }

    fn retire(&self, endpoint: SharedEndpoint) -> BoxFuture<'_, Result<(), NotStored>> {
        async move {
            let retired = SharedEndpoint {
                retired: true,
                ..endpoint
            };
            let stored = self.endpoints.put(endpoint.id.to_string(), value(&retired));
            stored.await.map(drop).map_err(|error| not_stored(&error))
        }
        .boxed()
    }

    fn find(&self, id: EndpointId) -> BoxFuture<'_, Result<Option<SharedEndpoint>, NotStored>> {
        self.entry(id).boxed()
    }

    fn append(
        &self,
        device: DeviceKey,
        endpoint: EndpointId,
        received_at_ms: i64,
        sealed: Vec<u8>,
    ) -> BoxFuture<'_, Result<i64, NotStored>> {
        let mut headers = HeaderMap::new();
        headers.insert(ENDPOINT_HEADER, endpoint.to_string());
        headers.insert(RECEIVED_HEADER, received_at_ms.to_string());
        self.offer(subject(EVENT, device), headers, sealed.into())
            .boxed()
    }

    fn waiting(
        &self,
        device: DeviceKey,
        after: i64,
        at_most: Amount,
    ) -> BoxFuture<'_, Result<Vec<Event>, NotStored>> {
        async move {
            let subject = subject(EVENT, device);
            let mut events: Vec<Event> = Vec::new();
            let (mut next, mut bytes) = (after.unsigned_abs() + 1, 0);
            while (events.len() as u64) < at_most.events {
                let Some(event) = self.at_or_after(&subject, next).await? else {
                    break;
                };
                bytes += event.sealed.len() as u64;
                if bytes > at_most.bytes && !events.is_empty() {
                    break;
                }
                next = event.seq.unsigned_abs() + 1;
                events.push(event);
            }
            let numbers = events.iter().map(|event| event.seq);
            self.handed().entry(device).or_default().extend(numbers);
            Ok(events)
        }
        .boxed()
    }

    fn delete_through(
        &self,
        device: DeviceKey,
        through: i64,
    ) -> BoxFuture<'_, Result<u64, NotStored>> {
        async move {
            let due: Vec<i64> = {
                let mut handed = self.handed();
                let numbers = handed.entry(device).or_default();
                let later = numbers.split_off(&through.saturating_add(1));
                std::mem::replace(numbers, later).into_iter().collect()
            };
            let count = due.len() as u64;
            let mut deletions = futures::iter(due)
                .map(|number| self.delete(number))
                .buffer_unordered(DELETIONS);
            while let Some(deleted) = deletions.next().await {
                deleted?;
            }
            Ok(count)
        }
        .boxed()
    }

    fn signed_in(&self, device: DeviceKey) -> BoxFuture<'_, Result<(u64, i64), NotStored>> {
        async move {
            let said = self
                .client
                .publish(subject(SESSION, device), self.relay.clone().into());
            said.await.map_err(|error| not_stored(&error))?;
            let subject = subject(EVENT, device);
            let counts = self.events.info_with_subjects(&subject).await;
            let mut counts = counts.map_err(|error| not_stored(&error))?;
            let waiting = match counts.next().await {
                Some(count) => count.map_err(|error| not_stored(&error))?.1 as u64,
                None => 0,
            };
            let newest = match self.events.get_last_raw_message_by_subject(&subject).await {
                Ok(message) => i64::try_from(message.sequence).map_err(|_| NotStored)?,
                Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => 0,
                Err(error) => return Err(not_stored(&error)),
            };
            Ok((waiting, newest))
        }
        .boxed()
    }

    fn answers(&self) -> BoxFuture<'_, bool> {
        async move { self.events.get_info().await.is_ok() }.boxed()
    }

    fn follow(&self, directory: Arc<Directory>) -> BoxFuture<'_, ()> {
        follow::follow(self, directory).boxed()
    }
}

/// A full subject refuses the new and keeps the old, so that one device cannot push out another's events.
fn events(settings: &JetStreamSettings, limits: &Limits) -> stream::Config {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let days = limits.retention_days.map_or(0, u64::from);
    stream::Config {
        name: STREAM.to_owned(),
        subjects: vec![format!("{EVENT}.*")],
        max_messages: whole(limits.waiting.events),
        max_messages_per_subject: whole(limits.device_waiting.events),
        discard: DiscardPolicy::New,
        discard_new_per_subject: true,
        max_age: Duration::from_secs(days * 24 * 3_600),
        num_replicas: settings.replicas,
        ..stream::Config::default()
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

fn value(endpoint: &SharedEndpoint) -> Bytes {
    let stored = Stored {
        device: endpoint.device,
        sealing_key: endpoint.sealing_key,
        retired: endpoint.retired,
    };
    let json = serde_json::to_vec(&stored);
    json.expect("an endpoint always has a JSON form").into()
}

fn endpoint(id: EndpointId, value: &[u8]) -> Option<SharedEndpoint> {
    let stored: Stored = serde_json::from_slice(value).ok()?;
    Some(SharedEndpoint {
        id,
        device: stored.device,
        sealing_key: stored.sealing_key,
        retired: stored.retired,
    })
}

/// A message that no relay wrote has no headers of ours.
fn event(message: async_nats::jetstream::message::StreamMessage) -> Option<Event> {
    let header = |name| {
        message
            .headers
            .get(name)
            .map(async_nats::HeaderValue::as_str)
    };
    Some(Event {
        seq: i64::try_from(message.sequence).ok()?,
        // The one before may have been deleted at any relay: nobody keeps its number.
        prev: None,
        endpoint: header(ENDPOINT_HEADER)?.parse().ok()?,
        received_at_ms: header(RECEIVED_HEADER)?.parse().ok()?,
        sealed: message.payload.to_vec(),
    })
}

fn not_stored(error: &(dyn std::error::Error + 'static)) -> NotStored {
    tracing::error!(error, "JetStream did not carry a request out");
    NotStored
}
