//! Who referred the candidate (LEVER.md 3.9).

use super::{Field, moment};
use crate::lever::facts::Facts;
use crate::lever::parts::Part;
use crate::mapping::FieldType::{Email, Instant, Text};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Referral, id, label, kind, read)
}

pub(super) const FIELDS: &[Field] = &[
    field("referral.referrer", "Referred by", Text, |facts| {
        facts.name(facts.referrer_id())
    })
    .needs(&[Part::Users]),
    field(
        "referral.referrer_email",
        "E-mail of who referred",
        Email,
        |facts| facts.address(facts.referrer_id()),
    )
    .needs(&[Part::Users]),
    field("referral.created_at", "Referred on", Instant, |facts| {
        moment(facts.referral().and_then(|made| made.created_at))
    }),
];
