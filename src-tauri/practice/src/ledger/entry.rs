//! One entry of the ledger.

use serde::Serialize;
use serde_json::{Value, json};

use crate::faults::FaultKind;

/// An entry with its place among all entries.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    /// Counts from 1 and is never used again.
    pub(super) number: u64,
    /// When the request arrived or the attempt began (ms).
    pub(super) at: i64,
    #[serde(flatten)]
    pub(super) what: What,
}

/// Which way it went.
#[derive(Debug, Serialize)]
#[serde(tag = "direction", rename_all = "lowercase")]
pub(super) enum What {
    Received(Received),
    Sent(Sent),
}

/// A request to the API or to the authorization server.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Received {
    method: String,
    path: String,
    query: Option<String>,
    /// Who sent it; null if the credentials were none that are known, or none were looked at.
    pub(super) credential: Option<Credential>,
    /// JSON of a write, and what was pressed on the consent page; of anything else only its size.
    body: Option<Value>,
    /// What the world answered, also if the answer was then lost or replaced; null if no answer was made.
    pub(super) status: Option<u16>,
    /// The fault that lost, changed or replaced the answer.
    pub(super) fault: Option<FaultKind>,
    /// What an authorization request brought the application: `code`, or the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) brought_back: Option<String>,
    #[serde(flatten)]
    pub(super) token_trade: Option<TokenTrade>,
}

/// One attempt of a delivery.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Sent {
    /// Number of the delivery in the log of deliveries.
    pub(crate) delivery: usize,
    pub(crate) url: String,
    /// The body as it was signed.
    pub(crate) body: Value,
    /// What the endpoint answered; null if it did not.
    pub(crate) status: Option<u16>,
    /// Why it did not, in words.
    pub(crate) error: Option<String>,
}

/// Who sent a request; never the secret itself.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Credential {
    pub(crate) kind: CredentialKind,
    /// Name of the API key or of the application.
    pub(crate) app: String,
}

/// What a request identified itself with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CredentialKind {
    ApiKey,
    AccessToken,
}

/// What a request to the token or revocation endpoint asked for and why it was refused.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TokenTrade {
    pub(crate) grant_type: String,
    pub(crate) error: Option<String>,
}

impl Received {
    /// A request that is not answered yet.
    pub(super) fn new(method: &str, path: &str, query: Option<&str>, body: Option<Value>) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.map(str::to_owned),
            credential: None,
            body,
            status: None,
            fault: None,
            brought_back: None,
            token_trade: None,
        }
    }

    pub(super) fn is_api_request(&self) -> bool {
        self.path.starts_with("/v1/")
    }

    /// Whether it asked for consent or answered the consent page.
    pub(super) fn is_consent(&self) -> bool {
        self.path == "/authorize"
    }

    /// Whether it was meant to change something and got as far as the work.
    pub(super) fn is_write(&self) -> bool {
        self.is_api_request()
            && self.method != "GET"
            && !matches!(self.status, None | Some(401 | 429))
            && !self.fault.is_some_and(FaultKind::prevents_the_work)
    }

    pub(super) fn token_trade(&self) -> Option<&TokenTrade> {
        self.token_trade.as_ref()
    }

    pub(super) fn as_write(&self, at: i64) -> Value {
        json!({
            "at": at,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "body": self.body,
            "status": self.status,
        })
    }
}

impl Entry {
    pub(super) fn as_received(&self) -> Option<(i64, &Received)> {
        match &self.what {
            What::Received(received) => Some((self.at, received)),
            What::Sent(_) => None,
        }
    }

    /// About how much memory its body takes.
    pub(super) fn body_bytes(&self) -> usize {
        match &self.what {
            What::Received(received) => received.body.as_ref().map_or(0, size_of_json),
            What::Sent(sent) => size_of_json(&sent.body),
        }
    }
}

fn size_of_json(value: &Value) -> usize {
    let own = size_of::<Value>();
    own + match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size_of_json).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| name.len() + size_of_json(value))
            .sum(),
    }
}
