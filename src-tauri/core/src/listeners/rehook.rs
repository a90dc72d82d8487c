//! A webhook that Fulcrum made follows its listener to another address. What Lever has is read before each try, so a
//! change whose answer was lost is not made twice.

use async_trait::async_trait;
use reqwest::Url;
use rusqlite::Connection;

use super::LeverEvent;
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::{Failure, Handler, Rehook};
use crate::lever::{self, Client, Priority};
use crate::oauth::Ways;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::jobs::{self, JobRow};
use crate::store::listeners::{ListenerRow, WebhookState};
use crate::store::names::named;
use crate::store::{Store, StoreError, endpoints, listeners, webhooks};

/// Does the work [`Rehook`].
pub struct MoveWebhook {
    /// The database.
    pub store: Store,
    /// The API of each integration.
    pub ways: Ways,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
}

/// What became of the webhook.
enum Found {
    /// It calls the new address.
    Moved,
    /// Lever does not have it any more.
    Gone,
}

#[async_trait]
impl Handler for MoveWebhook {
    fn name(&self) -> &'static str {
        Rehook::NAME
    }

    async fn run(&self, job: &JobRow) -> Result<(), Failure> {
        let Rehook { listener_id } =
            serde_json::from_str(&job.payload).map_err(StoreError::from)?;
        let listener = self
            .store
            .read(move |db| listeners::get(db, &listener_id))
            .await?;
        let job = job.id;
        // One that was removed has its webhook deleted.
        let due = listener.filter(|row| !row.removed && row.webhook == WebhookState::Made);
        let Some((listener, webhook, url)) = due.and_then(whereto) else {
            self.store.write(move |db| jobs::finish(db, job)).await?;
            return Ok(());
        };
        let access = self.ways.of(listener.purpose.integration());
        let client = access.client(Priority::Event).await.map_err(later)?;
        let found = follow(&client, &webhook, &url).await.map_err(later)?;
        let now = self.clock.now().as_millisecond();
        self.store
            .write(move |db| {
                note(db, &listener, (&webhook, &url), &found, now)?;
                jobs::finish(db, job)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.feed
            .changed(&[Tag::Listeners, Tag::Relay, Tag::Activity]);
        Ok(())
    }
}

/// The webhook of a listener and the address that it has to call.
fn whereto(listener: ListenerRow) -> Option<(ListenerRow, String, Url)> {
    let webhook = listener.webhook_id.clone()?;
    let url = listener.endpoint_url.as_deref()?.parse().ok()?;
    Some((listener, webhook, url))
}

async fn follow(client: &Client, webhook: &str, url: &Url) -> Result<Found, lever::Error> {
    let there = client.webhooks().await?;
    let Some(known) = there.iter().find(|one| one.id.as_str() == webhook) else {
        return Ok(Found::Gone);
    };
    if known.url != url.as_str() {
        client.move_webhook(webhook, url).await?;
    }
    Ok(Found::Moved)
}

fn note(
    db: &Connection,
    listener: &ListenerRow,
    (webhook, url): (&str, &Url),
    found: &Found,
    now: i64,
) -> Result<(), StoreError> {
    let event: LeverEvent = named(&listener.event)?;
    let label = event.label();
    let (outcome, sentence) = match found {
        Found::Moved => {
            webhooks::put_url(db, webhook, url.as_str())?;
            endpoints::told(db, &listener.id)?;
            (
                Outcome::Done,
                format!("Lever's webhook for {label:?} calls the new public address."),
            )
        }
        Found::Gone => {
            webhooks::remove(db, webhook)?;
            (
                Outcome::Refused,
                format!(
                    "Lever does not have the webhook for {label:?} any more that Fulcrum made. Set it up again."
                ),
            )
        }
    };
    Entry::new(Kind::Listener, outcome, sentence).write(db, now)
}

fn later(problem: lever::Error) -> Failure {
    let words = format!(
        "A webhook that Fulcrum made in Lever still calls the old address, so its events do not arrive. {problem}"
    );
    Failure::said(&problem, words)
}
