//! `workflows.*`: what people enter, and who is in it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::NoInput;
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use super::listeners::{self, ListenerView, Surroundings};
use crate::listeners::LeverEvent;
use crate::store::connections::Integration;
use crate::store::listeners::ListenerRow;
use crate::store::people::PersonRow;
use crate::store::{StoreError, people, runs};
use crate::store::{listeners as listener_rows, workflows};

/// A workflow in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkflowRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many people are in it.
    pub people: u32,
    /// How many listeners let people in.
    pub listeners: u32,
}

/// A workflow with what leads into it and who is in it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkflowView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The events that let people in.
    pub listeners: Vec<ListenerView>,
    /// Who is in it, newest first.
    pub people: Vec<WorkflowPerson>,
    /// The events a listener can wait for.
    pub events: Vec<EventChoice>,
}

/// A person in a workflow.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkflowPerson {
    /// The person's id.
    pub person_id: String,
    /// The person's name.
    pub name: String,
    /// When they entered.
    pub entered_at: i64,
    /// The start date, as `2026-11-21`.
    pub start_date: Option<String>,
}

/// An event that a listener can wait for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EventChoice {
    /// Lever's name of it.
    pub event: LeverEvent,
    /// Its label in Lever.
    pub label: String,
    /// Whether this workflow acts on it; the others are only recorded.
    pub used: bool,
}

/// One thing by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ById {
    /// The id.
    pub id: String,
}

/// Answers `workflows.list`.
pub(super) async fn list(engine: &Engine, _: NoInput) -> Result<Vec<WorkflowRow>, AppError> {
    let rows = engine.running().await?.store.read(workflows::all).await?;
    let rows = rows.into_iter().map(|row| WorkflowRow {
        id: row.id,
        name: row.name,
        description: row.description,
        people: row.people,
        listeners: row.listeners,
    });
    Ok(rows.collect())
}

type Found = (
    workflows::WorkflowRow,
    Vec<ListenerRow>,
    Vec<(runs::RunRow, Option<PersonRow>)>,
);

/// Answers `workflows.show`.
pub(super) async fn show(engine: &Engine, request: ById) -> Result<WorkflowView, AppError> {
    let running = engine.running().await?;
    let found: Option<Found> = running
        .store
        .read(move |db| {
            let Some(workflow) = workflows::get(db, &request.id)? else {
                return Ok(None);
            };
            let mut listeners = listener_rows::of(db, Integration::Onboarding)?;
            listeners.retain(|listener| listener.purpose.workflow_id() == Some(&*workflow.id));
            let entered = runs::of_workflow(db, &workflow.id)?.into_iter().map(|run| {
                let person = people::get(db, &run.person_id)?;
                Ok((run, person))
            });
            let entered = entered.collect::<Result<_, StoreError>>()?;
            Ok::<_, StoreError>(Some((workflow, listeners, entered)))
        })
        .await?;
    let (workflow, listeners, entered) = found
        .ok_or_else(|| AppError::new(ErrorCode::NotFound, "This workflow no longer exists."))?;
    let around = Surroundings::of(&running, Integration::Onboarding).await?;
    let listeners = listeners::views(&running, listeners, &around)?;
    let people = entered.into_iter().map(|(run, person)| WorkflowPerson {
        person_id: run.person_id,
        name: person
            .as_ref()
            .map_or_else(String::new, |person| person.name.clone()),
        entered_at: run.entered_at,
        start_date: person.and_then(|person| person.fields.get("start_date")?.value.clone()),
    });
    Ok(WorkflowView {
        id: workflow.id,
        name: workflow.name,
        description: workflow.description,
        listeners,
        people: people.collect(),
        events: events(),
    })
}

fn events() -> Vec<EventChoice> {
    let choice = |(event, label): (LeverEvent, &str)| EventChoice {
        event,
        label: label.to_owned(),
        used: event.starts_an_import(),
    };
    LeverEvent::ALL.into_iter().map(choice).collect()
}
