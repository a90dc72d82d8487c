//! How the relay's clock stands to this computer's, as round trips tell it.

use std::collections::VecDeque;

/// Round trips remembered; a clock that was set right is believed after so many probes.
const REMEMBERED: usize = 10;

/// The last round trips, each with how far the relay's clock seemed to be ahead; in microseconds.
#[derive(Default)]
pub(super) struct Clocks(VecDeque<(i64, i64)>);

impl Clocks {
    /// When the relay had a probe, by this computer's clock: between its sending and its return. The three moments are
    /// in microseconds since 1970 UTC, `at_relay` by the relay's clock. The quickest of the last round trips is the
    /// best measure of both clocks, as in NTP (RFC 5905 section 10).
    pub(super) fn at_relay(
        &mut self,
        (sent, answered): (i64, i64),
        at_relay: i64,
        returned: i64,
    ) -> i64 {
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        let trip = answered.saturating_sub(sent).max(0);
        self.0.push_back((trip, at_relay - (sent + trip / 2)));
        let ahead = self.0.iter().min().map_or(0, |(_, ahead)| *ahead);
        (at_relay - ahead).clamp(sent, returned.max(sent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_whose_clock_is_wrong_does_not_make_a_time_negative() {
        for wrong in [-90_000_000, 0, 90_000_000] {
            let mut clocks = Clocks::default();
            let at = clocks.at_relay((1_000, 1_060), 1_030 + wrong, 1_045);
            assert_eq!(at, 1_030, "{wrong}");
            let slow = clocks.at_relay((2_000, 2_900), 2_850 + wrong, 2_880);
            assert_eq!(slow, 2_850, "the quicker round trip knows better: {wrong}");
        }
    }

    #[test]
    fn a_clock_that_was_set_between_is_kept_between_sending_and_return() {
        let mut clocks = Clocks::default();
        clocks.at_relay((1_000, 1_060), 1_030, 1_045);
        assert_eq!(clocks.at_relay((9_000, 9_100), 500, 9_090), 9_000);
        let ahead = i64::from(i32::MAX);
        assert_eq!(clocks.at_relay((9_000, 9_100), ahead, 9_090), 9_090);
    }
}
