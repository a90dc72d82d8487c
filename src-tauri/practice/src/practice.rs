//! The handle that every part of the practice world shares.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use minijinja::Environment;
use tokio::sync::mpsc;

use crate::clock::Clock;
use crate::deliveries::DeliveryNumber;
use crate::state::{Author, World};
use crate::switches::Switches;
use crate::tenant::Tenant;
use crate::{http, seed, web};

/// How a practice world starts.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The time it lives in; the system time unless a test freezes it.
    pub clock: Clock,
    /// Its switches at the start; the control plane can change them.
    pub switches: Switches,
    /// The tenant it stands for.
    pub tenant: Tenant,
    /// Drawn candidates on top of the seeded ones, for load.
    pub extra_candidates: usize,
    /// What they are drawn from: the same number gives the same candidates.
    pub random_seed: u64,
}

impl Settings {
    fn world(&self, queue: mpsc::UnboundedSender<DeliveryNumber>) -> World {
        let now = self.clock.now_ms();
        let mut world = seed::world(self.tenant, self.switches.clone(), queue, now);
        seed::add_crowd(&mut world, self.extra_candidates, self.random_seed, now);
        world
    }
}

/// A practice world. Clones share one state.
#[derive(Clone)]
pub struct Practice(Arc<Shared>);

struct Shared {
    settings: Settings,
    origin: OnceLock<String>,
    world: Mutex<World>,
    queue: Mutex<Option<mpsc::UnboundedReceiver<DeliveryNumber>>>,
    http: reqwest::Client,
    templates: Environment<'static>,
}

impl Practice {
    /// A seeded practice world, which does nothing until [`run`](crate::run) serves it.
    pub fn new(settings: Settings) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        let world = settings.world(sender);
        Self(Arc::new(Shared {
            settings,
            origin: OnceLock::new(),
            world: Mutex::new(world),
            queue: Mutex::new(Some(receiver)),
            http: http::delivery_client().expect("ring supports what rustls asks of a provider"),
            templates: web::templates(),
        }))
    }

    /// The clock of this world, for tests that move it.
    pub fn clock(&self) -> &Clock {
        &self.0.settings.clock
    }

    /// The tenant that this world stands for.
    pub(crate) fn tenant(&self) -> Tenant {
        self.0.settings.tenant
    }

    /// The present of this world, in milliseconds since 1970 UTC.
    pub(crate) fn now_ms(&self) -> i64 {
        self.clock().now_ms()
    }

    /// The public address, without a slash at the end.
    pub(crate) fn origin(&self) -> &str {
        self.0
            .origin
            .get()
            .expect("`run` sets the origin before it serves the first request")
    }

    pub(crate) fn set_origin(&self, origin: String) {
        // Set already only if the same world is run twice; the first address then stays.
        let _ = self.0.origin.set(origin);
    }

    /// The whole state. Never hold the guard across an await.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the world back to its start. The clock goes on, and so do the numbers of the ledger. Who is
    /// logged in stays so, and so do the mailbox and the log of deliveries; those under way are given
    /// up, because their webhooks are gone.
    pub(crate) fn start_anew(&self) {
        let (unused, _) = mpsc::unbounded_channel();
        let mut fresh = self.0.settings.world(unused);
        let mut world = self.world();
        std::mem::swap(&mut fresh.deliveries, &mut world.deliveries);
        std::mem::swap(&mut fresh.sessions, &mut world.sessions);
        std::mem::swap(&mut fresh.mailbox, &mut world.mailbox);
        fresh.ledger.number_after(&world.ledger);
        *world = fresh;
    }

    /// The whole state, for changes by `author`. Never hold the guard across an await.
    pub(crate) fn world_as(&self, author: Author) -> Acting<'_> {
        let mut world = self.world();
        world.acting = author;
        Acting(world)
    }

    /// The receiving end of the delivery queue: handed out once.
    pub(crate) fn take_queue(&self) -> Option<mpsc::UnboundedReceiver<DeliveryNumber>> {
        let mut queue = self.0.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.take()
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub(crate) fn templates(&self) -> &Environment<'static> {
        &self.0.templates
    }
}

/// The locked world while somebody is acting; the next one to lock it is nobody again.
pub(crate) struct Acting<'a>(MutexGuard<'a, World>);

impl Deref for Acting<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        &self.0
    }
}

impl DerefMut for Acting<'_> {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.0
    }
}

impl Drop for Acting<'_> {
    fn drop(&mut self) {
        self.0.acting = Author::Nobody;
    }
}
