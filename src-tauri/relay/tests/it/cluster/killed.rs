//! I8: what a relay of a cluster acknowledged survives the death of a relay and of a server at once.

use std::collections::{HashMap, HashSet};

use fulcrum_relay::client::{ConnectError, Incoming, Session};
use fulcrum_relay::protocol::Refusal;

use super::nats::Nats;
use crate::invariants::invariant::{Invariant, tries};
use crate::invariants::program::Program;
use crate::sender::post;
use crate::world::Desktop;

#[tokio::test]
async fn i08_nothing_is_lost_when_a_relay_and_a_server_are_killed() {
    let mut nats = Nats::start(3, "sync_interval: always");
    nats.until_it_answers().await;
    let folder = tempfile::tempdir().unwrap();
    let mut relays = Vec::new();
    for name in ["one", "two"] {
        let relay = Program::with(&folder.path().join(name), &nats.arguments(3)).await;
        relays.push(relay.expect("the relay starts"));
    }
    let desktop = Desktop::join(&relays[0].url).await;
    let (endpoint, key, identity) = (desktop.endpoint, desktop.key, desktop.identity);
    drop(desktop.session);

    let rounds = tries(1_000, 60);
    let (mut attempted, mut acked) = (0, HashSet::new());
    // What is refused is not sent again: the relay alone is to double nothing.
    let mut send = async |address: &str, wanted: usize, at_most: usize| {
        let (until, last) = (acked.len() + wanted, attempted + at_most);
        while acked.len() < until && attempted < last {
            attempted += 1;
            let body = format!("\"event {attempted}\"");
            if post(address, endpoint, &body).await == 200 {
                acked.insert(body);
            }
        }
    };
    send(&relays[0].address(), rounds, rounds).await;
    let dying = relays.remove(0);
    let (doomed, left) = (dying.address(), relays[0].address());
    let killing = async {
        dying.kill().await;
        usize::from(nats.kill(0))
    };
    let (servers_killed, ()) = tokio::join!(killing, send(&doomed, 5, 5));
    send(&left, rounds, 1_000).await;
    nats.launch(0);
    send(&left, rounds, 1_000).await;

    // While a server comes back the store may answer nobody; a desktop tries again.
    let mut session = loop {
        match Session::connect(&relays[0].url, &identity).await {
            Ok(session) => break session,
            Err(ConnectError::Refused(Refusal::Unavailable)) => {}
            Err(error) => panic!("{error}"),
        }
    };
    let mut waiting = session.welcome().waiting;
    let mut inbox: HashMap<i64, String> = HashMap::new();
    while waiting > 0 {
        let Some(Incoming::Events(events)) = session.next().await else {
            panic!("{waiting} events wait and do not come");
        };
        waiting -= events.len() as u64;
        for event in events {
            let delivery = key
                .open(&event.sealed, endpoint, event.received_at_ms)
                .unwrap();
            inbox.insert(event.seq, String::from_utf8(delivery.body).unwrap());
        }
    }
    let got: HashSet<_> = inbox.values().cloned().collect();
    Invariant::new("I8")
        .figure("servers", 3)
        .at_least("attempted", attempted, 3 * rounds)
        .at_least("acked", acked.len(), 3 * rounds)
        .at_least("relays_killed", 2 - relays.len(), 1)
        .at_least("servers_killed", servers_killed, 1)
        .exactly("lost", acked.difference(&got).count(), 0)
        .exactly("duplicated", inbox.len() - got.len(), 0)
        .conclude();
}
