//! The posting applied to (LEVER.md 3.11).

use super::Field;
use crate::lever::facts::Facts;
use crate::lever::types::Posting;
use crate::mapping::FieldType::{Email, Text};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Posting, id, label, kind, read)
}

fn of<'a>(facts: &'a Facts, part: fn(&'a Posting) -> Option<&'a str>) -> Value {
    facts.posting.as_ref().and_then(part).into()
}

pub(super) const FIELDS: &[Field] = &[
    field("posting.text", "Job title", Text, |facts| {
        of(facts, |posting| Some(&posting.text))
    }),
    field("posting.team", "Team", Text, |facts| {
        of(facts, |posting| posting.categories.team.as_deref())
    }),
    field("posting.department", "Department", Text, |facts| {
        of(facts, |posting| posting.categories.department.as_deref())
    }),
    field("posting.location", "Location", Text, |facts| {
        of(facts, |posting| posting.categories.location.as_deref())
    }),
    field("posting.commitment", "Commitment", Text, |facts| {
        of(facts, |posting| posting.categories.commitment.as_deref())
    }),
    field("posting.level", "Level", Text, |facts| {
        of(facts, |posting| posting.categories.level.as_deref())
    }),
    field("posting.country", "Country", Text, |facts| {
        of(facts, |posting| posting.country.as_deref())
    }),
    field("posting.workplace_type", "Workplace type", Text, |facts| {
        of(facts, |posting| posting.workplace_type.as_deref())
    }),
    field(
        "posting.hiring_manager_email",
        "Hiring manager's e-mail",
        Email,
        |facts| facts.address(facts.posting_manager_id()),
    ),
];
