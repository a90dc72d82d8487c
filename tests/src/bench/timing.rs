//! Time, and the arithmetic of it.

use std::time::{Duration, Instant};

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "benchmarks measure")]
pub fn now() -> Instant {
    Instant::now()
}

/// So many in that time, as a number a second.
pub fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// The nearest-rank percentile, sorting the samples; none without samples.
pub fn percentile(samples: &mut [Duration], percent: usize) -> Option<Duration> {
    samples.sort_unstable();
    let rank = (samples.len() * percent).div_ceil(100);
    samples.get(rank.saturating_sub(1)).copied()
}
