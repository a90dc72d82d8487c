//! The streams and buckets, made where they are missing and brought to the relay's settings where they are not.

use std::sync::Mutex;
use std::time::Duration;

use async_nats::jetstream::stream::{self, DiscardPolicy, Stream};
use async_nats::jetstream::{self, kv};

use super::followed::Followed;
use super::pages::PAGE;
use super::tally::Tally;
use super::{EVENT, JetStream, JetStreamError, JetStreamSettings, check, connect};
use crate::server::Limits;

/// What takes longer is asked again, of the next leader.
const ANSWERED_IN: Duration = Duration::from_secs(2);
/// What is made at the start is answered once the servers have chosen its leader.
const MADE_IN: Duration = Duration::from_secs(30);
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
        let both = (&maker, &context);
        let replicas = settings.replicas;
        let events = stream(both, "stream of the events", events(replicas, limits)).await?;
        let pages = stream(both, "stream of the pages", pages(replicas)).await?;
        let endpoints = bucket(both, "bucket of the endpoints", ENDPOINTS, replicas).await?;
        let devices = bucket(both, "bucket of the devices", DEVICES, replicas).await?;
        Ok(Self {
            client,
            context,
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
        })
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
