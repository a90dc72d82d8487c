//! What Lever said about one candidate.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::drift::{Drift, DriftKind};
use super::problem::Problem;
use super::text::folded;
use super::value::Value;

const NOTHING: Value = Value::Empty;

/// A colleague who uses Lever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Their id in Lever.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address, as far as known.
    pub email: Option<String>,
}

/// The values of one candidate by the id of their [`SourceField`](super::SourceField).
///
/// An id that was never [`set`](Record::set) is a field that Lever no longer has, which is a problem to
/// state; an id set to [`Value::Empty`] is a field without a value, which is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    values: BTreeMap<String, Value>,
    open: BTreeSet<String>,
    #[serde(default)]
    users: Vec<User>,
    #[serde(skip)]
    retyped: BTreeMap<String, Problem>,
    #[serde(skip)]
    newer: HashSet<String>,
    #[serde(skip)]
    gone: HashSet<String>,
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

    /// Takes note of the users who may be meant by the values that are set; the others would only make it larger.
    /// A user is meant where a value holds their id, their address or every word of their name.
    pub fn know_users(&mut self, users: impl IntoIterator<Item = User>) {
        let said: HashSet<String> = self
            .values
            .values()
            .filter_map(Value::text)
            .flat_map(|text| words(&text))
            .collect();
        let meant = |text: &str| {
            let words = words(text);
            !words.is_empty() && words.iter().all(|word| said.contains(word))
        };
        self.users.extend(users.into_iter().filter(|user| {
            let address = user.email.as_deref().unwrap_or_default();
            [&user.id, address, &user.name].into_iter().any(meant)
        }));
    }

    /// The users who may be meant by its values.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// Takes note of the fields that have another type than the mapping knows, whose values cannot be used, and of
    /// those that Lever no longer has, also in a part where a missing field alone proves nothing.
    pub fn know_drift(&mut self, drift: &[Drift]) {
        for Drift {
            field,
            label,
            change,
            ..
        } in drift
        {
            match *change {
                DriftKind::Retyped { was, now } => {
                    let label = label.clone();
                    let problem = Problem::Retyped { label, was, now };
                    self.retyped.insert(field.clone(), problem);
                }
                DriftKind::Vanished => {
                    self.gone.insert(field.clone());
                }
            }
        }
    }

    /// Takes note of the fields that Lever has now: those that the record lacks are newer than it, not gone.
    pub fn know_fields(&mut self, fields: &HashSet<String>) {
        let newer = fields.iter().filter(|field| self.get(field).is_none());
        self.newer = newer.cloned().collect();
    }

    /// The value of a field for a rule.
    ///
    /// # Errors
    /// [`Problem::Vanished`] if Lever has no such field; [`Problem::NewerThanSample`] if it has, but had not when the
    /// record was made; [`Problem::Retyped`] for a value of another type than the
    /// mapping knows. A field without a value hurts nobody, whatever its type.
    pub fn read(&self, field: &str) -> Result<&Value, Problem> {
        let value = self.get(field).ok_or_else(|| self.unknown(field))?;
        match self.retyped.get(field) {
            Some(problem) if !value.is_empty() => Err(problem.clone()),
            Some(_) | None => Ok(value),
        }
    }

    fn unknown(&self, field: &str) -> Problem {
        if self.newer.contains(field) {
            return Problem::NewerThanSample;
        }
        Problem::Vanished {
            field: field.to_owned(),
        }
    }

    /// The value of a field; none if Lever has no such field.
    pub fn get(&self, field: &str) -> Option<&Value> {
        let unproven = || {
            !self.gone.contains(field)
                && self
                    .open
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

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(|word| folded(word).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::field::FieldType;
    use super::*;

    #[test]
    fn a_field_without_a_value_differs_from_a_vanished_one() {
        let mut record = Record::new();
        record.set("opportunity.name", "  ");
        assert_eq!(record.get("opportunity.name"), Some(&Value::Empty));
        assert_eq!(record.get("opportunity.nickname"), None);
    }

    #[test]
    fn a_field_of_another_type_stops_only_where_it_has_a_value() {
        let mut record = Record::new();
        record.set("requisition.custom.begin", "next week");
        record.set("requisition.custom.end", "");
        let drifted = |field: &str| Drift {
            target: "start_date".into(),
            field: field.into(),
            label: "Begin".into(),
            change: DriftKind::Retyped {
                was: FieldType::Date,
                now: FieldType::Text,
            },
            words: String::new(),
        };
        record.know_drift(&["requisition.custom.begin", "requisition.custom.end"].map(drifted));
        let stopped = record.read("requisition.custom.begin").unwrap_err();
        assert!(stopped.holds_import());
        let said = stopped.to_string();
        assert!(said.starts_with("“Begin” was a date"), "{said}");
        assert_eq!(record.read("requisition.custom.end"), Ok(&Value::Empty));
    }

    #[test]
    fn a_field_that_is_gone_from_lever_is_not_taken_for_an_empty_one_in_an_open_part() {
        let mut record = Record::new();
        record.leave_open("offer.custom.");
        record.set("offer.custom.kept", "here");
        assert_eq!(record.read("offer.custom.squad"), Ok(&Value::Empty));
        let gone = |field: &str| Drift {
            target: "team".into(),
            field: field.into(),
            label: "Squad".into(),
            change: DriftKind::Vanished,
            words: String::new(),
        };
        record.know_drift(&["offer.custom.squad", "offer.custom.kept"].map(gone));
        let field = "offer.custom.squad".to_owned();
        assert_eq!(
            record.read("offer.custom.squad"),
            Err(Problem::Vanished { field })
        );
        let kept = record.read("offer.custom.kept");
        assert_eq!(kept, Ok(&Value::from("here")), "this offer still has it");
    }

    #[test]
    fn a_field_that_came_after_the_record_is_not_a_vanished_one() {
        let mut record = Record::new();
        record.set("opportunity.name", "Rosa");
        record.know_fields(
            &["opportunity.name", "offer.bonus"]
                .map(str::to_owned)
                .into(),
        );
        assert_eq!(record.read("offer.bonus"), Err(Problem::NewerThanSample));
        let field = "offer.gone".to_owned();
        assert_eq!(record.read("offer.gone"), Err(Problem::Vanished { field }));
        assert_eq!(record.read("opportunity.name"), Ok(&Value::from("Rosa")));
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
    #[test]
    fn only_users_who_may_be_meant_are_kept() {
        let user = |id: &str, name: &str| User {
            id: id.into(),
            name: name.into(),
            email: Some(format!("{id}@example.com")),
        };
        let mut record = Record::new();
        record.set("requisition.custom.buddy", "u-2");
        record.set("offer.sponsor", "berg, OLA");
        let users = [
            user("u-1", "Ola Berg"),
            user("u-2", "Ines Duarte"),
            user("u-3", "Ola Nordmann"),
            user("u-4", " "),
        ];
        record.know_users(users);
        let kept: Vec<_> = record.users().iter().map(|user| user.id.as_str()).collect();
        assert_eq!(kept, ["u-1", "u-2"]);
    }
}
