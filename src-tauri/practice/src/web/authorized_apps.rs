//! Settings > Integrations and API > Authorized Apps.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::{Refused, Visitor};
use crate::Practice;
use crate::auth::{CLIENT_NAME, Grant};
use crate::state::Right;

const PAGE: &str = "/settings/integrations/authorized-apps";

pub(super) fn routes() -> Router<Practice> {
    Router::new().route(PAGE, get(show)).route(
        "/settings/integrations/authorized-apps/revoke",
        post(revoke),
    )
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    let mut grants: Vec<&Grant> = world.grants.active().collect();
    grants.sort_by_key(|grant| grant.created_at);
    let newest = grants.last().map(|grant| -> Value {
        json!({
            "name": CLIENT_NAME,
            "since": grant.created_at,
            "by": world.company.user(&grant.user).map(|user| &user.name),
            "permissions": grant.scopes.described()
        })
    });
    visitor.page(
        &practice,
        &world,
        "authorized-apps.html",
        json!({ "app": newest }),
    )
}

async fn revoke(State(practice): State<Practice>, visitor: Visitor) -> Result<Response, Refused> {
    visitor.require(&practice, Right::ManageIntegrations, "revoke access")?;
    let now = practice.now_ms();
    let mut world = practice.world();
    world.grants.revoke_all(now);
    Ok(visitor.go(&mut world, PAGE, "Access was revoked."))
}
