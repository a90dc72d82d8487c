//! The control plane under `/practice`: JSON, for loopback peers only. Lever has nothing like it.
//! `GET /practice` is a page that shows all of it and lets a person change what is changed most.
//!
//! | Request | Body | Answer |
//! |---|---|---|
//! | `GET /practice/ledger` | | writes, token requests, deliveries and exact counts |
//! | `GET /practice/ledger?since=n&limit=m` | | `{"entries", "next", "oldest", "counts"}`: all that came in and went out, by number |
//! | `DELETE /practice/ledger` | | forgets the entries and counts anew; the numbers go on |
//! | `GET /practice/candidates` | | name, e-mails, stage and id of every living opportunity |
//! | `POST /practice/candidates` | `{"name", "emails"?, "posting"?, "stage"?, "origin"?, "count"?}` | `{"opportunities": [id]}` |
//! | `POST /practice/seed` | `{"size": "small"}` or `{"opportunities": n, "random_seed"?}` | `{"opportunities": n}` |
//! | `POST /practice/reset` | | `{}`; the world is as it was at its start; clock, mailbox and the log of deliveries go on |
//! | `GET`, `PUT /practice/switches` | the switches to change | all switches |
//! | `POST /practice/sessions` | `{"user"}`, an id or an e-mail address | `{"cookie"}`, with which the pages know them |
//! | `GET /practice/clock`, `POST` | `{"set"?, "set_ms"?, "advance"?, "advance_ms"?, "frozen"?}` | `{"now_ms", "now", "frozen"}` |
//! | `GET /practice/faults`, `POST`, `DELETE` | `{"kind", "method"?, "path"? or "path_prefix"?, "count"?, …}` | the faults in force |
//! | `DELETE /practice/faults/{number}` | | the faults in force |
//! | `POST /practice/hire` | `{"opportunity", "user"?}` or `{"opportunities": [id], "user"?}` | `{}` |
//! | `POST /practice/move` | `{"opportunity", "stage", "user"?}` | `{}` |
//! | `POST /practice/offers` | `{"opportunity", "fields"?: {identifier: value}, "creator"?}` | `{"offer": id}` |
//! | `GET /practice/offers/{id}` | | `{"opportunity", "status", "link", "story"}`; `link` is the candidate's page |
//! | `PUT /practice/offers/{id}` | `{"fields": {identifier: value}, "user"?}` | `{"revision"}` |
//! | `POST /practice/offers/{id}/advance` | `{"to": status, "user"?}` or `{"step", "user"?}` | `{"status"}` |
//! | `POST /practice/deliver` | `{"event", "opportunity", "interview"?, "panel"?}` | `{"queued": n}` |
//! | `POST /practice/webhooks` | `{"url", "event"}` | `{"id", "signature_token"}`, with the event switched on |
//! | `POST /practice/webhooks/pause` | `{"paused"}` | `{"paused"}`; a connection can still be verified |
//! | `POST /practice/revoke` | | `{"revoked": n}` |
//! | `GET /practice/people` | | the people in the HRIS with the history of each |
//!
//! What each switch does stands at [`Switches`](crate::Switches).
//!
//! `set` is RFC 3339, `advance` a duration such as `1 month`, `3 days 2h` or `P1D`. Whatever waits for the
//! practice clock, such as the next try of a delivery, happens when the clock is moved past it.
//!
//! The kinds of faults and their further members are those of [`FaultRequest`](crate::faults::FaultRequest). A
//! fault hits one request unless `count` says how many, or is null: then it hits until it is lifted.
//!
//! `mail::control` adds the mailbox's.
//!
//! An offer advances to a state by the usual way, with every approval that it needs; `step` is one
//! step of LEVER.md 3.3, taken where the offer stands, such as `reject` or `record-decline`.
//!
//! `count` of candidates appends a number to the name and to the local part of each e-mail.

mod actions;
mod by_hand;
mod candidates;
mod faults;
mod offers;
mod seeding;
mod steering;
mod time;

use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::json;

use crate::Practice;
use crate::faults::Peer;
use crate::{hris, mail};

/// The routes of the control plane, relative to `/practice`.
pub(crate) fn routes() -> Router<Practice> {
    Router::new()
        .route(
            "/ledger",
            get(steering::ledger).delete(steering::reset_ledger),
        )
        .route(
            "/switches",
            get(steering::show_switches).put(steering::set_switches),
        )
        .route("/clock", get(time::show).post(time::change))
        .route(
            "/faults",
            get(faults::list).post(faults::add).delete(faults::lift_all),
        )
        .route("/faults/{number}", delete(faults::lift))
        .route(
            "/candidates",
            get(candidates::list).post(candidates::create),
        )
        .route("/seed", post(seeding::replace))
        .route("/reset", post(steering::reset))
        .route("/sessions", post(actions::log_in))
        .route("/hire", post(actions::hire))
        .route("/move", post(actions::move_stage))
        .route("/offers", post(offers::create))
        .route("/offers/{id}", get(offers::show).put(offers::modify))
        .route("/offers/{id}/advance", post(offers::advance))
        .route("/deliver", post(actions::deliver))
        .route("/webhooks", post(actions::add_webhook))
        .route("/webhooks/pause", post(actions::pause_webhooks))
        .route("/revoke", post(actions::revoke))
        .merge(mail::control_routes())
        .merge(by_hand::routes())
        .merge(hris::control_routes())
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
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    if peer.is_local() {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}
