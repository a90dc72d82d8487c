//! Staying below Lever's rate limit.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Lever takes 10 calls a second and bursts of 20, shared by everything that uses the key (LEVER.md 2.8): a
/// part is left to the others.
const CALLS_PER_SECOND: NonZeroU32 = NonZeroU32::new(8).expect("eight is not zero");
const BURST: NonZeroU32 = NonZeroU32::new(16).expect("sixteen is not zero");

/// How fast calls may follow each other. Clones share one allowance.
#[derive(Clone)]
pub struct Pace(Option<Arc<DefaultDirectRateLimiter>>);

impl Pace {
    /// Eight calls a second, with bursts of sixteen.
    pub fn lever() -> Self {
        let quota = Quota::per_second(CALLS_PER_SECOND).allow_burst(BURST);
        Self(Some(Arc::new(RateLimiter::direct(quota))))
    }

    /// No limit, for a practice Lever on this machine.
    pub fn unlimited() -> Self {
        Self(None)
    }

    /// Returns when the next call may go out.
    pub(super) async fn wait(&self) {
        if let Some(limiter) = &self.0 {
            limiter.until_ready().await;
        }
    }
}
