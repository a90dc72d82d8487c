//! Makes the faults in force happen.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_LENGTH, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use futures_util::{StreamExt, stream};
use serde_json::json;
use url::Url;

use super::Peer;
use super::fault::Effect;
use crate::Practice;

/// Lets a request pass, unless a fault in force fits it.
pub(crate) async fn inject(
    State(practice): State<Practice>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let (method, path) = (request.method().as_str(), request.uri().path());
    let fault = practice.world().faults.take(method, path);
    let Some(fault) = fault else {
        return next.run(request).await;
    };
    let kind = fault.kind();
    let mut response = match fault.effect {
        Effect::Status(status) => json_error(status),
        Effect::StatusAfter(status) => instead_of(next.run(request).await, status),
        Effect::Html(status) => html_error(status),
        Effect::RateLimit {
            retry_after_seconds,
        } => rate_limited(retry_after_seconds),
        Effect::Redirect { status, to } => redirect(status, to, request.uri()),
        Effect::Slow {
            delay_ms,
            by_practice_clock,
        } => {
            delay(&practice, delay_ms, by_practice_clock).await;
            next.run(request).await
        }
        Effect::Drop => {
            peer.cut();
            json_error(StatusCode::INTERNAL_SERVER_ERROR)
        }
        Effect::DropAfter => {
            let never_sent = next.run(request).await;
            peer.cut();
            never_sent
        }
        Effect::Truncate => half_of(next.run(request).await, Half::CalledWhole).await,
        Effect::BreakOff => half_of(next.run(request).await, Half::OfWhatIsAnnounced).await,
    };
    // For the ledger.
    response.extensions_mut().insert(kind);
    response
}

/// The status of the answer that a fault replaced after the work, for the ledger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Replaced(pub(crate) StatusCode);

/// An error in the place of an answer; what the ledger is told of the request stays with it.
fn instead_of(mut answer: Response, status: StatusCode) -> Response {
    let mut error = json_error(status);
    std::mem::swap(error.extensions_mut(), answer.extensions_mut());
    error.extensions_mut().insert(Replaced(answer.status()));
    error
}

fn json_error(status: StatusCode) -> Response {
    let body = json!({"code": "PracticeFault", "message": "A fault was asked for"});
    (status, axum::Json(body)).into_response()
}

fn html_error(status: StatusCode) -> Response {
    let reason = status.canonical_reason().unwrap_or("Error");
    let page = format!(
        "<html><body><h1>{} {reason}</h1></body></html>",
        status.as_u16()
    );
    (status, Html(page)).into_response()
}

fn rate_limited(retry_after_seconds: Option<u32>) -> Response {
    let mut response = json_error(StatusCode::TOO_MANY_REQUESTS);
    if let Some(seconds) = retry_after_seconds {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

fn redirect(status: StatusCode, mut to: Url, asked: &Uri) -> Response {
    to.set_path(asked.path());
    to.set_query(asked.query());
    let mut headers = HeaderMap::new();
    if let Ok(location) = HeaderValue::from_str(to.as_str()) {
        headers.insert(LOCATION, location);
    }
    (status, headers).into_response()
}

async fn delay(practice: &Practice, delay_ms: u64, by_practice_clock: bool) {
    if by_practice_clock {
        let delay_ms = i64::try_from(delay_ms).unwrap_or(i64::MAX);
        let due = practice.now_ms().saturating_add(delay_ms);
        practice.clock().wait_until(due).await;
    } else {
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
    }
}

/// Which half-answer is sent.
#[derive(Clone, Copy)]
enum Half {
    CalledWhole,
    OfWhatIsAnnounced,
}

/// Sends the first half of the body only.
async fn half_of(response: Response, half: Half) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        return json_error(StatusCode::INTERNAL_SERVER_ERROR);
    };
    let first = whole.slice(..whole.len() / 2);
    let body = match half {
        Half::CalledWhole => {
            parts.headers.remove(CONTENT_LENGTH);
            Body::from(first)
        }
        Half::OfWhatIsAnnounced => {
            parts.headers.insert(CONTENT_LENGTH, whole.len().into());
            let first = stream::iter([Ok(first)]);
            let missing = stream::once(async {
                // Gives the server time to send the first half before it hears of the end.
                tokio::task::yield_now().await;
                Err::<Bytes, _>(io::Error::other("a fault was asked for"))
            });
            Body::from_stream(first.chain(missing))
        }
    };
    Response::from_parts(parts, body)
}
