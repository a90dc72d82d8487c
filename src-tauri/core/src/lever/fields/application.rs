//! The application, without its questions (LEVER.md 3.8).

use super::{Field, moment};
use crate::lever::facts::Facts;
use crate::lever::parts::Part;
use crate::lever::types::Application;
use crate::mapping::FieldType::{Email, Instant, Phone, Text, TimeZone};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Application, id, label, kind, read)
}

fn of<'a>(facts: &'a Facts, part: fn(&'a Application) -> Option<&'a str>) -> Value {
    facts.application.as_ref().and_then(part).into()
}

pub(super) const FIELDS: &[Field] = &[
    field("application.name", "Name as applied", Text, |facts| {
        of(facts, |found| found.name.as_deref())
    }),
    field("application.email", "E-mail as applied", Email, |facts| {
        of(facts, |found| found.email.as_deref())
    }),
    field("application.phone", "Phone as applied", Phone, |facts| {
        of(facts, |found| found.phone.as_ref()?.value.as_deref())
    }),
    field("application.company", "Present employer", Text, |facts| {
        of(facts, |found| found.company.as_deref())
    }),
    field("application.type", "Kind of application", Text, |facts| {
        of(facts, |found| Some(found.kind.as_ref()?.as_str()))
    }),
    field(
        "application.timezone",
        "Time zone of the browser",
        TimeZone,
        |facts| of(facts, |found| found.timezone.as_deref()),
    )
    .needs(&[Part::Application]),
    field("application.created_at", "Applied", Instant, |facts| {
        let found = facts.application.as_ref();
        moment(found.and_then(|found| found.created_at))
    }),
];
