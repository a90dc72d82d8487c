//! A laptop with an inbox on its disk, and a sender that notes what it was told: together they show what was lost.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use fulcrum_relay::client::{Incoming, Session};
use fulcrum_relay::protocol::Event;
use fulcrum_relay::{EndpointId, Identity, SealingKey};
use url::Url;

use super::program::Program;
use crate::sender::post;
use crate::world::Desktop;

/// Where a desktop dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    BeforeItsCommit,
    BetweenCommitAndAck,
    AfterTheAck,
    Never,
}

/// What outlives a desktop: its keys, and the inbox on its disk.
pub struct Laptop {
    pub identity: Identity,
    pub key: SealingKey,
    pub endpoint: EndpointId,
    inbox: HashMap<i64, String>,
    pub deaths: HashMap<&'static str, usize>,
}

impl Laptop {
    /// With an empty inbox.
    pub fn of(desktop: Desktop) -> Self {
        Self {
            identity: desktop.identity,
            key: desktop.key,
            endpoint: desktop.endpoint,
            inbox: HashMap::new(),
            deaths: HashMap::new(),
        }
    }

    /// Takes events until the relay or the desktop dies.
    pub async fn serve(&mut self, url: &Url, death: Death) {
        let Ok(mut session) = Session::connect(url, &self.identity).await else {
            return;
        };
        while let Some(Incoming::Events(events)) = session.next().await {
            let last = events.last().unwrap().seq;
            if death == Death::BeforeItsCommit {
                return self.died("before its commit");
            }
            for event in events {
                self.store(&event);
            }
            if death == Death::BetweenCommitAndAck {
                return self.died("between commit and ack");
            }
            session.ack(last);
            if death == Death::AfterTheAck {
                return self.died("after the ack");
            }
        }
    }

    fn died(&mut self, moment: &'static str) {
        *self.deaths.entry(moment).or_default() += 1;
    }

    /// At least once is the relay's promise, so a number that is there already is no second event.
    fn store(&mut self, event: &Event) {
        let delivery = self
            .key
            .open(&event.sealed, event.endpoint, event.received_at_ms)
            .unwrap();
        let body = String::from_utf8(delivery.body).unwrap();
        let before = self.inbox.insert(event.seq, body.clone());
        assert!(
            before.is_none_or(|before| before == body),
            "a number names two events"
        );
    }
}

/// What was posted by one sender or by several, and what of it was answered 200.
#[derive(Default)]
pub struct Ledger {
    sender: usize,
    pub attempted: usize,
    pub acked: HashSet<String>,
}

impl Ledger {
    /// Of one sender among others, whose events are not another's.
    pub fn of(sender: usize) -> Self {
        Self {
            sender,
            ..Self::default()
        }
    }

    /// Of all these senders together.
    pub fn of_all(ledgers: impl IntoIterator<Item = Self>) -> Self {
        ledgers.into_iter().fold(Self::default(), |mut all, one| {
            all.attempted += one.attempted;
            all.acked.extend(one.acked);
            all
        })
    }

    /// Posts an event that was never posted before; returns the status, 0 where no answer came.
    pub async fn post(&mut self, address: &str, endpoint: EndpointId) -> u16 {
        self.attempted += 1;
        let body = format!("\"event {} of {}\"", self.attempted, self.sender);
        let status = post(address, endpoint, &body).await;
        if status == 200 {
            self.acked.insert(body);
        }
        status
    }

    /// Events that were answered 200 and are not in the inbox.
    pub fn lost(&self, laptop: &Laptop) -> usize {
        let got: HashSet<_> = laptop.inbox.values().collect();
        self.acked.iter().filter(|body| !got.contains(body)).count()
    }

    /// Nothing is posted twice, so a body under two numbers was doubled by the relay.
    pub fn duplicated(laptop: &Laptop) -> usize {
        laptop.inbox.len() - laptop.inbox.values().collect::<HashSet<_>>().len()
    }

    /// Events that are in the inbox although their sender was not told.
    pub fn recovered(&self, laptop: &Laptop) -> usize {
        let unacked = |body: &&String| !self.acked.contains(*body);
        laptop.inbox.values().filter(unacked).count()
    }
}

/// Lets the desktop take everything that waits.
pub async fn drain(folder: &Path, laptop: &mut Laptop) {
    let relay = Program::start(folder).await;
    let mut session = Session::connect(&relay.url, &laptop.identity)
        .await
        .unwrap();
    let mut waiting = session.welcome().waiting;
    while waiting > 0 {
        let Some(Incoming::Events(events)) = session.next().await else {
            panic!("{waiting} events wait and do not come");
        };
        waiting -= events.len() as u64;
        session.ack(events.last().unwrap().seq);
        for event in &events {
            laptop.store(event);
        }
    }
    relay.kill().await;
}
