//! What a sender was told, against what a desktop gets.

use std::collections::{HashMap, HashSet};

use fulcrum_relay::client::{ConnectError, Incoming, Session};
use fulcrum_relay::protocol::Refusal;
use fulcrum_relay::{EndpointId, Identity, SealingKey};
use url::Url;

use crate::sender::post;
use crate::world::Desktop;

/// The events of one desktop that is asleep until the end.
pub struct Ledger {
    endpoint: EndpointId,
    key: SealingKey,
    identity: Identity,
    pub attempted: usize,
    pub acked: HashSet<String>,
}

/// What became of what was acknowledged.
pub struct Verdict {
    pub lost: usize,
    pub duplicated: usize,
}

impl Ledger {
    /// A new desktop, which goes away at once.
    pub async fn open(relay: &Url) -> Self {
        let desktop = Desktop::join(relay).await;
        Self {
            endpoint: desktop.endpoint,
            key: desktop.key,
            identity: desktop.identity,
            attempted: 0,
            acked: HashSet::new(),
        }
    }

    /// Posts at the relays in turn until so many more are acknowledged, or were attempted. What is refused is not sent
    /// again: the relays alone are to double nothing.
    pub async fn send(&mut self, relays: &[&str], wanted: usize, at_most: usize) {
        let (until, last) = (self.acked.len() + wanted, self.attempted + at_most);
        while self.acked.len() < until && self.attempted < last {
            let relay = relays[self.attempted % relays.len()];
            self.attempted += 1;
            let body = format!("\"event {}\"", self.attempted);
            if post(relay, self.endpoint, &body).await == 200 {
                self.acked.insert(body);
            }
        }
    }

    /// Fetches everything, if need be in several sessions, as a desktop does.
    pub async fn judge(&self, relay: &Url) -> Verdict {
        let mut inbox: HashMap<i64, String> = HashMap::new();
        while !self.fetch(relay, &mut inbox).await {}
        let got: HashSet<_> = inbox.values().cloned().collect();
        Verdict {
            lost: self.acked.difference(&got).count(),
            duplicated: inbox.len() - got.len(),
        }
    }

    /// One session; whether all that waited came. While a server comes back the store may answer nobody, or end what it
    /// began; a desktop tries again.
    async fn fetch(&self, relay: &Url, inbox: &mut HashMap<i64, String>) -> bool {
        let mut session = match Session::connect(relay, &self.identity).await {
            Ok(session) => session,
            Err(ConnectError::Refused(Refusal::Unavailable)) => return false,
            Err(error) => panic!("{error}"),
        };
        let mut waiting = session.welcome().waiting;
        while waiting > 0 {
            let Some(Incoming::Events(events)) = session.next().await else {
                return false;
            };
            waiting -= events.len() as u64;
            let last = events.last().map(|event| event.seq);
            for event in events {
                let delivery = self
                    .key
                    .open(&event.sealed, self.endpoint, event.received_at_ms);
                inbox.insert(
                    event.seq,
                    String::from_utf8(delivery.unwrap().body).unwrap(),
                );
            }
            // Of a long mailbox the relay sends more only when these are acknowledged.
            last.into_iter().for_each(|last| session.ack(last));
        }
        true
    }
}
