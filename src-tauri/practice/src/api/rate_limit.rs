//! The token bucket of LEVER.md 2.8: 10 requests a second, bursts of 20, per key or token.

use std::collections::HashMap;

const PER_SECOND: f64 = 10.0;
const BURST: f64 = 20.0;

/// One bucket per credential. Written here because it runs on the movable practice clock.
#[derive(Debug, Default)]
pub(crate) struct RateLimits(HashMap<String, Bucket>);

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled_at_ms: i64,
}

impl RateLimits {
    /// Takes one token of `credential` at `now` (ms); false if none is left.
    pub(super) fn take(&mut self, credential: &str, now: i64) -> bool {
        let bucket = self.0.entry(credential.to_owned()).or_insert(Bucket {
            tokens: BURST,
            filled_at_ms: now,
        });
        let elapsed_s = (now - bucket.filled_at_ms).max(0) as f64 / 1_000.0;
        bucket.tokens = (bucket.tokens + elapsed_s * PER_SECOND).min(BURST);
        bucket.filled_at_ms = now;
        if bucket.tokens < 1.0 {
            return false;
        }
        bucket.tokens -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_twenty_passes_and_a_tenth_of_a_second_buys_one_more() {
        let mut limits = RateLimits::default();
        assert_eq!((0..25).filter(|_| limits.take("key", 0)).count(), 20);
        assert!(limits.take("other key", 0), "buckets are separate");
        assert!(limits.take("key", 100));
        assert!(!limits.take("key", 100));
    }
}
