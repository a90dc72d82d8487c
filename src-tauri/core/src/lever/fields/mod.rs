//! The fields that every Lever account has: one list for what the mapping screen offers and for what is read.

mod application;
mod contact;
mod derived;
pub(super) mod offer;
mod offer_steps;
mod opportunity;
mod posting;
mod referral;
mod requisition;

use super::facts::Facts;
use super::parts::{Part, Parts, of_group};
use super::types::{Millis, PayRange, Phone};
use super::value::typed;
use crate::mapping::{FieldType, SourceField, SourceGroup, Value};

/// A field with how it is read.
pub(super) struct Field {
    pub(super) id: &'static str,
    label: &'static str,
    group: SourceGroup,
    kind: FieldType,
    /// Whether values are kept out of examples: pay is masked until someone asks for it (SCREENS.md 4.4.4).
    pub(super) masked: bool,
    pub(super) read: fn(&Facts) -> Value,
    /// What it needs besides what its group does.
    further: &'static [Part],
}

impl Field {
    const fn new(
        group: SourceGroup,
        id: &'static str,
        label: &'static str,
        kind: FieldType,
        read: fn(&Facts) -> Value,
    ) -> Self {
        Self {
            id,
            label,
            group,
            kind,
            masked: false,
            read,
            further: &[],
        }
    }

    const fn needs(self, further: &'static [Part]) -> Self {
        Self { further, ..self }
    }

    const fn masked(self) -> Self {
        Self {
            masked: true,
            ..self
        }
    }

    /// The parts of Lever that it is read from, besides the opportunity.
    pub(super) fn parts(&self) -> Parts {
        let further = self.further.iter().copied();
        of_group(self.group).into_iter().chain(further).collect()
    }

    /// The field as the mapping screen shows it.
    pub(super) fn source(&self, example: Option<String>) -> SourceField {
        SourceField {
            id: self.id.to_owned(),
            label: self.label.to_owned(),
            group: self.group,
            kind: self.kind,
            custom: false,
            example,
        }
    }
}

/// A moment, if there is one.
fn moment(at: Option<Millis>) -> Value {
    at.map_or(Value::Empty, |at| Value::Instant(at.timestamp()))
}

/// A part of what a job pays.
fn pay(range: Option<&PayRange>, part: fn(&PayRange) -> &serde_json::Value) -> Value {
    range.map_or(Value::Empty, |range| typed(part(range), FieldType::Number))
}

/// Every number, whatever its kind.
fn numbers(phones: &[Phone]) -> Value {
    Value::List(
        phones
            .iter()
            .filter_map(|phone| phone.value.clone())
            .collect(),
    )
}

/// Every standard field, in the order of the dropdown.
pub(super) fn standard() -> impl Iterator<Item = &'static Field> {
    let groups: [&[Field]; 9] = [
        opportunity::FIELDS,
        contact::FIELDS,
        application::FIELDS,
        posting::FIELDS,
        requisition::FIELDS,
        offer::FIELDS,
        offer_steps::FIELDS,
        referral::FIELDS,
        derived::FIELDS,
    ];
    groups.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_id_is_given_once_and_groups_stand_together() {
        let ids: HashSet<_> = standard().map(|field| field.id).collect();
        assert_eq!(ids.len(), standard().count());
        assert!(standard().is_sorted_by_key(|field| field.group));
    }
}
