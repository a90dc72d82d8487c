//! How far this relay has followed a stream, for whoever must not miss what is in it already.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_nats::jetstream::stream::Stream;
use tokio::sync::{Mutex, watch};
use tokio::time::{sleep, timeout};

use super::{led, not_stored};
use crate::clock::Steady;
use crate::server::writer::NotStored;

/// Between two looks at the stream: what is asked by guessers costs the servers no more than this.
const APART: Duration = Duration::from_millis(20);
/// How long what is stored may take to come here.
const PATIENCE: Duration = Duration::from_secs(3);

/// The reading of one stream.
pub(super) struct Followed {
    stream: Stream,
    steady: Steady,
    reached: watch::Sender<u64>,
    /// Looks that were begun.
    begun: AtomicU64,
    last: Mutex<Option<Look>>,
}

struct Look {
    /// When it began.
    at: Duration,
    caught_up: bool,
}

impl Followed {
    /// Nothing is read yet.
    pub(super) fn new(stream: Stream) -> Self {
        Self {
            stream,
            steady: Steady::start(),
            reached: watch::Sender::new(0),
            begun: AtomicU64::new(0),
            last: Mutex::default(),
        }
    }

    /// Everything up to `number` was read.
    pub(super) fn reached(&self, number: u64) {
        self.reached.send_if_modified(|reached| {
            let further = number > *reached;
            *reached = number.max(*reached);
            further
        });
    }

    /// The number of the newest message, and whether there is one.
    pub(super) async fn newest(&self) -> Result<(u64, bool), NotStored> {
        // One that is cut off would tell of no newer message than it has, and an endpoint would seem not to exist.
        let info = led::info(&self.stream).await;
        let state = info.map_err(|error| not_stored(&error))?.state;
        Ok((state.last_sequence, state.messages > 0))
    }

    /// Returns when everything was read that was stored before the call. Callers share one look at the stream: the
    /// first that begins after they came.
    pub(super) async fn caught_up(&self) -> Result<(), NotStored> {
        let before = self.begun.load(Ordering::Acquire);
        let mut last = self.last.lock().await;
        if self.begun.load(Ordering::Acquire) == before {
            if let Some(look) = &*last {
                sleep((look.at + APART).saturating_sub(self.steady.elapsed())).await;
            }
            self.begun.fetch_add(1, Ordering::AcqRel);
            let at = self.steady.elapsed();
            let caught_up = self.look().await.is_ok();
            *last = Some(Look { at, caught_up });
        }
        let caught_up = last.as_ref().is_some_and(|look| look.caught_up);
        caught_up.then_some(()).ok_or(NotStored)
    }

    async fn look(&self) -> Result<(), NotStored> {
        let (newest, _) = self.newest().await?;
        let mut reached = self.reached.subscribe();
        let reached = timeout(PATIENCE, reached.wait_for(|reached| *reached >= newest)).await;
        reached
            .map_err(|_| NotStored)?
            .map(drop)
            .map_err(|_| NotStored)
    }
}
