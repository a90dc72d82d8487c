//! I1 under load: what was answered 200 outlives a relay that is told to stop, or killed, while many senders post and a
//! desktop fetches.

use std::cell::Cell;
use std::path::Path;

use futures_util::future::join_all;
use tokio::sync::watch;

use super::invariant::{Invariant, tries};
use super::laptop::{Death, Laptop, Ledger, drain};
use super::program::Program;
use crate::world::Desktop;

/// Senders that post at the same moment, each one event after the other.
const SENDERS: usize = 32;
/// Answers in a round before its relay ends.
const ANSWERS: usize = 150;

/// How a relay ends.
#[derive(Debug, Clone, Copy)]
enum Ending {
    Told,
    Killed,
}

/// What was under way when the relays ended.
#[derive(Default)]
struct Load {
    /// Requests without an answer at that moment.
    on_the_way: usize,
    /// Answers 200 that came after it.
    answered_then: usize,
}

/// Has all senders post until the relay is gone.
async fn round(folder: &Path, ending: Ending, laptop: &mut Laptop, ledgers: &mut [Ledger]) -> Load {
    let relay = Program::start(folder).await;
    let (address, url, endpoint) = (relay.address(), relay.url.clone(), laptop.endpoint);
    let on_the_way = Cell::new(0);
    let (answered, mut answers) = watch::channel(0);
    let sending = ledgers.iter_mut().map(async |ledger| {
        loop {
            on_the_way.set(on_the_way.get() + 1);
            let status = ledger.post(&address, endpoint).await;
            on_the_way.set(on_the_way.get() - 1);
            match status {
                200 => answered.send_modify(|answered| *answered += 1),
                0 => return,
                refused => panic!("{refused} without a reason"),
            }
        }
    });
    let ended = async {
        let before = *answers.wait_for(|count| *count >= ANSWERS).await.unwrap();
        let on_the_way = on_the_way.get();
        match ending {
            Ending::Told => assert_eq!(relay.stop().await, Some(0)),
            Ending::Killed => relay.kill().await,
        }
        (before, on_the_way)
    };
    let ((before, on_the_way), _, ()) =
        tokio::join!(ended, join_all(sending), laptop.serve(&url, Death::Never));
    Load {
        on_the_way,
        answered_then: *answered.borrow() - before,
    }
}

async fn judge(ending: Ending) {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let relay = Program::start(&folder).await;
    let mut laptop = Laptop::of(Desktop::join(&relay.url).await);
    relay.kill().await;
    let mut ledgers: Vec<_> = (0..SENDERS).map(Ledger::of).collect();
    let rounds = tries(100, 4);
    let mut load = Load::default();
    for _ in 0..rounds {
        let one = round(&folder, ending, &mut laptop, &mut ledgers).await;
        load.on_the_way += one.on_the_way;
        load.answered_then += one.answered_then;
    }
    drain(&folder, &mut laptop).await;

    let ledger = Ledger::of_all(ledgers);
    // A relay that is told to stop finishes what runs.
    let after = match ending {
        Ending::Told => rounds,
        Ending::Killed => 0,
    };
    Invariant::new("I1")
        .figure("ending", format_args!("{ending:?}"))
        .figure("senders", SENDERS)
        .figure("rounds", rounds)
        .at_least("attempted", ledger.attempted, rounds * (ANSWERS + SENDERS))
        .at_least("acked", ledger.acked.len(), rounds * ANSWERS)
        .at_least("on_the_way", load.on_the_way, rounds * SENDERS / 2)
        .at_least("answered_after_the_end_began", load.answered_then, after)
        .figure("recovered", ledger.recovered(&laptop))
        .exactly("lost", ledger.lost(&laptop), 0)
        .exactly("duplicated", Ledger::duplicated(&laptop), 0)
        .conclude();
}

#[tokio::test]
async fn i01_what_many_senders_were_answered_200_survives_a_stop() {
    judge(Ending::Told).await;
}

#[tokio::test]
async fn i01_what_many_senders_were_answered_200_survives_a_kill() {
    judge(Ending::Killed).await;
}
