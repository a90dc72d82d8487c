//! `people.*`: who came from Lever, and where each value came from.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use super::workflows::ById;
use crate::mapping::{FieldType, TargetField};
use crate::store::connections::Integration;
use crate::store::people::{self, Fields};
use crate::store::{StoreError, runs, target_fields};

/// People listed at most; a search finds the others.
const LISTED: u32 = 10_000;

/// People listed at most as those who name somebody.
const NAMED: u32 = 100;

/// The heading of what is left of removed fields.
const REMOVED: &str = "Removed fields";

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
    /// Whose colleague the person is: for each such field the people who name them in it.
    pub named_by: Vec<NamedBy>,
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
    /// Who is meant, if the value is the address of somebody in the directory.
    pub colleague: Option<Colleague>,
}

/// Somebody in the directory.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Colleague {
    /// The person's id.
    pub id: String,
    /// First and last name.
    pub name: String,
}

/// Who names a person as their colleague.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NamedBy {
    /// The label of the field, for example `Manager`.
    pub label: String,
    /// The people, by name.
    pub people: Vec<Colleague>,
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
                let groups = groups(db, &person)?;
                let named_by = named_by(db, &person)?;
                Ok::<_, StoreError>(Some((person, entered, groups, named_by)))
            }
            None => Ok(None),
        })
        .await?;
    let (person, entered, groups, named_by) = found
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
        groups,
        named_by,
        workflows: workflows.collect(),
        lever_url: lever.map(|lever| lever.candidate_page(&person.opportunity_id)),
        id: person.id,
        name: person.name,
        opportunity_id: person.opportunity_id,
        imported_at: person.imported_at,
        updated_at: person.updated_at,
    })
}

/// Every person field under its heading, in the order of the screens; last what is left of removed ones.
fn groups(db: &Connection, person: &people::PersonRow) -> Result<Vec<FieldGroup>, StoreError> {
    let mut groups: Vec<FieldGroup> = Vec::new();
    let schema = target_fields::of_people(db)?;
    let removed = target_fields::removed(db)?.into_iter().map(|row| row.field);
    let left = removed.filter(|field| person.fields.contains_key(&field.id));
    let left = left.map(|field| TargetField {
        group: REMOVED.to_owned(),
        ..field
    });
    for field in schema.fields().iter().cloned().chain(left) {
        let group = field.group.clone();
        let value = field_value(db, field, &person.fields)?;
        match groups.iter_mut().find(|known| known.name == group) {
            Some(known) => known.fields.push(value),
            None => groups.push(FieldGroup {
                name: group,
                fields: vec![value],
            }),
        }
    }
    Ok(groups)
}

fn field_value(
    db: &Connection,
    field: TargetField,
    fields: &Fields,
) -> Result<FieldValue, StoreError> {
    let stored = fields.get(&field.id);
    let value = stored.and_then(|stored| stored.value.clone());
    let colleague = match (&value, field.kind) {
        (Some(address), FieldType::Person) => people::with_address(db, address)?,
        _ => None,
    };
    Ok(FieldValue {
        id: field.id,
        label: field.label,
        value,
        masked: field.masked,
        origin: stored.map(|stored| stored.origin.clone()),
        colleague: colleague.map(|(id, name)| Colleague { id, name }),
    })
}

/// Who names this person, by private or work address, in a field that holds a colleague.
fn named_by(db: &Connection, person: &people::PersonRow) -> Result<Vec<NamedBy>, StoreError> {
    let work = person.fields.get("work_email");
    let work = work.and_then(|stored| stored.value.as_ref());
    let addresses: BTreeSet<_> = person.email.iter().chain(work).collect();
    let mut all = Vec::new();
    for field in target_fields::of_people(db)?.fields() {
        if field.kind != FieldType::Person {
            continue;
        }
        let mut naming = Vec::new();
        for address in &addresses {
            naming.extend(people::naming(db, &field.id, address, NAMED)?);
        }
        let people: Vec<_> = naming
            .into_iter()
            .map(|(id, name)| Colleague { id, name })
            .collect();
        if !people.is_empty() {
            let label = field.label.clone();
            all.push(NamedBy { label, people });
        }
    }
    Ok(all)
}
