//! A clock that stands still until a test moves it.

use std::time::Duration;

use async_trait::async_trait;
use fulcrum_core::clock::{Clock, SystemClock};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

/// Starts at the computer's time, so that it agrees with the practice Lever and the relay, and then stands.
pub struct TestClock(watch::Sender<Timestamp>);

impl Default for TestClock {
    fn default() -> Self {
        Self(watch::Sender::new(SystemClock.now()))
    }
}

impl TestClock {
    /// Moves it forward and wakes every wait that has become due.
    pub fn advance(&self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        self.0
            .send_modify(|now| *now = now.saturating_add(by).unwrap_or(Timestamp::MAX));
    }
}

#[async_trait]
impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    async fn sleep(&self, wait: Duration) {
        let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
        let until = self.now().saturating_add(wait).unwrap_or(Timestamp::MAX);
        self.sleep_until(until).await;
    }

    async fn sleep_until(&self, moment: Timestamp) {
        let mut moved = self.0.subscribe();
        // The sender lives as long as the clock.
        let _ = moved.wait_for(|now| *now >= moment).await;
    }
}
