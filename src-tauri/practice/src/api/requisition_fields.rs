//! Fields that the company adds to its requisitions (LEVER.md 3.10).

use axum::Router;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::ApiResult;
use crate::Practice;
use crate::auth::Area;
use crate::state::{FieldOption, RequisitionField};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route("/requisition_fields", get(list).post(create))
        .route(
            "/requisition_fields/{id}",
            get(show).put(replace).delete(remove),
        )
        .route(
            "/requisition_fields/{id}/options",
            post(add_options).put(rename_options).delete(delete_options),
        )
}

/// The body of all changes of options.
#[derive(Deserialize)]
struct Values<T> {
    values: Vec<T>,
}

#[derive(Deserialize)]
struct NewOption {
    text: String,
}

/// Without `hasNext`, as recorded (LEVER.md 2.2).
async fn list(asked: Asked) -> ApiResult {
    let world = asked.reads(Area::REQUISITION_FIELDS)?;
    let required = asked.params.flag("isRequired")?;
    let fields = world.company.requisition_fields.iter().filter(|field| {
        let kind = json!(field.kind);
        required.is_none_or(|wanted| field.is_required == wanted)
            && asked.params.accepts("type", kind.as_str())
    });
    let fields: Vec<&RequisitionField> = fields.collect();
    Ok(Answer::data(fields))
}

async fn show(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::REQUISITION_FIELDS)?;
    Ok(Answer::data(world.company.requisition_field(&id)?))
}

async fn create(asked: Asked, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITION_FIELDS)?;
    let field: RequisitionField = body.read()?;
    let id = field.id.clone();
    world.company.add_requisition_field(field)?;
    Ok(Answer::created(world.company.requisition_field(&id)?))
}

async fn replace(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITION_FIELDS)?;
    world.company.replace_requisition_field(&id, body.read()?)?;
    Ok(Answer::put(&world, world.company.requisition_field(&id)?))
}

async fn remove(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITION_FIELDS)?;
    world.company.delete_requisition_field(&id)?;
    Ok(Answer::Deleted)
}

/// Answers the new option, or a list of them if there are several.
async fn add_options(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITION_FIELDS)?;
    let body: Values<NewOption> = body.read()?;
    let texts = body.values.into_iter().map(|option| option.text).collect();
    let added = world.company.add_field_options(&id, texts)?;
    Ok(match added.as_slice() {
        [one] => Answer::created(one),
        several => Answer::created(several),
    })
}

async fn rename_options(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITION_FIELDS)?;
    let body: Values<FieldOption> = body.read()?;
    world.company.rename_field_options(&id, body.values)?;
    Ok(Answer::put(&world, world.company.requisition_field(&id)?))
}

async fn delete_options(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::REQUISITION_FIELDS)?;
    let body: Values<String> = body.read()?;
    world.company.delete_field_options(&id, &body.values)?;
    Ok(Answer::Deleted)
}
