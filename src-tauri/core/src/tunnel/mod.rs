//! The way from the internet to this laptop: one session with the relay at a time, connected again with a
//! growing pause, whatever ends it.

mod chain;
mod copies;
pub mod doctor;
mod network;
mod pages;
mod path;
mod probe;
mod session;
mod status;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use backon::{BackoffBuilder, ExponentialBuilder};
use fulcrum_relay::Identity;
use fulcrum_relay::client::Way;
use fulcrum_relay::protocol::Event;
use tokio::sync::Notify;
use url::Url;

pub use self::chain::Chain;
pub use self::copies::{STANDS_BY, standing_at_start, standing_by_since};
pub use self::path::{HopTimes, Path, PathState};
pub use self::probe::{Lost, Probe};
use self::session::Then;
pub use self::status::{RelayState, Status, StatusCell, WayState};
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::jobs::Bell;
use crate::standing::{Standing, StandingCell};
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::relay_positions::Reached;
use crate::store::{Store, StoreError};

/// Takes what the relay delivers; when it returns, all of it is on disk.
#[async_trait]
pub trait Intake: Send + Sync {
    /// Stores a batch, and how far the relay's events are with it where its numbers are known.
    ///
    /// # Errors
    /// [`StoreError`] if it is not on disk; the relay keeps it then and delivers it again.
    async fn take(&self, events: Vec<Event>, reached: Option<Reached>) -> Result<(), StoreError>;

    /// By its own numbers, the relay left out events before so many of those it delivered.
    ///
    /// # Errors
    /// [`StoreError`] if that could not be noted.
    async fn left_out(&self, times: u64) -> Result<(), StoreError>;

    /// Events are gone for certain: the relay deleted them, or another copy of this folder had them. What changed in
    /// Lever is to be compared with what arrived.
    fn lost(&self);
}

/// Keeps this installation connected to a relay.
pub struct Tunnel {
    /// The relay's base address.
    pub relay: Url,
    /// How the internet is reached.
    pub way: Way,
    /// The key that the endpoints belong to.
    pub identity: Identity,
    /// The database with the endpoints.
    pub store: Store,
    /// The clock for pauses.
    pub clock: SharedClock,
    /// Where changes are told.
    pub feed: Feed,
    /// Where events go.
    pub intake: Arc<dyn Intake>,
    /// What screens read.
    pub status: StatusCell,
    /// Rung to try again at once, or to look for endpoints that changed.
    pub hurry: Arc<Notify>,
    /// What of the relay's numbers is accounted for.
    pub chain: Chain,
    /// Whether this copy of the data folder may act.
    pub standing: StandingCell,
    /// Rung when there is work for the address of a listener.
    pub bell: Bell,
    /// Rung when the user chooses this copy.
    pub chosen: Arc<Notify>,
    /// What proves the path, and has the session built anew when it does not.
    pub probe: Arc<Probe>,
}

impl Tunnel {
    /// Stays connected until it is dropped.
    pub async fn run(self) {
        let mut pauses = pauses();
        let mut take_over = self.standing.get() == Standing::StandsBy;
        if take_over {
            self.stand_by().await;
        }
        loop {
            self.tell(
                RelayState::Connecting,
                "Signing in to the relay.".to_owned(),
            )
            .await;
            let ended = self.session(take_over).await;
            if ended.was_connected {
                pauses = self::pauses();
                take_over = false;
            }
            match ended.then {
                Then::Renew => continue,
                Then::StandBy => {
                    self.stand_by().await;
                    take_over = true;
                    continue;
                }
                Then::Pause => {}
            }
            self.standing.unreachable();
            self.tell(RelayState::Unreachable, ended.sentence).await;
            let pause = pauses.next().unwrap_or(LONGEST_PAUSE);
            tokio::select! {
                () = self.clock.sleep(pause) => {}
                () = self.hurry.notified() => pauses = self::pauses(),
            }
        }
    }

    /// Tells the screens, and writes a line when the relay is found or lost.
    async fn tell(&self, state: RelayState, sentence: String) {
        let now = self.clock.now().as_millisecond();
        let before = self.status.set(state, sentence.clone(), now);
        self.feed.changed(&[Tag::Relay]);
        let outcome = match (before, state) {
            (RelayState::Connected, RelayState::Unreachable) => Outcome::Waiting,
            (before, RelayState::Connected) if before != RelayState::Connected => Outcome::Done,
            _ => return,
        };
        let line = self
            .store
            .write(move |db| Entry::new(Kind::Relay, outcome, sentence).write(db, now))
            .await;
        match line {
            Ok(()) => self.feed.changed(&[Tag::Activity]),
            Err(problem) => tracing::warn!(%problem, "the relay's state could not be logged"),
        }
    }
}

/// The longest pause between two tries; short enough that nobody waits in front of the screen.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

fn pauses() -> impl Iterator<Item = Duration> + Send {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(500))
        .with_max_delay(LONGEST_PAUSE)
        .with_jitter()
        .without_max_times()
        .build()
}
