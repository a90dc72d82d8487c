//! A hostile relay, or something that is none, at the desktop's end of the connection (RELIABILITY.md 4, E2): every
//! case ends the attempt or the session, says how, and holds no memory.

use fulcrum_relay::Identity;
use fulcrum_relay::client::{ConnectError, End, Incoming, Session, Step};
use fulcrum_relay::protocol::RELAY_FRAME_LIMIT;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use url::Url;

const CHALLENGE: &str =
    r#"{"type":"challenge","nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}"#;
const WELCOME: &str = r#"{"type":"welcome","public_url_base":"https://relay.example/","waiting":18446744073709551615}"#;

/// A frame as a server sends it: without a key.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    [&head(first, payload.len() as u64), payload].concat()
}

fn head(first: u8, length: u64) -> Vec<u8> {
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ ..126), _) => vec![first, short],
        (_, Ok(length)) => [&[first, 126], &length.to_be_bytes()[..]].concat(),
        _ => [&[first, 127], &length.to_be_bytes()[..]].concat(),
    }
}

fn text(payload: &str) -> Vec<u8> {
    frame(0x81, payload.as_bytes())
}

/// What a relay does after its last byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Waits,
    HangsUp,
}

/// A relay that answers one handshake with `answer`, in which `KEY` stands for what the key of the client asks for, and
/// then writes `script`.
async fn relay(answer: &'static str, script: Vec<u8>) -> Url {
    relay_that(answer, script, Then::Waits).await
}

async fn relay_that(answer: &'static str, script: Vec<u8>, then: Then) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let key = key(&mut stream).await;
        let accept = derive_accept_key(key.as_bytes());
        let answer = answer.replace("KEY", &accept);
        // The client may have hung up in the middle.
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.write_all(&script).await;
        if then == Then::HangsUp {
            let _ = stream.shutdown().await;
        }
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
    });
    url.parse().unwrap()
}

async fn key(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.unwrap());
    }
    let request = String::from_utf8(request).unwrap();
    let mut lines = request.lines();
    let line = lines.find_map(|line| {
        line.split_once(": ")
            .filter(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-key"))
    });
    line.unwrap().1.to_owned()
}

const UPGRADED: &str = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: KEY\r\n\r\n";

async fn failure(url: &Url) -> ConnectError {
    match Session::connect(url, &Identity::generate()).await {
        Ok(_) => panic!("there is no session with such a relay"),
        Err(problem) => problem,
    }
}

#[tokio::test]
async fn a_handshake_that_a_relay_would_not_give_is_no_relay() {
    let answers = [
        ("a page", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"),
        (
            "a way elsewhere",
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        ),
        (
            "a wish for a password",
            "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n",
        ),
        (
            "the accept of another key",
            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n",
        ),
        (
            "no accept",
            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
        ),
        (
            "another upgrade",
            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\nsec-websocket-accept: KEY\r\n\r\n",
        ),
        (
            "a protocol that nobody asked for",
            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: KEY\r\nsec-websocket-protocol: odd\r\n\r\n",
        ),
        ("another program's greeting", "220 mail.example ESMTP\r\n"),
    ];
    for (name, answer) in answers {
        let problem = failure(&relay(answer, Vec::new()).await).await;
        assert_eq!(problem.step(), Some(Step::SignIn), "{name}: {problem:?}");
    }
}

#[tokio::test]
async fn an_endless_head_of_an_answer_is_cut_off() {
    let script = "x".repeat(64 * 1024 * 1024).into_bytes();
    let problem = failure(&relay("HTTP/1.1 101 Switching Protocols\r\nx: ", script).await).await;
    assert!(matches!(problem, ConnectError::Broken(_)), "{problem:?}");
}

#[tokio::test]
async fn what_does_not_begin_as_a_relay_does_is_none() {
    let beginnings = [
        ("no challenge", text(WELCOME)),
        ("something else", text("{}")),
        (
            "a refusal at once",
            text(r#"{"type":"refused","reason":"signature"}"#),
        ),
        ("binary", frame(0x82, CHALLENGE.as_bytes())),
        ("a close", frame(0x88, &[])),
        (
            "a challenge of a byte",
            text(r#"{"type":"challenge","nonce":"AA=="}"#),
        ),
        (
            "two challenges",
            [text(CHALLENGE), text(CHALLENGE)].concat(),
        ),
        (
            "an event before the welcome",
            [text(CHALLENGE), text(r#"{"type":"events","events":[]}"#)].concat(),
        ),
        (
            "a welcome to nowhere",
            [
                text(CHALLENGE),
                text(r#"{"type":"welcome","public_url_base":"relay","waiting":0}"#),
            ]
            .concat(),
        ),
        (
            "fewer events than none",
            [
                text(CHALLENGE),
                text(
                    r#"{"type":"welcome","public_url_base":"https://relay.example/","waiting":-1}"#,
                ),
            ]
            .concat(),
        ),
    ];
    for (name, script) in beginnings {
        let problem = failure(&relay(UPGRADED, script).await).await;
        assert!(
            matches!(problem, ConnectError::NotARelay),
            "{name}: {problem:?}"
        );
    }
}

/// How a session has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The rules of WebSocket are broken (RFC 6455 5).
    Broken,
    /// The message is none of the protocol.
    Malformed,
    /// The relay closed.
    Closed,
}

fn frames() -> Vec<(&'static str, Wanted, Vec<u8>)> {
    use Wanted::{Broken, Closed, Malformed};
    let over = RELAY_FRAME_LIMIT as u64 + 1;
    let event = |fields: &str| {
        let event = r#"{"type":"events","events":[{"endpoint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","received_at_ms":0,"#;
        text(&format!("{event}{fields}}}]}}"))
    };
    vec![
        (
            "a frame with a key",
            Broken,
            [&[0x81, 0x82, 0, 0, 0, 0][..], b"{}"].concat(),
        ),
        ("the first reserved bit", Broken, frame(0xc1, b"{}")),
        ("the second reserved bit", Broken, frame(0xa1, b"{}")),
        ("the third reserved bit", Broken, frame(0x91, b"{}")),
        ("a reserved kind of data", Broken, frame(0x83, b"{}")),
        ("a reserved kind of control", Broken, frame(0x8b, b"")),
        ("a ping in fragments", Broken, frame(0x09, b"a")),
        ("a ping of 126 bytes", Broken, frame(0x89, &[0; 126])),
        ("a continuation of nothing", Broken, frame(0x80, b"{}")),
        (
            "a message inside of another",
            Broken,
            [frame(0x01, b"{"), frame(0x81, b"{}")].concat(),
        ),
        ("bytes that are no UTF-8", Broken, frame(0x81, &[0xff])),
        ("a frame of one byte too many", Broken, head(0x81, over)),
        ("a frame of 64 MiB", Broken, head(0x81, 64 * 1024 * 1024)),
        ("a frame of 2^63 bytes", Broken, head(0x81, 1 << 63)),
        (
            "endless fragments",
            Broken,
            [frame(0x01, b" "), frame(0x00, &[b' '; 60_000]).repeat(80)].concat(),
        ),
        ("an end without a word", Broken, Vec::new()),
        ("half a frame", Broken, head(0x81, 100)),
        ("binary", Malformed, frame(0x82, b"{}")),
        ("an empty text", Malformed, text("")),
        ("deep nesting", Malformed, text(&"[".repeat(1_000_000))),
        (
            "an event without a number",
            Malformed,
            event(r#""sealed":"""#),
        ),
        (
            "a number that wraps",
            Malformed,
            event(r#""seq":9223372036854775808,"sealed":"""#),
        ),
        (
            "a seal that is no base64",
            Malformed,
            event(r#""seq":1,"sealed":"%""#),
        ),
        (
            "an endpoint that is a path",
            Malformed,
            text(r#"{"type":"retired","endpoint":"../../e"}"#),
        ),
        (
            "an address that is none",
            Malformed,
            text(
                r#"{"type":"registered","endpoint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","url":"//"}"#,
            ),
        ),
        ("a close", Closed, frame(0x88, &[])),
        (
            "a close with a code of its own and a long reason",
            Closed,
            frame(0x88, &[&4_999_u16.to_be_bytes()[..], &[b'x'; 123]].concat()),
        ),
    ]
}

#[tokio::test]
async fn every_hostile_frame_ends_the_session_in_words() {
    for (name, wanted, frames) in frames() {
        let hangs_up = matches!(name, "an end without a word" | "half a frame");
        let opened = [text(CHALLENGE), text(WELCOME)].concat();
        let script = [opened, frames].concat();
        let then = if hangs_up { Then::HangsUp } else { Then::Waits };
        let url = relay_that(UPGRADED, script, then).await;
        let mut session = Session::connect(&url, &Identity::generate()).await.unwrap();
        assert_eq!(session.welcome().waiting, u64::MAX);
        let end = match crate::world::next(&mut session).await {
            Incoming::Closed(end) => end,
            other => panic!("{name}: {other:?}"),
        };
        let found = match end {
            End::Broken(_) => Wanted::Broken,
            End::Malformed => Wanted::Malformed,
            End::Closed => Wanted::Closed,
            End::Silent => panic!("{name}: silence"),
        };
        assert_eq!(found, wanted, "{name}");
        assert!(
            session.next().await.is_none(),
            "{name}: nothing after the end"
        );
    }
}

#[tokio::test]
async fn words_without_meaning_and_a_flood_of_pings_do_not_end_a_session() {
    let odd = [
        text(CHALLENGE),
        text(WELCOME),
        frame(0x89, &[7; 125]),
        frame(0x8a, b"x"),
        frame(0x89, b"").repeat(20_000),
        text(r#"{"type":"weather","sunny":true}"#),
        text(CHALLENGE),
        text(WELCOME),
        text(r#"{"type":"refused","reason":"moon_phase","endpoint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#),
    ]
    .concat();
    let url = relay(UPGRADED, odd).await;
    let mut session = Session::connect(&url, &Identity::generate()).await.unwrap();
    let last = crate::world::next(&mut session).await;
    assert!(
        matches!(
            last,
            Incoming::Refused {
                endpoint: Some(_),
                ..
            }
        ),
        "what comes last arrives first: {last:?}"
    );
}

#[tokio::test]
async fn a_server_that_accepts_and_never_speaks_is_given_up_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connecting = tokio::spawn(async move { failure(&url.parse().unwrap()).await });
    let (mut stream, _) = listener.accept().await.unwrap();
    key(&mut stream).await;
    // From here on nobody has anything to do, so time runs as fast as everyone waits.
    tokio::time::pause();
    let problem = connecting.await.unwrap();
    assert!(
        matches!(problem, ConnectError::TimedOut(Step::SignIn)),
        "{problem:?}"
    );
}
