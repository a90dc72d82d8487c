//! Acknowledged means on disk, and on disk means sealed.

use std::fs;
use std::num::NonZeroU32;
use std::time::Duration;

use fulcrum_relay::client::Incoming;
use fulcrum_relay::protocol::Event;
use fulcrum_relay::server::Limits;

use crate::world::{DAY, World, events, next};

#[tokio::test]
async fn events_survive_a_restart_of_the_relay() {
    let mut world = World::start().await;
    let mut desktop = world.desktop().await;
    for n in 0..10 {
        assert_eq!(world.post(desktop.endpoint, &n.to_string()).await, 200);
    }
    world.restart().await;
    assert_eq!(world.metric("fulcrum_relay_events_waiting").await, 10);
    desktop.reconnect(&world).await;
    let events = desktop.events(10).await;
    assert_eq!(desktop.body(&events[9]), "9");
    assert_eq!(
        world.post(desktop.endpoint, "10").await,
        200,
        "the endpoint is still known"
    );
}

#[tokio::test]
async fn an_event_that_cannot_be_committed_is_answered_with_503_and_the_next_one_is_taken() {
    let limits = Limits {
        lock_wait: Duration::ZERO,
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let mut desktop = world.desktop().await;
    let other = rusqlite::Connection::open(world.folder.join("relay.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let answer = world
        .request(
            "POST",
            &format!("/e/{}", desktop.endpoint),
            "content-type: application/json\r\n",
            b"1",
        )
        .await;
    assert_eq!(answer.status, 503);
    assert!(answer.text.contains("retry-after: "), "{answer:?}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(world.post(desktop.endpoint, "2").await, 200);

    let events = desktop.events(1).await;
    assert_eq!(desktop.body(&events[0]), "2");
    assert_eq!(world.metric("fulcrum_relay_events_accepted_total").await, 1);
    assert_eq!(
        world.metric("fulcrum_relay_events_waiting").await,
        1,
        "a refused event takes no room"
    );
}

#[tokio::test]
async fn a_200_means_that_another_process_finds_the_row() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let other = rusqlite::Connection::open(world.folder.join("relay.db")).unwrap();
    for n in 1..=20 {
        assert_eq!(world.post(desktop.endpoint, "{}").await, 200);
        let rows: i64 = other
            .query_row("SELECT count(*) FROM event", [], |row| row.get(0))
            .unwrap();
        assert_eq!(rows, n);
    }
}

#[tokio::test]
async fn nothing_readable_of_an_event_is_on_the_relays_disk() {
    let mut world = World::start().await;
    let mut desktop = world.desktop().await;
    let canary = "canary-7f3a91";
    let head = format!("content-type: application/json\r\nlever-signature: {canary}\r\n");
    let body = format!("{{\"candidate\":\"{canary}\"}}");
    let path = format!("/e/{}?{canary}", desktop.endpoint);
    for _ in 0..100 {
        assert_eq!(
            world
                .request("POST", &path, &head, body.as_bytes())
                .await
                .status,
            200
        );
    }
    let events = desktop.events(100).await;
    assert_eq!(
        desktop.body(&events[0]),
        body,
        "the canary did pass through"
    );
    assert_eq!(hits(&world, canary.as_bytes()), 0);
    assert!(
        hits(&world, &events[0].sealed[..32]) > 0,
        "the search finds what is there"
    );
    world.stop().await;
    assert_eq!(hits(&world, canary.as_bytes()), 0);
}

fn hits(world: &World, canary: &[u8]) -> usize {
    let files: Vec<_> = fs::read_dir(&world.folder).unwrap().collect();
    assert!(files.len() >= 2, "{files:?}");
    let bytes = files
        .into_iter()
        .map(|file| fs::read(file.unwrap().path()).unwrap());
    bytes
        .map(|bytes| {
            bytes
                .windows(canary.len())
                .filter(|window| *window == canary)
                .count()
        })
        .sum()
}

#[tokio::test]
async fn events_past_their_retention_time_are_deleted_and_the_desktop_is_told_of_the_limit() {
    let limits = Limits {
        retention_days: NonZeroU32::new(7),
        ..Limits::default()
    };
    let mut world = World::with(limits).await;
    let mut desktop = world.desktop().await;
    assert_eq!(world.post(desktop.endpoint, "1").await, 200);
    world.clock.advance(2 * DAY);
    assert_eq!(world.post(desktop.endpoint, "2").await, 200);
    world.clock.advance(6 * DAY);
    world.restart().await;
    desktop.reconnect(&world).await;
    let welcome = desktop.session.welcome();
    assert_eq!((welcome.retention_days, welcome.waiting), (Some(7), 1));
    let told = next(&mut desktop.session).await;
    assert!(
        matches!(told, Incoming::Expired { events: 1, .. }),
        "{told:?}"
    );
    let events = desktop.events(1).await;
    assert_eq!(desktop.body(&events[0]), "2");
    assert_eq!(world.metric("fulcrum_relay_events_expired_total").await, 1);
}

#[tokio::test]
async fn each_event_names_the_one_before_it_whatever_was_deleted_since() {
    let mut world = World::start().await;
    let (mut desktop, other) = (world.desktop().await, world.desktop().await);
    for _ in 0..3 {
        assert_eq!(world.post(desktop.endpoint, "1").await, 200);
        assert_eq!(world.post(other.endpoint, "1").await, 200);
    }
    let first = desktop.events(3).await;
    assert_eq!(
        links(&first),
        [
            (first[0].seq, 0),
            (first[1].seq, first[0].seq),
            (first[2].seq, first[1].seq)
        ]
    );
    desktop.session.ack(first[2].seq);
    desktop.settle().await;
    world.restart().await;
    desktop.reconnect(&world).await;
    assert_eq!(world.post(desktop.endpoint, "2").await, 200);
    let next = desktop.events(1).await;
    assert_eq!(
        next[0].prev,
        Some(first[2].seq),
        "also when it is gone and the relay started anew"
    );
}

/// Number and predecessor of each event.
fn links(events: &[Event]) -> Vec<(i64, i64)> {
    events
        .iter()
        .map(|event| (event.seq, event.prev.unwrap()))
        .collect()
}

#[tokio::test]
async fn a_row_that_vanished_from_the_relays_disk_leaves_a_gap_that_shows() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let endpoint = desktop.endpoint;
    drop(desktop.session);
    for n in 0..3 {
        assert_eq!(world.post(endpoint, &n.to_string()).await, 200);
    }
    let other = rusqlite::Connection::open(world.folder.join("relay.db")).unwrap();
    let lost: i64 = other
        .query_row(
            "DELETE FROM event WHERE seq = (SELECT max(seq) - 1 FROM event) RETURNING seq",
            [],
            |row| row.get(0),
        )
        .unwrap();
    desktop.session = world.connect(&desktop.identity).await;
    let events = events(&mut desktop.session, 2).await;
    assert_eq!(events[1].prev, Some(lost));
}

#[tokio::test]
async fn what_retention_deleted_is_told_before_later_events_until_it_is_acknowledged() {
    let limits = Limits {
        retention_days: NonZeroU32::new(7),
        ..Limits::default()
    };
    let mut world = World::with(limits).await;
    let mut desktop = world.desktop().await;
    for _ in 0..4 {
        assert_eq!(world.post(desktop.endpoint, "1").await, 200);
    }
    let old = desktop.events(4).await;
    world.clock.advance(8 * DAY);
    world.restart().await;
    assert_eq!(world.post(desktop.endpoint, "2").await, 200);
    for _ in 0..2 {
        desktop.reconnect(&world).await;
        let told = next(&mut desktop.session).await;
        assert!(
            matches!(told, Incoming::Expired { through, events: 4 } if through == old[3].seq),
            "{told:?}"
        );
        let events = desktop.events(1).await;
        assert_eq!(events[0].prev, Some(old[3].seq));
    }
    desktop.session.ack(old[3].seq);
    desktop.settle().await;
    world.restart().await;
    desktop.reconnect(&world).await;
    assert_eq!(
        desktop.events(1).await.len(),
        1,
        "and nothing is told before it"
    );
}
