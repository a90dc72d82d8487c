//! What is known of the way from the internet, for screens.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;
use ts_rs::TS;
use url::Url;

use super::{Path, PathState};
use crate::config::is_loopback;

/// The relay's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RelayState {
    /// Signing in.
    Connecting,
    /// Connected; events arrive.
    Connected,
    /// Not reachable; tried again.
    Unreachable,
    /// Not asked for events: another copy of the data folder is in use.
    StandingBy,
}

/// How the way from the internet stands, in one word: a session alone proves nothing, so only a probe makes it good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WayState {
    /// This copy of the data folder stands by.
    StandingBy,
    /// This computer has no network.
    Offline,
    /// Signing in to the relay.
    Connecting,
    /// The relay is not reachable.
    Unreachable,
    /// Connected, and too early to say more.
    Proving,
    /// A probe came back.
    Proven,
    /// Connected, and probes are lost.
    Broken,
}

/// What is known right now.
#[derive(Debug, Clone)]
pub struct Status {
    /// The state.
    pub state: RelayState,
    /// The sentence beside it.
    pub sentence: String,
    /// Since when, in milliseconds since 1970 UTC.
    pub since: i64,
    /// The relay's address as it is set; none for the one inside the app.
    pub address: Option<String>,
    /// The public base address of the endpoints, once the relay has said it.
    pub public_url: Option<String>,
    /// Events that waited at the relay when it last said so, less those delivered since.
    pub waiting: u64,
    /// Whether events can arrive, as the probes tell.
    pub path: Path,
}

impl Status {
    /// How the way stands at `now`, in milliseconds since 1970 UTC, and the sentence beside it.
    pub fn way(&self, now: i64) -> (WayState, String) {
        let path = self.path.state(now);
        let of_path = |state| (state, self.path.sentence(now));
        let of_session = |state| (state, self.sentence.clone());
        match (self.state, path) {
            (RelayState::StandingBy, _) => of_session(WayState::StandingBy),
            (_, PathState::Offline) => of_path(WayState::Offline),
            (RelayState::Connecting, _) => of_session(WayState::Connecting),
            (RelayState::Unreachable, _) => of_session(WayState::Unreachable),
            (RelayState::Connected, PathState::Proving) => of_path(WayState::Proving),
            (RelayState::Connected, PathState::Proven) => of_path(WayState::Proven),
            (RelayState::Connected, PathState::Broken) => of_path(WayState::Broken),
        }
    }

    /// Whether the public address is one of this computer, which needs no network.
    pub(super) fn is_local(&self) -> bool {
        let address = self.public_url.as_deref();
        address
            .and_then(|url| Url::parse(url).ok())
            .is_some_and(|url| is_loopback(&url))
    }
}

/// A shared [`Status`].
#[derive(Clone)]
pub struct StatusCell(Arc<watch::Sender<Status>>);

impl StatusCell {
    /// Not connected yet.
    pub fn new(now: i64) -> Self {
        Self(Arc::new(watch::Sender::new(Status {
            state: RelayState::Connecting,
            sentence: "Signing in to the relay.".to_owned(),
            since: now,
            address: None,
            public_url: None,
            waiting: 0,
            path: Path::default(),
        })))
    }

    /// What is known right now.
    pub fn get(&self) -> Status {
        self.0.borrow().clone()
    }

    /// What is known as soon as a sign-in that is under way has ended; every one ends by itself.
    pub async fn decided(&self) -> Status {
        let mut changes = self.0.subscribe();
        let decided = changes.wait_for(|status| status.state != RelayState::Connecting);
        // The sender lives as long as the cell.
        decided
            .await
            .map_or_else(|_| self.get(), |status| status.clone())
    }

    /// Changes the state and returns the one before.
    pub fn set(&self, state: RelayState, sentence: String, now: i64) -> RelayState {
        self.change(|status| {
            let before = status.state;
            // Trying again is no news while the relay is away.
            let since = if before == state { status.since } else { now };
            *status = Status {
                state,
                sentence,
                since,
                ..status.clone()
            };
            before
        })
    }

    /// Says which relay is meant from now on.
    pub fn set_address(&self, address: Option<String>) {
        self.change(|status| status.address = address);
    }

    /// Forgets what was proven, and by which address, before another way is taken.
    pub fn start_anew(&self) {
        self.change(|status| {
            status.path = Path::default();
            status.public_url = None;
        });
    }

    /// Changes something else.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Status) -> T) -> T {
        let mut changed = None;
        self.0.send_modify(|status| changed = Some(change(status)));
        changed.expect("the change was made just now")
    }
}
