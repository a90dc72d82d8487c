//! The one place that reads the time.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

/// Tells the time and waits. Everything that depends on time takes one.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Returns once `wait` has passed on this clock.
    async fn sleep(&self, wait: Duration);

    /// Returns once this clock shows `moment` or later. For a moment that was worked out earlier: a wait
    /// counted from now would add what the clock was moved in between.
    async fn sleep_until(&self, moment: Timestamp);
}

/// A day in milliseconds, as moments count it that are kept. A day of the calendar may be longer or shorter.
pub const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A shared clock.
pub type SharedClock = Arc<dyn Clock>;

/// The computer's own clock.
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the time"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }

    async fn sleep_until(&self, moment: Timestamp) {
        let wait = moment.duration_since(self.now());
        self.sleep(Duration::try_from(wait).unwrap_or_default())
            .await;
    }
}
