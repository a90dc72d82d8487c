//! What an operator relies on: health, metrics, TLS of the relay's own, and one client among many.

use std::time::Duration;

use fulcrum_relay::client::{End, Incoming};
use fulcrum_relay::server::{Limits, Tls};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::sender::{JSON, request};
use crate::tls;
use crate::world::{Desktop, World, next};

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

    let address = world.address();
    let mut stream = tls::connect(&address, "relay.example", pair.cert.der()).await;
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

/// Starts the program; returns it and its address.
#[cfg(target_os = "linux")]
async fn program(folder: &std::path::Path) -> (tokio::process::Child, String) {
    use tokio::io::{AsyncBufReadExt as _, BufReader};
    let mut program = tokio::process::Command::new(env!("CARGO_BIN_EXE_fulcrum-relay"))
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut said = BufReader::new(program.stdout.take().unwrap()).lines();
    let said = said.next_line().await.unwrap().unwrap();
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let url: url::Url = said["url"].as_str().unwrap().parse().unwrap();
    (program, format!("127.0.0.1:{}", url.port().unwrap()))
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn sigterm_lets_a_running_request_end_and_tells_the_desktop_and_the_exit_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let (mut program, address) = program(folder.path()).await;
    let url = format!("http://{address}").parse().unwrap();
    let mut desktop = Desktop::join(&url).await;
    let mut sender = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /e/{} HTTP/1.1\r\nhost: relay\r\n{JSON}content-length: 5\r\nexpect: 100-continue\r\n\r\n",
        desktop.endpoint
    );
    sender.write_all(head.as_bytes()).await.unwrap();
    // The relay asks for the body: the request is running.
    let mut asked = [0; 25];
    sender.read_exact(&mut asked).await.unwrap();
    assert!(asked.starts_with(b"HTTP/1.1 100"));
    let pid = program.id().unwrap().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-TERM", &pid])
        .status();
    assert!(killed.unwrap().success());
    let told = next(&mut desktop.session).await;
    assert!(matches!(told, Incoming::Closed(End::Closed)), "{told:?}");
    sender.write_all(b"\"yes\"").await.unwrap();
    let mut answer = String::new();
    sender.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(program.wait().await.unwrap().code(), Some(0));
}
