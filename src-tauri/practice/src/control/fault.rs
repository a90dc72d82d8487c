//! Faults that a test asks for: the next requests to a path fail in a chosen way.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Practice;
use crate::state::World;

/// How a request fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FaultKind {
    /// A JSON error with the fault's status.
    Status,
    /// A page of HTML with the fault's status, as a proxy would send.
    Html,
    /// The right answer, after the fault's delay.
    Slow,
    /// An answer that breaks off in the middle.
    Drop,
}

/// A fault in force.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) path_prefix: String,
    pub(crate) kind: FaultKind,
    #[serde(default = "server_error")]
    pub(crate) status: u16,
    /// Delay of a slow answer, in real milliseconds.
    #[serde(default)]
    pub(crate) delay_ms: u64,
    /// How many more requests it hits.
    #[serde(default = "once")]
    pub(crate) count: u32,
}

fn server_error() -> u16 {
    500
}

fn once() -> u32 {
    1
}

impl World {
    /// The first fault for `path`, whose count goes down by one.
    fn take_fault(&mut self, path: &str) -> Option<Fault> {
        let hit = |fault: &&mut Fault| path.starts_with(&fault.path_prefix);
        let fault = self.faults.iter_mut().find(hit)?;
        fault.count = fault.count.saturating_sub(1);
        let taken = fault.clone();
        self.faults.retain(|fault| fault.count > 0);
        Some(taken)
    }
}

/// Lets a request pass, unless a fault is in force for its path.
pub(crate) async fn apply_faults(
    State(practice): State<Practice>,
    request: Request,
    next: Next,
) -> Response {
    let fault = practice.world().take_fault(request.uri().path());
    let Some(fault) = fault else {
        return next.run(request).await;
    };
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match fault.kind {
        FaultKind::Status => {
            let body = json!({"code": "PracticeFault", "message": "A fault was asked for"});
            (status, axum::Json(body)).into_response()
        }
        FaultKind::Html => (
            status,
            Html("<html><body><h1>Bad gateway</h1></body></html>"),
        )
            .into_response(),
        FaultKind::Slow => {
            tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
            next.run(request).await
        }
        FaultKind::Drop => broken_off(),
    }
}

/// Announces more than it sends; hyper then closes the connection in the middle of the body.
fn broken_off() -> Response {
    let parts = [
        Ok(Bytes::from_static(b"{\"data\":")),
        Err(io::Error::other("a fault was asked for")),
    ];
    let body = Body::from_stream(futures_util::stream::iter(parts));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
