//! The only file of the package that reads a clock.

use std::time::Duration;

/// A day, in milliseconds.
pub const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// The time of day, injected so that tests and the practice world can move it.
pub trait Clock: Send + Sync {
    /// Milliseconds since the Unix epoch.
    fn now_ms(&self) -> i64;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    fn now_ms(&self) -> i64 {
        let since_epoch = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or(Duration::ZERO);
        i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
    }
}

/// A clock that only goes forward, for rate limits: with the time of day, a clock set back by an hour
/// would refuse events for that hour. Follows the paused time of Tokio in tests.
#[derive(Clone, Copy)]
pub(crate) struct Steady {
    start: tokio::time::Instant,
}

impl Steady {
    pub(crate) fn start() -> Self {
        let start = tokio::time::Instant::now();
        Self { start }
    }

    /// The time since the start.
    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

impl governor::clock::Clock for Steady {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}
