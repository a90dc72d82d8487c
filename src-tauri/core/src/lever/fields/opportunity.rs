//! The opportunity, with its stage and owner (LEVER.md 3.1).

use super::Field;
use crate::lever::facts::Facts;
use crate::mapping::FieldType::{Email, Instant, List, Phone, Text};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Opportunity, id, label, kind, read)
}

pub(super) const FIELDS: &[Field] = &[
    field("opportunity.name", "Name", Text, |facts| {
        facts.opportunity.name.as_str().into()
    }),
    field("opportunity.emails.first", "E-mail", Email, |facts| {
        facts.opportunity.emails.first().cloned().into()
    }),
    field("opportunity.phones.first", "Phone", Phone, |facts| {
        facts
            .opportunity
            .phones
            .first()
            .and_then(|phone| phone.value.clone())
            .into()
    }),
    field("opportunity.location", "Location", Text, |facts| {
        facts.opportunity.location.as_str().into()
    }),
    field("opportunity.headline", "Headline", Text, |facts| {
        facts.opportunity.headline.as_str().into()
    }),
    field("opportunity.origin", "Origin", Text, |facts| {
        let origin = facts.opportunity.origin.as_ref();
        origin.map(|origin| origin.as_str()).into()
    }),
    field("opportunity.sources", "Sources", List, |facts| {
        Value::List(facts.opportunity.sources.clone())
    }),
    field("opportunity.tags", "Tags", List, |facts| {
        Value::List(facts.opportunity.tags.clone())
    }),
    field("opportunity.links", "Links", List, |facts| {
        Value::List(facts.opportunity.links.clone())
    }),
    field("opportunity.created_at", "Created", Instant, |facts| {
        facts
            .opportunity
            .created_at
            .map_or(Value::Empty, |at| Value::Instant(at.timestamp()))
    }),
    field("stage.text", "Stage", Text, |facts| {
        facts.stage().map(|stage| stage.text.as_str()).into()
    }),
    field("owner.name", "Owner", Text, |facts| {
        facts.owner().map(|owner| owner.name.as_str()).into()
    }),
    field("owner.email", "Owner's e-mail", Email, |facts| {
        facts.owner().and_then(|owner| owner.email.clone()).into()
    }),
];
