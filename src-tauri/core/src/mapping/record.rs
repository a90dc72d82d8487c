//! What Lever said about one candidate.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::value::Value;

const NOTHING: Value = Value::Empty;

/// The values of one candidate by the id of their [`SourceField`](super::SourceField).
///
/// An id that was never [`set`](Record::set) is a field that Lever no longer has, which is a problem to
/// state; an id set to [`Value::Empty`] is a field without a value, which is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    values: BTreeMap<String, Value>,
    open: BTreeSet<String>,
}

impl Record {
    /// A record that knows no field yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the field known, with its value.
    pub fn set(&mut self, field: impl Into<String>, value: impl Into<Value>) {
        self.values.insert(field.into(), value.into().or_empty());
    }

    /// Takes every id that begins with `prefix` for a known field without a value. For the parts of Lever
    /// that could not be read or do not exist for this candidate, where a missing field proves nothing.
    pub fn leave_open(&mut self, prefix: impl Into<String>) {
        self.open.insert(prefix.into());
    }

    /// The value of a field; none if Lever has no such field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        let unproven = || {
            self.open
                .iter()
                .any(|prefix| field.starts_with(prefix.as_str()))
        };
        self.values
            .get(field)
            .or_else(|| unproven().then_some(&NOTHING))
    }

    /// Every known field with its value, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values
            .iter()
            .map(|(field, value)| (field.as_str(), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_without_a_value_differs_from_a_vanished_one() {
        let mut record = Record::new();
        record.set("opportunity.name", "  ");
        assert_eq!(record.get("opportunity.name"), Some(&Value::Empty));
        assert_eq!(record.get("opportunity.nickname"), None);
    }

    #[test]
    fn an_open_part_hides_no_value() {
        let mut record = Record::new();
        record.leave_open("offer.");
        record.set("offer.team", "Platform");
        assert_eq!(record.get("offer.team"), Some(&Value::from("Platform")));
        assert_eq!(record.get("offer.custom_bonus"), Some(&Value::Empty));
        assert_eq!(record.get("offering"), None);
    }
}
