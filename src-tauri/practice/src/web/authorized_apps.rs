//! Settings > Integrations and API > Authorized Apps.

use axum::Router;
use axum::extract::{Form, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, Visitor};
use crate::Practice;
use crate::auth::{Client, Grant, Scopes};
use crate::state::{Right, World};

const PAGE: &str = "/settings/integrations/authorized-apps";

pub(super) fn routes() -> Router<Practice> {
    Router::new().route(PAGE, get(show)).route(
        "/settings/integrations/authorized-apps/revoke",
        post(revoke),
    )
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    let apps: Vec<Value> = Client::all()
        .filter_map(|client| app(&world, client))
        .collect();
    visitor.page(
        &practice,
        &world,
        "authorized-apps.html",
        json!({ "apps": apps }),
    )
}

/// An application with what its consents allow together, or `None` if it has none.
fn app(world: &World, client: &Client) -> Option<Value> {
    let grants = world.grants.active();
    let grants: Vec<&Grant> = grants
        .filter(|grant| grant.client.id == client.id)
        .collect();
    let newest = grants.iter().max_by_key(|grant| grant.created_at)?;
    let mut scopes = Scopes::default();
    for grant in &grants {
        scopes.extend(&grant.scopes);
    }
    Some(json!({
        "id": client.id,
        "name": client.name,
        "description": client.description,
        "since": newest.created_at,
        "by": world.company.user(&newest.user).map(|user| &user.name),
        "last_used": grants.iter().filter_map(|grant| grant.last_used_at).max(),
        "permissions": scopes.described()
    }))
}

#[derive(Deserialize)]
struct Revoke {
    app: String,
}

async fn revoke(
    State(practice): State<Practice>,
    visitor: Visitor,
    Form(Revoke { app }): Form<Revoke>,
) -> Result<Response, Refused> {
    visitor.require(&practice, Right::ManageIntegrations, "revoke access")?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let notice = match (Client::find(&app), world.grants.revoke_client(&app, now)) {
        (Some(client), 1..) => format!("Access of {} was revoked.", client.name),
        _ => "This app is not authorized any more.".to_owned(),
    };
    Ok(visitor.go(&mut world, PAGE, notice))
}
