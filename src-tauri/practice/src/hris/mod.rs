//! The practice HRIS: people as a personnel system keeps them, over SCIM 2.0 (RFC 7643, RFC 7644).
//!
//! [`People`] is what is kept, `scim` the protocol (schema, filter, PATCH, endpoints), `pages` what a
//! person sees. Start in `people`.

mod pages;
mod people;
mod scim;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::Value;

pub(crate) use pages::routes as page_routes;
pub(crate) use people::People;
pub use scim::SCIM_TOKEN;
pub(crate) use scim::routes as scim_routes;

use crate::Practice;

/// `GET /practice/people` of the control plane: every record with its history, oldest first.
pub(crate) fn control_routes() -> Router<Practice> {
    Router::new().route("/people", get(list))
}

async fn list(State(practice): State<Practice>) -> Json<Value> {
    let world = practice.world();
    let people = world.people.oldest_first();
    Json(people.map(people::Person::with_history).collect())
}
