//! `/oauth/revoke`, as a generic Auth0 tenant has it (LEVER.md 1.9).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::token::{authenticate, form_of};
use crate::Practice;
use crate::ledger::TokenRequest;

/// Ends the consent of a refresh token; 200 also for a token nobody knows.
pub(super) async fn revoke(
    State(practice): State<Practice>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !practice.world().switches.revoke_endpoint {
        return StatusCode::NOT_FOUND.into_response();
    }
    let form = form_of(&headers, &body).and_then(|form| authenticate(&form).map(|()| form));
    let form = match form {
        Ok(form) => form,
        Err(error) => return error.into_response(),
    };
    let now = practice.now_ms();
    let mut world = practice.world();
    if let Some(token) = form.first("token") {
        world.grants.revoke_refresh_token(token, now);
    }
    world.ledger.token_requests.push(TokenRequest {
        at: now,
        grant_type: "revoke".into(),
        status: 200,
        error: None,
    });
    StatusCode::OK.into_response()
}
