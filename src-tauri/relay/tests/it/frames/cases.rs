//! What a hostile desktop sends (RELIABILITY.md 4, E2), by name.

use fulcrum_relay::protocol::{DESKTOP_FRAME_LIMIT, FromDesktop};

use super::wire::{BINARY, CLOSE, FIRST, LAST, MIDDLE, PING, PONG, TEXT, frame, head, unmasked};

/// What has to come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The relay hangs up: what follows such a frame cannot be read, an answer neither.
    HangsUp,
    /// It says that it cannot read the message and closes with the code for a broken rule (RFC 6455 7.4.1, 1008).
    Malformed,
    /// It answers a close with one.
    ClosesToo,
    /// The session goes on.
    GoesOn,
}

#[derive(Clone)]
pub struct Case {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub outcome: Outcome,
}

fn case(name: &'static str, outcome: Outcome, bytes: Vec<u8>) -> Case {
    Case {
        name,
        bytes,
        outcome,
    }
}

/// A text in a frame for each byte of it, and `between` before each but the first.
fn sliced(text: &[u8], between: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, byte) in text.iter().enumerate() {
        let first = match at {
            0 => FIRST,
            at if at + 1 == text.len() => LAST,
            _ => MIDDLE,
        };
        if at > 0 {
            bytes.extend(between);
        }
        bytes.extend(frame(first, [*byte]));
    }
    bytes
}

fn close(code: u16, reason: &[u8]) -> Vec<u8> {
    frame(CLOSE, [&code.to_be_bytes(), reason].concat())
}

/// Frames that break the rules of WebSocket itself (RFC 6455 5), after which nothing can be read.
pub fn framing() -> Vec<Case> {
    let over = DESKTOP_FRAME_LIMIT as u64 + 1;
    let broken = [
        ("a frame without a key", unmasked(TEXT, "{}")),
        (
            "the first reserved bit, as of packed frames",
            frame(0xc1, "{}"),
        ),
        ("the second reserved bit", frame(0xa1, "{}")),
        ("the third reserved bit", frame(0x91, "{}")),
        ("a reserved kind of data", frame(0x83, "{}")),
        ("a reserved kind of control", frame(0x8b, "")),
        ("a ping in fragments", frame(0x09, "a")),
        ("a ping of 126 bytes", frame(PING, [0; 126])),
        ("a close of 126 bytes", frame(CLOSE, [3; 126])),
        ("a close with half a code", frame(CLOSE, [3])),
        ("a close whose reason is no UTF-8", close(1_000, &[0xff])),
        ("a continuation of nothing", frame(LAST, "{}")),
        (
            "a message inside of another",
            [frame(FIRST, "{"), frame(TEXT, "{}")].concat(),
        ),
        ("bytes that are no UTF-8", frame(TEXT, [0xff, 0xfe])),
        (
            "a lone surrogate",
            frame(TEXT, [b'"', 0xed, 0xa0, 0x80, b'"']),
        ),
        ("an overlong form", frame(TEXT, [b'"', 0xc0, 0xaf, b'"'])),
        (
            "a character that its fragments do not finish",
            [frame(FIRST, [b'"', 0xe2, 0x82]), frame(LAST, "\"")].concat(),
        ),
        ("a frame of one byte too many", head(TEXT, over)),
        ("a frame of 64 MiB", head(TEXT, 64 * 1024 * 1024)),
        ("a frame of 2^62 bytes", head(TEXT, 1 << 62)),
        ("a length with the highest bit", head(TEXT, 1 << 63)),
        (
            "fragments of one byte too many together",
            [
                frame(FIRST, vec![b' '; DESKTOP_FRAME_LIMIT]),
                frame(LAST, " "),
            ]
            .concat(),
        ),
        (
            "more fragments of a byte than fit",
            sliced(&[b' '; DESKTOP_FRAME_LIMIT + 1], &[]),
        ),
    ];
    let broken = broken.into_iter();
    broken
        .map(|(name, bytes)| case(name, Outcome::HangsUp, bytes))
        .collect()
}

/// Whole messages that are none of the protocol.
pub fn messages() -> Vec<Case> {
    let deep = "[".repeat(100_000);
    let broken = [
        ("an empty text", frame(TEXT, "")),
        (
            "an empty text in fragments",
            [frame(FIRST, ""), frame(LAST, "")].concat(),
        ),
        ("binary where text is due", frame(BINARY, "{}")),
        ("half an object", frame(TEXT, "{")),
        (
            "two objects",
            frame(TEXT, r#"{"type":"ack","through":1}{}"#),
        ),
        ("deep nesting", frame(TEXT, deep)),
        ("an unknown type", frame(TEXT, r#"{"type":"weather"}"#)),
        ("a number where a text is due", frame(TEXT, r#"{"type":7}"#)),
        (
            "an acknowledgement past every number",
            frame(TEXT, r#"{"type":"ack","through":9223372036854775808}"#),
        ),
        (
            "an acknowledgement of half an event",
            frame(TEXT, r#"{"type":"ack","through":0.5}"#),
        ),
        (
            "an endpoint that is a path",
            frame(TEXT, r#"{"type":"retire","endpoint":"../../e"}"#),
        ),
        (
            "NULs up to the limit",
            frame(TEXT, vec![0; DESKTOP_FRAME_LIMIT]),
        ),
    ];
    let broken = broken.into_iter();
    broken
        .map(|(name, bytes)| case(name, Outcome::Malformed, bytes))
        .collect()
}

/// Ends that can be answered, whatever their code (RFC 6455 7.4).
pub fn closes() -> Vec<Case> {
    let ends = [
        ("a close without a code", frame(CLOSE, "")),
        (
            "a close with a code of one's own and a long reason",
            close(4_999, &[b'x'; 123]),
        ),
        (
            "a close with the code that is never sent",
            close(1_006, b""),
        ),
        ("a close with a code that nobody may use", close(999, b"")),
    ];
    let ends = ends.into_iter();
    ends.map(|(name, bytes)| case(name, Outcome::ClosesToo, bytes))
        .collect()
}

/// What looks odd and is allowed, or means nothing.
pub fn harmless() -> Vec<Case> {
    let ack = |through| serde_json::to_vec(&FromDesktop::Ack { through }).unwrap();
    let harmless = [
        ("a ping as long as one may be", frame(PING, [7; 125])),
        ("a pong that nobody asked for", frame(PONG, "x")),
        ("a flood of pings", frame(PING, "").repeat(20_000)),
        ("a message in fragments of a byte", sliced(&ack(0), &[])),
        (
            "pings between fragments",
            sliced(&ack(0), &frame(PING, "x")),
        ),
        (
            "empty fragments between others",
            sliced(&ack(0), &frame(MIDDLE, "").repeat(100)),
        ),
        ("an acknowledgement of nothing", frame(TEXT, ack(0))),
        (
            "an acknowledgement below every number",
            frame(TEXT, ack(i64::MIN)),
        ),
        (
            "the same acknowledgement over and over",
            frame(TEXT, ack(-1)).repeat(1_000),
        ),
    ];
    let harmless = harmless.into_iter();
    harmless
        .map(|(name, bytes)| case(name, Outcome::GoesOn, bytes))
        .collect()
}
