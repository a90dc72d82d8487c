//! How often and how long a call tries before it gives up.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// The longest wait that an answer can ask for; more is taken for this much.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(3_600);

/// How often and how long one call tries again after 429, 5xx and broken connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The most tries after the first.
    pub retries: usize,
    /// The wait before the second try, which then doubles, with up to as much again at random.
    pub first_wait: Duration,
    /// Where doubling ends.
    pub longest_wait: Duration,
    /// The most that all waits of one call may take together.
    pub budget: Duration,
    /// The most that one try may take, from the first byte sent to the last byte read.
    pub longest_try: Duration,
}

impl Default for Patience {
    /// Five tries more within 20 seconds: what a person waits for a preview.
    fn default() -> Self {
        Self {
            retries: 5,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
            budget: Duration::from_secs(20),
            longest_try: Duration::from_secs(30),
        }
    }
}

impl Patience {
    /// One try more, at once: for a Lever on this computer, where waiting tells nothing.
    pub fn short() -> Self {
        Self {
            retries: 1,
            first_wait: Duration::ZERO,
            longest_wait: Duration::ZERO,
            budget: Duration::ZERO,
            ..Self::default()
        }
    }

    /// The waits of one call; the same `seed` gives the same ones.
    pub(super) fn waits(&self, seed: u64) -> Waits {
        let backoff = ExponentialBuilder::new()
            .with_min_delay(self.first_wait)
            .with_max_delay(self.longest_wait)
            .with_max_times(self.retries)
            .with_jitter()
            .with_jitter_seed(seed)
            .build();
        Waits {
            backoff,
            left: self.budget,
        }
    }
}

/// The waits of one call.
pub(super) struct Waits {
    backoff: ExponentialBackoff,
    left: Duration,
}

impl Waits {
    /// The next wait: as long as the answer asked for, or else the next step of the back-off; none when the
    /// tries or the budget are used up.
    pub(super) fn next(&mut self, asked: Option<Duration>) -> Option<Duration> {
        let step = self.backoff.next()?;
        let wait = asked.unwrap_or(step);
        self.left = self.left.checked_sub(wait)?;
        Some(wait)
    }
}

/// The moment of the answer by the server's own clock.
pub(super) fn server_date(headers: &HeaderMap) -> Option<Timestamp> {
    http_date(headers.get(DATE)?.to_str().ok()?)
}

/// How long the answer asks to wait: seconds, or a date seen from the server's own clock (RFC 9110 10.2.3), or
/// from `now` if it does not tell. None if it does not ask or asks in a way that cannot be read.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let asked = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => http_date(text)?
            .duration_since(server_date(headers).unwrap_or(now))
            .try_into()
            .unwrap_or_default(),
    };
    Some(asked.min(LONGEST_RETRY_AFTER))
}

fn http_date(text: &str) -> Option<Timestamp> {
    rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(retry_after_header: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, "Sat, 21 Nov 2026 20:14:00 GMT".parse().unwrap());
        headers.insert(RETRY_AFTER, retry_after_header.parse().unwrap());
        retry_after(&headers, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn seconds_and_dates_ask_for_the_same_wait() {
        assert_eq!(asked("7"), Some(Duration::from_secs(7)));
        assert_eq!(
            asked("Sat, 21 Nov 2026 20:14:07 GMT"),
            Some(Duration::from_secs(7))
        );
    }

    #[test]
    fn a_date_is_seen_from_this_clock_where_the_server_does_not_tell_its_own() {
        let mut headers = HeaderMap::new();
        let date = "Thu, 01 Jan 1970 00:00:07 GMT".parse().unwrap();
        headers.insert(RETRY_AFTER, date);
        let asked = retry_after(&headers, Timestamp::UNIX_EPOCH);
        assert_eq!(asked, Some(Duration::from_secs(7)));
    }

    #[test]
    fn waits_grow_and_differ_by_their_seed_alone() {
        let waits = |seed| {
            let mut waits = Patience::default().waits(seed);
            std::array::from_fn::<_, 3, _>(|_| waits.next(None).unwrap())
        };
        assert_eq!(waits(7), waits(7));
        assert_ne!(waits(7), waits(8));
        for seed in 0..100 {
            let steps = [500, 1_000, 2_000].map(Duration::from_millis);
            for (wait, step) in waits(seed).into_iter().zip(steps) {
                assert!((step..=2 * step).contains(&wait), "{wait:?} for {step:?}");
            }
        }
    }

    #[test]
    fn a_wait_is_capped_and_never_negative() {
        assert_eq!(asked("86400"), Some(LONGEST_RETRY_AFTER));
        assert_eq!(asked("Sat, 21 Nov 2026 20:00:00 GMT"), Some(Duration::ZERO));
        for unreadable in ["soon", "-1", "1.5", "99999999999999999999"] {
            assert_eq!(asked(unreadable), None, "{unreadable}");
        }
    }

    #[test]
    fn waits_end_with_the_tries_or_the_budget() {
        let patience = Patience {
            retries: 2,
            ..Patience::default()
        };
        let mut waits = patience.waits(1);
        assert!(
            waits
                .next(None)
                .is_some_and(|wait| wait >= patience.first_wait)
        );
        assert!(waits.next(None).is_some());
        assert_eq!(waits.next(None), None);
        assert_eq!(patience.waits(1).next(Some(Duration::from_secs(21))), None);
    }
}
