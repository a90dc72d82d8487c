//! Users, and the `perform_as` parameter that names one (LEVER.md 2.9, 3.7).

use axum::Router;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::{ApiError, ApiResult};
use super::paging;
use super::params::Params;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Role, User, UserData, World};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/users", get(list).post(create))
        .route("/users/{id}", get(show).put(replace))
        .route("/users/{id}/deactivate", post(deactivate))
        .route("/users/{id}/reactivate", post(reactivate))
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
            && params.accepts("accessRole", Some(user.access_role.wire()))
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
    Ok(Answer::data(known(&world, &id)?))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserBody {
    name: String,
    email: String,
    access_role: Option<Role>,
    external_directory_id: Option<String>,
    job_title: Option<String>,
    manager_id: Option<String>,
}

impl UserBody {
    fn into_data(self, role: Role) -> UserData {
        UserData {
            name: self.name,
            email: self.email,
            access_role: role,
            external_directory_id: self.external_directory_id,
            job_title: self.job_title,
            manager_id: self.manager_id,
        }
    }
}

/// Without a role they become an interviewer (LEVER.md 3.7).
async fn create(asked: Asked, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::USERS)?;
    let mut body: UserBody = body.read()?;
    let role = body.access_role.take();
    let data = body.into_data(role.unwrap_or(Role::Interviewer));
    let id = world.add_user(data, asked.now())?;
    Ok(Answer::created(known(&world, &id)?))
}

async fn replace(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::USERS)?;
    let mut body: UserBody = body.read()?;
    let role = body.access_role.take();
    let role = role.ok_or_else(|| ApiError::bad_request("missing field `accessRole`"))?;
    world.replace_user(&id, body.into_data(role), asked.now())?;
    Ok(Answer::put(&world, known(&world, &id)?))
}

async fn deactivate(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let mut world = asked.writes(Area::USERS)?;
    world.set_user_active(&id, false, asked.now())?;
    Ok(Answer::data(known(&world, &id)?))
}

async fn reactivate(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let mut world = asked.writes(Area::USERS)?;
    world.set_user_active(&id, true, asked.now())?;
    Ok(Answer::data(known(&world, &id)?))
}

fn known<'a>(world: &'a World, id: &str) -> Result<&'a User, ApiError> {
    let user = world.company.user(id);
    user.ok_or_else(|| ApiError::not_found("users", id))
}
