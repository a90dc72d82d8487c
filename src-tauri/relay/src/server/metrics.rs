//! What the relay counts, in the OpenMetrics text format. It holds numbers and fixed words only: no
//! address, no id, and no label whose values a sender chooses.

use std::fmt;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::Shared;
use super::desktop::End;
use super::ingest::Rejection;

/// What `/metrics` is served as.
pub(super) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

/// What the relay has done since it started, and what it holds now.
pub(super) struct Metrics {
    registry: Registry,
    accepted: Counter,
    delivered: Counter,
    expired: Counter,
    pages_shown: Counter,
    page_answers: Counter,
    sign_ins: Counter,
    crowded: Counter,
    rejected: Family<Reason, Counter>,
    ended: Family<Reason, Counter>,
    stored_in: Histogram,
    now: Now,
}

/// Gauges, read when somebody asks.
#[derive(Default)]
struct Now {
    waiting: Gauge,
    waiting_bytes: Gauge,
    pages: Gauge,
    pages_bytes: Gauge,
    devices: Gauge,
    endpoints: Gauge,
    sessions: Gauge,
    connections: Gauge,
    in_flight: Gauge,
    in_flight_bytes: Gauge,
}

impl Metrics {
    /// Nothing yet, for a relay that started at `now_ms`.
    pub(super) fn new(now_ms: i64) -> Self {
        // From half a millisecond to eight seconds, of which a sender waits for ten.
        let stored_in = Histogram::new(exponential_buckets(0.0005, 2.0, 15));
        let mut metrics = Self {
            registry: Registry::with_prefix("fulcrum_relay"),
            accepted: Counter::default(),
            delivered: Counter::default(),
            expired: Counter::default(),
            pages_shown: Counter::default(),
            page_answers: Counter::default(),
            sign_ins: Counter::default(),
            crowded: Counter::default(),
            rejected: Family::default(),
            ended: Family::default(),
            stored_in,
            now: Now::default(),
        };
        metrics.register_counters();
        metrics.register_gauges(now_ms);
        metrics
    }

    fn register_counters(&mut self) {
        // A reason that has not come up is there with 0, so that a rule can watch it.
        for rejection in Rejection::ALL {
            drop(self.rejected.get_or_create(&reason(rejection.word())));
        }
        for end in End::WORDS {
            drop(self.ended.get_or_create(&reason(end)));
        }
        let registry = &mut self.registry;
        for (name, help, counter) in [
            (
                "events_accepted",
                "Events stored and answered with 200",
                &self.accepted,
            ),
            (
                "events_delivered",
                "Events acknowledged by their desktop",
                &self.delivered,
            ),
            (
                "events_expired",
                "Events deleted at the end of the retention time",
                &self.expired,
            ),
            ("pages_shown", "Pages served", &self.pages_shown),
            (
                "page_answers",
                "Answers to pages stored",
                &self.page_answers,
            ),
            ("sign_ins", "Desktops signed in", &self.sign_ins),
            (
                "connections_refused",
                "Connections closed because their address had too many",
                &self.crowded,
            ),
        ] {
            registry.register(name, help, counter.clone());
        }
        let help = "Requests refused, by reason";
        registry.register("requests_rejected", help, self.rejected.clone());
        let help = "Desktop connections ended, by reason";
        registry.register("sessions_ended", help, self.ended.clone());
        let help = "Time from the end of a body to the commit that holds it";
        registry.register_with_unit("event_stored", help, Unit::Seconds, self.stored_in.clone());
    }

    fn register_gauges(&mut self, now_ms: i64) {
        let (registry, now) = (&mut self.registry, &self.now);
        for (name, help, gauge) in [
            (
                "events_waiting",
                "Events stored and not yet acknowledged",
                &now.waiting,
            ),
            ("events_waiting_bytes", "Their size", &now.waiting_bytes),
            ("pages", "Pages shown or about to expire", &now.pages),
            ("pages_bytes", "Their size", &now.pages_bytes),
            ("devices", "Desktops that ever signed in", &now.devices),
            (
                "endpoints",
                "Endpoints, the retired ones included",
                &now.endpoints,
            ),
            ("sessions", "Desktop connections open", &now.sessions),
            ("connections", "TCP connections open", &now.connections),
            (
                "requests_in_flight",
                "Requests being read or stored",
                &now.in_flight,
            ),
            (
                "requests_in_flight_bytes",
                "Their bodies",
                &now.in_flight_bytes,
            ),
        ] {
            registry.register(name, help, gauge.clone());
        }
        let started: Gauge = Gauge::default();
        started.set(now_ms / 1_000);
        let help = "Start of the relay, in Unix time";
        registry.register_with_unit("start_time", help, Unit::Seconds, started);
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "Version of the relay", version);
    }

    /// An event was stored and its sender told so, so long after its body had come.
    pub(super) fn accepted(&self, took: Duration) {
        self.accepted.inc();
        self.stored_in.observe(took.as_secs_f64());
    }

    /// A desktop acknowledged `events`.
    pub(super) fn delivered(&self, events: u64) {
        self.delivered.inc_by(events);
    }

    /// `events` were deleted at the end of the retention time.
    pub(super) fn expired(&self, events: u64) {
        self.expired.inc_by(events);
    }

    /// A page was served.
    pub(super) fn page_shown(&self) {
        self.pages_shown.inc();
    }

    /// The answer to a page was stored.
    pub(super) fn page_answered(&self) {
        self.page_answers.inc();
    }

    /// A desktop signed in.
    pub(super) fn signed_in(&self) {
        self.sign_ins.inc();
    }

    /// The connection of a desktop ended, signed in or not.
    pub(super) fn ended(&self, end: End) {
        self.ended.get_or_create(&reason(end.word())).inc();
    }

    /// A connection was closed because its address had too many.
    pub(super) fn crowded(&self) {
        self.crowded.inc();
    }

    /// A request was refused.
    pub(super) fn rejected(&self, rejection: Rejection) {
        self.rejected.get_or_create(&reason(rejection.word())).inc();
    }

    /// The text of `/metrics`.
    pub(super) fn render(&self, shared: &Shared) -> Result<String, fmt::Error> {
        let now = &self.now;
        let set = |gauge: &Gauge, value: u64| {
            gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        };
        let (waiting, pages) = (shared.waiting.used(), shared.pages.used());
        let in_flight = shared.in_flight.used();
        let busy = |most: usize, free: usize| most.saturating_sub(free) as u64;
        let limits = &shared.limits;
        set(&now.waiting, waiting.events);
        set(&now.waiting_bytes, waiting.bytes);
        set(&now.pages, pages.events);
        set(&now.pages_bytes, pages.bytes);
        set(&now.devices, shared.directory.device_count() as u64);
        set(&now.endpoints, shared.directory.endpoint_count() as u64);
        set(
            &now.sessions,
            busy(limits.sessions, shared.sessions.available_permits()),
        );
        set(
            &now.connections,
            busy(limits.connections, shared.connections.available_permits()),
        );
        set(&now.in_flight, in_flight.events);
        set(&now.in_flight_bytes, in_flight.bytes);
        let mut rendered = String::new();
        text::encode(&mut rendered, &self.registry)?;
        Ok(rendered)
    }
}

fn reason(reason: &'static str) -> Reason {
    Reason { reason }
}
