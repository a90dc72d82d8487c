//! Senders that are slow, endless, lying or too many.

use std::num::NonZeroU32;
use std::time::Duration;

use fulcrum_relay::server::{Amount, Limits};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::world::{Answer, World};

fn head(world_path: &str, rest: &str) -> String {
    format!(
        "POST {world_path} HTTP/1.1\r\nhost: relay\r\ncontent-type: application/json\r\n{rest}\r\n\r\n"
    )
}

#[tokio::test]
async fn a_declared_length_over_the_limit_is_refused_before_the_body_comes() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let path = format!("/e/{}", desktop.endpoint);
    let answer = world
        .raw(head(&path, "content-length: 64000000000").as_bytes())
        .await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn an_endless_chunked_body_is_cut_off_at_the_limit() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let path = format!("/e/{}", desktop.endpoint);
    let mut stream = TcpStream::connect(world.address()).await.unwrap();
    stream
        .write_all(head(&path, "transfer-encoding: chunked").as_bytes())
        .await
        .unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    // Ends when the relay closes the connection, and only then.
    while stream.write_all(chunk.as_bytes()).await.is_ok() {}
    assert_eq!(
        world
            .metric("fulcrum_relay_requests_rejected_total{reason=\"too_large\"}")
            .await,
        1
    );
}

#[tokio::test]
async fn a_body_that_does_not_come_gets_408_and_harms_nobody() {
    let limits = Limits {
        request_time: Duration::from_millis(200),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let desktop = world.desktop().await;
    let path = format!("/e/{}", desktop.endpoint);
    let mut slow = TcpStream::connect(world.address()).await.unwrap();
    slow.write_all(head(&path, "content-length: 10").as_bytes())
        .await
        .unwrap();
    slow.write_all(b"{\"a").await.unwrap();
    assert_eq!(
        world.post(desktop.endpoint, "{}").await,
        200,
        "others are served meanwhile"
    );
    assert_eq!(Answer::read(&mut slow).await.status, 408);
}

#[tokio::test]
async fn headers_that_do_not_end_close_the_connection() {
    let limits = Limits {
        request_time: Duration::from_millis(200),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let answer = world.raw(b"POST /e/x HTTP/1.1\r\nhost: rel").await;
    assert!(matches!(answer.status, 0 | 408), "{answer:?}");
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let limits = Limits {
        request_time: Duration::from_millis(200),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let answer = world.raw(b"").await;
    assert!(matches!(answer.status, 0 | 408), "{answer:?}");
}

#[tokio::test]
async fn malformed_requests_are_answered_or_closed_and_never_accepted() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let path = format!("/e/{}", desktop.endpoint);
    let many = "x: y\r\n".repeat(200);
    let large = format!("x: {}", "y".repeat(70_000));
    let requests = [
        "\0\0\0\0\r\n\r\n".to_owned(),
        "POST\r\n\r\n".to_owned(),
        head(&path, "content-length: -1"),
        head(&path, "content-length: 2\r\ncontent-length: 3"),
        head(&path, "x\rfoo: bar\r\ncontent-length: 0"),
        head(&path, &many),
        head(&path, &large),
        format!(
            "{}zz\r\n{{}}\r\n0\r\n\r\n",
            head(&path, "transfer-encoding: chunked")
        ),
    ];
    for request in requests {
        let answer = world.raw(request.as_bytes()).await;
        assert_ne!(answer.status, 200, "{}", &request[..request.len().min(80)]);
    }
    assert_eq!(world.metric("fulcrum_relay_events_accepted_total").await, 0);
    assert_eq!(world.post(desktop.endpoint, "{}").await, 200);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_accepted() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    let path = format!("/e/{}", desktop.endpoint);
    let mut stream = TcpStream::connect(world.address()).await.unwrap();
    stream
        .write_all(head(&path, "content-length: 10").as_bytes())
        .await
        .unwrap();
    stream.write_all(b"{}").await.unwrap();
    stream.shutdown().await.unwrap();
    assert_ne!(Answer::read(&mut stream).await.status, 200);
    assert_eq!(world.metric("fulcrum_relay_events_waiting").await, 0);
}

#[tokio::test]
async fn one_address_that_is_flooded_gets_429_and_the_others_are_served() {
    let limits = Limits {
        endpoint_rate: NonZeroU32::MIN,
        endpoint_burst: NonZeroU32::new(3).unwrap(),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let (flooded, quiet) = (world.desktop().await, world.desktop().await);
    let mut refused = 0;
    for _ in 0..10 {
        refused += usize::from(world.post(flooded.endpoint, "{}").await == 429);
    }
    assert!(
        refused >= 4,
        "three at once and one a second: {refused} of 10 refused"
    );
    assert_eq!(world.post(quiet.endpoint, "{}").await, 200);
}

#[tokio::test]
async fn a_mailbox_that_is_full_answers_503_until_the_desktop_acknowledges() {
    let limits = Limits {
        device_waiting: Amount::new(2, 1_000_000),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let (mut full, other) = (world.desktop().await, world.desktop().await);
    for status in [200, 200, 503] {
        assert_eq!(world.post(full.endpoint, "{}").await, status);
    }
    assert_eq!(world.post(other.endpoint, "{}").await, 200);
    let events = full.events(2).await;
    full.session.ack(events[1].seq);
    full.session.register(full.endpoint, full.key.public());
    crate::world::next(&mut full.session).await;
    assert_eq!(world.post(full.endpoint, "{}").await, 200);
}
