//! I3: a disk fault is never acknowledged, and the relay goes on when it is over.

use std::path::Path;

use super::disk::Disk;
use super::invariant::{Invariant, tries};
use super::judge::{cut_power, judge};
use super::program::Program;
use super::trace::{self, CALLS, Step, parse};
use crate::sender::post;
use crate::world::{Desktop, drained};
use fulcrum_relay::client::Session;

#[derive(Default)]
struct Sum {
    faults: usize,
    refused: usize,
    odd: usize,
    acked_during_fault: usize,
    retried: usize,
    recovered: usize,
    lost: usize,
    lost_at_cuts: usize,
}

/// Posts events while every few calls of that kind fail, then looks for what was acknowledged.
async fn run(sum: &mut Sum, parent: &Path, call: &str, error: &str, count: usize) {
    let folder = parent.join("data");
    let trace = parent.join("trace");
    let untraced = Program::start(&folder).await;
    let desktop = Desktop::join(&untraced.url).await;
    let (endpoint, key) = (desktop.endpoint, desktop.key);
    untraced.kill().await;
    let before = Disk::of(&folder);

    // The first ones pass, so that the relay starts; strace counts for each thread by itself.
    // An event takes one sync and about ten writes, and some events have to come through.
    let every = if call == "fsync" { 7 } else { 23 };
    let inject = format!("inject={call}:error={error}:when=20+{every}");
    let options = ["-e", CALLS, "-e", &inject].map(str::to_owned);
    let relay = Program::traced(&folder, &trace, &options)
        .await
        .expect("the relay starts");
    let mut acked = Vec::new();
    let mut last = 200;
    for n in 0..count {
        let body = format!("\"event {n}\"");
        let status = post(&relay.address(), endpoint, &body).await;
        match status {
            200 => {
                sum.recovered += usize::from(last == 503);
                acked.push(body);
            }
            503 => sum.refused += 1,
            _ => sum.odd += 1,
        }
        last = status;
    }
    relay.kill().await;

    let recorded = std::fs::read_to_string(&trace).unwrap();
    sum.faults += recorded.matches("(INJECTED)").count();
    let steps: Vec<Step> = trace::parse(&recorded);
    let seen = judge(&steps);
    sum.acked_during_fault += seen.acks_before_sync;
    sum.retried += seen.retried;
    sum.lost_at_cuts += cut_power(before, &steps, &acked, endpoint, &key).1;

    let relay = Program::start(&folder).await;
    let mut session = Session::connect(&relay.url, &desktop.identity)
        .await
        .unwrap();
    let got = drained(&mut session, acked.len()).await;
    let open = |sealed: &_, at| key.open(sealed, endpoint, at).unwrap().body;
    let got: Vec<_> = got
        .iter()
        .map(|event| open(&event.sealed, event.received_at_ms))
        .collect();
    let is_there = |body: &&String| got.iter().any(|got| got == body.as_bytes());
    sum.lost += acked.len() - acked.iter().filter(is_there).count();
    relay.kill().await;
}

#[tokio::test]
async fn i03_a_disk_fault_is_never_acknowledged_and_the_relay_recovers() {
    let count = tries(1_200, 60);
    let mut sum = Sum::default();
    for call in ["fsync", "pwrite64"] {
        for error in ["EIO", "ENOSPC"] {
            let parent = tempfile::tempdir().unwrap();
            run(&mut sum, parent.path(), call, error, count).await;
        }
    }
    Invariant::new("I3")
        .at_least("faults", sum.faults, tries(400, 20))
        .at_least("refused", sum.refused, tries(400, 20))
        .at_least("recovered", sum.recovered, tries(400, 20))
        .exactly("other_answers", sum.odd, 0)
        .exactly("acked_during_fault", sum.acked_during_fault, 0)
        .exactly("retried_fsync", sum.retried, 0)
        .exactly("lost", sum.lost, 0)
        .exactly("lost_at_power_cuts", sum.lost_at_cuts, 0)
        .conclude();
}

/// The control: the trace of a relay that syncs again after a fault, and believes it.
#[test]
fn i03_a_second_sync_on_the_same_handle_and_the_answer_after_it_are_seen() {
    let seen = judge(&parse(
        r#"7 pwrite64(9</d/relay.db-wal>, "\x31\x32", 2, 0) = 2
7 fsync(9</d/relay.db-wal>) = -1 EIO (Input/output error) (INJECTED)
8 write(11<socket:[1]>, "\x48\x54\x54\x50\x2f\x31\x2e\x31\x20\x32\x30\x30", 12) = 12
7 fsync(9</d/relay.db-wal> <unfinished ...>
8 write(11<socket:[1]>, "\x48\x54\x54\x50\x2f\x31\x2e\x31\x20\x32\x30\x30", 12) = 12
7 <... fsync resumed>) = 0
"#,
    ));
    assert_eq!((seen.acks, seen.faults), (2, 1));
    assert_eq!((seen.acks_before_sync, seen.retried), (2, 1));
}
