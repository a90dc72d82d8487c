//! The question whether a hire is somebody who is in People already: both sides, and what would change.

use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;

use crate::api::error::AppError;
use crate::mapping::Schema;
use crate::people::plan::{Question, SamePerson};
use crate::store::StoreError;
use crate::store::imports::ImportRow;
use crate::store::people::{self, PersonRow};

/// Somebody who may be the hire.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonMatch {
    /// The person's id.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// When the person was imported.
    pub imported_at: i64,
    /// What an update would change, in the order of the person fields.
    pub differences: Vec<FieldDifference>,
    /// How many filled fields are the same on both sides.
    pub same: usize,
}

/// A field that differs between the person and the hire.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldDifference {
    /// The field's label.
    pub label: String,
    /// The person's value; none if empty.
    pub person: Option<String>,
    /// The hire's value; none if empty.
    pub hire: Option<String>,
    /// Whether to mask both until revealed.
    pub masked: bool,
}

/// The people of a question who are still here.
pub(super) fn matches(
    db: &Connection,
    question: &Question,
    schema: &Schema,
) -> Result<Vec<PersonMatch>, StoreError> {
    let mut matches = Vec::new();
    for id in &question.people {
        let person = people::get(db, id)?;
        matches.extend(person.map(|person| compared(person, question, schema)));
    }
    Ok(matches)
}

fn compared(person: PersonRow, question: &Question, schema: &Schema) -> PersonMatch {
    let (mut differences, mut same) = (Vec::new(), 0);
    for field in schema.fields() {
        let stored = person.fields.get(&field.id);
        let now = stored.and_then(|stored| stored.value.clone());
        let planned = question.planned.fields.get(&field.id);
        let then = planned.and_then(|(value, _)| value.clone());
        if now != then {
            differences.push(FieldDifference {
                label: field.label.clone(),
                person: now,
                hire: then,
                masked: field.masked,
            });
        } else if now.is_some() {
            same += 1;
        }
    }
    PersonMatch {
        id: person.id,
        name: person.name,
        imported_at: person.imported_at,
        differences,
        same,
    }
}

/// What the user said, for the log.
///
/// # Errors
/// [`AppError`] if nothing was asked, or somebody else was.
pub(super) fn said(
    db: &Connection,
    import: &ImportRow,
    said: &SamePerson,
) -> Result<String, AppError> {
    let asked = import.question.as_ref();
    let asked = asked.map(|question| question.people.as_slice());
    let who = &import.name;
    match (said, asked) {
        (SamePerson::Another, Some(_)) => Ok(format!(
            "You said that the hire of {who} is another person than those in People."
        )),
        (SamePerson::Update { person_id }, Some(people)) if people.contains(person_id) => {
            let person = people::get(db, person_id)?.ok_or_else(gone)?;
            Ok(format!(
                "You said that the hire of {who} is {}, who is in People already.",
                person.name
            ))
        }
        _ => Err(gone()),
    }
}

fn gone() -> AppError {
    let sentence = "This question is no longer asked. Load the page again.";
    AppError::invalid("same_person", sentence)
}
