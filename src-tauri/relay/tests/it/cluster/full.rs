//! What waits for all devices together has the same limit, and the same answer beyond it, at every relay as at one that
//! stands alone.

use fulcrum_relay::EndpointId;
use fulcrum_relay::server::{Amount, Limits};

use super::Pair;
use crate::invariants::invariant::Invariant;
use crate::sender::JSON;
use crate::world::{Answer, World};

/// An event of which three fit into [`limits`], and not four.
fn body() -> String {
    format!("\"{}\"", "x".repeat(6_000))
}

fn limits() -> Limits {
    Limits {
        waiting: Amount::new(1_000, 20_000),
        ..Limits::default()
    }
}

async fn post(world: &World, endpoint: EndpointId) -> Answer {
    let path = format!("/e/{endpoint}");
    world.request("POST", &path, JSON, body().as_bytes()).await
}

/// An answer without what differs between any two.
fn words(answer: &Answer) -> Vec<&str> {
    let lines = answer.text.lines();
    lines.filter(|line| !line.starts_with("date:")).collect()
}

/// What a relay that stands alone says to the event that does not fit.
async fn refusal_of_one() -> Answer {
    let world = World::with(limits()).await;
    let desktop = world.desktop().await;
    for _ in 0..3 {
        assert_eq!(post(&world, desktop.endpoint).await.status, 200);
    }
    post(&world, desktop.endpoint).await
}

#[tokio::test]
async fn i08_the_bytes_that_wait_for_all_devices_have_one_limit_at_all_relays_together() {
    let mut pair = Pair::start(limits()).await;
    let (mut here, mut there) = (pair.one.desktop().await, pair.two.desktop().await);
    // Posted where the desktop is not: once it has the event, both relays know of it.
    assert_eq!(post(&pair.two, here.endpoint).await.status, 200);
    assert_eq!(post(&pair.one, there.endpoint).await.status, 200);
    assert_eq!(post(&pair.two, here.endpoint).await.status, 200);
    let got = here.events(2).await;
    there.events(1).await;

    let alone = refusal_of_one().await;
    let mut refused = 0;
    for (world, endpoint) in [
        (&pair.one, here.endpoint),
        (&pair.one, there.endpoint),
        (&pair.two, here.endpoint),
        (&pair.two, there.endpoint),
    ] {
        let answer = post(world, endpoint).await;
        assert_eq!(words(&answer), words(&alone));
        refused += usize::from(answer.status == 503);
    }

    // A relay that starts anew counts what waits already.
    pair.two.restart().await;
    while pair.two.metric("fulcrum_relay_events_waiting").await < 3 {
        tokio::task::yield_now().await;
    }
    let after_restart = post(&pair.two, there.endpoint).await.status;

    here.session.ack(got[1].seq);
    here.settle().await;
    let mut freed = usize::from(post(&pair.one, there.endpoint).await.status == 200);
    // The other relay hears of it a moment later.
    while post(&pair.two, there.endpoint).await.status == 503 {}
    freed += 1;
    Invariant::new("I8")
        .figure("relays", 2)
        .exactly("refused", refused, 4)
        .exactly(
            "refused_after_restart",
            usize::from(after_restart == 503),
            1,
        )
        .exactly("freed", freed, 2)
        .conclude();
}

#[tokio::test]
async fn an_acknowledgement_counts_although_nothing_more_may_wait() {
    let full = Limits {
        waiting: Amount::new(2, 1_000_000),
        ..Limits::default()
    };
    let pair = Pair::start(full).await;
    let mut desktops = [pair.one.desktop().await, pair.one.desktop().await];
    for desktop in &desktops {
        assert_eq!(post(&pair.one, desktop.endpoint).await.status, 200);
    }
    assert_eq!(post(&pair.one, desktops[0].endpoint).await.status, 503);
    for desktop in &mut desktops {
        let event = desktop.events(1).await.remove(0);
        desktop.session.ack(event.seq);
        desktop.settle().await;
        assert_eq!(post(&pair.one, desktop.endpoint).await.status, 200);
    }
}
