//! Templates of profile forms and of feedback forms (LEVER.md 3.9).

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Value, json};

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::ApiResult;
use super::paging;
use super::projection::Projection;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Template, TemplateList, World};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .merge(of(TemplateList::Profile))
        .merge(of(TemplateList::Feedback))
}

fn of(list: TemplateList) -> Router<Practice> {
    let all = get(async move |asked| list_all(list, asked))
        .post(async move |asked, body| create(list, asked, body));
    let one = get(async move |asked, ids| show(list, asked, ids))
        .put(async move |asked, ids, body| replace(list, asked, ids, body))
        .delete(async move |asked, ids| remove(list, asked, ids));
    let path = format!("/{}", list.resource());
    Router::new()
        .route(&path, all)
        .route(&format!("{path}/{{id}}"), one)
}

fn area(list: TemplateList) -> Area {
    match list {
        TemplateList::Profile => Area::FORM_TEMPLATES,
        TemplateList::Feedback => Area::FEEDBACK_TEMPLATES,
    }
}

fn list_all(list: TemplateList, asked: Asked) -> ApiResult {
    let world = asked.reads(area(list))?;
    let projection = Projection::parse(&asked.params, &[])?;
    let templates = world.company.templates(list);
    let place = |one: &Template| (one.text.clone(), one.id.clone());
    paging::by_text(&asked.params, templates, place, |one| {
        projection.apply(json!(one), |_, _| None)
    })
}

fn show(list: TemplateList, asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(area(list))?;
    let template = world.company.template(list, &id)?;
    Ok(answered(list, &world, StatusCode::OK, json!(template)))
}

fn create(list: TemplateList, asked: Asked, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(area(list))?;
    let template = world
        .company
        .put_template(list, None, body.read()?, asked.now())?;
    let template = json!(template);
    Ok(answered(list, &world, StatusCode::CREATED, template))
}

fn replace(list: TemplateList, asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(area(list))?;
    let template = world
        .company
        .put_template(list, Some(&id), body.read()?, asked.now())?;
    let template = json!(template);
    Ok(answered(list, &world, StatusCode::OK, template))
}

fn remove(list: TemplateList, asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let mut world = asked.writes(area(list))?;
    world.company.delete_template(list, &id)?;
    Ok(Answer::Deleted)
}

/// A template by itself; the times of feedback templates are printed as numbers.
fn answered(list: TemplateList, world: &World, status: StatusCode, template: Value) -> Answer {
    match list {
        TemplateList::Profile => printed(world, status, template),
        TemplateList::Feedback if world.switches.bare_form_answers => {
            Answer::Document(status, template)
        }
        TemplateList::Feedback => Answer::Document(status, json!({ "data": template })),
    }
}

/// Without the `data` wrapper and with times as text, as Lever prints it, unless the switch says
/// otherwise (LEVER.md 2.2).
pub(super) fn printed(world: &World, status: StatusCode, mut document: Value) -> Answer {
    if !world.switches.bare_form_answers {
        return Answer::Document(status, json!({ "data": document }));
    }
    for name in ["createdAt", "updatedAt"] {
        if let Some(Value::Number(at)) = document.get(name) {
            document[name] = at.to_string().into();
        }
    }
    Answer::Document(status, document)
}
