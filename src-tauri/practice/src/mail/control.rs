//! The mailbox in the control plane: what a test reads, makes and breaks.
//!
//! | Request | Body | Answer |
//! |---|---|---|
//! | `GET /practice/mails` | | every mail, oldest first, its bytes as base64 in `source` |
//! | `POST /practice/mails` | `{"from", "to", "subject"?, "text"?}` | `{"id"}`: a mail as from the practice Lever |
//! | `DELETE /practice/mails` | | `{"deleted": n}` |
//! | `POST /practice/mail-faults`, `DELETE` | `{"kind", "at"?, "status"?, "delay_ms"?, "count"?}` | the faults in force |
//! | `GET /practice/mail-certificate` | | the certificate of STARTTLS, as PEM |

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value, json};

use super::contents::{Attachment, Contents};
use super::fault::MailFault;
use super::letter::Letter;
use super::mailbox::{Envelope, Route};
use crate::Practice;

/// Where the mailbox's part is declared, for the page that shows all of it.
pub(crate) const DOCUMENTATION: &str = include_str!("control.rs");

/// The mailbox's part of the control plane, relative to `/practice`.
pub(crate) fn routes() -> Router<Practice> {
    Router::new()
        .route("/mails", get(list).post(write).delete(clear))
        .route("/mail-faults", post(add_fault).delete(clear_faults))
        .route("/mail-certificate", get(certificate))
}

async fn list(State(practice): State<Practice>) -> Json<Value> {
    let mails: Vec<_> = practice
        .world()
        .mailbox
        .oldest_first()
        .map(|mail| {
            let envelope = mail.envelope().clone();
            (
                mail.id,
                mail.arrived_at,
                envelope,
                mail.route().clone(),
                mail.source(),
            )
        })
        .collect();
    // Read after the world is free again: a mailbox can hold a lot.
    let mails = mails
        .into_iter()
        .map(|(id, at, envelope, route, source)| described(id, at, &envelope, &route, &source));
    Json(mails.collect())
}

fn described(id: u64, at: i64, envelope: &Envelope, route: &Route, source: &[u8]) -> Value {
    let contents = Contents::read(source);
    let attachments = contents.attachments.iter().map(|one: &Attachment| {
        json!({
            "name": one.name,
            "type": one.media_type,
            "size": one.bytes.len(),
            "content": BASE64.encode(&one.bytes),
        })
    });
    json!({
        "id": id,
        "arrived_at": at,
        "envelope": envelope,
        "route": route,
        "subject": contents.subject,
        "from": contents.from,
        "to": contents.to,
        "cc": contents.cc,
        "reply_to": contents.reply_to,
        "headers": contents.headers,
        "text": contents.text,
        "html": contents.html,
        "attachments": attachments.collect::<Vec<Value>>(),
        "source": BASE64.encode(source),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewMail {
    from: String,
    to: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    text: String,
}

async fn write(State(practice): State<Practice>, Json(mail): Json<NewMail>) -> Json<Value> {
    let now = practice.now_ms();
    let letter = Letter {
        from: &mail.from,
        from_name: "",
        to: &mail.to,
        subject: &mail.subject,
        text: &mail.text,
        html: None,
    };
    let id = practice.world().mailbox.post(letter, now);
    Json(json!({ "id": id }))
}

async fn clear(State(practice): State<Practice>) -> Json<Value> {
    Json(json!({ "deleted": practice.world().mailbox.clear() }))
}

async fn add_fault(State(practice): State<Practice>, Json(fault): Json<MailFault>) -> Response {
    let mut world = practice.world();
    match world.mailbox.add_fault(fault) {
        Ok(()) => Json(json!(world.mailbox.faults)).into_response(),
        Err(error) => {
            let body = Json(json!({ "message": error.to_string() }));
            (StatusCode::BAD_REQUEST, body).into_response()
        }
    }
}

async fn clear_faults(State(practice): State<Practice>) -> Json<Value> {
    let mut world = practice.world();
    world.mailbox.faults.clear();
    Json(json!(world.mailbox.faults))
}

async fn certificate(State(practice): State<Practice>) -> Response {
    match &practice.world().mailbox.listening {
        Some(listening) => listening.certificate.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
