//! When Lever does not have a candidate any more, what its events said of them goes here, too.

use async_trait::async_trait;

use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::{Failure, Forget, Handler};
use crate::lever::{self, Priority};
use crate::oauth::Access;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::jobs::{self, JobRow};
use crate::store::{Store, StoreError, forget};

/// Does the work [`Forget`].
pub struct ForgetDeleted {
    /// The database.
    pub store: Store,
    /// The API.
    pub access: Access,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
}

#[async_trait]
impl Handler for ForgetDeleted {
    fn name(&self) -> &'static str {
        Forget::NAME
    }

    async fn run(&self, job: &JobRow) -> Result<(), Failure> {
        let work: Forget = serde_json::from_str(&job.payload).map_err(StoreError::from)?;
        let client = self.access.client(Priority::Event).await;
        let client = client.map_err(|problem| Failure::of(&problem))?;
        // The event is a hint: somebody who is there still keeps what is here.
        let gone = match client.opportunity(&work.opportunity_id).await {
            Ok(opportunity) => opportunity.deleted_at.is_some() || opportunity.is_anonymized,
            Err(lever::Error::NotFound { .. }) => true,
            Err(problem) => return Err(Failure::of(&problem)),
        };
        let now = self.clock.now().as_millisecond();
        let (id, correlation) = (job.id, job.correlation.clone());
        self.store
            .write(move |db| {
                let (outcome, sentence) = if gone {
                    forget::opportunity(db, &work.opportunity_id)?;
                    let sentence = "Lever does not have the candidate any more: what its events said was deleted.";
                    (Outcome::Done, sentence)
                } else {
                    let sentence = "Changed since the event: Lever still has the candidate. Nothing was deleted.";
                    (Outcome::Skipped, sentence)
                };
                Entry::new(Kind::Event, outcome, sentence)
                    .on(&correlation)
                    .write(db, now)?;
                jobs::finish(db, id)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.feed.changed(&[Tag::Listeners, Tag::Activity]);
        Ok(())
    }
}
