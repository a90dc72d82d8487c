//! The chain of a device's events, what expires of it and how much may wait: the same at every relay, whichever of
//! them an event comes to.

use fulcrum_relay::client::Incoming;
use fulcrum_relay::protocol::Event;
use fulcrum_relay::server::{Amount, Limits};

use super::Pair;
use crate::invariants::invariant::Invariant;
use crate::world::{DAY, Desktop, World, next};

/// Posts at the relays in turn.
async fn send(pair: &Pair, desktop: &Desktop, count: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for n in 0..count {
        let world = if n % 2 == 0 { &pair.one } else { &pair.two };
        statuses.push(world.post(desktop.endpoint, &n.to_string()).await);
    }
    statuses
}

/// The numbers that each event names as the one before it, and its own.
fn links(events: &[Event]) -> Vec<(Option<i64>, i64)> {
    events.iter().map(|event| (event.prev, event.seq)).collect()
}

fn is_whole(from: i64, events: &[Event]) -> bool {
    let before = std::iter::once(from).chain(events.iter().map(|event| event.seq));
    events
        .iter()
        .zip(before)
        .all(|(event, before)| event.prev == Some(before))
}

#[tokio::test]
async fn each_event_names_the_one_before_it_wherever_it_came_and_whatever_is_gone() {
    let pair = Pair::start(Limits::default()).await;
    let (mut desktop, other) = (pair.one.desktop().await, pair.two.desktop().await);
    let mut last = 0;
    for _ in 0..3 {
        send(&pair, &desktop, 4).await;
        send(&pair, &other, 1).await;
        let events = desktop.events(4).await;
        assert!(is_whole(last, &events), "{last}: {:?}", links(&events));
        // All of it goes, and the next one names it all the same.
        last = events[3].seq;
        desktop.session.ack(last);
        desktop.settle().await;
    }
    desktop.reconnect(&pair.two).await;
    assert_eq!(desktop.session.welcome().waiting, 0);
    send(&pair, &desktop, 1).await;
    assert_eq!(links(&desktop.events(1).await)[0].0, Some(last));
}

#[tokio::test]
async fn a_chain_goes_on_where_one_relay_takes_the_events_and_the_other_the_acknowledgements() {
    let pair = Pair::start(Limits::default()).await;
    let mut desktop = pair.one.desktop().await;
    let mut last = 0;
    for round in 0..4 {
        assert_eq!(pair.two.post(desktop.endpoint, "1").await, 200);
        let event = desktop.events(1).await.remove(0);
        assert_eq!(event.prev, Some(last), "round {round}");
        last = event.seq;
        desktop.session.ack(last);
        desktop.settle().await;
    }
}

#[tokio::test]
async fn many_events_at_both_relays_at_once_make_one_chain() {
    let pair = Pair::start(Limits::default()).await;
    let mut desktop = pair.one.desktop().await;
    let posts = (0..120).map(|n| {
        let world = if n % 2 == 0 { &pair.one } else { &pair.two };
        async move { world.post(desktop.endpoint, &n.to_string()).await }
    });
    let statuses = futures_util::future::join_all(posts).await;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    let events = desktop.events(120).await;
    assert!(is_whole(0, &events), "{:?}", links(&events));
    let mut bodies: Vec<_> = events.iter().map(|event| desktop.body(event)).collect();
    bodies.sort();
    bodies.dedup();
    assert_eq!(bodies.len(), 120);
}

#[tokio::test]
async fn a_desktop_is_told_what_expired_and_misses_nothing_else() {
    let limits = Limits {
        retention_days: std::num::NonZeroU32::new(7),
        ..Limits::default()
    };
    let mut pair = Pair::start(limits).await;
    let mut desktop = pair.one.desktop().await;
    send(&pair, &desktop, 1).await;
    let first = desktop.events(1).await[0].seq;
    desktop.session.ack(first);
    desktop.settle().await;
    let identity = desktop.identity;
    drop(desktop.session);

    let mut desktop = Desktop {
        session: pair.two.connect(&identity).await,
        identity,
        ..desktop
    };
    pair.clock.advance(DAY);
    drop(std::mem::replace(
        &mut desktop.session,
        pair.two.connect(&desktop.identity).await,
    ));
    // Nobody acknowledges these.
    send(&pair, &desktop, 3).await;
    pair.clock.advance(DAY * 8);
    send(&pair, &desktop, 2).await;
    // Each looks when it starts, and only one of them finds anything.
    pair.one.restart().await;
    pair.two.restart().await;
    let expired = async |world: &World| world.metric("fulcrum_relay_events_expired_total").await;
    assert_eq!(expired(&pair.one).await + expired(&pair.two).await, 3);

    desktop.reconnect(&pair.two).await;
    assert_eq!(desktop.session.welcome().waiting, 2);
    let Incoming::Expired { through, events } = next(&mut desktop.session).await else {
        panic!("what expired is told first");
    };
    assert_eq!(events, 3);
    let left = desktop.events(2).await;
    assert!(is_whole(through, &left), "{through}: {:?}", links(&left));
    desktop.session.ack(left[1].seq);
    desktop.settle().await;
    desktop.reconnect(&pair.one).await;
    desktop.settle().await;
}

#[tokio::test]
async fn i08_a_device_has_one_quota_at_all_relays_together() {
    const AT_MOST: usize = 10;
    let limits = Limits {
        device_waiting: Amount::new(AT_MOST as u64, 1_000_000),
        ..Limits::default()
    };
    let pair = Pair::start(limits).await;
    let (mut full, mut other) = (pair.one.desktop().await, pair.two.desktop().await);
    let statuses = send(&pair, &full, 3 * AT_MOST).await;
    let stored = statuses.iter().filter(|status| **status == 200).count();
    let refused = statuses.iter().filter(|status| **status == 503).count();
    let others = send(&pair, &other, 1).await;
    other.events(1).await;

    let events = full.events(AT_MOST).await;
    full.session.ack(events[AT_MOST / 2 - 1].seq);
    full.settle().await;
    let again = send(&pair, &full, 2 * AT_MOST).await;
    let freed = again.iter().filter(|status| **status == 200).count();
    full.reconnect(&pair.two).await;
    let waiting = usize::try_from(full.session.welcome().waiting).unwrap();
    Invariant::new("I8")
        .figure("relays", 2)
        .at_least("attempted", statuses.len() + again.len(), 5 * AT_MOST)
        .exactly("stored_of_quota", stored, AT_MOST)
        .exactly("refused", refused, 2 * AT_MOST)
        .exactly("freed_of_half", freed, AT_MOST / 2)
        .exactly("waiting", waiting, AT_MOST)
        .exactly(
            "other_device_refused",
            others.iter().filter(|s| **s != 200).count(),
            0,
        )
        .conclude();
}

#[tokio::test]
async fn the_quota_of_a_device_counts_bytes_at_all_relays_together() {
    let limits = Limits {
        device_waiting: Amount::new(1_000, 20_000),
        ..Limits::default()
    };
    let pair = Pair::start(limits).await;
    let mut desktop = pair.one.desktop().await;
    let body = format!("\"{}\"", "x".repeat(6_000));
    let mut statuses = Vec::new();
    for world in [&pair.one, &pair.two, &pair.one, &pair.two] {
        statuses.push(world.post(desktop.endpoint, &body).await);
    }
    assert_eq!(statuses, [200, 200, 200, 503]);
    let events = desktop.events(3).await;
    desktop.session.ack(events[0].seq);
    desktop.settle().await;
    assert_eq!(pair.two.post(desktop.endpoint, &body).await, 200);
}
