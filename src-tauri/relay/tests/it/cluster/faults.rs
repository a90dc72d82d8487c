//! I8: what relays of a cluster acknowledged survives what may happen to their servers: one stands still, one is cut
//! off, all die.

use super::ledger::Ledger;
use super::nats::Nats;
use crate::invariants::invariant::{Invariant, tries};
use crate::invariants::program::Program;

/// Attempts after which a cluster that takes nothing has failed: each is refused within a millisecond or so, and the
/// servers may take nine seconds to choose a leader.
const AT_MOST: usize = 100_000;

struct Cluster {
    nats: Nats,
    relays: [Program; 2],
    ledger: Ledger,
    rounds: usize,
    folder: tempfile::TempDir,
}

impl Cluster {
    async fn start(nats: Nats) -> Self {
        nats.until_it_answers().await;
        let folder = tempfile::tempdir().unwrap();
        let relays = [
            nats.relay(folder.path(), "one").await,
            nats.relay(folder.path(), "two").await,
        ];
        let ledger = Ledger::open(&relays[0].url).await;
        Self {
            nats,
            relays,
            ledger,
            rounds: tries(3_000, 20),
            folder,
        }
    }

    /// Puts relays in the place of both that are connected to this server.
    async fn gather_at(&mut self, server: usize) {
        let folder = self.folder.path();
        self.relays = [
            self.nats.relay_at(server, folder, "three").await,
            self.nats.relay_at(server, folder, "four").await,
        ];
    }

    async fn send(&mut self) -> usize {
        let before = self.ledger.acked.len();
        let addresses = [0, 1].map(|relay| self.relays[relay].address());
        let relays = addresses.each_ref().map(String::as_str);
        self.ledger.send(&relays, self.rounds, AT_MOST).await;
        self.ledger.acked.len() - before
    }

    async fn conclude(self, invariant: Invariant) {
        let verdict = self.ledger.judge(&self.relays[1].url).await;
        invariant
            .at_least("attempted", self.ledger.attempted, 3 * self.rounds)
            .at_least("acked", self.ledger.acked.len(), 3 * self.rounds)
            .exactly("lost", verdict.lost, 0)
            .exactly("duplicated", verdict.duplicated, 0)
            .conclude();
    }
}

#[tokio::test]
async fn i08_nothing_is_lost_while_a_server_stands_still() {
    let mut cluster = Cluster::start(Nats::start(3, "sync_interval: always")).await;
    cluster.send().await;
    let victim = cluster.nats.victim().await;
    cluster.nats.stop(victim);
    let meanwhile = cluster.send().await;
    let leader = cluster.nats.leader_besides(victim).await;
    cluster.nats.go_on(victim);
    cluster.send().await;
    let invariant = Invariant::new("I8")
        .figure("servers", 3)
        .exactly("led_by_another", usize::from(leader != victim), 1)
        .at_least("acked_meanwhile", meanwhile, cluster.rounds);
    cluster.conclude(invariant).await;
}

#[tokio::test]
async fn i08_nothing_is_lost_while_a_server_is_cut_off_from_the_others() {
    let nats = Nats::with_cables(3, "sync_interval: always").await;
    let mut cluster = Cluster::start(nats).await;
    cluster.send().await;
    let victim = cluster.nats.victim().await;
    cluster.nats.cut_off(victim);
    let meanwhile = cluster.send().await;
    let leader = cluster.nats.leader_besides(victim).await;
    let held = cluster.nats.heal();
    cluster.send().await;
    let invariant = Invariant::new("I8")
        .figure("servers", 3)
        .at_least("held_back", held, 1)
        .exactly("led_by_another", usize::from(leader != victim), 1)
        .at_least("acked_meanwhile", meanwhile, cluster.rounds);
    cluster.conclude(invariant).await;
}

/// That server leads the stream, so that it goes on answering what needs no majority.
#[tokio::test]
async fn i08_relays_leave_the_server_that_is_cut_off_from_the_others() {
    let nats = Nats::with_cables(3, "sync_interval: always").await;
    let mut cluster = Cluster::start(nats).await;
    let victim = cluster.nats.leader().await;
    cluster.gather_at(victim).await;
    cluster.send().await;
    let there = cluster.nats.clients(victim).await;
    cluster.nats.cut_off(victim);
    let meanwhile = cluster.send().await;
    let left_there = cluster.nats.clients(victim).await;
    let leader = cluster.nats.leader_besides(victim).await;
    let held = cluster.nats.heal();
    cluster.send().await;
    let invariant = Invariant::new("I8")
        .figure("servers", 3)
        .at_least("relays_there", there, 2)
        .exactly("relays_left_there", left_there, 0)
        .at_least("held_back", held, 1)
        .exactly("led_by_another", usize::from(leader != victim), 1)
        .at_least("acked_meanwhile", meanwhile, cluster.rounds);
    cluster.conclude(invariant).await;
}

#[tokio::test]
async fn i08_nothing_is_lost_when_all_servers_are_killed_and_come_back_in_another_order() {
    let mut cluster = Cluster::start(Nats::start(3, "sync_interval: always")).await;
    cluster.send().await;
    let killed = [1, 0, 2].map(|server| cluster.nats.kill(server));
    for server in [2, 1, 0] {
        cluster.nats.launch(server);
    }
    cluster.send().await;
    cluster.send().await;
    let killed = killed.iter().filter(|killed| **killed).count();
    let invariant = Invariant::new("I8")
        .figure("servers", 3)
        .at_least("servers_killed", killed, 3);
    cluster.conclude(invariant).await;
}

#[tokio::test]
async fn i08_nothing_is_lost_when_the_only_server_is_killed_again_and_again() {
    let mut cluster = Cluster::start(Nats::start(1, "sync_interval: always")).await;
    let (wanted, mut kills) = (tries(60, 3), 0);
    let rounds = 3 * cluster.rounds / wanted;
    for _ in 0..wanted {
        let addresses = [0, 1].map(|relay| cluster.relays[relay].address());
        let relays = addresses.each_ref().map(String::as_str);
        // It dies while events are on their way.
        let (ledger, nats) = (&mut cluster.ledger, &mut cluster.nats);
        let killing = async {
            for _ in 0..200 {
                tokio::task::yield_now().await;
            }
            let killed = nats.kill(0);
            nats.launch(0);
            usize::from(killed)
        };
        let (killed, ()) = tokio::join!(killing, ledger.send(&relays, rounds, AT_MOST));
        kills += killed;
    }
    let invariant =
        Invariant::new("I8")
            .figure("servers", 1)
            .at_least("servers_killed", kills, wanted);
    cluster.conclude(invariant).await;
}

/// The control: servers that forget what they acknowledged are seen.
#[tokio::test]
async fn i08_a_server_that_forgets_is_found_out() {
    let mut cluster = Cluster::start(Nats::start(1, "sync_interval: always")).await;
    let acked = cluster.send().await;
    cluster.nats.kill(0);
    cluster.nats.wipe(0);
    cluster.nats.launch(0);
    cluster.nats.until_it_answers().await;
    let folder = tempfile::tempdir().unwrap();
    let relay = cluster.nats.relay(folder.path(), "data").await;
    let verdict = cluster.ledger.judge(&relay.url).await;
    assert_eq!(verdict.lost, acked);
}
