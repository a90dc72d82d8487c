//! The token bucket (LEVER.md 2.8), which slows down where Lever does not keep to its own figures.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Lever's figures, per account.
const CALLS_PER_SECOND: f64 = 10.0;
const BURST: f64 = 20.0;

/// Left unused of a burst: calls that leave in step do not arrive in step.
const KEPT_BACK: f64 = 1.0;

/// What is left of the rate after a 429: somebody else uses the account too.
const SLOWER: f64 = 0.5;

/// The rate below which no 429 leads.
const SLOWEST: f64 = 1.0;

/// How much of the rate comes back in each second without a 429.
const RECOVERY: f64 = 0.1;

pub(super) struct Bucket {
    calls: f64,
    filled: Timestamp,
    /// The rate since the last 429, before any recovery.
    rate: f64,
    slowed: Timestamp,
    held_until: Timestamp,
}

impl Bucket {
    /// A full bucket.
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            calls: BURST - KEPT_BACK,
            filled: now,
            rate: CALLS_PER_SECOND,
            slowed: now,
            held_until: now,
        }
    }

    /// Takes one call out; if there is none, says when to look again.
    pub(super) fn take(&mut self, now: Timestamp) -> Result<(), Timestamp> {
        if let Some(until) = self.held_until(now) {
            return Err(until);
        }
        self.fill(now);
        if self.calls < 1.0 {
            let wait = Duration::from_secs_f64((1.0 - self.calls) / self.rate_at(now));
            // A whole millisecond more, so that rounding never asks to look too early.
            let wait = wait + Duration::from_millis(1);
            return Err(later(now, wait));
        }
        self.calls -= 1.0;
        Ok(())
    }

    /// Puts back a call that was not used.
    pub(super) fn put_back(&mut self) {
        self.calls = (self.calls + 1.0).min(BURST - KEPT_BACK);
    }

    /// Until when Lever asked everyone to wait.
    pub(super) fn held_until(&mut self, now: Timestamp) -> Option<Timestamp> {
        if now < self.filled {
            // The clock was set back: moments of before mean nothing now.
            self.filled = now;
            self.slowed = self.slowed.min(now);
            self.held_until = now;
        }
        (self.held_until > now).then_some(self.held_until)
    }

    /// Slows down after a 429 to a call that left at `sent`. The answers of calls that left together tell one
    /// fact, so only the first of them counts.
    pub(super) fn slow_down(&mut self, sent: Timestamp, now: Timestamp, asked: Option<Duration>) {
        self.fill(now);
        if let Some(asked) = asked {
            self.held_until = self.held_until.max(later(now, asked));
        }
        self.calls = 0.0;
        if sent > self.slowed || self.rate >= CALLS_PER_SECOND {
            self.rate = (self.rate_at(now) * SLOWER).max(SLOWEST);
            self.slowed = now;
        }
    }

    fn fill(&mut self, now: Timestamp) {
        let rate = f64::midpoint(self.rate_at(self.filled), self.rate_at(now));
        let came = seconds(self.filled, now) * rate;
        self.calls = (self.calls + came).min(BURST - KEPT_BACK);
        self.filled = self.filled.max(now);
    }

    fn rate_at(&self, moment: Timestamp) -> f64 {
        (self.rate + seconds(self.slowed, moment) * RECOVERY).min(CALLS_PER_SECOND)
    }
}

fn seconds(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64().max(0.0)
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    /// How many calls go out from `from` to `to`, each as soon as it may.
    fn calls(bucket: &mut Bucket, from: i64, to: i64) -> usize {
        let mut now = at(from);
        let mut calls = 0;
        while now < at(to) {
            match bucket.take(now) {
                Ok(()) => calls += 1,
                Err(later) => now = later,
            }
        }
        calls
    }

    #[test]
    fn a_burst_goes_out_at_once_and_then_ten_a_second() {
        let mut bucket = Bucket::new(at(0));
        assert_eq!(calls(&mut bucket, 0, 1), 19);
        assert_eq!(calls(&mut bucket, 1, 10_001), 99);
        assert_eq!(calls(&mut bucket, 60_000, 60_001), 19);
    }

    #[test]
    fn a_429_halves_the_rate_which_comes_back_slowly() {
        let mut bucket = Bucket::new(at(0));
        bucket.slow_down(at(0), at(0), None);
        let first_minute = calls(&mut bucket, 0, 1_000);
        assert_eq!(first_minute, 5);
        let before = calls(&mut bucket, 1_000, 50_000);
        assert!((340..380).contains(&before), "{before}");
        assert!(calls(&mut bucket, 50_000, 60_000) >= 98);
    }

    #[test]
    fn calls_that_left_together_slow_down_once_and_never_to_a_standstill() {
        let mut bucket = Bucket::new(at(0));
        for _ in 0..19 {
            bucket.slow_down(at(0), at(100), None);
        }
        assert_eq!(calls(&mut bucket, 100, 1_100), 5);
        for now in 2..100 {
            bucket.slow_down(at(now * 1_000), at(now * 1_000 + 1), None);
        }
        assert_eq!(calls(&mut bucket, 99_001, 102_002), 3);
    }

    #[test]
    fn nobody_calls_while_lever_asks_to_wait() {
        let mut bucket = Bucket::new(at(0));
        bucket.slow_down(at(0), at(0), Some(Duration::from_secs(7)));
        assert_eq!(bucket.take(at(6_999)), Err(at(7_000)));
        assert_eq!(bucket.take(at(7_000)), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nobody() {
        let mut bucket = Bucket::new(at(10_000_000));
        bucket.slow_down(at(10_000_000), at(10_000_000), Some(Duration::from_secs(7)));
        assert_eq!(bucket.held_until(at(0)), None);
        assert!(calls(&mut bucket, 0, 2_000) > 5);
    }
}
