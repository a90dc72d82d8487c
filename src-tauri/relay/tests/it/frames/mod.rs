//! A hostile desktop at the relay's WebSocket (RELIABILITY.md 4, E2): each case ends as it must, and nobody else
//! notices.

mod cases;
mod wire;

use std::fmt::Write as _;
use std::time::Duration;

use fulcrum_relay::protocol::{FromDesktop, FromRelay, Refusal};
use fulcrum_relay::server::Limits;

use self::cases::{Case, Outcome, closes, framing, harmless, messages};
use self::wire::{Said, Wire};
use crate::invariants::memory::peak_megabytes;
use crate::world::World;

/// What came of the bytes; a session that goes on has answered a request.
async fn outcome(wire: &mut Wire) -> Outcome {
    let refused = FromRelay::Refused {
        reason: Refusal::Malformed,
        endpoint: None,
    };
    let mut malformed = false;
    loop {
        match wire.hear().await {
            Said::Text(text) => match serde_json::from_str(&text).unwrap() {
                FromRelay::Registered { .. } => return Outcome::GoesOn,
                FromRelay::Events { .. } => {}
                message => {
                    assert_eq!(message, refused);
                    malformed = true;
                }
            },
            Said::Closed(code) if malformed => {
                assert_eq!(code, Some(1_008), "the code for a broken rule");
                return Outcome::Malformed;
            }
            Said::Closed(_) => return Outcome::ClosesToo,
            // The bytes that it did not read may undo its last words.
            Said::Gone if malformed => return Outcome::Malformed,
            Said::Gone => return Outcome::HangsUp,
        }
    }
}

/// One hostile session, while an event waits for its device; says how it ended otherwise than it must.
async fn attack(relay: &World, case: &Case) -> Option<String> {
    let mut own = relay.desktop().await;
    assert_eq!(relay.post(own.endpoint, "\"own\"").await, 200);
    let mut wire = Wire::signed_in(&relay.address(), &own.identity).await;
    wire.write(&case.bytes).await;
    // After a close nothing may follow.
    if case.outcome != Outcome::ClosesToo {
        let (endpoint, sealing_key) = (own.endpoint, own.key.public());
        let request = FromDesktop::Register {
            endpoint,
            sealing_key,
        };
        wire.say(&request).await;
    }
    let outcome = outcome(&mut wire).await;
    own.reconnect(relay).await;
    let waiting = own.session.welcome().waiting;
    let bad = outcome != case.outcome || waiting != 1;
    bad.then(|| format!("{}: {outcome:?}, {waiting} waiting", case.name))
}

#[tokio::test]
async fn every_hostile_frame_ends_as_it_must_and_nobody_else_notices() {
    let relay = World::start().await;
    let mut bystander = relay.desktop().await;
    let mut wrong = String::new();
    let cases: Vec<_> = [framing(), messages(), closes(), harmless()].concat();
    let before = peak_megabytes(std::process::id());
    for case in &cases {
        if let Some(bad) = attack(&relay, case).await {
            writeln!(wrong, "{bad}").unwrap();
        }
        let body = format!("{:?}", case.name);
        assert_eq!(relay.post(bystander.endpoint, &body).await, 200);
        let events = bystander.events(1).await;
        assert_eq!(bystander.body(&events[0]), body);
    }
    assert_eq!(wrong, "", "of {} cases", cases.len());
    let grown = peak_megabytes(std::process::id()) - before;
    assert!(grown < 32, "the relay grew by {grown} MB over frames of 64");
    bystander.reconnect(&relay).await;
    assert_eq!(bystander.session.welcome().waiting, cases.len() as u64);
}

#[tokio::test]
async fn the_same_frames_end_a_session_that_nobody_signed_in() {
    let world = World::start().await;
    let mut bystander = world.desktop().await;
    for case in [framing(), messages()].concat() {
        let (mut wire, _) = Wire::challenged(&world.address()).await;
        wire.write(&case.bytes).await;
        let mut said = wire.hear().await;
        if let Said::Text(text) = &said {
            assert!(
                text.contains(r#""reason":"malformed""#),
                "{}: {text}",
                case.name
            );
            said = wire.hear().await;
        }
        assert!(!matches!(said, Said::Text(_)), "{}: {said:?}", case.name);
    }
    assert_eq!(world.post(bystander.endpoint, "1").await, 200);
    assert_eq!(bystander.events(1).await.len(), 1);
}

#[tokio::test]
async fn a_flood_of_pings_is_answered_and_a_pong_is_not() {
    let world = World::start().await;
    let (mut wire, _) = Wire::challenged(&world.address()).await;
    wire.write(&wire::frame(wire::PONG, "x")).await;
    wire.write(&wire::frame(wire::PING, "x")).await;
    wire.write(&wire::frame(wire::TEXT, "{")).await;
    wire.hear().await;
    assert_eq!(wire.pongs, 1);
}

/// A handshake without what these headers say.
fn handshake(method: &str, path: &str, headers: &[&str]) -> String {
    let headers: Vec<_> = headers.iter().map(|line| format!("{line}\r\n")).collect();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: relay\r\n{}\r\n",
        headers.concat()
    )
}

const UPGRADE: [&str; 2] = ["connection: upgrade, close", "upgrade: websocket"];
const KEY: &str = "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==";
const VERSION: &str = "sec-websocket-version: 13";

#[tokio::test]
async fn a_handshake_that_is_none_opens_no_session() {
    let limits = Limits {
        request_time: Duration::from_millis(200),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let huge = format!("x: {}", "y".repeat(70_000));
    let [connection, upgrade] = UPGRADE;
    let cases: [(&str, &str, &[&str], &[u16]); 9] = [
        (
            "without a key",
            "GET",
            &[connection, upgrade, VERSION],
            &[400],
        ),
        (
            "without a version",
            "GET",
            &[connection, upgrade, KEY],
            &[400],
        ),
        (
            "of an old version",
            "GET",
            &[connection, upgrade, KEY, "sec-websocket-version: 8"],
            &[400],
        ),
        (
            "without an upgrade",
            "GET",
            &[connection, KEY, VERSION],
            &[400],
        ),
        (
            "without a connection",
            "GET",
            &[upgrade, KEY, VERSION],
            &[400, 426],
        ),
        (
            "to something else",
            "GET",
            &[connection, "upgrade: h2c", KEY, VERSION],
            &[400],
        ),
        (
            "by POST",
            "POST",
            &[connection, upgrade, KEY, VERSION],
            &[405],
        ),
        (
            "of a web page",
            "GET",
            &[connection, upgrade, KEY, VERSION, "origin: null"],
            &[403],
        ),
        (
            "with a huge header",
            "GET",
            &[connection, upgrade, KEY, VERSION, &huge],
            &[431],
        ),
    ];
    for (name, method, headers, statuses) in cases {
        let request = handshake(method, "/desktop", headers);
        let answer = world.raw(request.as_bytes()).await;
        assert!(statuses.contains(&answer.status), "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn nothing_in_the_handshake_stands_for_a_sign_in() {
    let limits = Limits {
        sign_in_time: Duration::from_millis(100),
        ..Limits::default()
    };
    let world = World::with(limits).await;
    let [connection, upgrade] = UPGRADE;
    let more = [
        "sec-websocket-protocol: fulcrum, token",
        "sec-websocket-extensions: permessage-deflate",
        "authorization: Bearer token",
        "cookie: session=1",
    ];
    for header in more {
        let headers = [connection, upgrade, KEY, VERSION, header];
        let request = handshake("GET", "/desktop?token=1&key=2", &headers);
        let answer = world.raw(request.as_bytes()).await;
        assert_eq!(answer.status, 101, "{header}");
        let said = answer.text.to_ascii_lowercase();
        assert!(!said.contains("sec-websocket-protocol"), "{said}");
        assert!(!said.contains("sec-websocket-extensions"), "{said}");
        assert!(
            said.contains("challenge") && !said.contains("welcome"),
            "{said}"
        );
    }
}
