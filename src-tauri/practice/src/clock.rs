//! The clock of the practice world: the only file of this package that reads the system time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// Time in milliseconds since 1970 UTC, which a test or the control plane can move and stop.
///
/// Clones share one time, so moving one wakes everything that waits on another.
#[derive(Clone, Debug)]
pub struct Clock(Arc<watch::Sender<Hands>>);

#[derive(Clone, Copy, Debug)]
enum Hands {
    /// Follows the system time, so far ahead of it.
    Running { ahead_ms: i64 },
    /// Stands until it is moved.
    Standing { at_ms: i64 },
}

impl Clock {
    /// A clock that follows the system time, plus whatever it was advanced by.
    pub fn system() -> Self {
        Self(Arc::new(watch::Sender::new(Hands::Running { ahead_ms: 0 })))
    }

    /// A clock that stands at `at_ms` (milliseconds since 1970 UTC) until it is advanced.
    pub fn frozen(at_ms: i64) -> Self {
        Self(Arc::new(watch::Sender::new(Hands::Standing { at_ms })))
    }

    /// The present, in milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.0.borrow().now_ms()
    }

    /// Whether it stands.
    pub fn is_frozen(&self) -> bool {
        matches!(*self.0.borrow(), Hands::Standing { .. })
    }

    /// Moves the clock forward and wakes every wait that has become due.
    pub fn advance(&self, by: Duration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.0.send_modify(|hands| match hands {
            Hands::Running { ahead_ms: time } | Hands::Standing { at_ms: time } => {
                *time = time.saturating_add(by_ms);
            }
        });
    }

    /// Sets the clock to `to_ms` (milliseconds since 1970 UTC), which may lie in the past. Waits that
    /// have become due end; those that have not go on.
    pub fn set(&self, to_ms: i64) {
        self.0.send_modify(|hands| match hands {
            Hands::Running { ahead_ms } => *ahead_ms = to_ms.saturating_sub(system_ms()),
            Hands::Standing { at_ms } => *at_ms = to_ms,
        });
    }

    /// Stops the clock at the present, or lets it run on from where it stands.
    pub fn freeze(&self, frozen: bool) {
        self.0.send_modify(|hands| {
            let now = hands.now_ms();
            *hands = if frozen {
                Hands::Standing { at_ms: now }
            } else {
                Hands::Running {
                    ahead_ms: now.saturating_sub(system_ms()),
                }
            };
        });
    }

    /// Returns once the clock shows `due_ms` or later.
    pub async fn wait_until(&self, due_ms: i64) {
        let mut moves = self.0.subscribe();
        loop {
            let hands = *moves.borrow_and_update();
            let Ok(remaining @ 1..) = u64::try_from(due_ms.saturating_sub(hands.now_ms())) else {
                return;
            };
            // The sender lives in `self`, so `changed` cannot fail while we wait.
            match hands {
                Hands::Running { .. } => tokio::select! {
                    () = tokio::time::sleep(Duration::from_millis(remaining)) => {}
                    _ = moves.changed() => {}
                },
                Hands::Standing { .. } => {
                    let _ = moves.changed().await;
                }
            }
        }
    }
}

impl Hands {
    fn now_ms(self) -> i64 {
        match self {
            Self::Running { ahead_ms } => system_ms().saturating_add(ahead_ms),
            Self::Standing { at_ms } => at_ms,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the system clock"
)]
fn system_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
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

    #[test]
    fn a_running_clock_can_be_stopped_set_and_let_run_on() {
        let clock = Clock::system();
        clock.freeze(true);
        assert!(clock.is_frozen());
        clock.set(5_000);
        assert_eq!(clock.now_ms(), 5_000);
        clock.freeze(false);
        assert!(!clock.is_frozen());
        let day_ms = 86_400_000;
        assert!((5_000..day_ms).contains(&clock.now_ms()));
        clock.set(day_ms * 9);
        assert!((day_ms * 9..day_ms * 10).contains(&clock.now_ms()));
    }
}
