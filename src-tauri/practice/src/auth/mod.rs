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
use axum::routing::{get, post};

pub(crate) use client::Client;
pub(crate) use grants::{Grant, Grants};
pub(crate) use scope::{Access, Area, Scopes};

use crate::Practice;

/// The routes of the authorization server.
pub(crate) fn routes() -> Router<Practice> {
    Router::new()
        .route("/authorize", get(authorize::ask).post(authorize::decide))
        .route("/oauth/token", post(token::trade))
        .route("/oauth/revoke", post(revoke::revoke))
}
