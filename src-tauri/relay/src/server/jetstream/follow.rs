//! What happens at the other relays: endpoints, arrivals, sign-ins, what expired.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::consumer::{DeliverPolicy, pull};
use async_nats::jetstream::kv::Operation;
use futures_util::StreamExt as _;
use futures_util::future::{join3, join4};
use tokio::time::Instant;

use super::chain::{is_event, total};
use super::device::Record;
use super::{EVENT, JetStream, device, led};
use crate::server::directory::Directory;

/// Pause before a subscription that broke is made again.
const PAUSE: Duration = Duration::from_secs(1);
/// How often the store is asked whether it is there.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// How long a server is borne through which the stream takes nothing.
const LEFT_AFTER: Duration = Duration::from_secs(3);
/// Times that the choice of another server may fall on the same one.
const CHOICES: usize = 5;

pub(super) type Broken = Box<dyn std::error::Error + Send + Sync>;

pub(super) async fn follow(store: &JetStream, directory: Arc<Directory>) {
    let directory = directory.as_ref();
    let endpoints = again(|| endpoints(store, directory));
    let arrivals = again(|| arrivals(store, directory));
    let devices = again(|| devices(store, directory));
    let pages = again(|| store.follow_pages());
    let care = join3(pages, store.finish_answers(), keep_near_the_leader(store));
    Box::pin(join4(endpoints, arrivals, devices, care)).await;
}

async fn again<F: Future<Output = Result<(), Broken>>>(run: impl Fn() -> F) {
    loop {
        if let Err(error) = run().await {
            tracing::warn!(%error, "a subscription to NATS broke");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// A server that is cut off from the others goes on answering pings, and some questions: another may do better.
async fn keep_near_the_leader(store: &JetStream) {
    let mut unled: Option<Instant> = None;
    loop {
        tokio::time::sleep(ASK_EVERY).await;
        let asked = Instant::now();
        let Err(problem) = led::info(&store.events).await else {
            unled = None;
            continue;
        };
        if unled.get_or_insert(asked).elapsed() >= LEFT_AFTER {
            tracing::warn!(%problem, "the NATS server does not reach the stream; another is tried");
            leave(store).await;
            // The next one gets as long.
            unled = None;
        }
    }
}

/// The next server is chosen by chance among all.
async fn leave(store: &JetStream) {
    let left = store.client.server_info().server_id;
    for _ in 0..CHOICES {
        // Fails only when the client is gone, and this task with it.
        let _ = store.client.force_reconnect().await;
        tokio::time::sleep(ASK_EVERY).await;
        if store.client.server_info().server_id != left {
            return;
        }
    }
}

/// Begins with every endpoint that there is.
async fn endpoints(store: &JetStream, directory: &Directory) -> Result<(), Broken> {
    let (newest, is_there) = store.endpoints_here.newest().await?;
    let mut changes = store.endpoints.watch_with_history(">").await?;
    if !is_there {
        store.endpoints_here.reached(newest);
    }
    while let Some(change) = changes.next().await {
        let change = change?;
        if change.operation == Operation::Put
            && let Ok(id) = change.key.parse()
            && let Ok(endpoint) = serde_json::from_slice(&change.value)
        {
            directory.add_shared(id, &endpoint);
        }
        store.endpoints_here.reached(change.revision);
    }
    Ok(())
}

/// Begins with the newest message of each device. A session reads what has arrived by itself; it is only to be told that
/// something did.
async fn arrivals(store: &JetStream, directory: &Directory) -> Result<(), Broken> {
    let consumer = store
        .events
        .create_consumer(pull::OrderedConfig {
            filter_subject: format!("{EVENT}.*"),
            headers_only: true,
            deliver_policy: DeliverPolicy::LastPerSubject,
            ..pull::OrderedConfig::default()
        })
        .await?;
    let mut messages = consumer.messages().await?;
    while let Some(message) = messages.next().await {
        let message = message?;
        let (Some(device), Some(headers)) = (device(&message.subject), &message.headers) else {
            continue;
        };
        let number = message.info()?.stream_sequence;
        // Counted before the session is told, so that what a desktop has is counted.
        store.tally.sent(device, number, total(headers));
        if is_event(headers)
            && let Some(mailbox) = directory.mailbox(&device)
        {
            mailbox.arrived(i64::try_from(number)?);
        }
    }
    Ok(())
}

/// The newest session of a device wins, wherever it is.
async fn devices(store: &JetStream, directory: &Directory) -> Result<(), Broken> {
    let mut changes = store.devices.watch_with_history(">").await?;
    while let Some(change) = changes.next().await {
        let change = change?;
        let Some(device) = device(&change.key) else {
            continue;
        };
        let record: Record = serde_json::from_slice(&change.value)?;
        // Known here from now on, so that every relay counts the same devices against the limit.
        directory.joined(device);
        store.learn(device, record, change.revision);
        store.tell(directory, device, record);
    }
    Ok(())
}
