//! The work of letting a person into a workflow. Once: who is in it already is not restarted (SCREENS.md 4.7.2).

use async_trait::async_trait;

use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::{Enter, Failure, Handler};
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::jobs::JobRow;
use crate::store::{Store, StoreError, jobs, people, runs, workflows};

/// Lets people into workflows.
pub struct EnterWorkflow {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
}

#[async_trait]
impl Handler for EnterWorkflow {
    fn name(&self) -> &'static str {
        Enter::NAME
    }

    async fn run(&self, job: &JobRow) -> Result<(), Failure> {
        let enter: Enter = serde_json::from_str(&job.payload).map_err(StoreError::from)?;
        let now = self.clock.now().as_millisecond();
        let (id, correlation) = (job.id, job.correlation.clone());
        self.store
            .write(move |db| {
                let workflow = workflows::get(db, &enter.workflow_id)?.map_or(enter.workflow_id.clone(), |row| row.name);
                let person = people::get(db, &enter.person_id)?.map_or_else(|| "The person".to_owned(), |row| row.name);
                let ids = (enter.workflow_id.as_str(), enter.person_id.as_str(), enter.opportunity_id.as_str());
                let (outcome, sentence) = if runs::enter(db, ids, now)? {
                    (Outcome::Done, format!("{person} entered the workflow {workflow:?}."))
                } else {
                    (Outcome::Skipped, format!("{person} is in the workflow {workflow:?} already; it was not restarted."))
                };
                Entry::new(Kind::Workflow, outcome, sentence).about(&enter.person_id).on(&correlation).write(db, now)?;
                jobs::finish(db, id)
            })
            .await
            .map_err(|problem: StoreError| Failure::Store(problem))?;
        self.feed
            .changed(&[Tag::Workflows, Tag::People, Tag::Activity]);
        Ok(())
    }
}
