//! The streams and buckets, made where they are missing and brought to the relay's settings where they are not.

use std::sync::Mutex;
use std::time::Duration;

use async_nats::Client;
use async_nats::jetstream::stream::{self, DiscardPolicy, Stream};
use async_nats::jetstream::{self, kv};
use axum::body::Bytes;
use tokio::time::{self, Instant};

use super::device::key;
use super::followed::Followed;
use super::pages::PAGE;
use super::tally::Tally;
use super::{EVENT, JetStream, JetStreamError, JetStreamSettings, check, connect};
use crate::identity::DeviceKey;
use crate::server::Limits;

/// What takes longer is asked again, of the next leader.
const ANSWERED_IN: Duration = Duration::from_secs(2);
/// What is made at the start is answered once the servers have chosen its leader.
const MADE_IN: Duration = Duration::from_secs(30);
/// For how long what is refused is tried again.
const TRIED_FOR: Duration = Duration::from_secs(5);
/// The pause before either is asked again.
const LOOK: Duration = Duration::from_millis(50);
/// A revision that no key of a bucket reaches.
const NEVER: u64 = i64::MAX.unsigned_abs();
const EVENTS: &str = "FULCRUM_EVENTS";
const PAGES: &str = "FULCRUM_PAGES";
const ENDPOINTS: &str = "fulcrum_endpoints";
const DEVICES: &str = "fulcrum_devices";

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
        let mut context = jetstream::new(client.clone());
        context.set_timeout(ANSWERED_IN);
        let mut maker = jetstream::new(client.clone());
        maker.set_timeout(MADE_IN);
        let began = Instant::now();
        loop {
            let made = Self::make((settings, limits), &client, (&maker, &context));
            // Apart from this future, which would be large with it.
            match Box::pin(made).await {
                // Servers that have just found each other refuse this and that for a moment.
                Err(problem) if began.elapsed() < TRIED_FOR => {
                    tracing::warn!(%problem, "JetStream is asked again");
                }
                made => return made,
            }
            time::sleep(LOOK).await;
        }
    }

    async fn make(
        (settings, limits): (&JetStreamSettings, &Limits),
        client: &Client,
        (maker, context): (&jetstream::Context, &jetstream::Context),
    ) -> Result<Self, JetStreamError> {
        let both = (maker, context);
        let replicas = settings.replicas;
        let events = stream(both, "stream of the events", events(replicas, limits)).await?;
        let pages = stream(both, "stream of the pages", pages(replicas)).await?;
        let endpoints = bucket(both, "bucket of the endpoints", ENDPOINTS, replicas).await?;
        let devices = bucket(both, "bucket of the devices", DEVICES, replicas).await?;
        let made = Self {
            client: client.clone(),
            context: context.clone(),
            limits: limits.clone(),
            events,
            endpoints_here: Followed::new(endpoints.stream.clone()),
            endpoints,
            devices,
            pages_here: Followed::new(pages.clone()),
            pages,
            index: Mutex::default(),
            lanes: Mutex::default(),
            tally: Tally::new(limits.waiting),
        };
        made.until_it_takes_sessions().await?;
        Ok(made)
    }

    /// Waits until a desktop would be let in: servers answer that something is made before each of them knows the way to
    /// its leader, and one that does not know it answers that there is nobody.
    async fn until_it_takes_sessions(&self) -> Result<(), JetStreamError> {
        let ready = async {
            while !self.takes_sessions().await {
                time::sleep(LOOK).await;
            }
        };
        let ready = time::timeout(MADE_IN, ready).await;
        ready.map_err(|late| JetStreamError::Setup("way to the leaders", Box::new(late)))
    }

    /// Asks the leaders what a sign-in asks, of a device that nobody has; the writes name a state that never is, so they
    /// are refused and change nothing.
    async fn takes_sessions(&self) -> bool {
        let nobody = DeviceKey([0; 32]);
        for bucket in [&self.devices, &self.endpoints] {
            let refused = bucket.update(key(nobody), Bytes::new(), NEVER).await;
            let by_the_leader =
                |error: kv::UpdateError| error.kind() == kv::UpdateErrorKind::WrongLastRevision;
            if !refused.is_err_and(by_the_leader) {
                return false;
            }
        }
        self.at_or_after(nobody, 1).await.is_ok() && self.tail(nobody).await.is_ok()
    }
}

/// Makes a stream by the first context, and gives it with the time-out of the second.
async fn stream(
    (maker, context): (&jetstream::Context, &jetstream::Context),
    what: &'static str,
    config: stream::Config,
) -> Result<Stream, JetStreamError> {
    let name = config.name.clone();
    let made = maker.create_or_update_stream(config).await;
    made.map_err(|error| JetStreamError::Setup(what, Box::new(error)))?;
    let stream = context.get_stream(name).await;
    stream.map_err(|error| JetStreamError::Setup(what, Box::new(error)))
}

/// Makes a bucket by the first context, and gives it with the time-out of the second.
async fn bucket(
    (maker, context): (&jetstream::Context, &jetstream::Context),
    what: &'static str,
    name: &str,
    replicas: usize,
) -> Result<kv::Store, JetStreamError> {
    let config = kv::Config {
        bucket: name.to_owned(),
        num_replicas: replicas,
        ..kv::Config::default()
    };
    let made = maker.create_or_update_key_value(config).await;
    made.map_err(|error| JetStreamError::Setup(what, Box::new(error)))?;
    let bucket = context.get_key_value(name).await;
    bucket.map_err(|error| JetStreamError::Setup(what, Box::new(error)))
}

/// A full subject refuses the new and keeps the old, so that one device cannot push out another's events. The relays
/// count more exactly, bytes too, and what is past its time they delete themselves, to tell the device. An
/// acknowledgement may need room for a marker, which is why events alone never fill the stream.
fn events(replicas: usize, limits: &Limits) -> stream::Config {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    // Of a device, besides its events: the marker at the end and one that is about to go.
    let (markers, devices) = (2, limits.devices as u64);
    stream::Config {
        name: EVENTS.to_owned(),
        subjects: vec![format!("{EVENT}.*")],
        max_messages: whole(limits.waiting.events.saturating_add(markers * devices)),
        max_messages_per_subject: whole(limits.device_waiting.events.saturating_add(markers)),
        discard: DiscardPolicy::New,
        discard_new_per_subject: true,
        num_replicas: replicas,
        ..stream::Config::default()
    }
}

/// The newest of each address stays.
fn pages(replicas: usize) -> stream::Config {
    stream::Config {
        name: PAGES.to_owned(),
        subjects: vec![format!("{PAGE}.*")],
        max_messages_per_subject: 1,
        num_replicas: replicas,
        ..stream::Config::default()
    }
}
