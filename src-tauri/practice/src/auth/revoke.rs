//! `/oauth/revoke`, as a generic Auth0 tenant has it (LEVER.md 1.9).

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::token::{authenticate, form_of};
use crate::Practice;
use crate::ledger::TokenTrade;

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
    let trade = TokenTrade {
        grant_type: "revoke".to_owned(),
        error: None,
    };
    Extension(trade).into_response()
}
