//! A relay starts on servers that sync before they acknowledge, and on no others.

use super::nats::Nats;
use crate::invariants::invariant::Invariant;
use crate::invariants::program::Program;

/// What a relay says when it does not start; `None` when it does.
async fn refusal(nats: &Nats) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    match Program::with(&data, &nats.arguments(1)).await {
        Some(relay) => {
            relay.kill().await;
            None
        }
        None => Some(std::fs::read_to_string(data.with_extension("log")).unwrap()),
    }
}

#[tokio::test]
async fn i08_a_relay_refuses_a_server_that_acknowledges_before_it_syncs() {
    let safe = Nats::start(1, "sync_interval: always");
    safe.until_it_answers().await;
    let (unsafe_, slow) = (Nats::start(1, ""), Nats::start(1, "sync_interval: \"10s\""));
    unsafe_.until_it_answers().await;
    slow.until_it_answers().await;

    let mut refused = 0;
    for nats in [&unsafe_, &slow] {
        let words = refusal(nats).await.expect("it does not start");
        assert!(words.contains("set `sync_interval: always`"), "{words}");
        refused += 1;
    }
    let mut down = Nats::start(1, "sync_interval: always");
    down.kill(0);
    let words = refusal(&down).await.expect("it does not start");
    let silent = usize::from(words.contains("only 0 of the 1 NATS servers"));

    Invariant::new("I8")
        .exactly("default_sync_refused", refused, 2)
        .exactly("silent_server_refused", silent, 1)
        .exactly(
            "safe_refused",
            usize::from(refusal(&safe).await.is_some()),
            0,
        )
        .figure("start", "REFUSED")
        .conclude();
}
