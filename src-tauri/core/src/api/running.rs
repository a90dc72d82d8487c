//! The parts that run on an open database, put together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use fulcrum_relay::Identity;
use fulcrum_relay::client::Way;
use fulcrum_relay::protocol::Event;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use url::Url;

use super::embedded::{self, Inside};
use super::engine::Engine;
use super::fields::Reader;
use super::gaps::LEFT_OUT;
use super::mappings::{HireReader, ListReader};
use crate::clock::SharedClock;
use crate::config::relay_address;
use crate::connections::{Connections, Farewell, Integration, LocalData, Parts, WayIn};
use crate::feed::{Feed, Tag};
use crate::http::{self, Network};
use crate::jobs::{Bell, Handler, Runner};
use crate::lever;
use crate::listeners::{
    self, Arrived, DeleteWebhook, ForgetDeleted, GapFinder, Housekeeping, MoveWebhook, Proof,
};
use crate::oauth::{Access, Grants, Ways};
use crate::offers::{OfferSync, WriteLetter};
use crate::people::Import;
use crate::redact;
use crate::standing::StandingCell;
use crate::store::activity::{Entry, Kind, Outcome};
use crate::store::relay_positions::{self, Reached};
use crate::store::{Store, StoreError, samples, settings};
use crate::tunnel::{self, Chain, Intake, PathState, Probe, RelayState, StatusCell, Tunnel};
use crate::workflows::{self, EnterWorkflow};

/// The setting with the relay's address.
pub(super) const RELAY: &str = "relay";

/// The setting with the secret of this installation's key towards relays.
const DEVICE: &str = "device";

/// Everything that runs while the database is open.
pub struct Running {
    pub(super) store: Store,
    onboarding: Linked,
    offer_letters: Linked,
    pub(super) bell: Bell,
    pub(super) status: StatusCell,
    pub(super) standing: StandingCell,
    pub(super) fields: Reader,
    pub(super) probe: Arc<Probe>,
    pub(super) gaps: GapFinder,
    pub(super) offers: OfferSync,
    hurry: Arc<Notify>,
    chosen: Arc<Notify>,
    pub(super) setting_up: tokio::sync::Mutex<()>,
    /// The webhooks that Lever listed.
    pub(super) webhooks_seen: tokio::sync::Mutex<WebhooksSeen>,
    work: JoinHandle<()>,
    watches: Mutex<Vec<JoinHandle<()>>>,
    connecting: tokio::sync::Mutex<()>,
    way_in: Mutex<WayInParts>,
}

/// The webhooks that Lever listed for each integration, and when: they may be of two organisations.
pub(super) type WebhooksSeen = HashMap<Integration, (i64, Vec<lever::types::Webhook>)>;

/// What runs for events to arrive.
#[derive(Default)]
struct WayInParts {
    tasks: Vec<JoinHandle<()>>,
    inside: Option<Inside>,
    /// The relay, the public address of the user's own tunnel to it, and how it is reached.
    way_out: Option<(Url, Option<Url>, Way)>,
}

/// An integration's connection to Lever, and the API behind it.
pub(super) struct Linked {
    pub(super) access: Access,
    pub(super) connections: Arc<Connections>,
    pub(super) hires: HireReader,
    pub(super) lists: ListReader,
}

impl Linked {
    fn new(
        integration: Integration,
        engine: &Engine,
        store: &Store,
        bell: &Bell,
        (status, standing): (&StatusCell, &StandingCell),
    ) -> Self {
        let (clock, feed, http) = (engine.clock().clone(), engine.feed().clone(), engine.http());
        let options = engine.options();
        let grants = Grants::new(
            integration,
            store.clone(),
            http.clone(),
            clock.clone(),
            (feed.clone(), standing.clone()),
            options.custom.clone(),
        );
        let access = Access::new(
            integration,
            store.clone(),
            http.clone(),
            Arc::new(grants),
            clock.clone(),
            (options.custom.clone(), options.paced),
        );
        let hires = HireReader::new(
            integration,
            store.clone(),
            access.clone(),
            clock.clone(),
            feed.clone(),
        );
        let lists = ListReader::new(access.clone(), clock.clone(), feed.clone());
        let host = engine.host().clone();
        let connections = Connections::new(Parts {
            integration,
            store: store.clone(),
            http,
            clock,
            feed,
            bell: bell.clone(),
            access: access.clone(),
            custom: options.custom.clone(),
            relay: Arc::new(status.clone()),
            come_to_front: Box::new(move || host.come_to_front()),
        });
        Self {
            access,
            connections,
            hires,
            lists,
        }
    }
}

impl Linked {
    /// Ends the connection, as [`Connections::leave`]; what is being read for it is not kept any more.
    pub(super) async fn leave(&self, data: LocalData) -> Result<bool, StoreError> {
        self.hires.stop();
        self.lists.forget();
        self.connections.leave(data).await
    }
}

/// What can be done with each kind of work.
fn handlers(engine: &Engine, store: &Store, ways: &Ways, bell: &Bell) -> Vec<Arc<dyn Handler>> {
    let (clock, feed) = (engine.clock(), engine.feed());
    let access = ways.of(Integration::Onboarding);
    vec![
        Arc::new(Import {
            store: store.clone(),
            access: access.clone(),
            clock: clock.clone(),
            feed: feed.clone(),
            bell: bell.clone(),
        }),
        Arc::new(EnterWorkflow {
            store: store.clone(),
            clock: clock.clone(),
            feed: feed.clone(),
        }),
        Arc::new(ForgetDeleted {
            store: store.clone(),
            access: access.clone(),
            clock: clock.clone(),
            feed: feed.clone(),
        }),
        Arc::new(DeleteWebhook {
            store: store.clone(),
            ways: ways.clone(),
            clock: clock.clone(),
            feed: feed.clone(),
        }),
        Arc::new(MoveWebhook {
            store: store.clone(),
            ways: ways.clone(),
            clock: clock.clone(),
            feed: feed.clone(),
        }),
        Arc::new(Farewell {
            store: store.clone(),
            http: engine.http(),
            clock: clock.clone(),
            feed: feed.clone(),
            custom: engine.options().custom.clone(),
            paced: engine.options().paced,
        }),
    ]
}

impl Running {
    /// The connection of an integration.
    pub(super) fn lever(&self, integration: Integration) -> &Linked {
        match integration {
            Integration::Onboarding => &self.onboarding,
            Integration::OfferLetters => &self.offer_letters,
        }
    }

    pub(super) async fn start(engine: &Engine, store: Store) -> Result<Self, StoreError> {
        let now = engine.now();
        let (network, standing) = store
            .write(move |db| {
                workflows::ensure(db, now)?;
                samples::remove_old(db, now)?;
                Ok::<_, StoreError>((Network::load(db)?, tunnel::standing_at_start(db)?))
            })
            .await?;
        engine.use_network(&network);
        let (clock, feed) = (engine.clock().clone(), engine.feed().clone());
        let bell = Bell::default();
        let status = StatusCell::new(now);
        let standing = StandingCell::new(standing);
        let known = (&status, &standing);
        let linked = |integration| Linked::new(integration, engine, &store, &bell, known);
        let onboarding = linked(Integration::Onboarding);
        let offer_letters = linked(Integration::OfferLetters);
        let hurry = Arc::<Notify>::default();
        let told = (clock.clone(), feed.clone());
        let offers = OfferSync::new(
            store.clone(),
            offer_letters.access.clone(),
            told.clone(),
            Arc::clone(&hurry),
        );
        let ways = Ways::new(onboarding.access.clone(), offer_letters.access.clone());
        let mut handlers = handlers(engine, &store, &ways, &bell);
        handlers.push(Arc::new(offers.clone()));
        handlers.push(Arc::new(WriteLetter {
            store: store.clone(),
            access: offer_letters.access.clone(),
            clock: clock.clone(),
            feed: feed.clone(),
        }));
        let ways = vec![onboarding.access.clone(), offer_letters.access.clone()];
        let fields = Reader::new(store.clone(), ways, clock.clone(), feed.clone());
        let direct = http::direct().unwrap_or_else(|_| engine.http());
        let proof = Arc::new(status.clone());
        let gaps = GapFinder::new(
            store.clone(),
            onboarding.access.clone(),
            told.clone(),
            proof,
        );
        let clients = (engine.http(), direct);
        let probe = Probe::new(store.clone(), told, clients, status.clone()).await?;
        let runner = Runner::new(
            store.clone(),
            clock,
            feed,
            (bell.clone(), standing.clone()),
            handlers,
        );
        let running = Self {
            store,
            onboarding,
            offer_letters,
            bell,
            status,
            standing,
            fields,
            probe,
            gaps,
            offers,
            hurry,
            chosen: Arc::default(),
            setting_up: tokio::sync::Mutex::default(),
            connecting: tokio::sync::Mutex::default(),
            webhooks_seen: tokio::sync::Mutex::default(),
            work: tokio::spawn(runner.run()),
            watches: Mutex::default(),
            way_in: Mutex::default(),
        };
        running.connect_or_tell(engine).await;
        running.watch(engine);
        Ok(running)
    }

    /// Looks after each connection from now on, and after what a mapping reads.
    fn watch(&self, engine: &Engine) {
        let watch = |integration| {
            let connections = Arc::clone(&self.lever(integration).connections);
            tokio::spawn(connections.watch())
        };
        let mut watches = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        watches.extend(Integration::ALL.map(watch));
        watches.push(tokio::spawn(self.fields.clone().watch()));
        watches.push(tokio::spawn(self.gaps.clone().watch()));
        watches.push(tokio::spawn(
            self.offers.clone().watch(self.standing.clone()),
        ));
        watches.push(tokio::spawn(self.housekeeping(engine).run()));
    }

    /// What looks after the inbox.
    pub(super) fn housekeeping(&self, engine: &Engine) -> Housekeeping {
        Housekeeping {
            store: self.store.clone(),
            clock: engine.clock().clone(),
            feed: engine.feed().clone(),
        }
    }

    /// Starts the way in that the settings say from now on; nothing is proven of it yet.
    pub(super) async fn reconnect(&self, engine: &Engine) {
        self.status.start_anew();
        self.connect_or_tell(engine).await;
    }

    /// Starts the way in anew. Without one everything but new events works, so its failure is told and no more.
    pub(super) async fn connect_or_tell(&self, engine: &Engine) {
        let _one_at_a_time = self.connecting.lock().await;
        if let Err(problem) = self.connect(engine).await {
            let sentence =
                format!("The relay inside the app does not start, so no events arrive. {problem}");
            self.standing.unreachable();
            self.status
                .set(RelayState::Unreachable, sentence, engine.now());
        }
    }

    /// Starts the way in anew: the relay of the settings, or the one inside the app.
    async fn connect(&self, engine: &Engine) -> Result<(), StoreError> {
        self.end_way_in().await;
        let set = self.relay(engine).await?;
        self.status.set_address(set.as_ref().map(Url::to_string));
        let (relay, public, inside) = match set {
            Some(relay) => (relay, None, None),
            None => {
                let (relay, public, inside) = embedded::start(engine, &self.store).await?;
                (relay, public, Some(inside))
            }
        };
        let way = self.store.read(Network::load).await?.way();
        let way_out = Some((relay.clone(), public, way.clone()));
        let tunnel = Tunnel {
            relay,
            way,
            identity: self.identity().await?,
            store: self.store.clone(),
            clock: engine.clock().clone(),
            feed: engine.feed().clone(),
            intake: Arc::new(Inbox {
                store: self.store.clone(),
                clock: engine.clock().clone(),
                feed: engine.feed().clone(),
                bell: self.bell.clone(),
                probe: Arc::clone(&self.probe),
                gaps: self.gaps.clone(),
            }),
            status: self.status.clone(),
            hurry: Arc::clone(&self.hurry),
            chain: Chain::default(),
            standing: self.standing.clone(),
            chosen: Arc::clone(&self.chosen),
            bell: self.bell.clone(),
            probe: Arc::clone(&self.probe),
        };
        let probe = Arc::clone(&self.probe).run();
        let mut way_in = self.way_in.lock().unwrap_or_else(PoisonError::into_inner);
        *way_in = WayInParts {
            tasks: vec![tokio::spawn(tunnel.run()), tokio::spawn(probe)],
            inside,
            way_out,
        };
        Ok(())
    }

    /// The relay's address: from the start of the program, else from the settings; none for the one inside.
    pub(super) async fn relay(&self, engine: &Engine) -> Result<Option<Url>, StoreError> {
        if let Some(given) = &engine.options().relay {
            return Ok(Some(given.clone()));
        }
        let saved: Option<String> = self.store.read(|db| settings::get(db, RELAY)).await?;
        Ok(saved.and_then(|text| relay_address("relay", &text).ok()))
    }

    /// Has the relay told of changed endpoints, or tried again now instead of after the pause.
    pub(super) fn hurry(&self) {
        self.hurry.notify_one();
    }

    /// Has this copy of the data folder, which stands by, take over from the one in use.
    pub(super) fn choose(&self, now: i64) {
        let sentence = "Taking over from the other copy.".to_owned();
        if self.status.get().state == RelayState::StandingBy {
            self.status.set(RelayState::Connecting, sentence, now);
            self.chosen.notify_one();
        } else {
            self.hurry();
        }
    }

    /// The key of this installation, made once.
    async fn identity(&self) -> Result<Identity, StoreError> {
        self.store
            .write(|db| {
                let saved: Option<[u8; 32]> = settings::get(db, DEVICE)?;
                let identity = match saved {
                    Some(secret) => Identity::from_secret_bytes(&secret),
                    None => {
                        let identity = Identity::generate();
                        settings::put(db, DEVICE, &*identity.to_secret_bytes())?;
                        identity
                    }
                };
                redact::conceal_bytes(&*identity.to_secret_bytes());
                Ok(identity)
            })
            .await
    }

    /// The relay, the public address of the user's own tunnel to it, and how it is reached; none if the relay inside
    /// the app did not start.
    pub(super) fn way_out(&self) -> Option<(Url, Option<Url>, Way)> {
        let way_in = self.way_in.lock().unwrap_or_else(PoisonError::into_inner);
        way_in.way_out.clone()
    }

    async fn end_way_in(&self) {
        let ended =
            std::mem::take(&mut *self.way_in.lock().unwrap_or_else(PoisonError::into_inner));
        ended.tasks.iter().for_each(JoinHandle::abort);
        if let Some(inside) = ended.inside {
            inside.stop().await;
        }
    }

    fn end_watches(&self) {
        let mut watches = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        watches.drain(..).for_each(|task| task.abort());
    }

    /// Ends every part and closes the database.
    pub(super) async fn stop(&self) {
        self.end_parts().await;
        self.store.close().await;
    }

    /// Ends every part. What was not on disk was not acknowledged, so nothing is lost.
    pub(super) async fn end_parts(&self) {
        for integration in Integration::ALL {
            let Linked {
                connections,
                hires,
                lists,
                ..
            } = self.lever(integration);
            connections.cancel();
            connections.stop_validation();
            hires.stop();
            lists.forget();
        }
        self.end_way_in().await;
        self.end_watches();
        self.work.abort();
        for integration in Integration::ALL {
            if let Err(problem) = self.lever(integration).connections.keep_uses().await {
                tracing::warn!(%problem, "the uses of permissions could not be kept");
            }
        }
    }
}

#[async_trait]
impl WayIn for StatusCell {
    fn address(&self) -> Option<String> {
        self.get().address
    }

    async fn look(&self) -> (bool, String) {
        let status = self.decided().await;
        (status.state == RelayState::Connected, status.sentence)
    }
}

impl Proof for StatusCell {
    fn proven_at(&self) -> Option<i64> {
        self.get().path.proven_at
    }

    fn is_clear(&self, now: i64) -> bool {
        let status = self.get();
        status.path.state(now) == PathState::Proven && status.waiting == 0
    }
}

/// Takes the relay's events into the inbox.
struct Inbox {
    store: Store,
    clock: SharedClock,
    feed: Feed,
    bell: Bell,
    probe: Arc<Probe>,
    gaps: GapFinder,
}

#[async_trait]
impl Intake for Inbox {
    async fn take(&self, events: Vec<Event>, reached: Option<Reached>) -> Result<(), StoreError> {
        let (probes, events): (Vec<_>, Vec<_>) =
            events.into_iter().partition(|event| self.probe.owns(event));
        for probe in probes {
            self.probe.landed(probe).await?;
        }
        if events.is_empty() {
            return match reached {
                Some(reached) => {
                    let reach = move |db: &_| relay_positions::reach(db, reached);
                    self.store.write(reach).await
                }
                None => Ok(()),
            };
        }
        let batch = events
            .into_iter()
            .map(|event| Arrived {
                endpoint: event.endpoint,
                received_at: event.received_at_ms,
                sealed: event.sealed,
            })
            .collect();
        let now = self.clock.now().as_millisecond();
        let work = listeners::receive(&self.store, batch, reached, now).await?;
        if work {
            self.bell.ring();
        }
        self.feed
            .changed(&[Tag::Listeners, Tag::Activity, Tag::Connection]);
        Ok(())
    }

    async fn left_out(&self, times: u64) -> Result<(), StoreError> {
        let now = self.clock.now().as_millisecond();
        self.store
            .write(move |db| {
                let before: Option<u64> = settings::get(db, LEFT_OUT)?;
                settings::put(db, LEFT_OUT, &(before.unwrap_or_default() + times))?;
                let words =
                    "The relay left out events that it had numbered. Lever is asked what changed.";
                Entry::new(Kind::Relay, Outcome::Refused, words).write(db, now)
            })
            .await?;
        self.lost();
        self.feed.changed(&[Tag::Activity, Tag::Listeners]);
        Ok(())
    }

    fn lost(&self) {
        self.gaps.ring();
    }
}
