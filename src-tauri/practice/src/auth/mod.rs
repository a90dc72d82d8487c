//! The authorization server: consent, tokens and revocation (LEVER.md 1).
//!
//! It behaves like an Auth0 tenant: `/authorize` shows a consent page, `/oauth/token` trades codes
//! and refresh tokens, `/oauth/revoke` ends a grant. Start in `authorize`.

mod access_token;
mod authorize;
mod client;
mod grants;
mod pkce;
mod revoke;
mod scope;
mod token;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

pub(crate) use client::Client;
pub(crate) use grants::{Grant, Grants};
pub(crate) use scope::{Access, Area, Scopes};

use crate::Practice;
use crate::web::explain_strays;

/// The routes of the authorization server.
pub(crate) fn routes(practice: &Practice) -> Router<Practice> {
    let consent = get(authorize::ask).post(authorize::decide);
    let pages = from_fn_with_state(practice.clone(), explain_strays);
    Router::new()
        .route("/authorize", consent.layer(pages))
        .route("/oauth/token", post(token::trade))
        .route("/oauth/revoke", post(revoke::revoke))
}
