//! Enters every request that reaches the API or the authorization server, whatever becomes of it.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use url::form_urlencoded;

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
    let is_consent = path == "/authorize";
    if !is_api_request && !is_consent && !path.starts_with("/oauth/") {
        return next.run(request).await;
    }
    let at = practice.now_ms();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        let problem =
            json!({"code": "BadRequestError", "message": "The body is too large or was cut off"});
        return (StatusCode::BAD_REQUEST, axum::Json(problem)).into_response();
    };
    let is_get = parts.method == Method::GET;
    // Bodies of the authorization server are secrets, but for what was pressed on the consent page.
    let kept = match (is_api_request, is_consent) {
        (true, _) if !is_get => Some(kept_of(&body)),
        (_, true) if !is_get => Some(json!({"decision": decision_in(&body)})),
        _ => None,
    };
    let query = parts.uri.query().map(|query| match is_api_request {
        true => query.to_owned(),
        false => without_secrets(query),
    });
    let received = Received::new(parts.method.as_str(), &path, query.as_deref(), kept);
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
        if self.is_consent() {
            self.brought_back = brought_back(response);
        }
        let is_answered = self.fault != Some(FaultKind::Drop);
        self.status = is_answered.then(|| status.as_u16());
    }
}

/// Parameters of an authorization request that are no secret. `state` and the code challenge are left out:
/// who knows them could take part in the sign-in of somebody else.
const SHOWN: [&str; 7] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "audience",
    "scope",
    "prompt",
    "code_challenge_method",
];

/// A query with `hidden` in the place of every value that might be a secret.
fn without_secrets(query: &str) -> String {
    let pairs = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| {
        let value = if SHOWN.contains(&&*name) {
            value
        } else {
            "hidden".into()
        };
        (name, value)
    });
    let mut shown = form_urlencoded::Serializer::new(String::new());
    shown.extend_pairs(pairs).finish()
}

/// What was pressed on the consent page, if it is a button of it.
fn decision_in(body: &[u8]) -> Option<&'static str> {
    let mut fields = form_urlencoded::parse(body);
    let (_, pressed) = fields.find(|(name, _)| name == "decision")?;
    ["accept", "deny"].into_iter().find(|own| *own == pressed)
}

/// `code`, or the error that the browser takes back to the application; nothing if it stays with us.
fn brought_back(response: &Response) -> Option<String> {
    let address = response.headers().get(LOCATION)?.to_str().ok()?;
    let (_, query) = address.split_once('?')?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find_map(|(name, value)| match &*name {
        "code" => Some("code".to_owned()),
        "error" => Some(value.into_owned()),
        _ => None,
    })
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
