//! Takes due work and hands it to its handler, several at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::task::{Id, JoinError, JoinSet};

use super::{Failure, Handler, RETRIES, Remedy};
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::jobs::{self, JobRow};
use crate::store::names::name;
use crate::store::{Store, StoreError};

/// Pieces of work under way at once; each waits for Lever most of its time.
const AT_ONCE: usize = 32;

/// The longest look ahead, so that a clock that was set forward is noticed.
const LOOK_AHEAD: Duration = Duration::from_secs(60);

/// Rung after work was added, so that it begins at once.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Says that there may be work.
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// Runs the work of one database.
pub struct Runner {
    store: Store,
    clock: SharedClock,
    feed: Feed,
    bell: Bell,
    handlers: HashMap<&'static str, Arc<dyn Handler>>,
}

impl Runner {
    /// A runner for these handlers.
    pub fn new(
        store: Store,
        clock: SharedClock,
        feed: Feed,
        bell: Bell,
        handlers: Vec<Arc<dyn Handler>>,
    ) -> Self {
        let handlers = handlers
            .into_iter()
            .map(|handler| (handler.name(), handler))
            .collect();
        Self {
            store,
            clock,
            feed,
            bell,
            handlers,
        }
    }

    /// Works until it is dropped. Dropping it at any moment loses nothing: what was not recorded as done is
    /// done again.
    pub async fn run(self) {
        let mut under_way = JoinSet::new();
        let mut taken: HashMap<Id, i64> = HashMap::new();
        loop {
            let busy: HashSet<i64> = taken.values().copied().collect();
            let next = match self.begin(&busy, &mut under_way, &mut taken).await {
                Ok(next) => next,
                Err(problem) => {
                    tracing::error!(%problem, "due work could not be read");
                    self.clock.now() + LOOK_AHEAD
                }
            };
            tokio::select! {
                () = self.bell.0.notified() => {}
                Some(ended) = under_way.join_next_with_id() => self.end(ended, &mut taken).await,
                () = self.clock.sleep_until(next) => {}
            }
        }
    }

    /// Begins what is due and fits. Returns the moment until which nothing else becomes due.
    async fn begin(
        &self,
        busy: &HashSet<i64>,
        under_way: &mut JoinSet<()>,
        taken: &mut HashMap<Id, i64>,
    ) -> Result<Timestamp, StoreError> {
        let looked_at = self.clock.now();
        let now = looked_at.as_millisecond();
        let room = AT_ONCE.saturating_sub(busy.len());
        let limit = u32::try_from(AT_ONCE * 2).unwrap_or(u32::MAX);
        let (due, next) = self
            .store
            .read(move |db| {
                Ok::<_, StoreError>((jobs::due(db, now, limit)?, jobs::next_due_after(db, now)?))
            })
            .await?;
        for job in due
            .into_iter()
            .filter(|job| !busy.contains(&job.id))
            .take(room)
        {
            let id = job.id;
            let handle = under_way.spawn(self.attempt(job));
            taken.insert(handle.id(), id);
        }
        let wait = next
            .and_then(|at| u64::try_from(at - now).ok())
            .map_or(LOOK_AHEAD, Duration::from_millis);
        Ok(looked_at + wait.min(LOOK_AHEAD))
    }

    fn attempt(&self, job: JobRow) -> impl Future<Output = ()> + Send + 'static {
        let handler = self.handlers.get(job.name.as_str()).map(Arc::clone);
        let (store, clock, feed) = (
            self.store.clone(),
            Arc::clone(&self.clock),
            self.feed.clone(),
        );
        async move {
            let outcome = match handler {
                Some(handler) => handler.run(&job).await,
                None => {
                    let why = "This version does not know this kind of work; a newer one made it.";
                    Err(Failure::Wait(why.to_owned(), Remedy::TryAgain))
                }
            };
            let noted = match outcome {
                // The handler removed the row together with what it wrote.
                Ok(()) => Ok(()),
                Err(failure) => note(&store, &job, failure, clock.now().as_millisecond()).await,
            };
            if let Err(problem) = noted {
                tracing::error!(%problem, "the outcome of work could not be written; it is done again");
            }
            feed.changed(&[Tag::Activity, Tag::People, Tag::Workflows]);
        }
    }

    async fn end(&self, ended: Result<(Id, ()), JoinError>, taken: &mut HashMap<Id, i64>) {
        match ended {
            Ok((id, ())) => {
                taken.remove(&id);
            }
            Err(broken) => {
                let Some(id) = taken.remove(&broken.id()) else {
                    return;
                };
                let why = "Fulcrum failed while doing this. The log has the details.".to_owned();
                let remedy = Remedy::TryAgain;
                let noted = self
                    .store
                    .write(move |db| jobs::postpone(db, id, None, (&why, &name(&remedy)?)))
                    .await;
                tracing::error!(?noted, "work ended in a panic");
            }
        }
    }
}

/// Notes why a try failed and when the next one is.
async fn note(store: &Store, job: &JobRow, failure: Failure, now: i64) -> Result<(), StoreError> {
    let (why, remedy, due_at) = match failure {
        Failure::Store(problem) => return Err(problem),
        Failure::Wait(why, remedy) => (why, remedy, None),
        Failure::Later(why) => {
            let place = usize::try_from(job.attempts)
                .unwrap_or(usize::MAX)
                .min(RETRIES.len() - 1);
            let wait = i64::try_from(RETRIES[place].as_millis()).unwrap_or(i64::MAX);
            (why, Remedy::TryAgain, Some(now.saturating_add(wait)))
        }
    };
    let (id, correlation) = (job.id, job.correlation.clone());
    // The same reason is said once, not at every try.
    let said_before = job.why.as_deref() == Some(why.as_str());
    store
        .write(move |db| {
            jobs::postpone(db, id, due_at, (&why, &name(&remedy)?))?;
            if said_before {
                return Ok(());
            }
            Entry::new(Kind::Import, Outcome::Waiting, why)
                .on(&correlation)
                .write(db, now)
        })
        .await
}
