//! Enters every request that reaches the API or the authorization server, whatever becomes of it.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{Credential, Received, TokenTrade};
use crate::Practice;
use crate::faults::{FaultKind, Replaced};

/// Largest body that is taken in, in bytes: a file of 30 MB (LEVER.md 3) with what surrounds it.
const MAX_BODY: usize = 32 * 1024 * 1024;

/// Largest JSON body that is kept whole, in bytes.
const MAX_KEPT: usize = 64 * 1024;

/// A request under way, which is entered when it ends, also if its sender goes away before.
struct UnderWay {
    practice: Practice,
    at: i64,
    received: Option<Received>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(received) = self.received.take() {
            self.practice.world().ledger.received(self.at, received);
        }
    }
}

/// Runs a request and enters it. Pages and the control plane pass unseen.
pub(crate) async fn record(
    State(practice): State<Practice>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let is_api_request = path.starts_with("/v1/");
    if !is_api_request && !path.starts_with("/oauth/") {
        return next.run(request).await;
    }
    let at = practice.now_ms();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        let problem =
            json!({"code": "BadRequestError", "message": "The body is too large or was cut off"});
        return (StatusCode::BAD_REQUEST, axum::Json(problem)).into_response();
    };
    // Bodies of the authorization server are secrets.
    let is_kept = is_api_request && parts.method != Method::GET;
    let kept = is_kept.then(|| kept_of(&body));
    let received = Received::new(parts.method.as_str(), &path, parts.uri.query(), kept);
    let mut under_way = UnderWay {
        practice,
        at,
        received: Some(received),
    };
    let mut response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if let Some(received) = &mut under_way.received {
        received.answered(&mut response);
    }
    response
}

impl Received {
    fn answered(&mut self, response: &mut Response) {
        let extensions = response.extensions_mut();
        self.fault = extensions.remove::<FaultKind>();
        self.credential = extensions.remove::<Credential>();
        self.token_trade = extensions.remove::<TokenTrade>();
        let replaced = extensions.remove::<Replaced>();
        let status = replaced.map_or(response.status(), |Replaced(status)| status);
        let is_answered = self.fault != Some(FaultKind::Drop);
        self.status = is_answered.then(|| status.as_u16());
    }
}

fn kept_of(body: &Bytes) -> Value {
    if body.len() <= MAX_KEPT {
        if body.is_empty() {
            return Value::Null;
        }
        if let Ok(json) = serde_json::from_slice(body) {
            return json;
        }
    }
    json!({"bytes": body.len()})
}
