//! Job postings (LEVER.md 3.11).

mod apply;

use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::{ApiError, ApiResult};
use super::paging;
use super::params::Params;
use super::projection::Projection;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Confidentiality, Posting, User, World};

const EXPANDABLE: &[&str] = &["user", "owner", "hiringManager", "followers"];

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/postings", get(list).post(create))
        .route("/postings/deleted", get(list_deleted))
        .route("/postings/{id}", get(show).post(change))
        .route("/postings/{id}/users", get(list_users))
        .merge(apply::routes())
}

async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::POSTINGS)?;
    let params = &asked.params;
    let projection = Projection::parse(params, EXPANDABLE)?;
    let updated_at = params.range("updated_at")?;
    let confidentiality = params.confidentiality()?;
    let matching = world.company.postings.iter().filter(|posting| {
        confidentiality.accepts(posting.confidentiality)
            && may_see(&asked, posting)
            && updated_at.contains(posting.document["updatedAt"].as_i64())
            && params.accepts("state", Some(&posting.state))
            && accepts_channel(params, posting)
            && accepts_words(params, posting)
    });
    let place = |posting: &Posting| (posting.created_at, posting.id.clone());
    paging::newest_first(params, matching, place, |posting| {
        render(&world, posting, &projection)
    })
}

/// Published ones are only those on the public site, unless channels are named (LEVER.md 2.6).
fn accepts_channel(params: &Params, posting: &Posting) -> bool {
    let own = posting.document["distributionChannels"].as_array();
    let has = |channel: &str| own.is_some_and(|own| own.iter().any(|one| one == channel));
    let mut wanted = params.all("distributionChannel").peekable();
    if wanted.peek().is_some() {
        return wanted.any(has);
    }
    let mut states = params.all("state");
    !states.any(|state| state == "published") || posting.state != "published" || has("public")
}

fn accepts_words(params: &Params, posting: &Posting) -> bool {
    let categories = &posting.document["categories"];
    let tags = posting.document["tags"].as_array();
    let mut wanted = params.all("tag").peekable();
    let has_tag = wanted.peek().is_none()
        || wanted.any(|wanted| tags.is_some_and(|tags| tags.iter().any(|one| one == wanted)));
    has_tag
        && ["team", "department", "location", "commitment", "level"]
            .iter()
            .all(|name| params.accepts(name, categories[*name].as_str()))
        // `group` is the older name of the department.
        && params.accepts("group", categories["department"].as_str())
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::POSTINGS)?;
    let projection = Projection::parse(&asked.params, EXPANDABLE)?;
    let posting = visible(&asked, &world, &id)?;
    Ok(Answer::data(render(&world, posting, &projection)))
}

async fn create(asked: Asked, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::POSTINGS)?;
    let data = body.read()?;
    let user = asked.required_performer(&world, "create")?;
    let id = world.company.add_posting(data, &user, asked.now())?;
    Ok(Answer::created(&visible(&asked, &world, &id)?.document))
}

/// POST on an id changes the posting.
async fn change(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::POSTINGS)?;
    visible(&asked, &world, &id)?;
    let data = body.read()?;
    asked.required_performer(&world, "update")?;
    world.company.change_posting(&id, data, asked.now())?;
    Ok(Answer::data(&visible(&asked, &world, &id)?.document))
}

/// Live, but not documented (LEVER.md 2.6). Nothing deletes a posting here, so it is empty.
async fn list_deleted(asked: Asked) -> ApiResult {
    asked.caller.may_read(Area::POSTINGS)?;
    asked.params.range("deleted_at")?;
    paging::in_given_order(&asked.params, Vec::new())
}

/// Live, but not documented: without `data` (LEVER.md 2.2), and with role ids of its own (3.7).
async fn list_users(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::POSTINGS)?;
    let posting = visible(&asked, &world, &id)?;
    let follows = |user: &&User| {
        let followers = posting.document["followers"].as_array();
        posting.owner.as_ref() == Some(&user.id)
            || posting.hiring_manager.as_ref() == Some(&user.id)
            || followers.is_some_and(|all| all.iter().any(|one| *one == user.id))
    };
    let users: Vec<&User> = world.company.users.iter().filter(follows).collect();
    let roles = [
        ("owner", "Super Admin"),
        ("admin", "Admin"),
        ("team", "Team Member"),
        ("limited", "Limited Team Member"),
    ];
    let roles = roles.map(|(id, name)| json!({"id": id, "name": name}));
    Ok(Answer::bare(json!({
        "posting": {"id": posting.id, "text": posting.text},
        "users": users,
        "roles": roles,
    })))
}

fn may_see(asked: &Asked, posting: &Posting) -> bool {
    posting.confidentiality == Confidentiality::NonConfidential || asked.caller.sees_confidential()
}

/// The posting of a path, if it exists and the caller may see it.
fn visible<'a>(asked: &Asked, world: &'a World, id: &str) -> Result<&'a Posting, ApiError> {
    let posting = world.company.posting(id);
    let posting = posting.ok_or_else(|| ApiError::not_found("postings", id))?;
    if may_see(asked, posting) {
        Ok(posting)
    } else {
        Err(ApiError::Forbidden("the posting is confidential"))
    }
}

fn render(world: &World, posting: &Posting, projection: &Projection) -> Value {
    let document = Value::Object(posting.document.clone());
    projection.apply(document, |_, id| world.company.user_json(id))
}
