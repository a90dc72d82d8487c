//! Settings > Integrations and API > API Credentials.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::{Refused, Visitor};
use crate::Practice;
use crate::api::Params;
use crate::auth::{Area, Scopes};
use crate::state::{ApiKey, NewApiKey, Right, World};

const PAGE: &str = "/settings/integrations/api-credentials";

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route(PAGE, get(show).post(generate))
        .route("/settings/integrations/api-credentials/new", get(ask))
        .route(
            "/settings/integrations/api-credentials/{id}/delete",
            post(delete),
        )
}

fn refuse_others(practice: &Practice, visitor: &Visitor) -> Result<(), Refused> {
    visitor.require(
        practice,
        Right::ManageIntegrations,
        "manage API credentials",
    )
}

async fn show(State(practice): State<Practice>, visitor: Visitor) -> Response {
    let world = practice.world();
    list(&practice, &visitor, &world, None)
}

/// The list of keys; `generated` is the one that was made just now: its name and its text.
fn list(
    practice: &Practice,
    visitor: &Visitor,
    world: &World,
    generated: Option<(String, String)>,
) -> Response {
    let keys: Vec<Value> = world.api_keys.iter().map(|key| row(world, key)).collect();
    let generated = generated.map(|(name, key)| json!({"name": name, "key": key}));
    let context = json!({ "keys": keys, "generated": generated });
    visitor.page(practice, world, "api-credentials.html", context)
}

fn row(world: &World, key: &ApiKey) -> Value {
    let permissions = key.permissions.as_ref().clone().without_confidential();
    json!({
        "id": key.id,
        "name": key.name,
        "last_four": key.last_four,
        "everything": key.permissions.cover_every_endpoint(),
        "permissions": permissions.described(),
        "confidential": key.permissions.allow_confidential(),
        "by": world.company.user(&key.created_by).map(|user| &user.name),
        "created": key.created_at,
        "last_used": key.last_used_at
    })
}

/// The form for a new key.
async fn ask(State(practice): State<Practice>, visitor: Visitor) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let areas = Area::table()
        .map(|(words, read, write)| json!({"words": words, "read": read, "write": write}));
    let context = json!({ "areas": areas.collect::<Vec<_>>() });
    let world = practice.world();
    Ok(visitor.page(&practice, &world, "api-credentials-new.html", context))
}

/// Makes a key and shows it: this answer is the only place where it can be read.
async fn generate(
    State(practice): State<Practice>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let form = Params::parse_bytes(&body);
    let chosen: Vec<&str> = form.all("permission").collect();
    let new = NewApiKey {
        name: form.first("name").unwrap_or_default().to_owned(),
        permissions: Scopes::of_key(&chosen.join(" "), form.first("confidential").is_some()),
        created_by: visitor.user.id.clone(),
    };
    let now = practice.now_ms();
    let mut world = practice.world();
    let generated = world.generate_api_key(new, now).map_err(|refused| {
        visitor.refuse(&practice, StatusCode::BAD_REQUEST, &refused.to_string())
    })?;
    Ok(list(&practice, &visitor, &world, Some(generated)))
}

async fn delete(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    refuse_others(&practice, &visitor)?;
    let now = practice.now_ms();
    let mut world = practice.world();
    let deleted = world.delete_api_key(&id, &visitor.user.id, now);
    let name = deleted.ok_or_else(|| {
        let text = "There is no such key any more.";
        visitor.refuse(&practice, StatusCode::NOT_FOUND, text)
    })?;
    let notice = format!("The key {name} was deleted; whoever still uses it is refused.");
    Ok(visitor.go(&mut world, PAGE, notice))
}
