//! Sending a probe as Lever sends an event: a signed body, posted to the public address.

use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::listeners::signature::sign;

/// How long the relay may take to answer.
const ANSWER_TIME: Duration = Duration::from_secs(20);

/// Why a probe did not come back. Each is a sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// No session with the relay, so nothing can come back.
    #[error("{0}")]
    NoSession(String),
    /// The relay has not said under which address it is reached.
    #[error("The relay has not yet said under which address it can be reached.")]
    NoAddress,
    /// The public address cannot be reached from here.
    #[error("{host} could not be reached from this computer.")]
    NotReached {
        /// The host of the public address.
        host: String,
    },
    /// It answered too late.
    #[error("{host} did not answer within 20 seconds.")]
    NoAnswer {
        /// The host of the public address.
        host: String,
    },
    /// The relay answered, and did not take the probe.
    #[error("{host} answered with the status {status} instead of taking the probe.")]
    Refused {
        /// The host of the public address.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// Something that is no relay answered.
    #[error(
        "What answers at {host} is not the relay: a page to sign in to the network, a proxy, or another server."
    )]
    NotTheRelay {
        /// The host of the public address.
        host: String,
    },
    /// Taken by the relay and not delivered.
    #[error("The relay took it, and it did not come back over the connection to this computer.")]
    NotReturned,
    /// The database failed.
    #[error("{0}")]
    NotStored(String),
}

#[derive(Deserialize)]
struct Taken {
    ok: bool,
}

/// Posts a probe; returns once the relay has it on disk.
pub(super) async fn post(
    http: &reqwest::Client,
    url: &Url,
    (nonce, at): (&str, i64),
    token: &SecretString,
) -> Result<(), Lost> {
    let host = url.host_str().unwrap_or_default().to_owned();
    let body = json!({
        "event": "candidateHired",
        "triggeredAt": at,
        "token": nonce,
        "signature": sign(token, nonce, at),
        "data": { "opportunityId": "probe" },
    });
    let request = http.post(url.clone()).timeout(ANSWER_TIME).json(&body);
    let answer = request.send().await.map_err(|problem| {
        let host = host.clone();
        if problem.is_timeout() && !problem.is_connect() {
            Lost::NoAnswer { host }
        } else {
            Lost::NotReached { host }
        }
    })?;
    let status = answer.status();
    if status.is_success() {
        return match answer.json::<Taken>().await {
            Ok(Taken { ok: true }) => Ok(()),
            Ok(Taken { ok: false }) | Err(_) => Err(Lost::NotTheRelay { host }),
        };
    }
    if status.is_redirection() {
        return Err(Lost::NotTheRelay { host });
    }
    let status = status.as_u16();
    Err(Lost::Refused { host, status })
}
