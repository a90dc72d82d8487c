//! Users, and the `perform_as` parameter that names one (LEVER.md 2.9, 3.7).

use axum::Router;
use axum::routing::get;
use serde_json::json;

use super::answer::Answer;
use super::asked::{Asked, Ids};
use super::error::{ApiError, ApiResult};
use super::paging;
use super::params::Params;
use crate::Practice;
use crate::auth::Area;
use crate::state::{User, World};

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

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::USERS)?;
    let params = &asked.params;
    let with_deactivated = params.flag("includeDeactivated")?.unwrap_or(false);
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
    let place = |user: &User| (user.created_at, user.id.clone());
    paging::newest_first(params, matching, place, |user| json!(user))
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::USERS)?;
    let user = world.company.user(&id);
    let user = user.ok_or_else(|| ApiError::not_found("users", &id))?;
    Ok(Answer::data(user))
}
