//! Whether the way from the internet is proven right now. Pure: the time is given.

use jiff::SignedDuration;
use serde::Serialize;
use ts_rs::TS;

/// How often a probe is sent (SCREENS.md complaint 1).
pub(super) const INTERVAL: SignedDuration = SignedDuration::from_secs(60);

/// The path counts as proven for two intervals after a probe came back, in milliseconds.
const PROVEN: u64 = 2 * 60 * 1_000;

/// So many probes in a row have to be lost before the path counts as broken.
pub(super) const MISSES: u32 = 3;

/// Whether events can reach this laptop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PathState {
    /// Too early to say: just started, just woken, or one probe late.
    Proving,
    /// The last probe came back within two intervals.
    Proven,
    /// This computer has no network.
    Offline,
    /// Three probes in a row did not come back.
    Broken,
}

/// How long the last probe took from hop to hop, in microseconds; never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct HopTimes {
    /// Through the internet to the relay's disk.
    pub relay: u64,
    /// From the relay to this laptop.
    pub laptop: u64,
    /// Opening the seal and checking the signature.
    pub verify: u64,
    /// Onto this laptop's disk.
    pub store: u64,
    /// Through the mapping, without writing anything.
    pub map: u64,
}

/// What is known of the path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// When a probe last came back, in milliseconds since 1970 UTC.
    pub proven_at: Option<i64>,
    /// How long that one took.
    pub times: Option<HopTimes>,
    /// Probes lost since.
    pub missed: u32,
    /// Why the last one was lost, in words.
    pub problem: Option<String>,
    /// Whether this computer has no network.
    pub offline: bool,
    /// Whether this computer slept, and no probe came back since.
    pub slept: bool,
}

impl Path {
    /// The state at `now`, in milliseconds since 1970 UTC.
    pub fn state(&self, now: i64) -> PathState {
        let fresh = |at: i64| now.abs_diff(at) <= PROVEN;
        if self.proven_at.is_some_and(fresh) && !self.slept {
            PathState::Proven
        } else if self.offline {
            PathState::Offline
        } else if self.missed >= MISSES {
            PathState::Broken
        } else {
            PathState::Proving
        }
    }

    /// The sentence beside the state.
    pub fn sentence(&self, now: i64) -> String {
        let problem = self.problem.as_deref().unwrap_or_default();
        match self.state(now) {
            PathState::Proven => "A signed probe came back through the public address.".to_owned(),
            PathState::Offline => {
                "This computer is offline. What Lever sends waits at the relay.".to_owned()
            }
            PathState::Broken => {
                format!(
                    "{} probes in a row did not come back. {problem}",
                    self.missed
                )
            }
            PathState::Proving if self.slept => {
                "This computer slept; the path is being proven again.".to_owned()
            }
            PathState::Proving if self.missed > 0 => {
                format!("The last probe did not come back. {problem}")
            }
            PathState::Proving => "A signed probe is on its way.".to_owned(),
        }
    }

    /// A probe that was sent came back.
    pub(super) fn returned(&mut self, at: i64, times: HopTimes) {
        *self = Self {
            proven_at: Some(at),
            times: Some(times),
            ..Self::default()
        };
    }

    /// A probe did not come back.
    pub(super) fn lost(&mut self, problem: String) {
        self.missed += 1;
        self.problem = Some(problem);
    }

    /// The computer slept; what was lost meanwhile says nothing about the path.
    pub(super) fn woke(&mut self) {
        self.missed = 0;
        self.problem = None;
        self.slept = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_000_000_000;
    const TIMES: HopTimes = HopTimes {
        relay: 40_000,
        laptop: 12_000,
        verify: 90,
        store: 2_000,
        map: 300,
    };

    fn proven() -> Path {
        let mut path = Path::default();
        path.returned(NOW, TIMES);
        path
    }

    #[test]
    fn a_probe_that_came_back_proves_the_path_for_two_intervals() {
        let path = proven();
        assert_eq!(path.state(NOW), PathState::Proven);
        let after = |millis: u64| NOW + i64::try_from(millis).unwrap();
        assert_eq!(path.state(after(PROVEN)), PathState::Proven);
        assert_eq!(path.state(after(PROVEN + 1)), PathState::Proving);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_keep_it_proven() {
        let hour = 60 * 60 * 1_000;
        assert_eq!(proven().state(NOW - hour), PathState::Proving);
    }

    #[test]
    fn three_lost_probes_break_it_and_one_that_comes_back_mends_it() {
        let mut path = proven();
        let later = NOW + 60 * 60 * 1_000;
        path.lost("The relay did not answer.".to_owned());
        path.lost("The relay did not answer.".to_owned());
        assert_eq!(path.state(later), PathState::Proving);
        path.lost("The relay did not answer.".to_owned());
        assert_eq!(path.state(later), PathState::Broken);
        assert!(path.sentence(later).ends_with("The relay did not answer."));
        path.returned(later, TIMES);
        assert_eq!(path.state(later), PathState::Proven);
    }

    #[test]
    fn sleep_is_told_and_is_no_fault_of_the_path() {
        let mut path = proven();
        path.lost("The relay did not answer.".to_owned());
        path.woke();
        assert_eq!(
            path.state(NOW + 1_000),
            PathState::Proving,
            "not green either"
        );
        assert!(path.sentence(NOW + 1_000).contains("slept"));
    }

    #[test]
    fn without_a_network_it_is_offline_and_not_broken() {
        let path = Path {
            offline: true,
            missed: 9,
            ..Path::default()
        };
        assert_eq!(path.state(NOW), PathState::Offline);
    }
}
