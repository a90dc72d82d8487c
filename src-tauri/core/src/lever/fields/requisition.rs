//! The requisition, without the customer's own fields (LEVER.md 3.10).

use super::Field;
use crate::lever::facts::Facts;
use crate::lever::types::Requisition;
use crate::mapping::FieldType::{Email, Text};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Requisition, id, label, kind, read)
}

fn of<'a>(facts: &'a Facts, part: fn(&'a Requisition) -> Option<&'a str>) -> Value {
    facts.requisition.as_ref().and_then(part).into()
}

pub(super) const FIELDS: &[Field] = &[
    field("requisition.name", "Name", Text, |facts| {
        of(facts, |found| Some(&found.name))
    }),
    field("requisition.code", "Code", Text, |facts| {
        let hire = facts
            .application
            .as_ref()
            .and_then(|found| found.requisition_for_hire.as_ref());
        let on_hire = hire.and_then(|hire| hire.requisition_code.as_deref());
        let now = facts
            .requisition
            .as_ref()
            .and_then(|found| found.requisition_code.as_deref());
        now.or(on_hire).into()
    }),
    field(
        "requisition.employment_status",
        "Employment status",
        Text,
        |facts| of(facts, |found| found.employment_status.as_deref()),
    ),
    field("requisition.team", "Team", Text, |facts| {
        of(facts, |found| found.team.as_deref())
    }),
    field("requisition.department", "Department", Text, |facts| {
        of(facts, |found| found.department.as_deref())
    }),
    field("requisition.location", "Location", Text, |facts| {
        of(facts, |found| found.location.as_deref())
    }),
    field(
        "requisition.hiring_manager",
        "Hiring manager",
        Text,
        |facts| facts.name(facts.requisition_manager_id()),
    ),
    field(
        "requisition.hiring_manager_email",
        "Hiring manager's e-mail",
        Email,
        |facts| facts.address(facts.requisition_manager_id()),
    ),
];
