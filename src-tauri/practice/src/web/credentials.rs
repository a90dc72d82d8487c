//! Settings > Integrations and API > API credentials.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::Visitor;
use crate::Practice;
use crate::api::API_KEYS;

pub(super) fn routes() -> Router<Practice> {
    Router::new().route("/settings/integrations/api-credentials", get(show))
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    let keys: Vec<Value> = API_KEYS
        .iter()
        .map(|(name, key, confidential)| json!({ "name": name, "key": key, "confidential": confidential }))
        .collect();
    visitor.page(
        &practice,
        &world,
        "api-credentials.html",
        json!({ "keys": keys }),
    )
}
