//! `people.*`: who came from Lever, and where each value came from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
