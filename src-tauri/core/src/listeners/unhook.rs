//! Deleting in Lever what Fulcrum made there for a listener that was removed: now, or as soon as Lever answers. Doing
//! it twice differs in nothing from doing it once.

use async_trait::async_trait;

use super::set_up::at_address;
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::{Failure, Handler, Unhook};
use crate::lever::{self, Priority};
use crate::oauth::Ways;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::jobs::{self, JobRow};
use crate::store::{Store, StoreError, listeners, webhooks};

/// Does the work [`Unhook`].
pub struct DeleteWebhook {
    /// The database.
    pub store: Store,
    /// The API of each integration.
    pub ways: Ways,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
}

#[async_trait]
impl Handler for DeleteWebhook {
    fn name(&self) -> &'static str {
        Unhook::NAME
    }

    async fn run(&self, job: &JobRow) -> Result<(), Failure> {
        let unhook: Unhook = serde_json::from_str(&job.payload).map_err(StoreError::from)?;
        if self.went_with_its_connection(&unhook).await? {
            let job = job.id;
            self.store.write(move |db| jobs::finish(db, job)).await?;
            return Ok(());
        }
        let access = self.ways.of(unhook.integration);
        let client = access.client(Priority::Event).await.map_err(later)?;
        let ids: Vec<String> = match unhook.webhook_id {
            Some(id) => vec![id],
            None => {
                let there = at_address(&client, &unhook.url).await.map_err(later)?;
                let ids = there.into_iter().map(|webhook| webhook.id.to_string());
                ids.collect()
            }
        };
        for id in &ids {
            client.delete_webhook(id).await.map_err(later)?;
        }
        let now = self.clock.now().as_millisecond();
        let (job, listener) = (job.id, unhook.listener_id);
        self.store
            .write(move |db| {
                for id in &ids {
                    webhooks::remove(db, id)?;
                }
                listeners::end_webhook(db, &listener)?;
                if !ids.is_empty() {
                    let sentence = "Lever deleted the webhook of a listener that you removed.";
                    Entry::new(Kind::Listener, Outcome::Done, sentence).write(db, now)?;
                }
                jobs::finish(db, job)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.feed.changed(&[Tag::Listeners, Tag::Activity]);
        Ok(())
    }
}

impl DeleteWebhook {
    /// The end of a connection deletes what it made.
    async fn went_with_its_connection(&self, unhook: &Unhook) -> Result<bool, StoreError> {
        let Some(id) = unhook.webhook_id.clone() else {
            return Ok(false);
        };
        let integration = unhook.integration;
        let of = move |db: &rusqlite::Connection| webhooks::of(db, integration);
        let made = self.store.read(of).await?;
        Ok(made.iter().all(|webhook| webhook.id != id))
    }
}

fn later(problem: lever::Error) -> Failure {
    let words = format!("Lever still has the webhook of a listener that you removed. {problem}");
    Failure::said(&problem, words)
}
