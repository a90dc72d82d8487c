//! How the connection stands, in one look: for the tray icon and its tooltip (SCREENS.md 4.1.8).

use super::connections::{self, ConnectionState, ConnectionView, ForIntegration, Integration};
use super::engine::Engine;
use super::mark::Mark;
use crate::tunnel::{Path, PathState};

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
                    Ok(running) => with_path(glance, &running.status.get().path, self.now()),
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

/// Nothing is well while events cannot arrive; before anything is connected, none are awaited.
fn with_path(glance: Glance, path: &Path, now: i64) -> Glance {
    match (glance.mark, path.state(now)) {
        (Mark::Well, PathState::Proven) | (Mark::Idle | Mark::Waiting | Mark::Stopped, _) => glance,
        (Mark::Well, PathState::Proving | PathState::Offline | PathState::Broken) => Glance {
            mark: Mark::Waiting,
            sentence: path.sentence(now),
        },
    }
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

    #[test]
    fn nothing_is_well_while_the_path_is_not_proven() {
        let well = Glance {
            mark: Mark::Well,
            sentence: "Onboarding: verified.".to_owned(),
        };
        let glance = with_path(well, &Path::default(), 0);
        assert_eq!(glance.mark, Mark::Waiting);
        assert!(glance.sentence.contains("probe"));
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
