//! TCP connections: what a peer gets that does not speak HTTP, that keeps a WebSocket, or that does not read.

use std::time::Duration;

use fulcrum_relay::protocol::SILENCE_LIMIT;
use fulcrum_relay::server::{Limits, Tls};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::sender::JSON;
use crate::tls;
use crate::world::World;

fn impatient() -> Limits {
    Limits {
        request_time: Duration::from_millis(200),
        ..Limits::default()
    }
}

#[tokio::test]
async fn what_begins_like_http2_is_closed_like_anything_that_does_not_go_on() {
    let world = World::with(impatient()).await;
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    for begun in [&preface[..1], &preface[..14], &preface[..]] {
        let answer = world.raw(begun).await;
        assert!(matches!(answer.status, 0 | 400 | 408), "{answer:?}");
        assert!(answer.text.is_empty() || answer.text.starts_with("HTTP/1.1"));
    }
}

#[tokio::test]
async fn a_peer_that_is_silent_after_the_handshake_of_tls_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let pair = rcgen::generate_simple_self_signed(["relay.example".to_owned()]).unwrap();
    let [certificate, key] = ["cert.pem", "key.pem"].map(|name| folder.path().join(name));
    std::fs::write(&certificate, pair.cert.pem()).unwrap();
    std::fs::write(&key, pair.signing_key.serialize_pem()).unwrap();
    let mut world = World::with(impatient()).await;
    world.tls = Some(Tls::Files { certificate, key });
    world.restart().await;
    let mut stream = tls::connect(&world.address(), "relay.example", pair.cert.der()).await;
    let mut said = Vec::new();
    // However it is closed, nothing was asked and nothing is said.
    let _ = stream.read_to_end(&mut said).await;
    assert!(said.is_empty() || said.starts_with(b"HTTP/1.1 408"));
}

#[tokio::test]
async fn a_desktop_counts_as_one_of_its_clients_connections_while_it_is_there() {
    let limits = Limits {
        client_connections: 2,
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let (first, _second) = (world.desktop().await, world.desktop().await);
    assert_eq!(world.post(first.endpoint, "{}").await, 0, "closed at once");
}

#[tokio::test]
async fn a_desktop_counts_as_one_of_the_relays_connections_while_it_is_there() {
    let world = World::start().await;
    let _desktop = world.desktop().await;
    // And the connection that asks.
    assert_eq!(world.metric("fulcrum_relay_connections ").await, 2);
}

#[tokio::test]
async fn a_desktop_that_does_not_read_does_not_hold_up_a_stop() {
    let mut world = World::start().await;
    // It reads a few frames ahead, and then none until somebody takes them.
    let desktop = world.desktop().await;
    let body = format!("\"{}\"", "x".repeat(900_000));
    for _ in 0..8 {
        assert_eq!(world.post(desktop.endpoint, &body).await, 200);
    }
    // A frame that nobody takes is given up after the limit.
    let stopped = tokio::time::timeout(SILENCE_LIMIT / 2, world.stop()).await;
    stopped.expect("the relay stops before it gives the frame up");
}

#[tokio::test]
async fn a_delivery_that_waits_for_memory_comes_when_another_desktop_takes_its_own_or_goes() {
    let limits = Limits {
        // One frame at a time.
        delivering_bytes: 0,
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let (stuck, mut other) = (world.desktop().await, world.desktop().await);
    let body = format!("\"{}\"", "x".repeat(900_000));
    for _ in 0..8 {
        assert_eq!(world.post(stuck.endpoint, &body).await, 200);
    }
    assert_eq!(world.post(other.endpoint, "1").await, 200);
    drop(stuck);
    assert_eq!(other.events(1).await.len(), 1);
}

#[tokio::test]
async fn what_a_sender_left_behind_counts_as_in_flight_until_it_is_stored() {
    let limits = Limits {
        lock_wait: SILENCE_LIMIT,
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let mut desktop = world.desktop().await;
    let other = rusqlite::Connection::open(world.folder.join("relay.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut sender = TcpStream::connect(world.address()).await.unwrap();
    let request = format!(
        "POST /e/{} HTTP/1.1\r\nhost: relay\r\n{JSON}content-length: 1\r\n\r\n1",
        desktop.endpoint
    );
    sender.write_all(request.as_bytes()).await.unwrap();
    while world.metric("fulcrum_relay_requests_in_flight_bytes").await == 0 {}
    drop(sender);
    // The desktop's and that of the question itself.
    while world.metric("fulcrum_relay_connections ").await > 2 {}
    assert_eq!(world.metric("fulcrum_relay_requests_in_flight ").await, 1);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desktop.events(1).await.len(), 1);
    assert_eq!(world.metric("fulcrum_relay_requests_in_flight ").await, 0);
}
