//! `/oauth/token`: codes and refresh tokens become tokens (LEVER.md 1.5, 1.6, 1.7).

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::access_token::{Issuer, LIFETIME_S};
use super::client::Client;
use super::grants::{Refused, Tokens};
use crate::Practice;
use crate::api::Params;
use crate::ledger::TokenTrade;

/// An error in the style of Auth0 (LEVER.md 1.7).
pub(super) struct OauthError {
    status: StatusCode,
    error: &'static str,
    description: String,
}

impl OauthError {
    pub(super) fn new(status: StatusCode, error: &'static str, description: &str) -> Self {
        Self {
            status,
            error,
            description: description.to_owned(),
        }
    }

    pub(super) fn missing(parameter: &str) -> Self {
        let description = format!("Missing required parameter: {parameter}");
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", &description)
    }
}

impl IntoResponse for OauthError {
    fn into_response(self) -> Response {
        let body = json!({"error": self.error, "error_description": self.description});
        (self.status, Json(body)).into_response()
    }
}

/// The answer to a token or revocation request, which tells the ledger what became of it and never what
/// it held.
pub(super) fn told(grant_type: &str, outcome: Result<Response, OauthError>) -> Response {
    let trade = TokenTrade {
        grant_type: grant_type.to_owned(),
        error: outcome.as_ref().err().map(|error| error.error.to_owned()),
    };
    let mut response = outcome.unwrap_or_else(OauthError::into_response);
    response.extensions_mut().insert(trade);
    response
}

/// Answers a token request.
pub(super) async fn trade(
    State(practice): State<Practice>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = form_of(&headers, &body);
    let grant_type = form.as_ref().ok().and_then(|form| form.first("grant_type"));
    let grant_type = grant_type.unwrap_or_default().to_owned();
    let outcome = form.and_then(|form| answer(&practice, &form));
    let answered =
        outcome.map(|answer| ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response());
    told(&grant_type, answered)
}

/// Reads a form-encoded body; any other content type is refused.
pub(super) fn form_of(headers: &HeaderMap, body: &[u8]) -> Result<Params, OauthError> {
    let content_type = headers.get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let is_form =
        content_type.is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
    if !is_form {
        let description = "The body must be form-encoded";
        return Err(OauthError::new(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            description,
        ));
    }
    Ok(Params::parse_bytes(body))
}

/// The application whose credentials travel in the body (LEVER.md 1.5).
pub(super) fn authenticate(
    practice: &Practice,
    form: &Params,
) -> Result<&'static Client, OauthError> {
    let tenant = practice.tenant();
    let issued = practice.world().switches.client_secret.clone();
    let client_id = form
        .first("client_id")
        .ok_or_else(|| OauthError::missing("client_id"))?;
    let secret = form.first("client_secret").unwrap_or_default();
    let client = tenant.own(client_id).and_then(Client::find);
    let client = client.filter(|client| match &issued {
        Some(issued) => secret == issued,
        None => client.has_secret(tenant.own(secret).unwrap_or_default()),
    });
    client.ok_or_else(|| OauthError::new(StatusCode::UNAUTHORIZED, "access_denied", "Unauthorized"))
}

fn answer(practice: &Practice, form: &Params) -> Result<Value, OauthError> {
    let required = |name| form.first(name).ok_or_else(|| OauthError::missing(name));
    let grant_type = required("grant_type")?;
    let client = authenticate(practice, form)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let account = world.switches.account_id.clone();
    let issuer = Issuer {
        origin: practice.origin(),
        account: account.as_deref(),
    };
    let tokens = match grant_type {
        "authorization_code" => {
            let (code, redirect_uri) = (required("code")?, form.first("redirect_uri"));
            let verifier = form.first("code_verifier");
            world
                .grants
                .trade_code(client, code, redirect_uri, verifier, issuer, now)
        }
        "refresh_token" => {
            let token = required("refresh_token")?;
            let reuse = world.switches.refresh_reuse;
            let grace_ms = world.switches.refresh_grace_seconds * 1_000;
            world
                .grants
                .refresh(client, token, reuse, grace_ms, issuer, now)
        }
        other => {
            let description = format!("Unsupported grant type: {other}");
            let error = "unsupported_grant_type";
            return Err(OauthError::new(StatusCode::FORBIDDEN, error, &description));
        }
    };
    let status = world.switches.invalid_grant_status;
    tokens
        .map(token_answer)
        .map_err(|refused| invalid_grant(status, refused))
}

fn token_answer(tokens: Tokens) -> Value {
    let mut answer = json!({
        "access_token": tokens.access_token,
        "token_type": "Bearer",
        "scope": tokens.scope,
        "expires_in": LIFETIME_S,
    });
    if let (Some(answer), Some(token)) = (answer.as_object_mut(), tokens.refresh_token) {
        answer.insert("refresh_token".into(), token.into());
    }
    answer
}

fn invalid_grant(status: u16, refused: Refused) -> OauthError {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
    OauthError::new(status, "invalid_grant", &refused.to_string())
}
