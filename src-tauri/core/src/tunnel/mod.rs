//! The way from the internet to this laptop: one session with the relay at a time, connected again with a
//! growing pause, whatever ends it.

mod chain;
pub mod doctor;
mod network;
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
pub use self::path::{HopTimes, Path, PathState};
pub use self::probe::{Lost, Probe};
pub use self::status::{RelayState, Status, StatusCell};
use crate::clock::SharedClock;
use crate::feed::{Feed, Tag};
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::{Store, StoreError};

/// Takes what the relay delivers; when it returns, all of it is on disk.
#[async_trait]
pub trait Intake: Send + Sync {
    /// Stores a batch.
    ///
    /// # Errors
    /// [`StoreError`] if it is not on disk; the relay keeps it then and delivers it again.
    async fn take(&self, events: Vec<Event>) -> Result<(), StoreError>;

    /// By its own numbers, the relay left out events before so many of those it delivered.
    ///
    /// # Errors
    /// [`StoreError`] if that could not be noted.
    async fn left_out(&self, times: u64) -> Result<(), StoreError>;
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
    /// What proves the path, and has the session built anew when it does not.
    pub probe: Arc<Probe>,
}

impl Tunnel {
    /// Stays connected until it is dropped.
    pub async fn run(self) {
        let mut pauses = pauses();
        loop {
            self.tell(
                RelayState::Connecting,
                "Signing in to the relay.".to_owned(),
            )
            .await;
            let ended = self.session().await;
            if ended.was_connected {
                pauses = self::pauses();
            }
            if ended.renew {
                continue;
            }
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
