//! Proof that events can arrive: every minute, and after sleep or a change of network, this laptop posts a signed body
//! to an address of its own at the relay's public address, and waits for it to come back (SCREENS.md complaint 1).

mod clocks;
mod key;
mod landing;
mod post;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::Notify;
use url::Url;

use self::clocks::Clocks;
use self::key::ProbeKey;
use self::landing::{Landed, UnderWay};
pub use self::post::Lost;
use super::path::{INTERVAL, MISSES};
use super::{HopTimes, PathState, RelayState, StatusCell, network};
use crate::clock::SharedClock;
use crate::config::is_loopback;
use crate::feed::{Feed, Tag};
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::{Store, StoreError, endpoints, probes};

/// How soon waking up and a change of network are noticed.
const TICK: SignedDuration = SignedDuration::from_secs(15);

/// A tick that took so much longer by the wall clock was slept through.
const OVERSLEPT: SignedDuration = SignedDuration::from_secs(60);

/// How long a probe that the relay took may take to come back.
const RETURN_TIME: Duration = Duration::from_secs(20);

/// Sends probes and takes them back.
pub struct Probe {
    store: Store,
    clock: SharedClock,
    feed: Feed,
    http: reqwest::Client,
    /// For a public address of this computer, which no proxy reaches.
    direct: reqwest::Client,
    status: StatusCell,
    key: ProbeKey,
    under_way: UnderWay,
    clocks: Mutex<Clocks>,
    /// Rung to send one now.
    bell: Notify,
    /// Rung when the session with the relay is to be built anew.
    renew: Notify,
}

impl Probe {
    /// A probe with its own address, which is made the first time. What the last run of the program proved is known.
    ///
    /// # Errors
    /// [`StoreError`] if the address cannot be read or saved.
    pub async fn new(
        store: Store,
        (clock, feed): (SharedClock, Feed),
        (http, direct): (reqwest::Client, reqwest::Client),
        status: StatusCell,
    ) -> Result<Arc<Self>, StoreError> {
        let (key, proven_at) = store
            .write(|db| Ok::<_, StoreError>((ProbeKey::load(db)?, probes::last_returned(db)?)))
            .await?;
        status.change(|status| status.path.proven_at = proven_at);
        Ok(Arc::new(Self {
            store,
            clock,
            feed,
            http,
            direct,
            status,
            key,
            under_way: UnderWay::default(),
            clocks: Mutex::default(),
            bell: Notify::new(),
            renew: Notify::new(),
        }))
    }

    /// Sends probes until it is dropped. The first goes out as soon as the relay has said the address.
    pub async fn run(self: Arc<Self>) {
        let mut network = network::address().await;
        let mut told = self.state();
        let mut sent = self.clock.now();
        let mut last = sent;
        loop {
            let due = sent + INTERVAL;
            loop {
                let tick = (last + TICK).min(due);
                tokio::select! {
                    () = self.clock.sleep_until(tick) => {}
                    () = self.bell.notified() => break,
                }
                let now = self.clock.now();
                last = now;
                let slept = now.duration_since(tick) > OVERSLEPT;
                if slept {
                    self.status.change(|status| status.path.woke());
                }
                let here = network::address().await;
                let moved = std::mem::replace(&mut network, here) != here;
                self.status
                    .change(|status| status.path.offline = here.is_none() && !status.is_local());
                if self.state() != told {
                    told = self.state();
                    self.feed.changed(&[Tag::Relay]);
                }
                if slept || moved {
                    // A connection from before may be dead without having been told.
                    self.renew.notify_waiters();
                    break;
                }
                // A clock that was set back would put the next one off.
                if now >= due || now < sent {
                    break;
                }
            }
            sent = self.clock.now();
            if self.status.get().state == RelayState::StandingBy {
                continue;
            }
            // Why it was lost is in the status, for the screens.
            let _ = self.send().await;
            told = self.state();
        }
    }

    /// Has a probe sent now.
    pub(super) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Returns when the session with the relay is to be built anew.
    pub(super) async fn renewal(&self) {
        self.renew.notified().await;
    }

    /// Whether the endpoint is the probe's own.
    pub(super) fn is_at(&self, endpoint: fulcrum_relay::EndpointId) -> bool {
        self.key.endpoint == endpoint
    }

    /// Sends one probe and waits until it is back or lost; the status says the same afterwards.
    ///
    /// # Errors
    /// [`Lost`], a sentence.
    pub async fn send(&self) -> Result<HopTimes, Lost> {
        let sent_at = self.clock.now().as_millisecond();
        let before = self.state();
        let sent = self.round_trip(sent_at).await;
        match &sent {
            Ok(times) => {
                let now = self.clock.now().as_millisecond();
                self.status
                    .change(|status| status.path.returned(now, *times));
            }
            Err(problem) => self.note_lost(sent_at, problem.to_string()).await,
        }
        if let Err(problem) = self.note_change(before).await {
            tracing::warn!(%problem, "the path's state could not be logged");
        }
        self.feed.changed(&[Tag::Relay]);
        sent
    }

    async fn round_trip(&self, sent_at: i64) -> Result<HopTimes, Lost> {
        let status = self.status.get();
        if status.state != RelayState::Connected {
            return Err(Lost::NoSession(status.sentence));
        }
        let url = self.address().await?.ok_or(Lost::NoAddress)?;
        let http = if is_loopback(&url) {
            &self.direct
        } else {
            &self.http
        };
        let nonce = hex::encode(rand::random::<[u8; 16]>());
        let landed = self.under_way.add(nonce.clone(), sent_at);
        let sent = self.micros();
        let posted = post::post(http, &url, (&nonce, sent_at), &self.key.token).await;
        let answered = self.micros();
        let landed = match posted {
            Ok(()) => tokio::select! {
                landed = landed => landed.map_err(|_| Lost::NotReturned),
                () = self.clock.sleep(RETURN_TIME) => Err(Lost::NotReturned),
            },
            Err(problem) => Err(problem),
        };
        self.under_way.take(&nonce);
        Ok(self.times((sent, answered), landed?))
    }

    /// The probe's public address, once the relay has said it.
    async fn address(&self) -> Result<Option<Url>, Lost> {
        let id = self.key.endpoint.to_string();
        let row = self.store.read(move |db| endpoints::get(db, &id)).await;
        let row = row.map_err(|problem: StoreError| Lost::NotStored(problem.to_string()))?;
        Ok(row.and_then(|row| Url::parse(&row.url?).ok()))
    }

    fn times(&self, (sent, answered): (i64, i64), landed: Landed) -> HopTimes {
        let mut clocks = self.clocks.lock().unwrap_or_else(PoisonError::into_inner);
        let at_relay = clocks.at_relay((sent, answered), landed.at_relay, landed.arrived);
        let between = |from: i64, to: i64| u64::try_from(to.saturating_sub(from)).unwrap_or(0);
        HopTimes {
            relay: between(sent, at_relay),
            laptop: between(at_relay, landed.arrived),
            verify: between(landed.arrived, landed.verified),
            store: between(landed.verified, landed.stored),
            map: between(landed.stored, landed.mapped),
        }
    }

    async fn note_lost(&self, sent_at: i64, problem: String) {
        let missed = self.status.change(|status| {
            status.path.lost(problem.clone());
            status.path.missed
        });
        if missed.is_multiple_of(MISSES) && self.status.get().state == RelayState::Connected {
            self.renew.notify_waiters();
        }
        let noted = self
            .store
            .write(move |db| probes::add(db, sent_at, Err(&problem)))
            .await;
        if let Err(problem) = noted {
            tracing::warn!(%problem, "a lost probe could not be noted");
        }
    }

    /// Writes a line when the path breaks and when it is proven again.
    async fn note_change(&self, before: PathState) -> Result<(), StoreError> {
        let after = self.state();
        let (outcome, sentence) = match (before, after) {
            (PathState::Broken, PathState::Proven) => (
                Outcome::Done,
                "The path from the internet is proven again.".to_owned(),
            ),
            (before, PathState::Broken) if before != PathState::Broken => {
                let now = self.clock.now().as_millisecond();
                (Outcome::Waiting, self.status.get().path.sentence(now))
            }
            _ => return Ok(()),
        };
        let now = self.clock.now().as_millisecond();
        self.store
            .write(move |db| Entry::new(Kind::Relay, outcome, sentence).write(db, now))
            .await?;
        self.feed.changed(&[Tag::Activity]);
        Ok(())
    }

    fn state(&self) -> PathState {
        let now = self.clock.now().as_millisecond();
        self.status.get().path.state(now)
    }

    fn micros(&self) -> i64 {
        self.clock.now().as_microsecond()
    }
}
