//! How far the offer is (LEVER.md 3.3). The ids differ from those of the offer form, whose identifiers are the
//! customer's to choose.

use super::{Field, moment};
use crate::lever::facts::Facts;
use crate::lever::types::Offer;
use crate::mapping::FieldType::{Instant, Text};
use crate::mapping::{FieldType, SourceGroup, Value};

const fn field(
    id: &'static str,
    label: &'static str,
    kind: FieldType,
    read: fn(&Facts) -> Value,
) -> Field {
    Field::new(SourceGroup::Offer, id, label, kind, read)
}

fn of(facts: &Facts, part: fn(&Offer) -> Value) -> Value {
    facts.offer.as_ref().map_or(Value::Empty, part)
}

pub(super) const FIELDS: &[Field] = &[
    field("offer_status", "Offer status", Text, |facts| {
        of(facts, |offer| {
            offer.status.as_ref().map(|status| status.as_str()).into()
        })
    }),
    field("offer_created_at", "Offer made", Instant, |facts| {
        of(facts, |offer| moment(offer.created_at))
    }),
    field("offer_approved_at", "Offer approved", Instant, |facts| {
        of(facts, |offer| moment(offer.approved_at))
    }),
    field("offer_sent_at", "Offer sent", Instant, |facts| {
        of(facts, |offer| moment(offer.sent_at))
    }),
    field("offer_signed_at", "Offer signed", Instant, |facts| {
        of(facts, |offer| {
            let signers = offer.signatures.values().flatten();
            moment(signers.filter_map(|signer| signer.signed_at).max())
        })
    }),
];
