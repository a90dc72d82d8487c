//! How the connection stands, in one look: for the tray icon and its tooltip (SCREENS.md 4.1.8).

use super::connections::{self, ConnectionState, ConnectionView, ForIntegration, Integration};
use super::engine::Engine;
use super::mark::Mark;
use crate::tunnel::{Status, WayState};

/// How it stands, as a mark and as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The mark.
    pub mark: Mark,
    /// The sentence, which names the integration if it is about one.
    pub sentence: String,
}

impl Engine {
    /// How the connections stand: the one that needs a person most speaks for all. If nothing can be read, that is
    /// what stops everything.
    pub async fn glance(&self) -> Glance {
        let of = |integration| connections::show(self, ForIntegration { integration });
        let [onboarding, offer_letters] = Integration::ALL.map(of);
        match (onboarding.await, offer_letters.await) {
            (Ok(onboarding), Ok(offer_letters)) => {
                let glance = of_views([&onboarding, &offer_letters]);
                match self.running().await {
                    Ok(running) => with_way(glance, &running.status.get(), self.now()),
                    Err(_) => glance,
                }
            }
            (Err(problem), _) | (_, Err(problem)) => Glance {
                mark: Mark::Stopped,
                sentence: problem.message,
            },
        }
    }
}

fn of_views(views: [&ConnectionView; 2]) -> Glance {
    let view = worst(views);
    let mark = mark(view.severity);
    let sentence = match mark {
        Mark::Idle => view.sentence.clone(),
        _ => format!("{}: {}", view.integration.label(), view.sentence),
    };
    Glance { mark, sentence }
}

/// Nothing is well while events cannot arrive; before anything is connected, none are awaited. A copy that stands by
/// does nothing, whatever its connections are.
fn with_way(glance: Glance, relay: &Status, now: i64) -> Glance {
    let (way, sentence) = relay.way(now);
    let mark = match (glance.mark, way) {
        (_, WayState::StandingBy) => Mark::Stopped,
        (Mark::Well, WayState::Proven) | (Mark::Idle | Mark::Waiting | Mark::Stopped, _) => {
            return glance;
        }
        (Mark::Well, _) => Mark::Waiting,
    };
    Glance { mark, sentence }
}

/// The connection that needs a person most; of equal ones the first.
pub(super) fn worst([first, second]: [&ConnectionView; 2]) -> &ConnectionView {
    if second.severity > first.severity {
        second
    } else {
        first
    }
}

fn mark(severity: u8) -> Mark {
    if severity >= ConnectionState::NeedsReconnect.severity() {
        Mark::Stopped
    } else if severity > ConnectionState::Verified.severity() {
        Mark::Waiting
    } else if severity == ConnectionState::Verified.severity() {
        Mark::Well
    } else {
        Mark::Idle
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tunnel::{RelayState, StatusCell};

    #[test]
    fn nothing_is_well_while_the_path_is_not_proven_and_nothing_at_all_in_a_copy_that_stands_by() {
        let well = Glance {
            mark: Mark::Well,
            sentence: "Onboarding: verified.".to_owned(),
        };
        let relay = StatusCell::new(0);
        relay.set(RelayState::Connected, String::new(), 0);
        let glance = with_way(well.clone(), &relay.get(), 0);
        assert_eq!(glance.mark, Mark::Waiting);
        assert!(glance.sentence.contains("probe"));
        relay.set(RelayState::StandingBy, "It stands by.".to_owned(), 0);
        let glance = with_way(well, &relay.get(), 0);
        assert_eq!(glance.mark, Mark::Stopped);
        assert_eq!(glance.sentence, "It stands by.");
    }

    #[test]
    fn each_state_of_the_connection_has_its_mark() {
        use ConnectionState::{
            ConnectedLimited, ConnectedNotValidated, Disconnected, LeverNotReachable,
            NeedsReconnect, NotConnected, Verified, WaitingForBrowser,
        };
        for (state, expected) in [
            (NotConnected, Mark::Idle),
            (Disconnected, Mark::Idle),
            (Verified, Mark::Well),
            (WaitingForBrowser, Mark::Waiting),
            (ConnectedNotValidated, Mark::Waiting),
            (ConnectedLimited, Mark::Waiting),
            (LeverNotReachable, Mark::Waiting),
            (NeedsReconnect, Mark::Stopped),
        ] {
            assert_eq!(mark(state.severity()), expected, "{state:?}");
        }
    }
}
