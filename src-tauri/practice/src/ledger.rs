//! What the practice world saw, so that a test need not believe the program it tests.

use serde::Serialize;
use serde_json::Value;

/// A request that was meant to change something, as the API received it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Write {
    pub(crate) at: i64,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) body: Value,
    pub(crate) status: u16,
}

/// A request to the token or revocation endpoint; secrets are never kept.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TokenRequest {
    pub(crate) at: i64,
    pub(crate) grant_type: String,
    pub(crate) status: u16,
    pub(crate) error: Option<String>,
}

/// The record of all writes and token requests since the start.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Ledger {
    pub(crate) writes: Vec<Write>,
    pub(crate) token_requests: Vec<TokenRequest>,
    pub(crate) api_requests: u64,
    pub(crate) rate_limited: u64,
}
