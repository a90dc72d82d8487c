//! `mappings.read_hires`: the last hires, read beside everything else and kept, so that a draft is tried on them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::task::AbortHandle;
use ts_rs::TS;

use super::ForMapping;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::clock::{DAY, SharedClock};
use crate::feed::{Feed, Tag};
use crate::lever::{self, Client, Priority};
use crate::oauth::Access;
use crate::store::connections::Integration;
use crate::store::{Store, StoreError, samples};

/// How many hires a draft is tried on.
pub(super) const MOST: u32 = 50;

/// How far back hires are looked for, in days: further only while there are too few.
const REACH: [i64; 3] = [90, 365, 3_650];

/// The age up to which a kept sample is as good as a new reading, in milliseconds.
const FRESH: i64 = DAY;

/// How far the reading of hires is.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct HiresRead {
    /// Whether it runs.
    pub reading: bool,
    /// How many of them are there.
    pub done: u32,
    /// How many there are; 0 until Lever said it.
    pub total: u32,
    /// Why it ended early, in words.
    pub problem: Option<String>,
}

/// Reads the last hires of one connection, one reading at a time.
#[derive(Clone)]
pub(in crate::api) struct HireReader {
    integration: Integration,
    store: Store,
    access: Access,
    clock: SharedClock,
    feed: Feed,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    so_far: HiresRead,
    task: Option<AbortHandle>,
}

/// Why a reading ended early.
#[derive(Debug, thiserror::Error)]
enum Ended {
    #[error(transparent)]
    Lever(#[from] lever::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl HireReader {
    pub(in crate::api) fn new(
        integration: Integration,
        store: Store,
        access: Access,
        clock: SharedClock,
        feed: Feed,
    ) -> Self {
        Self {
            integration,
            store,
            access,
            clock,
            feed,
            state: Arc::default(),
        }
    }

    /// How far it is.
    pub(super) fn so_far(&self) -> HiresRead {
        self.state().so_far.clone()
    }

    /// Begins a reading, if none runs.
    fn start(&self) {
        let mut state = self.state();
        if state.so_far.reading {
            return;
        }
        state.so_far = HiresRead {
            reading: true,
            ..HiresRead::default()
        };
        let me = self.clone();
        let task = tokio::spawn(async move {
            let problem = Box::pin(me.read()).await.err();
            me.end(problem.map(|problem| problem.to_string()));
        });
        state.task = Some(task.abort_handle());
    }

    /// Ends the reading under way; what was read stays.
    pub(in crate::api) fn stop(&self) {
        let task = self.state().task.take();
        if let Some(task) = task {
            task.abort();
            self.end(None);
        }
    }

    fn end(&self, problem: Option<String>) {
        let mut state = self.state();
        state.so_far.reading = false;
        state.so_far.problem = problem;
        state.task = None;
        drop(state);
        self.feed.changed(&[Tag::Samples]);
    }

    async fn read(&self) -> Result<(), Ended> {
        let client = self.access.client(Priority::Poll).await?;
        let hires = self.last_hires(&client).await?;
        self.state().so_far.total = u32::try_from(hires.len()).unwrap_or(u32::MAX);
        for id in hires {
            self.keep(&client, id).await?;
            self.state().so_far.done += 1;
            self.feed.changed(&[Tag::Samples]);
        }
        Ok(())
    }

    /// The opportunities that were hired last.
    async fn last_hires(&self, client: &Client) -> Result<Vec<String>, lever::Error> {
        let mut hires = Vec::new();
        for days in REACH {
            let reach = jiff::SignedDuration::from_hours(days * 24);
            let since = self.clock.now().checked_sub(reach);
            hires = lever::recent_hires(client, since.unwrap_or(jiff::Timestamp::MIN)).await?;
            hires.retain(|hire| !hire.is_anonymized && hire.deleted_at.is_none());
            if hires.len() >= MOST as usize {
                break;
            }
        }
        let last = hires.into_iter().take(MOST as usize);
        Ok(last.map(|hire| hire.id.to_string()).collect())
    }

    /// Reads one hire and keeps what Lever says, unless that was done lately.
    async fn keep(&self, client: &Client, id: String) -> Result<(), Ended> {
        let (integration, wanted) = (self.integration, id.clone());
        let kept = self
            .store
            .read(move |db| samples::get(db, integration, &wanted))
            .await?;
        let now = self.clock.now().as_millisecond();
        if kept.is_some_and(|kept| kept.hired_at.is_some() && now - kept.read_at < FRESH) {
            return Ok(());
        }
        let sample = match Box::pin(lever::candidate(client, &id)).await {
            Ok(candidate) => candidate.sample(now),
            Err(lever::Error::NotFound { .. }) => None,
            Err(problem) => return Err(problem.into()),
        };
        let kept = self.store.write(move |db| match sample {
            Some(sample) => samples::put(db, integration, &sample),
            None => samples::remove(db, &id),
        });
        Ok(kept.await?)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers `mappings.read_hires`.
pub(in crate::api) async fn read_hires(
    engine: &Engine,
    request: ForMapping,
) -> Result<HiresRead, AppError> {
    let running = engine.running().await?;
    let hires = &running.lever(Integration::of(request.mapping)).hires;
    hires.start();
    Ok(hires.so_far())
}

/// Answers `mappings.stop_reading_hires`.
pub(in crate::api) async fn stop_reading_hires(
    engine: &Engine,
    request: ForMapping,
) -> Result<HiresRead, AppError> {
    let running = engine.running().await?;
    let hires = &running.lever(Integration::of(request.mapping)).hires;
    hires.stop();
    Ok(hires.so_far())
}
