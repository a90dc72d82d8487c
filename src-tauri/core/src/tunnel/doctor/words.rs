//! What the doctor says of each step.

use std::error::Error;

use fulcrum_relay::client::{ConnectError, Passed, Step};
use url::Url;

use super::{StepId, StepState};
use crate::tunnel::Lost;

/// Why a step failed and what to do.
pub(super) struct Failure {
    pub(super) found: String,
    pub(super) action: String,
    pub(super) detail: Option<String>,
}

impl Failure {
    fn new(found: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            found: found.into(),
            action: action.into(),
            detail: None,
        }
    }
}

/// A step that went well; none for what is told with the sign-in.
pub(super) fn passed(target: &Url, passed: &Passed) -> Option<(StepId, StepState, String)> {
    let host = target.host_str().unwrap_or_default();
    Some(match passed {
        Passed::Name(_)
            if matches!(target.host(), Some(url::Host::Ipv4(_) | url::Host::Ipv6(_))) =>
        {
            let found = "The address is a number and needs no name.".to_owned();
            (StepId::Dns, StepState::NotNeeded, found)
        }
        Passed::Name(addresses) => {
            let first = addresses.first().map(|address| address.ip().to_string());
            let found = format!("The name was found, at {}.", first.unwrap_or_default());
            (StepId::Dns, StepState::Passed, found)
        }
        Passed::Tcp(address) => {
            let found = format!("{address} accepts connections.");
            (StepId::Tcp, StepState::Passed, found)
        }
        Passed::Proxy(Some((proxy, port))) => {
            let found = format!("The proxy {proxy}:{port} lets connections to {host} through.");
            (StepId::Proxy, StepState::Passed, found)
        }
        Passed::Proxy(None) => {
            let found = "No proxy is used for this address.".to_owned();
            (StepId::Proxy, StepState::NotNeeded, found)
        }
        Passed::Tls(true) => {
            let found = format!("The certificate of {host} is trusted.");
            (StepId::Tls, StepState::Passed, found)
        }
        Passed::Tls(false) => {
            let found = "The connection does not leave this computer.".to_owned();
            (StepId::Tls, StepState::NotNeeded, found)
        }
        Passed::SignIn => return None,
    })
}

/// The step at which the way ended.
pub(super) fn failed(target: &Url, problem: &ConnectError) -> Failure {
    let host = target.host_str().unwrap_or_default();
    let port = target.port_or_known_default().unwrap_or(443);
    let allow =
        format!("Ask your network team to allow outbound connections to {host}, TCP port {port}.");
    let failure = match problem {
        ConnectError::Address => Failure::new(
            "The address must begin with https://.",
            "Put the address right in Settings.",
        ),
        ConnectError::Name(_) => Failure::new(
            "The name has no address: this computer is offline, or the network does not know the name.",
            format!(
                "Check that this computer is online and that {host} is written correctly in Settings."
            ),
        ),
        ConnectError::Tcp(_) | ConnectError::TimedOut(Step::Name | Step::Tcp) => Failure::new(
            "Nothing accepts a connection there, or a firewall stops it.",
            allow,
        ),
        ConnectError::Proxy { proxy, .. } => Failure::new(
            format!("The proxy {proxy} does not let the connection through."),
            format!(
                "Ask your network team to allow CONNECT to {host}:{port}, or put the proxy right in Settings."
            ),
        ),
        ConnectError::TimedOut(Step::Proxy) => Failure::new(
            "The proxy does not answer.",
            "Put the proxy right in Settings, or ask your network team.",
        ),
        ConnectError::NoRoots => Failure::new(
            "This computer has no list of trusted certificate authorities.",
            "Install the system's certificates, or add an authority in Settings.",
        ),
        ConnectError::Tls(_) | ConnectError::TimedOut(Step::Tls) => Failure::new(
            problem
                .certificate()
                .unwrap_or("No encrypted connection could be made."),
            "If your company inspects encrypted traffic, add its certificate authority in Settings, or ask for an exception.",
        ),
        ConnectError::NoWebSocket(status @ (200..=399 | 511)) => Failure::new(
            format!(
                "A web page answered (status {status}) instead of the relay: perhaps the network wants you to sign in first."
            ),
            "Open a browser and sign in to the network, then run this again.",
        ),
        ConnectError::NoWebSocket(status) => Failure::new(
            format!("A web server answered with the status {status} instead of the relay."),
            "Check the relay's address in Settings; a proxy on the way must let WebSocket connections through.",
        ),
        ConnectError::Refused(reason) => Failure::new(
            format!("The relay does not let this installation in: {reason}."),
            "Ask whoever runs the relay.",
        ),
        ConnectError::NotARelay => Failure::new(
            "What answers is not a relay of this version.",
            "Check the relay's address in Settings.",
        ),
        ConnectError::Broken(_) | ConnectError::TimedOut(Step::SignIn) => Failure::new(
            "The connection broke before the relay answered.",
            "A proxy or firewall may stop WebSocket connections: ask your network team to allow them.",
        ),
    };
    Failure {
        detail: problem.source().map(ToString::to_string),
        ..failure
    }
}

/// The relay answers, and there is no session all the same.
pub(super) fn not_signed_in(sentence: String) -> Failure {
    Failure::new(
        sentence,
        "Fulcrum goes on trying. If it stays so, ask whoever runs the relay.",
    )
}

/// The probe was lost.
pub(super) fn lost(problem: &Lost) -> Failure {
    let action = match problem {
        Lost::NotReached { host } | Lost::NoAnswer { host } => {
            format!("Check that the public address {host} leads to the relay and can be reached from outside.")
        }
        Lost::Refused { .. } | Lost::NotTheRelay { .. } => {
            "Check that the public address leads to the relay and to nothing else.".to_owned()
        }
        Lost::NoSession(_) | Lost::NoAddress | Lost::NotReturned => {
            "Fulcrum builds the connection anew by itself. If it stays so, ask whoever runs the relay.".to_owned()
        }
        Lost::NotStored(_) => "Look at the free space on this computer's disk.".to_owned(),
    };
    Failure::new(problem.to_string(), action)
}
