//! `GET /healthz`: 200 while the relay can do what it is for, which is to put an event on disk.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tokio::sync::Mutex;
use tokio::time;

use super::Shared;
use crate::clock::Steady;

/// How long a finding holds, so that whoever asks often does not wear out the disk.
const HOLDS: Duration = Duration::from_secs(2);
/// A disk that takes longer than this is of no use to a sender.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was found last, and when.
pub(super) struct Health {
    steady: Steady,
    found: Mutex<Option<(Duration, bool)>>,
}

impl Health {
    pub(super) fn new() -> Self {
        Self {
            steady: Steady::start(),
            found: Mutex::default(),
        }
    }

    /// Whether a write reaches the disk. Askers at the same moment wait for one write.
    pub(super) async fn is_writable(&self, shared: &Shared) -> bool {
        let mut found = self.found.lock().await;
        let now = self.steady.elapsed();
        if let Some((at, writable)) = *found
            && now - at < HOLDS
        {
            return writable;
        }
        let writable = time::timeout(PATIENCE, takes_events(shared)).await;
        let writable = writable.unwrap_or(false);
        *found = Some((self.steady.elapsed(), writable));
        writable
    }
}

async fn takes_events(shared: &Shared) -> bool {
    if let Some(cluster) = &shared.cluster {
        return cluster.answers().await;
    }
    let now_ms = shared.clock.now_ms();
    let write = shared.writer.write(
        move |connection| {
            connection.execute(
                "INSERT INTO probe (id, at_ms) VALUES (1, ?1)
                     ON CONFLICT (id) DO UPDATE SET at_ms = excluded.at_ms",
                [now_ms],
            )
        },
        |_| (),
    );
    write.await.is_ok()
}

/// Answers `GET /healthz`. A relay that is stopping is not healthy, so that a balancer sends nobody
/// more to it.
pub(super) async fn handle(State(shared): State<Arc<Shared>>) -> Response {
    if *shared.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    if shared.health.is_writable(&shared).await {
        (StatusCode::OK, "ok\n").into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "nothing can be stored\n").into_response()
    }
}
