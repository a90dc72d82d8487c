//! `/oauth/revoke`, as a generic Auth0 tenant has it (LEVER.md 1.9).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::token::{OauthError, authenticate, form_of, told};
use crate::Practice;

/// Ends a refresh token, or its whole consent; 200 also for a token nobody knows.
pub(super) async fn revoke(
    State(practice): State<Practice>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !practice.world().switches.revoke_endpoint {
        return StatusCode::NOT_FOUND.into_response();
    }
    let outcome = end(&practice, &headers, &body);
    told("revoke", outcome.map(|()| StatusCode::OK.into_response()))
}

fn end(practice: &Practice, headers: &HeaderMap, body: &[u8]) -> Result<(), OauthError> {
    let form = form_of(headers, body)?;
    let client = authenticate(practice, &form)?;
    let token = form
        .first("token")
        .ok_or_else(|| OauthError::missing("token"))?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let effect = world.switches.revoke_effect;
    world
        .grants
        .revoke_refresh_token(client, token, effect, now);
    Ok(())
}
