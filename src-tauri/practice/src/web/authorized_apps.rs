//! Settings > Integrations and API > Authorized Apps.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::{page, refusal};
use crate::Practice;
use crate::auth::{CLIENT_NAME, Grant};

const PAGE: &str = "/settings/integrations/authorized-apps";

pub(super) fn routes() -> Router<Practice> {
    Router::new().route(PAGE, get(show)).route(
        "/settings/integrations/authorized-apps/revoke",
        post(revoke),
    )
}

async fn show(State(practice): State<Practice>) -> Response {
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
    page(
        &practice,
        &world,
        "authorized-apps.html",
        json!({ "app": newest }),
    )
}

async fn revoke(State(practice): State<Practice>) -> Response {
    let now = practice.now_ms();
    let may = {
        let mut world = practice.world();
        let user = world.company.user(&world.signed_in);
        let may = user.is_some_and(|user| user.is_super_admin());
        if may {
            world.grants.revoke_all(now);
        }
        may
    };
    if may {
        Redirect::to(PAGE).into_response()
    } else {
        let text = "Only a Super Admin can revoke access.";
        refusal(&practice, StatusCode::FORBIDDEN, text)
    }
}
