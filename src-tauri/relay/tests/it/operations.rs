//! What an operator relies on: health, metrics, TLS of the relay's own, and one client among many.

use std::sync::Arc;
use std::time::Duration;

use fulcrum_relay::server::{Limits, Tls};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;

use crate::sender::{JSON, request};
use crate::world::World;

#[tokio::test]
async fn a_relay_whose_disk_takes_no_writes_is_not_healthy_until_it_does() {
    let limits = Limits {
        lock_wait: Duration::ZERO,
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let health = async || world.request("GET", "/healthz", "", b"").await.status;
    let a_while = async || {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(3)).await;
        tokio::time::resume();
    };
    assert_eq!(health().await, 200);
    let other = rusqlite::Connection::open(world.folder.join("relay.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(health().await, 200, "a finding holds for a moment");
    a_while().await;
    assert_eq!(health().await, 503);
    other.execute_batch("ROLLBACK").unwrap();
    a_while().await;
    assert_eq!(health().await, 200);
}

#[tokio::test]
async fn the_metrics_name_every_reason_in_advance_and_nobody() {
    let world = World::start().await;
    let desktop = world.desktop().await;
    assert_eq!(world.post(desktop.endpoint, "{}").await, 200);
    let text = world.request("GET", "/metrics", "", b"").await.text;
    for line in [
        "fulcrum_relay_events_accepted_total 1",
        "fulcrum_relay_events_waiting 1",
        "fulcrum_relay_endpoints 1",
        "fulcrum_relay_sessions 1",
        "fulcrum_relay_sign_ins_total 1",
        "fulcrum_relay_event_stored_seconds_count 1",
        "fulcrum_relay_requests_rejected_total{reason=\"not_stored\"} 0",
        "fulcrum_relay_sessions_ended_total{reason=\"signature\"} 0",
        "fulcrum_relay_start_time_seconds 1768176000",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} of {text}");
    }
    assert!(text.ends_with("# EOF\n"));
    let before = text.lines().count();
    for n in 0..50 {
        world.request("GET", &format!("/{n}"), "", b"").await;
    }
    let after = world.request("GET", "/metrics", "", b"").await.text;
    assert_eq!(
        after.lines().count(),
        before,
        "no request makes a new series"
    );
    assert!(
        !after.contains(&desktop.endpoint.prefix()),
        "an address is a secret"
    );
}

#[tokio::test]
async fn one_client_cannot_take_all_connections() {
    let limits = Limits {
        client_connections: 2,
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let mut idle = Vec::new();
    for _ in 0..2 {
        idle.push(TcpStream::connect(world.address()).await.unwrap());
    }
    let mut third = TcpStream::connect(world.address()).await.unwrap();
    assert!(
        matches!(third.read(&mut [0]).await, Ok(0) | Err(_)),
        "closed at once"
    );
    // The first ones are still served.
    let request = b"GET /healthz HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\r\n";
    idle[0].write_all(request).await.unwrap();
    let mut answer = String::new();
    idle[0].read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_relay_with_a_certificate_serves_tls_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let pair = rcgen::generate_simple_self_signed(["relay.example".to_owned()]).unwrap();
    let (certificate, key) = (
        folder.path().join("cert.pem"),
        folder.path().join("key.pem"),
    );
    std::fs::write(&certificate, pair.cert.pem()).unwrap();
    std::fs::write(&key, pair.signing_key.serialize_pem()).unwrap();
    let limits = Limits {
        request_time: Duration::from_millis(500),
        ..Limits::default()
    };
    let mut world = World::with(limits).await;
    let desktop = world.desktop().await;
    world.tls = Some(Tls::Files { certificate, key });
    world.restart().await;

    // A handshake that does not go on holds nothing up, and is closed.
    let mut stuck = TcpStream::connect(world.address()).await.unwrap();
    stuck.write_all(&[0x16, 3, 1]).await.unwrap();
    assert_eq!(world.post(desktop.endpoint, "1").await, 0, "plain HTTP");

    let mut roots = RootCertStore::empty();
    roots.add(pair.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let stream = TcpStream::connect(world.address()).await.unwrap();
    let name = ServerName::try_from("relay.example").unwrap();
    let mut stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .unwrap();
    let agreed = stream.get_ref().1.alpn_protocol();
    assert_eq!(agreed, Some(&b"http/1.1"[..]), "no streams to flood");
    let request = format!(
        "POST /e/{} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n{JSON}content-length: 1\r\n\r\n2",
        desktop.endpoint
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"));
    // Nothing more than the alert of TLS, if that.
    let mut rest = Vec::new();
    let _ = stuck.read_to_end(&mut rest).await;
    assert!(!rest.starts_with(b"HTTP"));
}

#[tokio::test]
async fn the_metrics_move_to_the_operators_socket_where_there_is_one() {
    let mut world = World::start().await;
    let operators = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = operators.local_addr().unwrap().to_string();
    world.operators = Some(operators);
    world.restart().await;
    let get = async |address: &str, path| request(address, "GET", path, "", b"").await.status;
    assert_eq!(get(&address, "/metrics").await, 200);
    assert_eq!(get(&address, "/healthz").await, 200);
    assert_eq!(get(&address, "/desktop").await, 404);
    assert_eq!(get(&world.address(), "/metrics").await, 404);
    assert_eq!(get(&world.address(), "/healthz").await, 200);
    world.stop().await;
    assert_eq!(
        get(&address, "/healthz").await,
        0,
        "it stops with the relay"
    );
}
