//! What every API request passes: credentials and the rate limit.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;

use super::error::ApiError;
use crate::Practice;
use crate::auth::{Access, Area, CLIENT_NAME, Scopes};
use crate::ledger::{self, CredentialKind};
use crate::state::{Confidentiality, Opportunity};

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

/// Identifies the caller, takes a token from its bucket and runs the request.
pub(super) async fn let_in(
    State(practice): State<Practice>,
    mut request: Request,
    next: Next,
) -> Response {
    let credential = match admit(&practice, request.headers()) {
        Ok((caller, credential)) => {
            request.extensions_mut().insert(caller);
            credential
        }
        Err(error) => return error.into_response(),
    };
    let mut response = next.run(request).await;
    // For the ledger.
    response.extensions_mut().insert(credential);
    response
}

fn admit(
    practice: &Practice,
    headers: &HeaderMap,
) -> Result<(Caller, ledger::Credential), ApiError> {
    let now = practice.now_ms();
    let mut world = practice.world();
    let credential = credential_of(headers).ok_or(ApiError::Unauthorized)?;
    let scopes = match &credential {
        Credential::ApiKey(key) => scopes_of_key(key),
        Credential::Bearer(token) => world.grants.scopes_of(token, now),
    };
    let scopes = scopes.ok_or(ApiError::Unauthorized)?;
    let (Credential::ApiKey(key) | Credential::Bearer(key)) = &credential;
    if world.switches.rate_limit && !world.limits.take(key, now) {
        return Err(ApiError::RateLimited {
            retry_after_seconds: world.switches.retry_after_seconds,
        });
    }
    let caller = Caller {
        scopes: Arc::new(scopes),
    };
    Ok((caller, credential.for_ledger()))
}

enum Credential {
    ApiKey(String),
    Bearer(String),
}

impl Credential {
    /// Its kind and the name of whom it was given to, without the secret.
    fn for_ledger(&self) -> ledger::Credential {
        let (kind, app) = match self {
            Self::ApiKey(key) => {
                let known = API_KEYS.iter().find(|(_, known, _)| known == key);
                let name = known.map_or("unknown", |(name, _, _)| name);
                (CredentialKind::ApiKey, name)
            }
            Self::Bearer(_) => (CredentialKind::AccessToken, CLIENT_NAME),
        };
        ledger::Credential {
            kind,
            app: app.to_owned(),
        }
    }
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
