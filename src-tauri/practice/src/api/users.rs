//! Users, and the `perform_as` parameter that names one (LEVER.md 2.9, 3.7).

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde_json::json;

use super::error::{ApiError, ApiResult};
use super::gate::Caller;
use super::paging::{self, BY_CREATION, creation_key};
use super::params::Params;
use crate::Practice;
use crate::auth::Area;
use crate::state::World;

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/users", get(list))
        .route("/users/{id}", get(show))
}

/// The user on whose behalf a write happens, if the request names one.
///
/// # Errors
/// 400 if it is no active user.
pub(super) fn performer(world: &World, params: &Params) -> Result<Option<String>, ApiError> {
    let Some(id) = params.first("perform_as") else {
        return Ok(None);
    };
    match world.company.user(id) {
        Some(user) if user.deactivated_at.is_none() => Ok(Some(user.id.clone())),
        _ => Err(ApiError::bad_request("perform_as is not an active user")),
    }
}

async fn list(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    params: Params,
) -> ApiResult {
    caller.may_read(Area::USERS)?;
    let with_deactivated = params.flag("includeDeactivated")?.unwrap_or(false);
    let world = practice.world();
    let matching = world.company.users.iter().filter(|user| {
        (with_deactivated || user.deactivated_at.is_none())
            && params.accepts("accessRole", Some(&user.access_role))
            && params.accepts(
                "external_directory_id",
                user.external_directory_id.as_deref(),
            )
            && params
                .all("email")
                .all(|email| user.email.eq_ignore_ascii_case(email))
    });
    let rows = matching.map(|user| (creation_key(user.created_at, &user.id), user));
    paging::answer(&params, BY_CREATION, rows.collect(), |user| json!(user))
}

async fn show(
    State(practice): State<Practice>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> ApiResult {
    caller.may_read(Area::USERS)?;
    let world = practice.world();
    let user = world.company.user(&id);
    let user = user.ok_or_else(|| ApiError::not_found("users", &id))?;
    Ok(Json(json!({ "data": user })))
}
