//! I2: 200 only after the bytes are on stable storage.

use std::path::PathBuf;

use super::disk::Disk;
use super::invariant::{Invariant, tries};
use super::judge::{Seen, cut_power, judge};
use super::program::Program;
use super::trace::{self, CALLS};
use crate::sender::post;
use crate::world::Desktop;

struct Run {
    seen: Seen,
    cuts: usize,
    lost: usize,
}

/// Posts `count` events one after the other to a relay under strace with the `disturbance`.
async fn run(count: usize, disturbance: &[&str]) -> Run {
    let parent = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { parent.path().join(name) };
    let mut options = vec!["-e".to_owned(), CALLS.to_owned()];
    options.extend(disturbance.iter().map(ToString::to_string));
    let relay = Program::traced(&path("data"), &path("trace"), &options)
        .await
        .expect("the relay starts");
    let desktop = Desktop::join(&relay.url).await;
    let (endpoint, key) = (desktop.endpoint, desktop.key);
    drop(desktop.session);
    let mut acked = Vec::new();
    for n in 0..count {
        let body = format!("\"event {n}\"");
        if post(&relay.address(), endpoint, &body).await == 200 {
            acked.push(body);
        }
    }
    relay.kill().await;
    let steps = trace::steps(&path("trace"));
    let (cuts, lost) = cut_power(Disk::default(), &steps, &acked, endpoint, &key);
    let seen = judge(&steps);
    Run { seen, cuts, lost }
}

#[tokio::test]
async fn i02_no_200_leaves_before_the_sync_that_covers_its_event() {
    let count = tries(1_000, 100);
    let real = run(count, &[]).await;
    // The control: every sync is answered in the kernel's place, as a relay with `synchronous=OFF` would have it.
    let pretended = run(20, &["-e", "inject=fsync,fdatasync:retval=0"]).await;
    assert_eq!(pretended.seen.acks, 20, "a relay cannot know it by itself");

    Invariant::new("I2")
        .at_least("acks", real.seen.acks, count)
        .at_least("syncs", real.seen.syncs, count)
        .exactly("acks_before_sync", real.seen.acks_before_sync, 0)
        .at_least("cuts", real.cuts, count)
        .exactly("lost", real.lost, 0)
        .exactly(
            "control_acks_before_sync",
            pretended.seen.acks_before_sync,
            20,
        )
        .exactly("control_lost", pretended.lost, 20)
        .conclude();
}
