//! I1: an event answered 200 survives the death of the relay, of the desktop, or of both, at any moment.
//!
//! The relay dies by SIGKILL, as it enters the call that a moment names or at random. A desktop dies as the relay sees
//! it die: its socket closes and all that it had in memory is gone. The laptop's own process is killed in
//! `tests/it/kill.rs` of the workspace.

use std::path::Path;
use std::time::Duration;

use fulcrum_relay::client::{Incoming, Session};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::invariant::{Invariant, tries};
use super::laptop::{Death, Laptop, Ledger, drain};
use super::program::Program;
use crate::sender::raw;
use crate::world::{Desktop, next};

/// Where a relay dies: on entering the call for that time, counted by thread.
const MOMENTS: [(&str, &[u32]); 6] = [
    ("accept4", &[1, 2, 3]),
    ("recvfrom", &[1, 2, 3, 5, 8]),
    ("pwrite64", &[9, 10, 11, 12, 13, 14, 15, 16, 17, 24]),
    ("fsync", &[1, 2, 3, 4, 5, 6]),
    ("writev", &[1, 2]),
    ("sendto", &[1, 2, 3]),
];
/// Events until which every moment has come.
const PATIENCE: usize = 60;

const DEATHS: [Death; 4] = [
    Death::BeforeItsCommit,
    Death::BetweenCommitAndAck,
    Death::AfterTheAck,
    Death::Never,
];

/// Runs the relay until it dies at the moment; returns whether it did.
async fn die_at(
    folder: &Path,
    moment: &str,
    laptop: &mut Laptop,
    death: Death,
    ledger: &mut Ledger,
) -> bool {
    let trace = folder.with_extension("trace");
    let call = moment.split(':').next().unwrap_or_default();
    let options = [
        "-e",
        &format!("trace={call}"),
        "-e",
        &format!("inject={moment}"),
    ];
    let options = options.map(str::to_owned);
    let killed = || {
        let recorded = std::fs::read_to_string(&trace).unwrap();
        recorded.contains("+++ killed by SIGKILL +++")
    };
    let Some(mut relay) = Program::traced(folder, &trace, &options).await else {
        return killed();
    };
    let (address, endpoint, url) = (relay.address(), laptop.endpoint, relay.url.clone());
    let posting = async {
        for _ in 0..PATIENCE {
            if ledger.post(&address, endpoint).await == 0 {
                relay.ended().await;
                return killed();
            }
        }
        relay.kill().await;
        false
    };
    tokio::join!(posting, laptop.serve(&url, death)).0
}

/// Kills the relay after a random number of events, and a random while after the last.
async fn die_at_random(
    folder: &Path,
    random: &mut StdRng,
    laptop: &mut Laptop,
    death: Death,
    ledger: &mut Ledger,
) {
    let relay = Program::start(folder).await;
    let (address, endpoint, url) = (relay.address(), laptop.endpoint, relay.url.clone());
    let events = random.random_range(0..12);
    let while_after = Duration::from_micros(random.random_range(0..3_000));
    let posting = async {
        for _ in 0..events {
            ledger.post(&address, endpoint).await;
        }
        let cut_off = tokio::time::timeout(while_after, ledger.post(&address, endpoint));
        // Whether it was answered or cut off, the ledger knows.
        let _ = cut_off.await;
        relay.kill().await;
    };
    tokio::join!(posting, laptop.serve(&url, death));
}

#[tokio::test]
async fn i01_an_event_answered_200_survives_the_death_of_relay_and_desktop() {
    let seed = 1;
    let mut random = StdRng::seed_from_u64(seed);
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let relay = Program::start(&folder).await;
    let mut laptop = Laptop::of(Desktop::join(&relay.url).await);
    relay.kill().await;

    let mut ledger = Ledger::default();
    let (mut points, mut kills) = (0, 0);
    for (call, counts) in MOMENTS {
        for (count, death) in counts.iter().zip(DEATHS.iter().cycle()) {
            let moment = format!("{call}:signal=SIGKILL:when={count}");
            // Which thread makes a call is the scheduler's choice, so a moment may not come.
            let came = die_at(&folder, &moment, &mut laptop, *death, &mut ledger).await;
            points += usize::from(came);
            kills += usize::from(came);
        }
    }
    for (_, death) in (0..tries(1_000, 75)).zip(DEATHS.into_iter().cycle()) {
        die_at_random(&folder, &mut random, &mut laptop, death, &mut ledger).await;
        kills += 1;
    }
    drain(&folder, &mut laptop).await;

    Invariant::new("I1")
        .figure("seed", seed)
        .at_least("attempted", ledger.attempted, 200)
        .at_least("acked", ledger.acked.len(), 100)
        .at_least("kills", kills, tries(1_000, 95))
        .at_least("points", points, 20)
        .at_least("desktop_deaths", laptop.deaths.values().sum(), 10)
        .at_least("desktop_points", laptop.deaths.len(), 3)
        .figure("recovered", ledger.recovered(&laptop))
        .exactly("lost", ledger.lost(&laptop), 0)
        .exactly("duplicated", Ledger::duplicated(&laptop), 0)
        .conclude();
}

/// A stand-in before the relay that answers 200 first, and stores an event only when the next one comes.
async fn hasty(listener: TcpListener, relay: String) {
    let mut held = None;
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4_096];
        let length = stream.read(&mut request).await.unwrap();
        request.truncate(length);
        let answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer).await.unwrap();
        drop(stream);
        if let Some(before) = held.replace(request) {
            raw(&relay, &before).await;
        }
    }
}

/// The control: a relay that answers before it has stored loses, and the ledger shows it.
#[tokio::test]
async fn i01_a_relay_that_answers_before_it_stores_is_found_out() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let relay = Program::start(&folder).await;
    let mut laptop = Laptop::of(Desktop::join(&relay.url).await);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let front = tokio::spawn(hasty(listener, relay.address()));
    let mut ledger = Ledger::default();
    for _ in 0..20 {
        ledger.post(&address, laptop.endpoint).await;
    }
    front.abort();
    relay.kill().await;
    drain(&folder, &mut laptop).await;
    assert_eq!(ledger.acked.len(), 20);
    assert!(
        ledger.lost(&laptop) > 0,
        "20 early answers and nothing lost"
    );
}

/// The control X3: a desktop that acknowledges before it has stored loses when it dies in between.
#[tokio::test]
async fn i01_a_desktop_that_acknowledges_before_it_stores_is_found_out() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let relay = Program::start(&folder).await;
    let mut laptop = Laptop::of(Desktop::join(&relay.url).await);
    let mut ledger = Ledger::default();
    for _ in 0..20 {
        ledger.post(&relay.address(), laptop.endpoint).await;
    }
    let mut hasty = Session::connect(&relay.url, &laptop.identity)
        .await
        .unwrap();
    let Some(Incoming::Events(events)) = hasty.next().await else {
        panic!("20 events wait and do not come");
    };
    hasty.ack(events.last().unwrap().seq);
    // Requests are carried out in order, so once this is answered the relay has forgotten the events.
    hasty.register(laptop.endpoint, laptop.key.public());
    while !matches!(next(&mut hasty).await, Incoming::Registered { .. }) {}
    drop(hasty);
    relay.kill().await;
    drain(&folder, &mut laptop).await;
    assert_eq!(ledger.acked.len(), 20);
    assert_eq!(ledger.lost(&laptop), events.len());
}
