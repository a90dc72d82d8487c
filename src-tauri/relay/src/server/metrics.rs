//! Counters in the Prometheus text format, version 0.0.4. They hold numbers and fixed words only.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use super::ingest::Rejection;

/// What the relay has done since it started.
#[derive(Default)]
pub(super) struct Metrics {
    accepted: AtomicU64,
    delivered: AtomicU64,
    expired: AtomicU64,
    pages_shown: AtomicU64,
    page_answers: AtomicU64,
    rejected: [AtomicU64; Rejection::ALL.len()],
}

impl Metrics {
    /// An event was stored and its sender told so.
    pub(super) fn accepted(&self) {
        self.accepted.fetch_add(1, Ordering::Relaxed);
    }

    /// A desktop acknowledged `events`.
    pub(super) fn delivered(&self, events: u64) {
        self.delivered.fetch_add(events, Ordering::Relaxed);
    }

    /// `events` were deleted at the end of the retention time.
    pub(super) fn expired(&self, events: u64) {
        self.expired.fetch_add(events, Ordering::Relaxed);
    }

    /// A page was served.
    pub(super) fn page_shown(&self) {
        self.pages_shown.fetch_add(1, Ordering::Relaxed);
    }

    /// The answer to a page was stored.
    pub(super) fn page_answered(&self) {
        self.page_answers.fetch_add(1, Ordering::Relaxed);
    }

    /// A request was refused.
    pub(super) fn rejected(&self, rejection: Rejection) {
        self.rejected[rejection as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// The text of `/metrics`, for `waiting` stored events.
    pub(super) fn render(&self, waiting: u64) -> String {
        let mut text = String::new();
        let mut single = |name: &str, kind: &str, help: &str, value: u64| {
            let _ = write!(
                text,
                "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n"
            );
        };
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        single(
            "fulcrum_relay_events_accepted_total",
            "counter",
            "Events stored and answered with 200.",
            count(&self.accepted),
        );
        single(
            "fulcrum_relay_events_delivered_total",
            "counter",
            "Events acknowledged by their desktop.",
            count(&self.delivered),
        );
        single(
            "fulcrum_relay_events_expired_total",
            "counter",
            "Events deleted at the end of the retention time.",
            count(&self.expired),
        );
        single(
            "fulcrum_relay_pages_shown_total",
            "counter",
            "Pages served.",
            count(&self.pages_shown),
        );
        single(
            "fulcrum_relay_page_answers_total",
            "counter",
            "Answers to pages stored.",
            count(&self.page_answers),
        );
        single(
            "fulcrum_relay_events_waiting",
            "gauge",
            "Events stored and not yet acknowledged.",
            waiting,
        );
        let name = "fulcrum_relay_requests_rejected_total";
        let _ = write!(
            text,
            "# HELP {name} Requests refused, by reason.\n# TYPE {name} counter\n"
        );
        for (rejection, counter) in Rejection::ALL.iter().zip(&self.rejected) {
            let _ = writeln!(
                text,
                "{name}{{reason=\"{}\"}} {}",
                rejection.word(),
                count(counter)
            );
        }
        text
    }
}
