//! What is worked out from several parts of Lever.

use super::Field;
use crate::lever::facts::Facts;
use crate::mapping::FieldType::{Date, Email, Phone};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Derived, id, label, kind, read)
}

pub(super) const FIELDS: &[Field] = &[
    field("derived.email", "First e-mail found", Email, |facts| {
        let of_contact = || facts.contact.as_ref()?.emails.first().cloned();
        let as_applied = || facts.application.as_ref()?.email.clone();
        let first = facts.opportunity.emails.first().cloned();
        first.or_else(of_contact).or_else(as_applied).into()
    }),
    field("derived.phone", "First phone found", Phone, |facts| {
        let of_contact = || facts.contact.as_ref()?.phones.first()?.value.clone();
        let as_applied = || facts.application.as_ref()?.phone.as_ref()?.value.clone();
        let first = facts
            .opportunity
            .phones
            .first()
            .and_then(|phone| phone.value.clone());
        first.or_else(of_contact).or_else(as_applied).into()
    }),
    field("derived.hired_date", "Day of the hire", Date, |facts| {
        facts.hired_day().map_or(Value::Empty, Value::Date)
    }),
    field(
        "derived.hiring_manager_email",
        "Hiring manager's e-mail",
        Email,
        |facts| {
            let ids = [
                facts.offer_user_id("hiring_manager"),
                facts.requisition_manager_id(),
                facts.posting_manager_id(),
            ];
            facts.address(ids.into_iter().flatten().next())
        },
    ),
    field(
        "derived.direct_manager_email",
        "Direct manager's e-mail",
        Email,
        |facts| facts.address(facts.offer_user_id("direct_manager")),
    ),
];
