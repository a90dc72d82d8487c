//! The handle that every part of the practice world shares.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use minijinja::Environment;
use tokio::sync::mpsc;

use crate::clock::Clock;
use crate::deliveries::DeliveryNumber;
use crate::state::World;
use crate::switches::Switches;
use crate::{http, seed, web};

/// How a practice world starts.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The time it lives in; the system time unless a test freezes it.
    pub clock: Clock,
    /// Its switches at the start; the control plane can change them.
    pub switches: Switches,
    /// Drawn candidates on top of the seeded ones, for load.
    pub extra_candidates: usize,
    /// What they are drawn from: the same number gives the same candidates.
    pub random_seed: u64,
}

/// A practice world. Clones share one state.
#[derive(Clone)]
pub struct Practice(Arc<Shared>);

struct Shared {
    clock: Clock,
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
        let now = settings.clock.now_ms();
        let mut world = seed::world(settings.switches, sender, now);
        let (count, random_seed) = (settings.extra_candidates, settings.random_seed);
        seed::add_crowd(&mut world, count, random_seed, now);
        Self(Arc::new(Shared {
            clock: settings.clock,
            origin: OnceLock::new(),
            world: Mutex::new(world),
            queue: Mutex::new(Some(receiver)),
            http: http::delivery_client().expect("ring supports what rustls asks of a provider"),
            templates: web::templates(),
        }))
    }

    /// The clock of this world, for tests that move it.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The present of this world, in milliseconds since 1970 UTC.
    pub(crate) fn now_ms(&self) -> i64 {
        self.0.clock.now_ms()
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
