//! The posting applied to (LEVER.md 3.11).

use super::{Field, pay};
use crate::lever::facts::Facts;
use crate::lever::parts::Part;
use crate::lever::types::{PayRange, Posting};
use crate::mapping::FieldType::{Email, List, Number, Text};
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

fn list(facts: &Facts, part: fn(&Posting) -> &Vec<String>) -> Value {
    let items = facts.posting.as_ref().map(|posting| part(posting).clone());
    Value::List(items.unwrap_or_default())
}

fn range(facts: &Facts) -> Option<&PayRange> {
    facts.posting.as_ref()?.salary_range.as_ref()
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
    field("posting.all_locations", "All locations", List, |facts| {
        list(facts, |posting| &posting.categories.all_locations)
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
    field("posting.state", "State", Text, |facts| {
        of(facts, |posting| Some(posting.state.as_ref()?.as_str()))
    }),
    field("posting.tags", "Tags", List, |facts| {
        list(facts, |posting| &posting.tags)
    }),
    field(
        "posting.requisition_codes",
        "Requisition codes",
        List,
        |facts| list(facts, |posting| &posting.requisition_codes),
    ),
    field(
        "posting.salary_min",
        "Salary range, from",
        Number,
        |facts| pay(range(facts), |range| &range.min),
    )
    .masked(),
    field("posting.salary_max", "Salary range, to", Number, |facts| {
        pay(range(facts), |range| &range.max)
    })
    .masked(),
    field(
        "posting.salary_currency",
        "Salary currency",
        Text,
        |facts| range(facts).and_then(|range| range.currency.clone()).into(),
    ),
    field("posting.salary_interval", "Salary period", Text, |facts| {
        range(facts).and_then(|range| range.interval.clone()).into()
    }),
    field("posting.id", "Posting id", Text, |facts| {
        of(facts, |posting| Some(&posting.id))
    }),
    field("posting.hiring_manager", "Hiring manager", Text, |facts| {
        facts.name(facts.posting_manager_id())
    })
    .needs(&[Part::Users]),
    field(
        "posting.hiring_manager_email",
        "Hiring manager's e-mail",
        Email,
        |facts| facts.address(facts.posting_manager_id()),
    )
    .needs(&[Part::Users]),
];
