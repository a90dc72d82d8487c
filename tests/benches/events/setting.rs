//! What is measured, started and set up: a relay, a laptop behind it, a Lever, and the durable tunnel.

use fulcrum_cli::demo::world::World;
use fulcrum_cli::output::Failure;
use fulcrum_relay::client::{Incoming, Session};
use fulcrum_relay::{EndpointId, Identity, SealingKey};
use tempfile::TempDir;
use url::Url;

use crate::laptop::{Counters, Laptop, Place};
use crate::lever;
use crate::programs::{self, Program};
use crate::sender::Target;

/// Everything that runs.
pub struct Setting {
    /// The practice world: its Lever answers, its own relay has no part in this.
    pub world: World,
    /// The relay's process.
    pub relay: Program,
    /// What the relay counts.
    pub counters: Counters,
    /// Where the laptop keeps its data.
    pub place: Place,
    /// The laptop.
    pub laptop: Laptop,
    /// The limit.
    pub tunnel: Target,
    /// An address of a laptop that is switched off, so that the relay alone is measured.
    pub unread: Unread,
    /// A listener that records and starts nothing.
    pub stored: Target,
    /// A listener that imports people.
    pub hired: Target,
    _tunnel: Program,
    _folder: TempDir,
}

impl Setting {
    /// Starts and sets up all of it in a temporary folder.
    ///
    /// # Errors
    /// [`Failure`] if a part does not start.
    pub async fn start() -> Result<Self, Failure> {
        let world = World::start().await?;
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        let durable = programs::durable_tunnel(&at("durable.db")).await?;
        let relay = programs::relay(&at("relay")).await?;
        let place = Place {
            folder: at("laptop"),
            relay: relay.url()?,
            lever: lever::start(&world).await?,
        };
        let laptop = Laptop::start(&place, world.http()).await?;
        laptop.set_up().await?;
        Ok(Self {
            counters: Counters::of(&place.relay, world.http())?,
            tunnel: Target::new(durable.url()?, "candidateArchiveChange"),
            unread: Unread::start(&place.relay).await?,
            stored: laptop.listen("candidateArchiveChange").await?,
            hired: laptop.listen("candidateHired").await?,
            world,
            relay,
            place,
            laptop,
            _tunnel: durable,
            _folder: folder,
        })
    }
}

/// A laptop that claimed an address at the relay and hung up.
pub struct Unread {
    /// Its address.
    pub target: Target,
    identity: Identity,
    relay: Url,
}

impl Unread {
    async fn start(relay: &Url) -> Result<Self, Failure> {
        let identity = Identity::generate();
        let mut session = session(relay, &identity).await?;
        session.register(EndpointId::random(), SealingKey::generate().public());
        while let Some(incoming) = session.next().await {
            if let Incoming::Registered { url, .. } = incoming {
                let relay = relay.clone();
                let target = Target::new(url, "candidateArchiveChange");
                return Ok(Self {
                    target,
                    identity,
                    relay,
                });
            }
        }
        Err(Failure::Other("The relay gave no address.".to_owned()))
    }

    /// Takes and acknowledges what waits, so that the next measurement finds as much room as this one.
    ///
    /// # Errors
    /// [`Failure`] if the relay does not deliver all of it.
    pub async fn empty(&self, counters: &Counters) -> Result<(), Failure> {
        let before = counters.delivered().await?;
        let mut session = session(&self.relay, &self.identity).await?;
        let waiting = session.welcome().waiting;
        let mut taken = 0;
        while taken < waiting {
            match session.next().await {
                Some(Incoming::Events(events)) => {
                    taken += events.len() as u64;
                    if let Some(last) = events.last() {
                        session.ack(last.seq);
                    }
                }
                Some(_) => {}
                None => return Err(Failure::Other("The relay hung up.".to_owned())),
            }
        }
        counters.until_delivered(before + taken).await
    }
}

async fn session(relay: &Url, identity: &Identity) -> Result<Session, Failure> {
    let session = Session::connect(relay, identity).await;
    session.map_err(|problem| Failure::Other(problem.to_string()))
}
