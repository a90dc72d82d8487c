//! Acknowledged means on disk, and on disk means sealed.

use std::fs;
use std::time::Duration;

use fulcrum_relay::server::Limits;

use crate::world::World;

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
        retention_days: Some(7),
        ..Limits::default()
    };
    let mut world = World::with(limits).await;
    let mut desktop = world.desktop().await;
    let day = Duration::from_secs(24 * 3_600);
    assert_eq!(world.post(desktop.endpoint, "1").await, 200);
    world.clock.advance(2 * day);
    assert_eq!(world.post(desktop.endpoint, "2").await, 200);
    world.clock.advance(6 * day);
    world.restart().await;
    desktop.reconnect(&world).await;
    let welcome = desktop.session.welcome();
    assert_eq!((welcome.retention_days, welcome.waiting), (Some(7), 1));
    let events = desktop.events(1).await;
    assert_eq!(desktop.body(&events[0]), "2");
    assert_eq!(world.metric("fulcrum_relay_events_expired_total").await, 1);
}
