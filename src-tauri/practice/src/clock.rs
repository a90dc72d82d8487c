//! The clock of the practice world: the only file of this package that reads the system time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// Time in milliseconds since 1970 UTC, movable forward by a test or by the control plane.
///
/// Clones share the same offset, so advancing one wakes everything that waits on another.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    advanced_ms: Arc<watch::Sender<i64>>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    System,
    Frozen { at_ms: i64 },
}

impl Clock {
    /// A clock that follows the system time, plus whatever it was advanced by.
    pub fn system() -> Self {
        Self::starting_from(Source::System)
    }

    /// A clock that stands at `at_ms` (milliseconds since 1970 UTC) until it is advanced.
    pub fn frozen(at_ms: i64) -> Self {
        Self::starting_from(Source::Frozen { at_ms })
    }

    fn starting_from(source: Source) -> Self {
        Self {
            source,
            advanced_ms: Arc::new(watch::Sender::new(0)),
        }
    }

    /// The present, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.base_ms() + *self.advanced_ms.borrow()
    }

    /// Moves the clock forward and wakes every wait that has become due.
    pub fn advance(&self, by: Duration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.advanced_ms
            .send_modify(|advanced| *advanced = advanced.saturating_add(by_ms));
    }

    /// Returns once the clock shows `due_ms` or later.
    pub async fn wait_until(&self, due_ms: i64) {
        let mut moves = self.advanced_ms.subscribe();
        loop {
            let remaining = due_ms - (self.base_ms() + *moves.borrow_and_update());
            let Ok(remaining @ 1..) = u64::try_from(remaining) else {
                return;
            };
            // The sender lives in `self`, so `changed` cannot fail while we wait.
            match self.source {
                Source::System => tokio::select! {
                    () = tokio::time::sleep(Duration::from_millis(remaining)) => {}
                    _ = moves.changed() => {}
                },
                Source::Frozen { .. } => {
                    let _ = moves.changed().await;
                }
            }
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the system clock"
    )]
    fn base_ms(&self) -> i64 {
        match self.source {
            Source::System => jiff::Timestamp::now().as_millisecond(),
            Source::Frozen { at_ms } => at_ms,
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wait_on_a_frozen_clock_ends_when_the_clock_is_advanced_past_it() {
        let clock = Clock::frozen(1_000);
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.wait_until(6_000).await;
                clock.now_ms()
            }
        });
        clock.advance(Duration::from_secs(5));
        assert_eq!(waiting.await.expect("the wait ends"), 6_000);
    }

    #[tokio::test]
    async fn a_wait_for_a_past_moment_returns_at_once() {
        Clock::frozen(1_000).wait_until(1_000).await;
    }
}
