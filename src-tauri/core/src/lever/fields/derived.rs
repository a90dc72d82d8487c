//! What is worked out from several parts of Lever.

use super::Field;
use crate::lever::facts::Facts;
use crate::lever::parts::Part;
use crate::lever::value::day;
use crate::mapping::FieldType::{Date, Email, Number, Phone, Text};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Derived, id, label, kind, read)
}

/// The words of the candidate's name: the first, and the rest (SCREENS.md Q3).
fn name_parts(facts: &Facts) -> (&str, &str) {
    let of_contact = || facts.contact.as_ref().map(|contact| contact.name.trim());
    let name = Some(facts.opportunity.name.trim()).filter(|name| !name.is_empty());
    let name = name.or_else(of_contact).unwrap_or_default();
    let (first, rest) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    (first, rest.trim_start())
}

/// Whole days between two days; none where the first comes later.
fn days(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) -> Value {
    let (Some(from), Some(to)) = (from, to) else {
        return Value::Empty;
    };
    match from.duration_until(to).as_hours() / 24 {
        days if days < 0 => Value::Empty,
        days => Value::Number(days.into()),
    }
}

/// The first day at work as agreed, or else the day of the hire; none of who is not hired.
fn first_day(facts: &Facts) -> Option<jiff::civil::Date> {
    let hired = facts.hired_day()?;
    match facts.offer_value("anticipated_start_date", Date) {
        Value::Date(agreed) => Some(agreed),
        _ => Some(hired),
    }
}

pub(super) const FIELDS: &[Field] = &[
    field("derived.first_name", "First name", Text, |facts| {
        name_parts(facts).0.into()
    }),
    field("derived.last_name", "Last name", Text, |facts| {
        name_parts(facts).1.into()
    }),
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
    })
    .needs(&[Part::Contact]),
    field("derived.hired_date", "Day of the hire", Date, |facts| {
        facts.hired_day().map_or(Value::Empty, Value::Date)
    }),
    field(
        "derived.days_to_hire",
        "Days until the hire",
        Number,
        |facts| {
            let made = facts.opportunity.created_at.map(|at| day(at.timestamp()));
            days(made, facts.hired_day())
        },
    ),
    field("derived.tenure_days", "Tenure in days", Number, |facts| {
        days(first_day(facts), Some(facts.read_on))
    })
    .needs(&[Part::Offers]),
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
    )
    .needs(&[Part::Offers, Part::Requisition, Part::Posting, Part::Users]),
    field(
        "derived.direct_manager_email",
        "Direct manager's e-mail",
        Email,
        |facts| facts.address(facts.offer_user_id("direct_manager")),
    )
    .needs(&[Part::Offers, Part::Users]),
    field(
        "derived.offer_creator_email",
        "Offer creator's e-mail",
        Email,
        |facts| facts.address(facts.offer_creator_id()),
    )
    .needs(&[Part::Offers, Part::Users]),
];
