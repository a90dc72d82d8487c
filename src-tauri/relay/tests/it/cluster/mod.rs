//! Several relays behind one address, over NATS servers of the test's own.

mod access;
mod accounts;
mod chain;
mod copies;
mod faults;
mod full;
mod guesses;
mod killed;
mod ledger;
mod nats;
mod pages;
mod proxy;
mod race;
mod several;
mod start;

use std::sync::Arc;

use fulcrum_relay::server::Limits;

use crate::world::{Hand, World};

/// Two relays in this process on one NATS server, with one clock.
struct Pair {
    one: World,
    two: World,
    clock: Arc<Hand>,
    nats: nats::Nats,
}

impl Pair {
    async fn start(limits: Limits) -> Self {
        let nats = nats::Nats::start(1, "sync_interval: always");
        nats.until_it_answers().await;
        let clock = Arc::default();
        let settings = nats.settings(1);
        Self {
            one: World::sharing(&settings, limits.clone(), &clock).await,
            two: World::sharing(&settings, limits, &clock).await,
            clock,
            nats,
        }
    }
}
