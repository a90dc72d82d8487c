//! The requisition, without the customer's own fields (LEVER.md 3.10).

use super::{Field, pay};
use crate::lever::facts::Facts;
use crate::lever::parts::Part;
use crate::lever::types::{PayRange, Requisition};
use crate::mapping::FieldType::{Email, Number, Text};
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

fn band(facts: &Facts) -> Option<&PayRange> {
    facts.requisition.as_ref()?.compensation_band.as_ref()
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
    field("requisition.status", "Status", Text, |facts| {
        of(facts, |found| Some(found.status.as_ref()?.as_str()))
    }),
    field("requisition.headcount_total", "Headcount", Text, |facts| {
        let total = facts
            .requisition
            .as_ref()
            .and_then(|found| found.headcount_total.as_ref());
        total.map(ToString::to_string).into()
    }),
    field(
        "requisition.headcount_hired",
        "Hired so far",
        Number,
        |facts| {
            let hired = facts
                .requisition
                .as_ref()
                .and_then(|found| found.headcount_hired);
            hired.map_or(Value::Empty, |hired| Value::Number(hired.into()))
        },
    ),
    field(
        "requisition.pay_min",
        "Compensation band, from",
        Number,
        |facts| pay(band(facts), |band| &band.min),
    )
    .masked(),
    field(
        "requisition.pay_max",
        "Compensation band, to",
        Number,
        |facts| pay(band(facts), |band| &band.max),
    )
    .masked(),
    field(
        "requisition.pay_currency",
        "Compensation currency",
        Text,
        |facts| band(facts).and_then(|band| band.currency.clone()).into(),
    ),
    field(
        "requisition.pay_interval",
        "Compensation period",
        Text,
        |facts| band(facts).and_then(|band| band.interval.clone()).into(),
    ),
    field("requisition.id", "Requisition id", Text, |facts| {
        of(facts, |found| Some(&found.id))
    }),
    field(
        "requisition.hiring_manager",
        "Hiring manager",
        Text,
        |facts| facts.name(facts.requisition_manager_id()),
    )
    .needs(&[Part::Users]),
    field(
        "requisition.hiring_manager_email",
        "Hiring manager's e-mail",
        Email,
        |facts| facts.address(facts.requisition_manager_id()),
    )
    .needs(&[Part::Users]),
];
