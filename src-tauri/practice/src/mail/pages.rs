//! The pages of the mailbox.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::contents::{Attachment, Contents};
use super::mailbox::{Mail, Route};
use super::smtp::{SMTP_PASSWORD, SMTP_USER};
use crate::Practice;
use crate::web::Visitor;

/// Rows on the page; the search narrows them down.
const MAX_ROWS: usize = 200;
/// Bytes of the source on the page; the download has all.
const SHOWN_SOURCE: usize = 200_000;
/// A page with a mail in a frame: links in the mail open in a tab of their own, never in the frame.
const PAGE_POLICY: &str = "frame-src 'self'; frame-ancestors 'self'";
/// A mail's HTML: no script, no form, and nothing from elsewhere, so that looking at it tells nobody.
const MAIL_POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
    font-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; \
    sandbox allow-popups allow-popups-to-escape-sandbox";

/// The routes of the mailbox's pages.
pub(crate) fn routes() -> Router<Practice> {
    Router::new()
        .route("/mailbox", get(list))
        .route("/mailbox/delete-all", post(delete_all))
        .route("/mailbox/{id}", get(show))
        .route("/mailbox/{id}/delete", post(delete))
        .route("/mailbox/{id}/html", get(html))
        .route("/mailbox/{id}/source", get(source))
        .route("/mailbox/{id}/attachments/{number}", get(attachment))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
}

async fn list(
    State(practice): State<Practice>,
    visitor: Visitor,
    Query(search): Query<Search>,
) -> Response {
    let world = practice.world();
    let words = search.q.trim().to_lowercase();
    let found: Vec<&Mail> = world
        .mailbox
        .oldest_first()
        .rev()
        .filter(|mail| mail.mentions(&words))
        .collect();
    let rows = found.iter().take(MAX_ROWS).map(|mail| {
        json!({
            "id": mail.id,
            "from": mail.from(),
            "to": mail.to(),
            "subject": mail.subject(),
            "at": mail.arrived_at,
        })
    });
    let listening = world.mailbox.listening.as_ref();
    let context = json!({
        "rows": rows.collect::<Vec<Value>>(),
        "found": found.len(),
        "kept": world.mailbox.oldest_first().count(),
        "q": search.q,
        "address": listening.map(|listening| listening.address.to_string()),
        "sign_in": world.switches.smtp_sign_in,
        "user": SMTP_USER,
        "password": SMTP_PASSWORD,
    });
    visitor.page(&practice, &world, "mailbox.html", context)
}

async fn delete_all(State(practice): State<Practice>, _: Visitor) -> Redirect {
    practice.world().mailbox.clear();
    Redirect::to("/mailbox")
}

async fn delete(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<u64>,
) -> Response {
    if practice.world().mailbox.remove(id) {
        Redirect::to("/mailbox").into_response()
    } else {
        gone(&practice, &visitor)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tab {
    Text,
    Html,
    Source,
}

#[derive(Deserialize)]
struct View {
    tab: Option<Tab>,
}

async fn show(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<u64>,
    Query(view): Query<View>,
) -> Response {
    let Some((source, contents)) = read(&practice, id) else {
        return gone(&practice, &visitor);
    };
    let first = match (&contents.html, &contents.text) {
        (Some(_), _) => Tab::Html,
        (None, Some(_)) => Tab::Text,
        (None, None) => Tab::Source,
    };
    let shown = &source[..source.len().min(SHOWN_SOURCE)];
    let attachments = contents.attachments.iter().enumerate();
    let attachments = attachments.map(|(number, one)| {
        json!({
            "number": number,
            "name": one.file_name(),
            "type": one.media_type,
            "size": one.bytes.len(),
        })
    });
    let world = practice.world();
    let Some(mail) = world.mailbox.mail(id) else {
        drop(world);
        return gone(&practice, &visitor);
    };
    let (client, encrypted, user) = match mail.route() {
        Route::Smtp {
            client,
            encrypted,
            user,
        } => (Some(client), *encrypted, user.as_ref()),
        Route::Practice => (None, false, None),
    };
    let context = json!({
        "id": id,
        "at": mail.arrived_at,
        "envelope": mail.envelope(),
        "client": client,
        "encrypted": encrypted,
        "user": user,
        "subject": contents.subject,
        "fields": [
            ["From", &contents.from], ["To", &contents.to], ["Cc", &contents.cc],
            ["Bcc", &contents.bcc], ["Reply-To", &contents.reply_to], ["Date", &contents.date],
        ],
        "headers": contents.headers,
        "tab": view.tab.unwrap_or(first),
        "text": contents.text,
        "has_html": contents.html.is_some(),
        "source": String::from_utf8_lossy(shown),
        "size": source.len(),
        "is_cut": shown.len() < source.len(),
        "attachments": attachments.collect::<Vec<Value>>(),
    });
    let page = visitor.page(&practice, &world, "mail.html", context);
    ([(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)], page).into_response()
}

/// The HTML of a mail alone, for the frame on its page.
async fn html(State(practice): State<Practice>, visitor: Visitor, Path(id): Path<u64>) -> Response {
    let html = read(&practice, id).and_then(|(_, contents)| contents.html_with_images());
    let Some(html) = html else {
        return gone(&practice, &visitor);
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, MAIL_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-dns-prefetch-control"), "off"),
    ];
    // Light, because mails are written for it, and the first base of a document is the one that counts.
    let start = "<!doctype html><base target=\"_blank\"><style>:root{color-scheme:light;\
        background:#fff;font:14px/1.5 system-ui,sans-serif}</style>";
    (headers, format!("{start}{html}")).into_response()
}

async fn source(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<u64>,
) -> Response {
    match read(&practice, id) {
        Some((source, _)) => download(&format!("mail-{id}.eml"), source.to_vec()),
        None => gone(&practice, &visitor),
    }
}

async fn attachment(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path((id, number)): Path<(u64, usize)>,
) -> Response {
    let contents = read(&practice, id).map(|(_, contents)| contents);
    let one: Option<Attachment> =
        contents.and_then(|contents| contents.attachments.into_iter().nth(number));
    match one {
        Some(one) => download(&one.file_name(), one.bytes),
        None => gone(&practice, &visitor),
    }
}

/// A file to save. Its type is never the sender's word, so that no browser opens it on this origin.
fn download(name: &str, bytes: Vec<u8>) -> Response {
    let plain = name.replace(|character: char| !character.is_ascii(), "_");
    let encoded = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let disposition = HeaderValue::from_str(&disposition)
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (header::CONTENT_DISPOSITION, disposition),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    (headers, bytes).into_response()
}

/// A mail and what is in it, read while the world is free.
fn read(practice: &Practice, id: u64) -> Option<(std::sync::Arc<[u8]>, Contents)> {
    let source = practice.world().mailbox.mail(id).map(Mail::source)?;
    let contents = Contents::read(&source);
    Some((source, contents))
}

fn gone(practice: &Practice, visitor: &Visitor) -> Response {
    let text = "There is no such mail. It may have been deleted.";
    let refused = visitor.refuse(practice, StatusCode::NOT_FOUND, text);
    refused.into_response()
}
