//! Notes of an opportunity (LEVER.md 3.4).

use axum::Router;
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::{MadeBy, NewComment, Note};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/opportunities/{id}/notes", get(list).post(create))
        .route(
            "/opportunities/{id}/notes/{note}",
            get(show).put(rewrite).delete(remove),
        )
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NoteBody {
    value: String,
    #[serde(default)]
    secret: bool,
    score: Option<u8>,
    created_at: Option<i64>,
    /// Read for its type only: the practice Lever sends no mail to followers.
    #[serde(default, rename = "notifyFollowers")]
    _notify_followers: bool,
}

#[derive(Deserialize)]
struct ValuesBody {
    values: Vec<ValueBody>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ValueBody {
    value: String,
    created_at: Option<i64>,
}

async fn list(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::NOTES)?;
    let notes = &asked.opportunity(&world, &id)?.notes;
    let place = |note: &Note| (note.created_at, note.id.clone());
    paging::newest_first(&asked.params, notes, place, Note::to_json)
}

async fn show(asked: Asked, Ids((id, note)): Ids<(String, String)>) -> ApiResult {
    let world = asked.reads(Area::NOTES)?;
    let mut notes = asked.opportunity(&world, &id)?.notes.iter();
    let found = notes.find(|own| own.id == note);
    let found = found.ok_or_else(|| ApiError::not_found("notes", &note))?;
    Ok(Answer::data(found.to_json()))
}

async fn create(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::NOTES)?;
    asked.opportunity(&world, &id)?;
    let body: NoteBody = body.read()?;
    let comment = NewComment {
        value: body.value,
        user: asked.performer(&world)?,
        score: body.score,
        created_at: body.created_at,
    };
    let now = asked.now();
    let note = match asked.params.first("note_id") {
        Some(thread) => world.answer_note(&id, thread, comment, now)?,
        None => world.add_note(&id, comment, body.secret, MadeBy::Api, now)?,
    };
    let mut answer = json!({"noteId": note.id});
    if world.switches.full_note_answer
        && let (Some(answer), Value::Object(full)) = (answer.as_object_mut(), note.to_json())
    {
        answer.extend(full);
    }
    Ok(Answer::created(answer))
}

async fn rewrite(
    asked: Asked,
    Ids((id, note)): Ids<(String, String)>,
    body: JsonBody,
) -> ApiResult {
    let mut world = asked.writes(Area::NOTES)?;
    asked.opportunity(&world, &id)?;
    let body: ValuesBody = body.read()?;
    let comments = body.values.into_iter().map(|body| NewComment {
        value: body.value,
        created_at: body.created_at,
        ..NewComment::default()
    });
    world.rewrite_note(&id, &note, comments.collect(), asked.now())?;
    Ok(Answer::put(&world, json!({"noteId": note})))
}

async fn remove(asked: Asked, Ids((id, note)): Ids<(String, String)>) -> ApiResult {
    let mut world = asked.writes(Area::NOTES)?;
    asked.opportunity(&world, &id)?;
    world.delete_note(&id, &note, asked.now())?;
    Ok(Answer::Deleted)
}
