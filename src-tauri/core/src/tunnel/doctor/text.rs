//! The text that a network team needs: no secret, no address of a listener.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{Examination, StepId, StepState};

/// The examination as a text to copy.
pub fn for_network_team(examination: &Examination) -> String {
    let target = &examination.target;
    let port = target.port_or_known_default().unwrap_or(443);
    let proxy = match &examination.proxy {
        Some((host, port)) => format!("{host}:{port}"),
        None => "none".to_owned(),
    };
    let at = Timestamp::from_millisecond(examination.at).unwrap_or_default();
    let result = match examination.failed() {
        Some(step) => format!("fails at {}: {}", label(step.id), step.found),
        None => "every step works".to_owned(),
    };
    let mut text = format!(
        "Fulcrum, connection to its relay\n\
         Host: {}\n\
         Port: {port}/tcp, outbound only\n\
         Protocol: TLS with HTTP/1.1 and one long-lived WebSocket (wss)\n\
         Proxy: {proxy}\n\
         Time: {at}\n\
         Result: {result}\n",
        target.host_str().unwrap_or_default(),
    );
    for step in &examination.steps {
        let state = match step.state {
            StepState::Passed => "works",
            StepState::NotNeeded => "not needed",
            StepState::Failed => "FAILS",
            StepState::NotReached => "not tried",
        };
        let took = step.took_ms.map(|ms| format!(" ({ms} ms)"));
        let detail = step.detail.as_deref().map(|detail| format!(" [{detail}]"));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "- {}: {state}{}{}",
            label(step.id),
            took.unwrap_or_default(),
            detail.unwrap_or_default()
        );
    }
    text
}

fn label(id: StepId) -> &'static str {
    match id {
        StepId::Dns => "DNS",
        StepId::Tcp => "TCP",
        StepId::Proxy => "Proxy",
        StepId::Tls => "TLS",
        StepId::SignIn => "Relay sign-in",
        StepId::Probe => "Probe",
    }
}
