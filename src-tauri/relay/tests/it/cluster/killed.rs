//! I8: what a relay of a cluster acknowledged survives the death of a relay and of a server at once.

use super::ledger::Ledger;
use super::nats::Nats;
use crate::invariants::invariant::{Invariant, tries};

/// Until so many were tried, it is waited for the servers' election.
const AT_MOST: usize = 10_000;

#[tokio::test]
async fn i08_nothing_is_lost_when_a_relay_and_a_server_are_killed() {
    let mut nats = Nats::start(3, "sync_interval: always");
    nats.until_it_answers().await;
    let folder = tempfile::tempdir().unwrap();
    let mut relays = Vec::new();
    for name in ["one", "two"] {
        relays.push(nats.relay(folder.path(), name).await);
    }
    let mut ledger = Ledger::open(&relays[0].url).await;
    let rounds = tries(1_000, 60);
    ledger.send(&[&relays[0].address()], rounds, AT_MOST).await;
    let dying = relays.remove(0);
    let (doomed, left) = (dying.address(), relays[0].address());
    let at_doomed = [doomed.as_str()];
    let victim = nats.victim().await;
    let killing = async {
        dying.kill().await;
        usize::from(nats.kill(victim))
    };
    let (servers_killed, ()) = tokio::join!(killing, ledger.send(&at_doomed, 5, 5));
    ledger.send(&[&left], rounds, AT_MOST).await;
    nats.launch(victim);
    ledger.send(&[&left], rounds, AT_MOST).await;

    let verdict = ledger.judge(&relays[0].url).await;
    Invariant::new("I8")
        .figure("servers", 3)
        .at_least("attempted", ledger.attempted, 3 * rounds)
        .at_least("acked", ledger.acked.len(), 3 * rounds)
        .at_least("relays_killed", 2 - relays.len(), 1)
        .at_least("servers_killed", servers_killed, 1)
        .exactly("lost", verdict.lost, 0)
        .exactly("duplicated", verdict.duplicated, 0)
        .conclude();
}
