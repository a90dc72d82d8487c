//! What every API request passes: credentials and the rate limit.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;

use super::error::{ApiError, by_switch};
use crate::Practice;
use crate::auth::{Access, Area, Scopes};
use crate::ledger::{self, CredentialKind};
use crate::state::{Confidentiality, Opportunity, World};

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
            Err(ApiError::Forbidden("the permission or scope is missing"))
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
            // For the stories of what it changes.
            request.extensions_mut().insert(credential.clone());
            credential
        }
        Err(error) => return error.into_response(),
    };
    let response = next.run(request).await;
    let mut response = by_switch(response, &practice.world().switches);
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
    let Recognised {
        scopes,
        bucket,
        app,
    } = recognise(&mut world, &credential, now).ok_or_else(|| unknown(&world, &credential))?;
    if world.switches.rate_limit && !world.limits.take(&bucket, now) {
        return Err(ApiError::RateLimited {
            retry_after_seconds: world.switches.retry_after_seconds,
        });
    }
    let kind = match credential {
        Credential::ApiKey(_) => CredentialKind::ApiKey,
        Credential::Bearer(_) => CredentialKind::AccessToken,
    };
    Ok((Caller { scopes }, ledger::Credential { kind, app }))
}

/// Why a credential that is not recognised is refused.
fn unknown(world: &World, credential: &Credential) -> ApiError {
    let foreign = match credential {
        Credential::Bearer(token) => world.grants.foreign_signing_key_id(token),
        Credential::ApiKey(_) => None,
    };
    foreign.map_or(ApiError::Unauthorized, ApiError::UnknownSigningKey)
}

enum Credential {
    ApiKey(String),
    Bearer(String),
}

/// Whose credential it is, and what it allows.
struct Recognised {
    scopes: Arc<Scopes>,
    /// The bucket belongs to the key, or to the consent: a new token of it buys no new burst.
    bucket: String,
    /// Name of the key or of the application, for the ledger.
    app: String,
}

fn recognise(world: &mut World, credential: &Credential, now: i64) -> Option<Recognised> {
    match credential {
        Credential::ApiKey(key) => {
            let key = world.api_keys.recognise(key, now)?;
            Some(Recognised {
                scopes: Arc::clone(&key.permissions),
                bucket: key.id.clone(),
                app: key.name.clone(),
            })
        }
        Credential::Bearer(token) => {
            let (id, grant) = world.grants.recognise(token, now)?;
            Some(Recognised {
                scopes: Arc::clone(&grant.scopes),
                bucket: id.to_owned(),
                app: grant.client.name.to_owned(),
            })
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
