//! `person_fields.*`: the fields that people have.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::NoInput;
use super::engine::Engine;
use super::error::{AppError, ErrorCode};
use super::workflows::ById;
use crate::jobs;
use crate::mapping::edit::{FieldEdit, FieldProblem, added, changed, is_always_required};
use crate::mapping::{Mapping, Schema, TargetField};
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::{StoreError, mappings, target_fields};

/// The fields of people, and what becomes of them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonFields {
    /// The fields in the order of the screens.
    pub fields: Vec<PersonField>,
    /// Those that the user removed and whose values are still there, the newest first.
    pub removed: Vec<RemovedField>,
}

/// A field of people.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonField {
    /// The field.
    pub field: TargetField,
    /// Whether the saved mapping fills it.
    pub mapped: bool,
    /// How many people have a value.
    pub people: u64,
    /// Whether it cannot be made optional.
    pub always_required: bool,
}

/// A field that the user removed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RemovedField {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Whether the saved mapping still has a rule for it, which does nothing.
    pub mapped: bool,
    /// How many people have a value.
    pub people: u64,
    /// When it was removed.
    pub removed_at: i64,
}

/// A field as it is to be.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChangeField {
    /// Its id.
    pub id: String,
    /// All of it, changed or not.
    pub edit: FieldEdit,
}

/// Where to move a field.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MoveField {
    /// Its id.
    pub id: String,
    /// Which way.
    pub to: Direction,
}

/// One place within its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Before the one that it follows.
    Up,
    /// Behind the one that follows it.
    Down,
}

/// Answers `person_fields.list`.
pub(super) async fn list(engine: &Engine, _: NoInput) -> Result<PersonFields, AppError> {
    Ok(engine.running().await?.store.read(every).await?)
}

fn every(db: &Connection) -> Result<PersonFields, StoreError> {
    let saved = mappings::newest(db, Mapping::People)?;
    let rules = saved.map(|row| row.rules.rules).unwrap_or_default();
    let mapped = |id: &str| rules.iter().any(|rule| rule.target == id);
    let values = target_fields::values(db)?;
    let people = |id: &str| values.get(id).copied().unwrap_or_default();
    let schema = target_fields::of_people(db)?;
    let fields = schema.fields().iter().map(|field| PersonField {
        mapped: mapped(&field.id),
        people: people(&field.id),
        always_required: is_always_required(&field.id),
        field: field.clone(),
    });
    let removed = target_fields::removed(db)?;
    let removed = removed.into_iter().map(|row| RemovedField {
        mapped: mapped(&row.field.id),
        people: people(&row.field.id),
        id: row.field.id,
        label: row.field.label,
        removed_at: row.removed_at,
    });
    Ok(PersonFields {
        fields: fields.collect(),
        removed: removed.collect(),
    })
}

/// Answers `person_fields.add`.
pub(super) async fn add(engine: &Engine, request: FieldEdit) -> Result<PersonFields, AppError> {
    write(engine, move |db, schema, _| {
        let removed = target_fields::removed(db)?;
        let taken: Vec<_> = removed.into_iter().map(|row| row.field.id).collect();
        let field = added(schema, &taken, request).map_err(refused)?;
        let sentence = format!("You added the person field “{}”.", field.label);
        target_fields::put(db, field)?;
        Ok(Some(sentence))
    })
    .await
}

/// Answers `person_fields.change`.
pub(super) async fn change(
    engine: &Engine,
    request: ChangeField,
) -> Result<PersonFields, AppError> {
    write(engine, move |db, schema, _| {
        let known = schema.get(&request.id).ok_or_else(gone)?;
        let field = changed(schema, known, request.edit).map_err(refused)?;
        let sentence = if field.label == known.label {
            format!("You changed the person field “{}”.", field.label)
        } else {
            let (old, new) = (&known.label, &field.label);
            format!("You changed the person field “{old}”, which is now “{new}”.")
        };
        target_fields::put(db, field)?;
        Ok(Some(sentence))
    })
    .await
}

/// Answers `person_fields.move`: one place within its group; at its end nothing happens.
pub(super) async fn move_one(
    engine: &Engine,
    request: MoveField,
) -> Result<PersonFields, AppError> {
    write(engine, move |db, schema, _| {
        let moved = schema.get(&request.id).ok_or_else(gone)?;
        let mut ids: Vec<_> = schema
            .fields()
            .iter()
            .map(|field| field.id.clone())
            .collect();
        let of_group = |place: &usize| schema.fields()[*place].group == moved.group;
        let group: Vec<usize> = (0..ids.len()).filter(of_group).collect();
        let at = group.iter().position(|place| ids[*place] == moved.id);
        let to = at.and_then(|at| match request.to {
            Direction::Up => at.checked_sub(1),
            Direction::Down => Some(at + 1),
        });
        let places = at
            .zip(to)
            .and_then(|(at, to)| group.get(at).zip(group.get(to)));
        if let Some((from, to)) = places {
            ids.swap(*from, *to);
            target_fields::put_order(db, &ids)?;
        }
        Ok(None)
    })
    .await
}

/// Answers `person_fields.remove`.
pub(super) async fn remove(engine: &Engine, request: ById) -> Result<PersonFields, AppError> {
    write(engine, move |db, schema, now| {
        let field = schema.get(&request.id).ok_or_else(gone)?;
        if !field.custom {
            return Err(refused(FieldProblem::BuiltIn));
        }
        target_fields::remove(db, field, now)?;
        let label = &field.label;
        Ok(Some(format!(
            "You removed the person field “{label}”; people keep their values of it."
        )))
    })
    .await
}

/// Answers `person_fields.put_back`.
pub(super) async fn put_back(engine: &Engine, request: ById) -> Result<PersonFields, AppError> {
    write(engine, move |db, schema, _| {
        let field = target_fields::take_removed(db, &request.id)?.ok_or_else(gone)?;
        // Its name may have been taken meanwhile.
        let edit = FieldEdit {
            label: field.label.clone(),
            group: field.group.clone(),
            kind: field.kind,
            options: field.options.clone(),
            required: field.required,
            masked: field.masked,
        };
        let field = changed(schema, &field, edit).map_err(refused)?;
        let sentence = format!("You put the person field “{}” back.", field.label);
        target_fields::put(db, field)?;
        Ok(Some(sentence))
    })
    .await
}

/// Answers `person_fields.erase`.
pub(super) async fn erase(engine: &Engine, request: ById) -> Result<PersonFields, AppError> {
    write(engine, move |db, _, _| {
        let field = target_fields::take_removed(db, &request.id)?.ok_or_else(gone)?;
        target_fields::erase(db, &field.id)?;
        let label = &field.label;
        Ok(Some(format!(
            "You erased the values of the removed person field “{label}”."
        )))
    })
    .await
}

/// Changes the fields and says so in the log; what waits for a field is tried again.
async fn write(
    engine: &Engine,
    change: impl FnOnce(&Connection, &Schema, i64) -> Result<Option<String>, AppError> + Send + 'static,
) -> Result<PersonFields, AppError> {
    let running = engine.running().await?;
    let now = engine.now();
    running
        .store
        .write(move |db| {
            let schema = target_fields::of_people(db)?;
            if let Some(sentence) = change(db, &schema, now)? {
                Entry::new(Kind::Mapping, Outcome::Done, sentence)
                    .by(Actor::You)
                    .write(db, now)?;
                jobs::wake_unmapped(db, now)?;
            }
            Ok::<_, AppError>(())
        })
        .await?;
    running.bell.ring();
    list(engine, NoInput {}).await
}

fn refused(problem: FieldProblem) -> AppError {
    AppError::invalid(problem.input(), problem.to_string())
}

fn gone() -> AppError {
    AppError::new(
        ErrorCode::NotFound,
        "This field is gone. Load the page again.",
    )
}
