//! Interviews and the panels they are in (LEVER.md 3.13).

use axum::Router;
use axum::routing::get;
use serde::Deserialize;
use serde_json::Value;

use super::answer::Answer;
use super::asked::{Asked, Ids, JsonBody};
use super::error::{ApiError, ApiResult};
use super::paging;
use crate::Practice;
use crate::auth::Area;
use crate::state::{Interview, InterviewData, Panel, PanelData, World};

pub(super) fn routes() -> Router<Practice> {
    Router::new()
        .route(
            "/opportunities/{id}/panels",
            get(list_panels).post(create_panel),
        )
        .route(
            "/opportunities/{id}/panels/{panel}",
            get(show_panel).put(replace_panel).delete(delete_panel),
        )
        .route("/opportunities/{id}/interviews", get(list).post(create))
        .route(
            "/opportunities/{id}/interviews/{interview}",
            get(show).put(replace).delete(remove),
        )
}

#[derive(Deserialize)]
struct NewInterview {
    panel: String,
    #[serde(flatten)]
    data: InterviewData,
}

async fn list_panels(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::PANELS)?;
    let panels = &asked.opportunity(&world, &id)?.panels;
    let place = |panel: &Panel| (panel.created_at, panel.id.clone());
    paging::newest_first(&asked.params, panels, place, |panel| panel.to_json(&world))
}

async fn show_panel(asked: Asked, Ids((id, panel)): Ids<(String, String)>) -> ApiResult {
    let world = asked.reads(Area::PANELS)?;
    Ok(Answer::data(panel_json(&asked, &world, &id, &panel)?))
}

async fn create_panel(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::PANELS)?;
    asked.opportunity(&world, &id)?;
    let data: PanelData = body.read()?;
    let user = asked.required_performer(&world, "create")?;
    let panel = world.put_panel(&id, None, data, &user, asked.now())?;
    Ok(Answer::created(panel_json(&asked, &world, &id, &panel)?))
}

async fn replace_panel(
    asked: Asked,
    Ids((id, panel)): Ids<(String, String)>,
    body: JsonBody,
) -> ApiResult {
    let mut world = asked.writes(Area::PANELS)?;
    asked.opportunity(&world, &id)?;
    let data: PanelData = body.read()?;
    let user = asked.required_performer(&world, "update")?;
    world.put_panel(&id, Some(&panel), data, &user, asked.now())?;
    Ok(Answer::put(
        &world,
        panel_json(&asked, &world, &id, &panel)?,
    ))
}

async fn delete_panel(asked: Asked, Ids((id, panel)): Ids<(String, String)>) -> ApiResult {
    let mut world = asked.writes(Area::PANELS)?;
    asked.opportunity(&world, &id)?;
    asked.required_performer(&world, "delete")?;
    world.delete_panel(&id, &panel, asked.now())?;
    Ok(Answer::Deleted)
}

async fn list(asked: Asked, Ids(id): Ids<String>) -> ApiResult {
    let world = asked.reads(Area::INTERVIEWS)?;
    let panels = asked.opportunity(&world, &id)?.panels.iter();
    let all: Vec<(&Panel, &Interview)> = panels
        .flat_map(|panel| panel.interviews.iter().map(move |one| (panel, one)))
        .collect();
    let place = |(_, one): &(&Panel, &Interview)| (one.created_at, one.id.clone());
    paging::newest_first(&asked.params, &all, place, |(panel, one)| {
        panel.interview_json(one, &world)
    })
}

async fn show(asked: Asked, Ids((id, interview)): Ids<(String, String)>) -> ApiResult {
    let world = asked.reads(Area::INTERVIEWS)?;
    Ok(Answer::data(interview_json(
        &asked, &world, &id, &interview,
    )?))
}

async fn create(asked: Asked, Ids(id): Ids<String>, body: JsonBody) -> ApiResult {
    let mut world = asked.writes(Area::INTERVIEWS)?;
    asked.opportunity(&world, &id)?;
    let NewInterview { panel, data } = body.read()?;
    asked.required_performer(&world, "create")?;
    let interview = world.add_interview(&id, &panel, data, asked.now())?;
    Ok(Answer::created(interview_json(
        &asked, &world, &id, &interview,
    )?))
}

async fn replace(
    asked: Asked,
    Ids((id, interview)): Ids<(String, String)>,
    body: JsonBody,
) -> ApiResult {
    let mut world = asked.writes(Area::INTERVIEWS)?;
    asked.opportunity(&world, &id)?;
    let data: InterviewData = body.read()?;
    asked.required_performer(&world, "update")?;
    world.replace_interview(&id, &interview, data, asked.now())?;
    Ok(Answer::put(
        &world,
        interview_json(&asked, &world, &id, &interview)?,
    ))
}

async fn remove(asked: Asked, Ids((id, interview)): Ids<(String, String)>) -> ApiResult {
    let mut world = asked.writes(Area::INTERVIEWS)?;
    asked.opportunity(&world, &id)?;
    asked.required_performer(&world, "delete")?;
    world.delete_interview(&id, &interview, asked.now())?;
    Ok(Answer::Deleted)
}

fn panel_json(asked: &Asked, world: &World, id: &str, panel: &str) -> Result<Value, ApiError> {
    let mut panels = asked.opportunity(world, id)?.panels.iter();
    let found = panels.find(|own| own.id == panel);
    let found = found.ok_or_else(|| ApiError::not_found("panels", panel))?;
    Ok(found.to_json(world))
}

/// With `opportunityId`, which only single interviews have.
fn interview_json(
    asked: &Asked,
    world: &World,
    id: &str,
    interview: &str,
) -> Result<Value, ApiError> {
    for panel in &asked.opportunity(world, id)?.panels {
        if let Some(found) = panel.interviews.iter().find(|own| own.id == interview) {
            let mut document = panel.interview_json(found, world);
            document["opportunityId"] = id.into();
            return Ok(document);
        }
    }
    Err(ApiError::not_found("interviews", interview))
}
