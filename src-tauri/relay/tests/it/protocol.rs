//! The JSON of every message is pinned: a change here is a change of the protocol version.

use fulcrum_relay::protocol::{FromDesktop, FromRelay, Refusal};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

const FROM_DESKTOP: &str = include_str!("golden/from_desktop.jsonl");
const FROM_RELAY: &str = include_str!("golden/from_relay.jsonl");

/// Each line is read and written again; the text has to be the same.
fn read_and_write<T: Serialize + DeserializeOwned>(golden: &str) -> Vec<T> {
    golden
        .lines()
        .map(|line| {
            let message: T = serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
            assert_eq!(serde_json::to_string(&message).unwrap(), line);
            message
        })
        .collect()
}

fn names<T: Debug>(messages: &[T]) -> Vec<String> {
    let name = |text: String| text.split([' ', '(']).next().unwrap_or_default().to_owned();
    messages
        .iter()
        .map(|message| name(format!("{message:?}")))
        .collect()
}

#[test]
fn the_desktops_messages_keep_their_form() {
    let messages = read_and_write::<FromDesktop>(FROM_DESKTOP);
    let mut names = names(&messages);
    names.dedup();
    let all = [
        "SignIn",
        "Register",
        "Retire",
        "Publish",
        "Unpublish",
        "Ack",
    ];
    assert_eq!(names, all);
}

#[test]
fn the_relays_messages_keep_their_form() {
    let messages = read_and_write::<FromRelay>(FROM_RELAY);
    let mut names = names(&messages);
    names.dedup();
    assert_eq!(
        names,
        [
            "Challenge",
            "Welcome",
            "Acknowledged",
            "Registered",
            "Retired",
            "Published",
            "Unpublished",
            "PageRefused",
            "Events",
            "Expired",
            "Refused"
        ]
    );
    let reasons = messages.iter().filter_map(|message| match message {
        FromRelay::Refused { reason, .. } | FromRelay::PageRefused { reason, .. } => Some(*reason),
        _ => None,
    });
    let all = [
        Refusal::PageTaken,
        Refusal::PageUnknown,
        Refusal::PageLimit,
        Refusal::PageSize,
        Refusal::PageExpiry,
        Refusal::Version,
        Refusal::Signature,
        Refusal::Malformed,
        Refusal::EndpointTaken,
        Refusal::EndpointRetired,
        Refusal::EndpointUnknown,
        Refusal::EndpointLimit,
        Refusal::SealingKey,
        Refusal::Replaced,
        Refusal::Superseded,
        Refusal::Unavailable,
    ];
    assert_eq!(reasons.collect::<Vec<_>>(), all);
}

#[test]
fn what_a_newer_relay_adds_is_passed_over() {
    let message = r#"{"type":"weather","sunny":true}"#;
    assert_eq!(
        serde_json::from_str::<FromRelay>(message).unwrap(),
        FromRelay::Unknown
    );
    let message = r#"{"type":"refused","reason":"moon_phase","since":1}"#;
    let refused = FromRelay::Refused {
        reason: Refusal::Unknown,
        endpoint: None,
    };
    assert_eq!(serde_json::from_str::<FromRelay>(message).unwrap(), refused);
}

#[test]
fn a_malformed_message_is_an_error() {
    let hostile = [
        "",
        "null",
        "[]",
        "{}",
        r#"{"type":"weather"}"#,
        r#"{"type":"ack"}"#,
        r#"{"type":"ack","through":"1"}"#,
        r#"{"type":"ack","through":1.5}"#,
        r#"{"type":"ack","through":9223372036854775808}"#,
        r#"{"type":"retire","endpoint":"../../etc/passwd"}"#,
        r#"{"type":"register","endpoint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","sealing_key":"AAAA"}"#,
        r#"{"type":"register","endpoint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","sealing_key":"%"}"#,
    ];
    for text in hostile {
        assert!(serde_json::from_str::<FromDesktop>(text).is_err(), "{text}");
    }
}
