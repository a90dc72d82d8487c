//! The opportunity, with its stage and owner (LEVER.md 3.1).

use super::{Field, moment, numbers};
use crate::lever::facts::Facts;
use crate::lever::hired::{Hired, NotHired};
use crate::lever::parts::Part;
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
    field("opportunity.id", "Opportunity id", Text, |facts| {
        facts.opportunity.id.as_str().into()
    }),
    field("opportunity.name", "Name", Text, |facts| {
        facts.opportunity.name.as_str().into()
    }),
    field("opportunity.emails.first", "E-mail", Email, |facts| {
        facts.opportunity.emails.first().cloned().into()
    }),
    field("opportunity.emails", "All e-mails", List, |facts| {
        Value::List(facts.opportunity.emails.clone())
    }),
    field("opportunity.phones.first", "Phone", Phone, |facts| {
        facts
            .opportunity
            .phones
            .first()
            .and_then(|phone| phone.value.clone())
            .into()
    }),
    field("opportunity.phones", "All phones", List, |facts| {
        numbers(&facts.opportunity.phones)
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
    field(
        "opportunity.posting_location",
        "Location applied for",
        Text,
        |facts| facts.opportunity.opportunity_location.clone().into(),
    ),
    field(
        "opportunity.confidentiality",
        "Confidentiality",
        Text,
        |facts| {
            let who = facts.opportunity.confidentiality.as_ref();
            who.map(|who| who.as_str()).into()
        },
    ),
    field("opportunity.sourced_by", "Sourced by", Text, |facts| {
        facts.name(facts.sourcer_id())
    })
    .needs(&[Part::Users]),
    field(
        "opportunity.sourced_by_email",
        "E-mail of who sourced",
        Email,
        |facts| facts.address(facts.sourcer_id()),
    )
    .needs(&[Part::Users]),
    field("opportunity.created_at", "Created", Instant, |facts| {
        moment(facts.opportunity.created_at)
    }),
    field("opportunity.updated_at", "Last changed", Instant, |facts| {
        moment(facts.opportunity.updated_at)
    }),
    field(
        "opportunity.last_advanced_at",
        "Came into the stage",
        Instant,
        |facts| moment(facts.opportunity.last_advanced_at),
    ),
    field("opportunity.archived_at", "Archived", Instant, |facts| {
        let archived = facts.opportunity.archived.as_ref();
        moment(archived.and_then(|archived| archived.archived_at))
    }),
    field(
        "opportunity.archive_reason",
        "Archive reason",
        Text,
        |facts| match &facts.hired {
            Hired::Yes { reason, .. }
            | Hired::No {
                why: NotHired::Archived { reason },
            } => reason.as_str().into(),
            Hired::No { .. } => Value::Empty,
        },
    ),
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
