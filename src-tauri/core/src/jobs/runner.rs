//! Takes due work and hands it to its handler, several at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::Notify;
use tokio::task::{Id, JoinError, JoinSet};

use super::{Failure, Handler, RETRIES, Remedy, wait};
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::standing::{Standing, StandingCell};
use crate::store::jobs::{self, JobRow};
use crate::store::names::name;
use crate::store::{Store, StoreError};

/// Pieces of work under way at once; each waits for Lever most of its time.
const AT_ONCE: usize = 32;

/// The longest look ahead, so that a clock that was set forward is noticed.
const LOOK_AHEAD: Duration = Duration::from_secs(60);

/// Rung after work was added, so that it begins at once.
#[derive(Clone, Default)]
pub struct Bell(Arc<Rung>);

#[derive(Default)]
struct Rung {
    notify: Notify,
    /// How often the connection came to work again.
    connected: AtomicU64,
}

impl Bell {
    /// Says that there may be work.
    pub fn ring(&self) {
        self.0.notify.notify_one();
    }

    /// Makes due what waits for the connection, in the transaction after which it works again; ring once that is
    /// written. What is under way with the login of before, and fails for that, is done again too.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written.
    pub fn connected(&self, db: &Connection, now: i64) -> Result<(), StoreError> {
        jobs::wake_all(db, &name(&Remedy::Connection)?, now)?;
        self.0.connected.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn times_connected(&self) -> u64 {
        self.0.connected.load(Ordering::SeqCst)
    }
}

/// Runs the work of one database.
pub struct Runner {
    store: Store,
    clock: SharedClock,
    feed: Feed,
    bell: Bell,
    standing: StandingCell,
    handlers: HashMap<&'static str, Arc<dyn Handler>>,
}

impl Runner {
    /// A runner for these handlers.
    pub fn new(
        store: Store,
        clock: SharedClock,
        feed: Feed,
        (bell, standing): (Bell, StandingCell),
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
            standing,
            handlers,
        }
    }

    /// Works until it is dropped. Dropping it at any moment loses nothing: what was not recorded as done is
    /// done again. While this copy of the data folder does not act, it waits.
    pub async fn run(self) {
        let mut under_way = JoinSet::new();
        let mut taken: HashMap<Id, i64> = HashMap::new();
        let mut standings = self.standing.changes();
        loop {
            let standing = *standings.borrow_and_update();
            let confirmed = match standing {
                Standing::Acts(confirmed) => Some(confirmed),
                Standing::Asking | Standing::Unknown => None,
                Standing::StandsBy => {
                    under_way.abort_all();
                    None
                }
            };
            let next = match self.begin(confirmed, &mut under_way, &mut taken).await {
                Ok(next) => next,
                Err(problem) => {
                    tracing::error!(%problem, "due work could not be read");
                    self.clock.now() + LOOK_AHEAD
                }
            };
            tokio::select! {
                () = self.bell.0.notify.notified() => {}
                // The sender lives as long as the runner's own cell.
                _ = standings.changed() => {}
                Some(ended) = under_way.join_next_with_id() => {
                    self.end(ended, &mut taken).await;
                    // Under load several end together: one look for more work serves them all.
                    while let Some(ended) = under_way.try_join_next_with_id() {
                        self.end(ended, &mut taken).await;
                    }
                }
                () = self.clock.sleep_until(next) => {}
            }
        }
    }

    /// Begins what is due and fits, of events as far as the relay has confirmed them. Returns the moment until which
    /// nothing else becomes due.
    async fn begin(
        &self,
        confirmed: Option<i64>,
        under_way: &mut JoinSet<()>,
        taken: &mut HashMap<Id, i64>,
    ) -> Result<Timestamp, StoreError> {
        let looked_at = self.clock.now();
        let Some(confirmed) = confirmed else {
            return Ok(looked_at + LOOK_AHEAD);
        };
        let busy: HashSet<i64> = taken.values().copied().collect();
        let now = looked_at.as_millisecond();
        let room = AT_ONCE.saturating_sub(busy.len());
        let (due, next) = self
            .store
            .read(move |db| {
                Ok::<_, StoreError>((
                    jobs::due(db, now, confirmed, (&busy, room))?,
                    jobs::next_due_after(db, now)?,
                ))
            })
            .await?;
        for job in due {
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
        let (store, clock, feed, bell) = (
            self.store.clone(),
            Arc::clone(&self.clock),
            self.feed.clone(),
            self.bell.clone(),
        );
        async move {
            let connected = bell.times_connected();
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
                Err(failure) => {
                    // Asked in the writer's turn: a sign-in either finds the job waiting, or is seen here.
                    let overtaken = move || bell.times_connected() != connected;
                    let now = clock.now().as_millisecond();
                    note(&store, &job, failure, overtaken, now).await
                }
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
                if broken.is_cancelled() {
                    return;
                }
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

/// Notes why a try failed and when the next one is. What waits for a connection that was made meanwhile, as
/// `overtaken` tells, is due at once.
async fn note(
    store: &Store,
    job: &JobRow,
    failure: Failure,
    overtaken: impl Fn() -> bool + Send + 'static,
    now: i64,
) -> Result<(), StoreError> {
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
    let job = job.clone();
    store
        .write(move |db| {
            if remedy == Remedy::Connection && overtaken() {
                jobs::wake(db, job.id, now)?;
                return Ok(());
            }
            wait(db, &job, due_at, (&why, remedy), now)
        })
        .await
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use tokio::sync::mpsc;

    use super::*;
    use crate::clock::SystemClock;
    use crate::store::jobs::NewJob;
    use crate::vault::MasterKey;

    /// Uses a login that is replaced while it is used; with the new one it works.
    struct Overtaken {
        store: Store,
        bell: Bell,
        tries: mpsc::UnboundedSender<Option<String>>,
    }

    #[async_trait]
    impl Handler for Overtaken {
        fn name(&self) -> &'static str {
            "overtaken"
        }

        async fn run(&self, job: &JobRow) -> Result<(), Failure> {
            let _ = self.tries.send(job.why.clone());
            if self.bell.times_connected() > 0 {
                let id = job.id;
                return Ok(self.store.write(move |db| jobs::finish(db, id)).await?);
            }
            let bell = self.bell.clone();
            let signed_in = self.store.write(move |db| bell.connected(db, 0));
            signed_in.await.map_err(|problem: StoreError| problem)?;
            let why = "Lever no longer accepts this connection. Connect again.".to_owned();
            Err(Failure::Wait(why, Remedy::Connection))
        }
    }

    #[tokio::test]
    async fn work_that_a_sign_in_overtakes_is_done_again_at_once_and_asks_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &MasterKey::random()).unwrap();
        let (bell, feed) = (Bell::default(), Feed::new());
        let (tries, mut tried) = mpsc::unbounded_channel();
        let handler = Overtaken {
            store: store.clone(),
            bell: bell.clone(),
            tries,
        };
        let work = NewJob {
            name: "overtaken",
            key: "1",
            payload: "{}".to_owned(),
            correlation: "one",
        };
        let added = store.write(move |db| jobs::add(db, &work, 0));
        assert!(added.await.map_err(|problem: StoreError| problem).unwrap());
        let clock: SharedClock = Arc::new(SystemClock);
        let standing = StandingCell::new(Standing::Acts(0));
        let runner = Runner::new(
            store,
            clock,
            feed,
            (bell, standing),
            vec![Arc::new(handler)],
        );
        let running = tokio::spawn(runner.run());
        assert_eq!(tried.recv().await, Some(None));
        assert_eq!(tried.recv().await, Some(None), "it was not said to wait");
        running.abort();
    }
}
