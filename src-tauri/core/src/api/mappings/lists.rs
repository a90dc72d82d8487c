//! Lever's lists, read beside everything else and held in memory, so that the values of a field are counted at once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::lever::{self, List, Priority};
use crate::mapping::Record;
use crate::oauth::Access;

/// The age from which a list is read anew, in milliseconds.
const STALE: i64 = 10 * 60 * 1_000;

/// How long after a failure nobody tries again by itself, in milliseconds.
const AFTER_FAILURE: i64 = 60 * 1_000;

/// Reads the lists of one connection, each once at a time.
#[derive(Clone)]
pub(in crate::api) struct ListReader {
    access: Access,
    clock: SharedClock,
    feed: Feed,
    lists: Arc<Mutex<BTreeMap<List, Held>>>,
}

/// What is held of a list.
#[derive(Default)]
struct Held {
    records: Arc<Vec<Record>>,
    read_at: Option<i64>,
    task: Option<AbortHandle>,
    failed: Option<(String, i64)>,
}

/// A list as far as it is known.
#[derive(Default)]
pub(super) struct Known {
    /// A record for each item, with the fields that the list tells.
    pub(super) records: Arc<Vec<Record>>,
    /// When it was read; none before that.
    pub(super) read_at: Option<i64>,
    /// Whether it is being read right now.
    pub(super) reading: bool,
    /// Why it could not be read, in words.
    pub(super) problem: Option<String>,
}

impl ListReader {
    pub(in crate::api) fn new(access: Access, clock: SharedClock, feed: Feed) -> Self {
        Self {
            access,
            clock,
            feed,
            lists: Arc::default(),
        }
    }

    /// What is known of a list. If that is old, a reading begins beside the caller.
    pub(super) fn known(&self, list: List) -> Known {
        let now = self.clock.now().as_millisecond();
        let mut lists = self.lists();
        let held = lists.entry(list).or_default();
        let fresh = held.read_at.is_some_and(|at| now - at < STALE);
        let failed = held
            .failed
            .as_ref()
            .is_some_and(|(_, at)| now - at < AFTER_FAILURE);
        if !fresh && !failed && held.task.is_none() {
            let me = self.clone();
            let task = tokio::spawn(async move { me.read(list).await });
            held.task = Some(task.abort_handle());
        }
        Known {
            records: Arc::clone(&held.records),
            read_at: held.read_at,
            reading: held.task.is_some(),
            problem: held.failed.as_ref().map(|(words, _)| words.clone()),
        }
    }

    /// Stops what is being read and drops what was.
    pub(in crate::api) fn forget(&self) {
        for held in std::mem::take(&mut *self.lists()).into_values() {
            if let Some(task) = held.task {
                task.abort();
            }
        }
    }

    async fn read(&self, list: List) {
        let read = match self.access.client(Priority::Person).await {
            Ok(client) => Box::pin(lever::listed(&client, list)).await,
            Err(problem) => Err(problem),
        };
        let now = self.clock.now().as_millisecond();
        // A list that was forgotten meanwhile stays so.
        if let Some(held) = self.lists().get_mut(&list) {
            held.task = None;
            match read {
                Ok(records) => {
                    held.records = Arc::new(records);
                    held.read_at = Some(now);
                    held.failed = None;
                }
                Err(problem) => held.failed = Some((problem.to_string(), now)),
            }
        }
        self.feed.changed(&[Tag::Samples]);
    }

    fn lists(&self) -> MutexGuard<'_, BTreeMap<List, Held>> {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
