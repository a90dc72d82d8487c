//! The control plane under `/practice`: JSON, for loopback peers only. Lever has nothing like it.
//!
//! | Request | Body | Answer |
//! |---|---|---|
//! | `GET /practice/ledger` | | writes, token requests and deliveries since the start |
//! | `GET /practice/candidates` | | name, e-mails, stage and id of every living opportunity |
//! | `POST /practice/candidates` | `{"name", "emails"?, "posting"?, "stage"?, "origin"?, "count"?}` | `{"opportunities": [id]}` |
//! | `POST /practice/seed` | `{"size": "small"}` or `{"opportunities": n, "random_seed"?}` | `{"opportunities": n}` |
//! | `GET`, `PUT /practice/switches` | the switches to change | all switches |
//! | `GET /practice/clock`, `POST` | `{"advance_ms"}` | `{"now_ms"}` |
//! | `POST /practice/faults`, `DELETE` | `{"path_prefix", "kind", "status"?, "delay_ms"?, "count"?}` | the faults in force |
//! | `POST /practice/hire` | `{"opportunity"}` or `{"opportunities": [id]}` | `{}` |
//! | `POST /practice/move` | `{"opportunity", "stage", "user"?}` | `{}` |
//! | `POST /practice/deliver` | `{"event", "opportunity"}` | `{"queued": n}` |
//! | `POST /practice/webhooks` | `{"url", "event"}` | `{"id", "signature_token"}`, with the event switched on |
//! | `POST /practice/revoke` | | `{"revoked": n}` |
//!
//! `count` of candidates appends a number to the name and to the local part of each e-mail.

mod actions;
mod candidates;
mod fault;
mod seeding;
mod steering;

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;

pub(crate) use fault::{Fault, apply_faults};

use crate::Practice;

/// The routes of the control plane, relative to `/practice`.
pub(crate) fn routes() -> Router<Practice> {
    Router::new()
        .route("/ledger", get(steering::ledger))
        .route(
            "/switches",
            get(steering::show_switches).put(steering::set_switches),
        )
        .route(
            "/clock",
            get(steering::show_clock).post(steering::advance_clock),
        )
        .route(
            "/faults",
            post(steering::add_fault).delete(steering::clear_faults),
        )
        .route(
            "/candidates",
            get(candidates::list).post(candidates::create),
        )
        .route("/seed", post(seeding::replace))
        .route("/hire", post(actions::hire))
        .route("/move", post(actions::move_stage))
        .route("/deliver", post(actions::deliver))
        .route("/webhooks", post(actions::add_webhook))
        .route("/revoke", post(actions::revoke))
        .layer(from_fn(refuse_distant_peers))
}

/// A refused request, with the reason in words.
struct Refusal(String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({"message": self.0}))).into_response()
    }
}

impl<E: std::error::Error> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

async fn refuse_distant_peers(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if peer.ip().is_loopback() {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}
