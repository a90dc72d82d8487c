//! The WebSocket: who gets in, and what a peer that misbehaves gets.

use std::time::Duration;

use fulcrum_relay::client::{ConnectError, End, Incoming, Session};
use fulcrum_relay::protocol::{FromDesktop, FromRelay, Refusal, VERSION};
use fulcrum_relay::server::Limits;
use fulcrum_relay::{EndpointId, Identity};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::world::{World, next};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn open(world: &World) -> (Socket, FromRelay) {
    let address = format!("ws://{}/desktop", world.address());
    let (mut socket, _) = connect_async(address).await.unwrap();
    let challenge = receive(&mut socket).await.unwrap();
    (socket, challenge)
}

/// The next message of the relay; `None` when it has closed the connection.
async fn receive(socket: &mut Socket) -> Option<FromRelay> {
    loop {
        match socket.next().await?.ok()? {
            Message::Text(text) => return Some(serde_json::from_str(&text).unwrap()),
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

async fn send(socket: &mut Socket, message: &FromDesktop) {
    let text = serde_json::to_string(message).unwrap();
    socket.send(Message::text(text)).await.unwrap();
}

fn sign_in(challenge: &FromRelay, identity: &Identity, host: &str) -> FromDesktop {
    let FromRelay::Challenge { nonce, .. } = challenge else {
        panic!("the relay speaks first, with a challenge: {challenge:?}");
    };
    FromDesktop::SignIn {
        version: VERSION,
        key: identity.key(),
        signature: identity.sign_in(nonce, host),
        fence: None,
    }
}

fn refused(reason: Refusal) -> Option<FromRelay> {
    let endpoint = None;
    Some(FromRelay::Refused { reason, endpoint })
}

#[tokio::test]
async fn a_right_signature_is_welcomed() {
    let world = World::start().await;
    let (mut socket, challenge) = open(&world).await;
    let message = sign_in(&challenge, &Identity::generate(), &world.address());
    send(&mut socket, &message).await;
    let welcome = receive(&mut socket).await;
    assert!(
        matches!(welcome, Some(FromRelay::Welcome { waiting: 0, .. })),
        "{welcome:?}"
    );
}

#[tokio::test]
async fn a_signature_by_another_key_for_another_relay_or_an_old_challenge_is_refused() {
    let world = World::start().await;
    let (one, two) = (Identity::generate(), Identity::generate());
    let (_, old_challenge) = open(&world).await;
    let old = sign_in(&old_challenge, &one, &world.address());
    let attempts: [&dyn Fn(&FromRelay) -> FromDesktop; 3] = [
        &|_| old.clone(),
        &|challenge| sign_in(challenge, &one, "other.example"),
        &|challenge| match (sign_in(challenge, &one, &world.address()), two.key()) {
            (
                FromDesktop::SignIn {
                    version, signature, ..
                },
                key,
            ) => FromDesktop::SignIn {
                version,
                key,
                signature,
                fence: None,
            },
            (other, _) => other,
        },
    ];
    for attempt in attempts {
        let (mut socket, challenge) = open(&world).await;
        send(&mut socket, &attempt(&challenge)).await;
        assert_eq!(receive(&mut socket).await, refused(Refusal::Signature));
        assert_eq!(
            receive(&mut socket).await,
            None,
            "and the connection is closed"
        );
    }
}

#[tokio::test]
async fn another_protocol_version_is_refused_in_words() {
    let world = World::start().await;
    let (mut socket, challenge) = open(&world).await;
    let message = sign_in(&challenge, &Identity::generate(), &world.address());
    let FromDesktop::SignIn { key, signature, .. } = message else {
        unreachable!()
    };
    let version = VERSION + 1;
    send(
        &mut socket,
        &FromDesktop::SignIn {
            version,
            key,
            signature,
            fence: None,
        },
    )
    .await;
    assert_eq!(receive(&mut socket).await, refused(Refusal::Version));
}

#[tokio::test]
async fn nothing_is_heard_before_the_sign_in() {
    let world = World::start().await;
    let messages = [
        FromDesktop::Ack { through: 1 },
        FromDesktop::Retire {
            endpoint: EndpointId::random(),
        },
    ];
    for message in messages {
        let (mut socket, _) = open(&world).await;
        send(&mut socket, &message).await;
        assert_eq!(receive(&mut socket).await, refused(Refusal::Malformed));
    }
}

#[tokio::test]
async fn a_peer_that_never_signs_in_is_closed() {
    let limits = Limits {
        sign_in_time: Duration::from_millis(100),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let (mut socket, _) = open(&world).await;
    assert_eq!(receive(&mut socket).await, None);
}

#[tokio::test]
async fn a_desktop_that_answers_no_ping_is_dropped_within_a_minute() {
    let world = World::start().await;
    let (mut socket, challenge) = open(&world).await;
    let message = sign_in(&challenge, &Identity::generate(), &world.address());
    send(&mut socket, &message).await;
    receive(&mut socket).await.unwrap();
    // From here on the bytes are read below the WebSocket, which therefore answers nothing, and time
    // runs as fast as everyone waits.
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    let mut bytes = Vec::new();
    socket.get_mut().read_to_end(&mut bytes).await.unwrap();
    assert_eq!(bytes, [0x89, 0, 0x89, 0], "two pings and nothing else");
    assert_eq!(start.elapsed().as_secs(), 60);
}

#[tokio::test]
async fn a_web_page_is_turned_away_at_the_handshake() {
    let world = World::start().await;
    let handshake = "connection: upgrade, close\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    for origin in ["https://evil.example", "null", "http://127.0.0.1"] {
        let head = format!("{handshake}origin: {origin}\r\n");
        let request = format!("GET /desktop HTTP/1.1\r\nhost: relay\r\n{head}\r\n");
        assert_eq!(world.raw(request.as_bytes()).await.status, 403, "{origin}");
    }
    let answer = world.request("GET", "/desktop", "", b"").await;
    assert!(
        matches!(answer.status, 400 | 426),
        "no handshake at all: {answer:?}"
    );
}

#[tokio::test]
async fn the_second_connection_of_an_installation_replaces_the_first() {
    let world = World::start().await;
    let mut desktop = world.desktop().await;
    let mut second = world.connect(&desktop.identity).await;
    let last = next(&mut desktop.session).await;
    assert!(
        matches!(
            last,
            Incoming::Refused {
                reason: Refusal::Replaced,
                endpoint: None
            }
        ),
        "{last:?}"
    );
    assert!(matches!(
        next(&mut desktop.session).await,
        Incoming::Closed(End::Closed)
    ));
    assert!(desktop.session.next().await.is_none());
    assert_eq!(world.post(desktop.endpoint, "1").await, 200);
    assert_eq!(crate::world::events(&mut second, 1).await.len(), 1);
}

#[tokio::test]
async fn a_relay_that_stops_closes_the_session() {
    let mut world = World::start().await;
    let mut desktop = world.desktop().await;
    world.stop().await;
    assert!(matches!(
        next(&mut desktop.session).await,
        Incoming::Closed(End::Closed)
    ));
}

#[tokio::test]
async fn the_client_speaks_without_tls_to_this_machine_only() {
    let identity = Identity::generate();
    for address in [
        "http://relay.example",
        "http://10.0.0.1",
        "ftp://127.0.0.1",
        "http://localhost.evil.example",
    ] {
        let outcome = Session::connect(&address.parse().unwrap(), &identity).await;
        assert!(matches!(outcome, Err(ConnectError::Address)), "{address}");
    }
}

#[tokio::test]
async fn what_is_no_relay_is_told_apart_from_what_does_not_answer() {
    let identity = Identity::generate();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let page = async {
        let (stream, _) = listener.accept().await.unwrap();
        let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        socket.send(Message::text("{\"hello\":1}")).await.unwrap();
        socket
    };
    let (outcome, _socket) = tokio::join!(Session::connect(&url, &identity), page);
    assert!(matches!(outcome, Err(ConnectError::NotARelay)));
    drop(listener);
    let outcome = Session::connect(&url, &identity).await;
    assert!(matches!(outcome, Err(ConnectError::Tcp(_))));
}

#[tokio::test]
async fn a_relay_that_refuses_says_why() {
    let world = World::start().await;
    // The same machine under a name that is not the relay's: as if another relay passed the challenge on.
    let port = world.url.port().unwrap();
    let url = format!("http://127.0.0.2:{port}").parse().unwrap();
    match Session::connect(&url, &Identity::generate()).await {
        Err(ConnectError::Refused(reason)) => assert_eq!(reason, Refusal::Signature),
        // Where 127.0.0.2 is not this machine, as on macOS.
        Err(ConnectError::Tcp(_)) => {}
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("signed in under a foreign name"),
    }
}
