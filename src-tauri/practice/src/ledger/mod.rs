//! What the practice world received and sent, so that a test need not believe the program it tests.
//!
//! Every request to the API and to the authorization server and every attempt of a delivery is an
//! entry with a number, in the order in which they ended. The newest entries are kept, up to a number
//! and up to a sum of body bytes; the counters are exact whatever was forgotten. Secrets are never kept:
//! of what the authorization server receives, only what `record` names as harmless.

mod entry;
mod record;

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::{Value, json};

pub(crate) use entry::{Credential, CredentialKind, Received, Sent, TokenTrade};
pub(crate) use record::record;

use entry::{Entry, What};

/// Entries kept: more than an import of 10,000 candidates makes.
const MOST_ENTRIES: usize = 100_000;

/// Bytes of bodies kept in all of them together.
const MOST_BODY_BYTES: usize = 64 * 1024 * 1024;

/// Exact counts since the start or the last reset.
#[derive(Clone, Debug, Default, Serialize)]
struct Counts {
    api_requests: u64,
    /// API requests that are not a GET and were let in.
    writes: u64,
    /// Requests to the token and revocation endpoints.
    token_requests: u64,
    /// Requests for consent, and answers to the consent page.
    authorize_requests: u64,
    /// API requests answered with 429.
    rate_limited: u64,
    /// Requests of any kind whose answer was lost or replaced by a fault.
    faulted: u64,
    /// Attempts of deliveries.
    attempts: u64,
}

/// The record of what came in and what went out.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    entries: VecDeque<Entry>,
    body_bytes: usize,
    /// How many entries there have been.
    numbered: u64,
    counts: Counts,
}

impl Ledger {
    /// Enters a request that ended; `at` is when it arrived (ms).
    pub(crate) fn received(&mut self, at: i64, received: Received) {
        let counts = &mut self.counts;
        counts.api_requests += u64::from(received.is_api_request());
        counts.writes += u64::from(received.is_write());
        counts.token_requests += u64::from(received.token_trade().is_some());
        counts.authorize_requests += u64::from(received.is_consent());
        counts.rate_limited += u64::from(received.is_api_request() && received.status == Some(429));
        counts.faulted += u64::from(received.fault.is_some());
        self.enter(at, What::Received(received));
    }

    /// Enters an attempt of a delivery that ended; `at` is when it began (ms).
    pub(crate) fn sent(&mut self, at: i64, sent: Sent) {
        self.counts.attempts += 1;
        self.enter(at, What::Sent(sent));
    }

    fn enter(&mut self, at: i64, what: What) {
        self.numbered += 1;
        let entry = Entry {
            number: self.numbered,
            at,
            what,
        };
        self.body_bytes += entry.body_bytes();
        self.entries.push_back(entry);
        while self.entries.len() > MOST_ENTRIES || self.body_bytes > MOST_BODY_BYTES {
            let Some(forgotten) = self.entries.pop_front() else {
                return;
            };
            self.body_bytes -= forgotten.body_bytes();
        }
    }

    /// Forgets every entry and starts the counters anew; the numbers go on.
    pub(crate) fn reset(&mut self) {
        *self = Self {
            numbered: self.numbered,
            ..Self::default()
        };
    }

    /// Lets the numbers go on where `other` stands.
    pub(crate) fn number_after(&mut self, other: &Self) {
        self.numbered = other.numbered;
    }

    /// The entries from number `since` on, at most `limit`, with the number to ask for next and the
    /// number of the oldest entry that is kept.
    pub(crate) fn since(&self, since: u64, limit: usize) -> Value {
        let start = self.entries.partition_point(|entry| entry.number < since);
        let entries: Vec<&Entry> = self.entries.range(start..).take(limit).collect();
        let next = entries.last().map_or(since, |entry| entry.number + 1);
        let oldest = self.entries.front().map(|entry| entry.number);
        json!({"entries": entries, "next": next, "oldest": oldest, "counts": self.counts})
    }

    /// The writes and token requests among the entries, with the counters.
    pub(crate) fn summary(&self) -> Value {
        let received = self.entries.iter().filter_map(Entry::as_received);
        let writes: Vec<Value> = received
            .clone()
            .filter(|(_, received)| received.is_write())
            .map(|(at, received)| received.as_write(at))
            .collect();
        let trades = received.filter_map(|(at, received)| {
            let TokenTrade { grant_type, error } = received.token_trade()?;
            let status = received.status;
            Some(json!({"at": at, "grant_type": grant_type, "status": status, "error": error}))
        });
        let trades: Vec<Value> = trades.collect();
        json!({
            "writes": writes,
            "token_requests": trades,
            "api_requests": self.counts.api_requests,
            "rate_limited": self.counts.rate_limited,
            "counts": self.counts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, path: &str, body: Option<Value>) -> Received {
        let mut received = Received::new(method, path, None, body);
        received.status = Some(200);
        received
    }

    #[test]
    fn entries_are_read_from_a_number_on() {
        let mut ledger = Ledger::default();
        for number in 1..=5 {
            ledger.received(number, request("GET", "/v1/stages", None));
        }
        let page = ledger.since(2, 2);
        assert_eq!(page["entries"][0]["number"], 2);
        assert_eq!(page["entries"][1]["at"], 3);
        assert_eq!(
            (page["next"].as_u64(), page["oldest"].as_u64()),
            (Some(4), Some(1))
        );
        let rest = ledger.since(9, 2);
        assert_eq!(
            (rest["entries"].clone(), rest["next"].as_u64()),
            (json!([]), Some(9))
        );
    }

    #[test]
    fn the_oldest_entries_are_forgotten_and_the_counters_stay_exact() {
        let mut ledger = Ledger::default();
        let large = Value::from("x".repeat(1024 * 1024));
        for number in 0..70 {
            ledger.received(
                number,
                request("POST", "/v1/opportunities/1/notes", Some(large.clone())),
            );
        }
        let page = ledger.since(0, 1);
        assert!(page["oldest"].as_u64() > Some(6));
        assert_eq!(page["counts"]["writes"], 70);
        assert!(ledger.body_bytes <= MOST_BODY_BYTES);
    }

    #[test]
    fn a_reset_forgets_all_but_the_numbers() {
        let mut ledger = Ledger::default();
        ledger.received(0, request("GET", "/v1/stages", None));
        ledger.reset();
        assert_eq!(ledger.since(0, 9)["counts"]["api_requests"], 0);
        ledger.received(0, request("GET", "/v1/stages", None));
        assert_eq!(ledger.since(0, 9)["oldest"], 2);
    }
}
