//! The line itself: callers wait in it, and one task lets them go.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::bucket::Bucket;
use super::queue::Queue;
use super::{Held, Priority};
use crate::clock::SharedClock;

/// The longest rest that callers stand in line for. A longer one they are told at once, so that a person learns
/// of it and a job comes again later.
const LONGEST_STANDING: Duration = Duration::from_secs(20);

pub(super) struct Line {
    clock: SharedClock,
    state: Mutex<State>,
}

struct State {
    bucket: Bucket,
    queue: Queue<oneshot::Sender<Answer>>,
    /// Whether a task serves the queue.
    served: bool,
}

type Answer = Result<Turn, Held>;

/// A call taken out of the bucket; put back if nobody uses it.
struct Turn {
    line: Arc<Line>,
    at: Timestamp,
    used: bool,
}

impl Turn {
    fn used(mut self) -> Timestamp {
        self.used = true;
        self.at
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.used {
            self.line.state().bucket.put_back();
        }
    }
}

impl Line {
    pub(super) fn new(clock: SharedClock) -> Self {
        let state = State {
            bucket: Bucket::new(clock.now()),
            queue: Queue::default(),
            served: false,
        };
        Self {
            clock,
            state: Mutex::new(state),
        }
    }

    /// Waits for a turn; gives the moment at which it came.
    pub(super) async fn admit(self: &Arc<Self>, priority: Priority) -> Result<Timestamp, Held> {
        let turn = {
            let now = self.clock.now();
            let mut state = self.state();
            if let Some(held) = state.held(now) {
                return Err(held);
            }
            if state.queue.is_empty() && state.bucket.take(now).is_ok() {
                return Ok(now);
            }
            let (sender, turn) = oneshot::channel();
            state.queue.push(priority, sender);
            if !std::mem::replace(&mut state.served, true) {
                tokio::spawn(Arc::clone(self).serve());
            }
            turn
        };
        turn.await
            .expect("everyone in the queue is served before the task ends")
            .map(Turn::used)
    }

    pub(super) fn slow_down(&self, sent: Timestamp, asked: Option<Duration>) {
        let now = self.clock.now();
        let mut state = self.state();
        state.bucket.slow_down(sent, now, asked);
        if let Some(held) = state.held(now) {
            while let Some(waiting) = state.queue.pop() {
                let _ = waiting.send(Err(held));
            }
        }
    }

    /// Lets everyone in the queue go, each in turn, and ends when nobody is left.
    async fn serve(self: Arc<Self>) {
        loop {
            let now = self.clock.now();
            let step = self.state().step(now);
            match step {
                Step::Go(waiting) => {
                    let turn = Turn {
                        line: Arc::clone(&self),
                        at: now,
                        used: false,
                    };
                    // Who left the line meanwhile drops the turn, which puts it back.
                    let _ = waiting.send(Ok(turn));
                }
                Step::Look(moment) => self.clock.sleep_until(moment).await,
                Step::Done => return,
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Step {
    Go(oneshot::Sender<Answer>),
    Look(Timestamp),
    Done,
}

impl State {
    fn step(&mut self, now: Timestamp) -> Step {
        if self.queue.is_empty() {
            self.served = false;
            return Step::Done;
        }
        match self.bucket.take(now) {
            Ok(()) => self.queue.pop().map_or(Step::Done, Step::Go),
            Err(moment) => Step::Look(moment),
        }
    }

    fn held(&mut self, now: Timestamp) -> Option<Held> {
        let until = self.bucket.held_until(now)?;
        let wait = until.duration_since(now).unsigned_abs();
        (wait > LONGEST_STANDING).then_some(Held { wait, until })
    }
}
