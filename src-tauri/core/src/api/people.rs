//! `people.*`: who came from Lever, and where each value came from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use super::workflows::ById;
use crate::mapping::Schema;
use crate::store::connections::Integration;
use crate::store::people::{self, Fields};
use crate::store::{StoreError, runs, target_fields};

/// People listed at most; a search finds the others.
const LISTED: u32 = 10_000;

/// What to list.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ListPeople {
    /// Text to find in names and e-mail addresses; all if empty.
    pub search: Option<String>,
}

/// A person in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonRow {
    /// The person's id.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// The personal e-mail address.
    pub email: Option<String>,
    /// The job title.
    pub job_title: Option<String>,
    /// The start date, as `2026-11-21`.
    pub start_date: Option<String>,
    /// The names of the workflows the person is in.
    pub workflows: Vec<String>,
    /// When the person was imported.
    pub imported_at: i64,
}

/// A person's page.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonView {
    /// The person's id.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// The fields by heading.
    pub groups: Vec<FieldGroup>,
    /// The workflows the person is in.
    pub workflows: Vec<PersonWorkflow>,
    /// Lever's id of the opportunity the person came from.
    pub opportunity_id: String,
    /// The candidate's page in Lever.
    pub lever_url: Option<String>,
    /// When the person was imported.
    pub imported_at: i64,
    /// When the values were last read from Lever.
    pub updated_at: i64,
}

/// Fields under one heading.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldGroup {
    /// The heading.
    pub name: String,
    /// The fields.
    pub fields: Vec<FieldValue>,
}

/// A field's value and where it came from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldValue {
    /// The field's id.
    pub id: String,
    /// The field's label.
    pub label: String,
    /// The value; none if empty.
    pub value: Option<String>,
    /// Whether to mask it until revealed.
    pub masked: bool,
    /// Where it came from, in words; none if the mapping does not set it.
    pub origin: Option<String>,
}

/// A workflow that the person is in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonWorkflow {
    /// The workflow's id.
    pub id: String,
    /// The workflow's name.
    pub name: String,
    /// When they entered.
    pub entered_at: i64,
}

/// Answers `people.list`.
pub(super) async fn list(engine: &Engine, request: ListPeople) -> Result<Vec<PersonRow>, AppError> {
    let text = request.search.unwrap_or_default();
    let rows = engine
        .running()
        .await?
        .store
        .read(move |db| {
            let found = people::search(db, &text, LISTED)?;
            let with_runs = found.into_iter().map(|person| {
                let entered = runs::of_person(db, &person.id)?;
                Ok((person, entered))
            });
            with_runs.collect::<Result<Vec<_>, StoreError>>()
        })
        .await?;
    let rows = rows.into_iter().map(|(person, entered)| {
        let value = |id: &str| person.fields.get(id).and_then(|field| field.value.clone());
        PersonRow {
            job_title: value("job_title"),
            start_date: value("start_date"),
            workflows: entered.into_iter().map(|run| run.workflow_name).collect(),
            id: person.id,
            name: person.name,
            email: person.email,
            imported_at: person.imported_at,
        }
    });
    Ok(rows.collect())
}

/// Answers `people.show`.
pub(super) async fn show(engine: &Engine, request: ById) -> Result<PersonView, AppError> {
    let running = engine.running().await?;
    let found = running
        .store
        .read(move |db| match people::get(db, &request.id)? {
            Some(person) => {
                let entered = runs::of_person(db, &person.id)?;
                let schema = target_fields::of_people(db)?;
                Ok::<_, StoreError>(Some((person, entered, schema)))
            }
            None => Ok(None),
        })
        .await?;
    let (person, entered, schema) = found
        .ok_or_else(|| AppError::new(ErrorCode::NotFound, "This person is no longer here."))?;
    let lever = running
        .lever(Integration::Onboarding)
        .access
        .addresses()
        .await?;
    let workflows = entered.into_iter().map(|run| PersonWorkflow {
        id: run.workflow_id,
        name: run.workflow_name,
        entered_at: run.entered_at,
    });
    Ok(PersonView {
        groups: groups(&schema, &person.fields),
        workflows: workflows.collect(),
        lever_url: lever.map(|lever| lever.candidate_page(&person.opportunity_id)),
        id: person.id,
        name: person.name,
        opportunity_id: person.opportunity_id,
        imported_at: person.imported_at,
        updated_at: person.updated_at,
    })
}

/// Every person field under its heading, in the order of the screens.
fn groups(schema: &Schema, fields: &Fields) -> Vec<FieldGroup> {
    let mut groups: Vec<FieldGroup> = Vec::new();
    for field in schema.fields() {
        let stored = fields.get(&field.id);
        let value = FieldValue {
            id: field.id.clone(),
            label: field.label.clone(),
            value: stored.and_then(|stored| stored.value.clone()),
            masked: field.masked,
            origin: stored.map(|stored| stored.origin.clone()),
        };
        match groups.iter_mut().find(|group| group.name == field.group) {
            Some(group) => group.fields.push(value),
            None => groups.push(FieldGroup {
                name: field.group.clone(),
                fields: vec![value],
            }),
        }
    }
    groups
}
