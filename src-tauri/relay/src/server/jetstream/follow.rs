//! What happens at the other relays: endpoints, arrivals, sign-ins.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::consumer::{DeliverPolicy, pull};
use async_nats::jetstream::kv::Operation;
use futures_util::StreamExt as _;
use futures_util::future::join3;

use super::{EVENT, JetStream, SESSION, device, endpoint};
use crate::server::directory::Directory;

/// Pause before a subscription that broke is made again.
const PAUSE: Duration = Duration::from_secs(1);

type Broken = Box<dyn std::error::Error + Send + Sync>;

pub(super) async fn follow(store: &JetStream, directory: Arc<Directory>) {
    let directory = directory.as_ref();
    join3(
        again(|| endpoints(store, directory)),
        again(|| arrivals(store, directory)),
        again(|| sessions(store, directory)),
    )
    .await;
}

async fn again<F: Future<Output = Result<(), Broken>>>(run: impl Fn() -> F) {
    loop {
        if let Err(error) = run().await {
            tracing::warn!(%error, "a subscription to NATS broke");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Begins with every endpoint that there is.
async fn endpoints(store: &JetStream, directory: &Directory) -> Result<(), Broken> {
    let mut changes = store.endpoints.watch_with_history(">").await?;
    while let Some(change) = changes.next().await {
        let change = change?;
        if change.operation == Operation::Put
            && let Ok(id) = change.key.parse()
            && let Some(endpoint) = endpoint(id, &change.value)
        {
            directory.add_shared(&endpoint);
        }
    }
    Ok(())
}

/// A session reads what has arrived by itself; it is only to be told that something did.
async fn arrivals(store: &JetStream, directory: &Directory) -> Result<(), Broken> {
    let consumer = store
        .events
        .create_consumer(pull::OrderedConfig {
            filter_subject: format!("{EVENT}.*"),
            headers_only: true,
            deliver_policy: DeliverPolicy::New,
            ..pull::OrderedConfig::default()
        })
        .await?;
    // What came while nobody followed.
    for mailbox in directory.mailboxes() {
        if mailbox.sessions.receiver_count() > 0 {
            let subject = super::subject(EVENT, mailbox.key);
            if let Ok(last) = store.events.get_last_raw_message_by_subject(&subject).await {
                mailbox.arrived(i64::try_from(last.sequence)?);
            }
        }
    }
    let mut messages = consumer.messages().await?;
    while let Some(message) = messages.next().await {
        let message = message?;
        let number = message.info()?.stream_sequence;
        let mailbox = device(&message.subject).and_then(|device| directory.mailbox(&device));
        if let Some(mailbox) = mailbox {
            mailbox.arrived(i64::try_from(number)?);
        }
    }
    Ok(())
}

/// The newest session of a device wins, wherever it is.
async fn sessions(store: &JetStream, directory: &Directory) -> Result<(), Broken> {
    let mut said = store.client.subscribe(format!("{SESSION}.*")).await?;
    while let Some(message) = said.next().await {
        let elsewhere = message.payload != store.relay.as_bytes();
        let mailbox = device(&message.subject).and_then(|device| directory.mailbox(&device));
        if let Some(mailbox) = mailbox.filter(|_| elsewhere) {
            mailbox.sessions.send_modify(|sessions| *sessions += 1);
        }
    }
    Ok(())
}
