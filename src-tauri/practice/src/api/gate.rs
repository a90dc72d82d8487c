//! What every API request passes: credentials, rate limit, and the ledger of writes.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use serde_json::Value;

use super::error::ApiError;
use crate::Practice;
use crate::auth::{Access, Area, Scopes};
use crate::ledger::Write;
use crate::state::{Confidentiality, Opportunity};

/// Largest body that a write may have, in bytes.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// The API keys of the practice company: name, key, and whether it may see confidential data.
pub(crate) const API_KEYS: [(&str, &str, bool); 2] = [
    ("Practice key", "practice-api-key", true),
    (
        "Practice key without confidential data",
        "practice-api-key-non-confidential",
        false,
    ),
];

/// Who sends a request, as far as permissions go.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    scopes: Arc<Scopes>,
}

impl Caller {
    /// Refuses with 403 unless `access` to `area` was granted.
    pub(super) fn require(&self, area: Area, access: Access) -> Result<(), ApiError> {
        if self.scopes.allow(area, access) {
            Ok(())
        } else {
            Err(ApiError::Forbidden("the scope is missing"))
        }
    }

    pub(super) fn may_read(&self, area: Area) -> Result<(), ApiError> {
        self.require(area, Access::Read)
    }

    pub(super) fn may_write(&self, area: Area) -> Result<(), ApiError> {
        self.require(area, Access::Write)
    }

    pub(super) fn sees_confidential(&self) -> bool {
        self.scopes.allow_confidential()
    }

    /// Whether lists show this opportunity to the caller at all.
    pub(super) fn may_see(&self, opportunity: &Opportunity) -> bool {
        opportunity.confidentiality == Confidentiality::NonConfidential || self.sees_confidential()
    }
}

/// Identifies the caller, takes a token from its bucket, runs the request, and records writes.
pub(super) async fn let_in(
    State(practice): State<Practice>,
    mut request: Request,
    next: Next,
) -> Response {
    match admit(&practice, request.headers()) {
        Ok(caller) => request.extensions_mut().insert(caller),
        Err(error) => return error.into_response(),
    };
    if request.method() == Method::GET {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return ApiError::bad_request("The body is too large or was cut off").into_response();
    };
    let (method, uri) = (parts.method.to_string(), parts.uri.clone());
    let request = Request::from_parts(parts, Body::from(body.clone()));
    let response = next.run(request).await;
    let at = practice.now_ms();
    practice.world().ledger.writes.push(Write {
        at,
        method,
        path: format!("/v1{}", uri.path()),
        query: uri.query().map(str::to_owned),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        status: response.status().as_u16(),
    });
    response
}

fn admit(practice: &Practice, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let now = practice.now_ms();
    let mut world = practice.world();
    world.ledger.api_requests += 1;
    let credential = credential_of(headers).ok_or(ApiError::Unauthorized)?;
    let scopes = match &credential {
        Credential::ApiKey(key) => scopes_of_key(key),
        Credential::Bearer(token) => world.grants.scopes_of(token, now),
    };
    let scopes = scopes.ok_or(ApiError::Unauthorized)?;
    let (Credential::ApiKey(key) | Credential::Bearer(key)) = &credential;
    if world.switches.rate_limit && !world.limits.take(key, now) {
        world.ledger.rate_limited += 1;
        return Err(ApiError::RateLimited {
            retry_after_seconds: world.switches.retry_after_seconds,
        });
    }
    Ok(Caller {
        scopes: Arc::new(scopes),
    })
}

enum Credential {
    ApiKey(String),
    Bearer(String),
}

/// Reads `Basic <key>:` or `Bearer <token>` (LEVER.md 2.1).
fn credential_of(headers: &HeaderMap) -> Option<Credential> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(Credential::Bearer(rest.trim().to_owned()));
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(BASE64.decode(rest.trim().as_bytes()).ok()?).ok()?;
    let (key, password) = pair.split_once(':')?;
    password
        .is_empty()
        .then(|| Credential::ApiKey(key.to_owned()))
}

fn scopes_of_key(key: &str) -> Option<Scopes> {
    let known = API_KEYS.iter().find(|(_, known, _)| *known == key);
    known.map(|(_, _, confidential)| {
        if *confidential {
            Scopes::all()
        } else {
            Scopes::all().without_confidential()
        }
    })
}
