//! The fields that a mapping fills: those that every person has, and those that the user added or changed.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::field::FieldType;
use super::fit::fit;
use super::problem::Problem;
use super::value::Value;

/// Which mapping: each fills fields of its own and has versions of its own.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Mapping {
    /// From a hire to a person.
    #[default]
    People,
    /// From an offer to a letter.
    Offers,
}

/// A field that a mapping fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetField {
    /// The stable id, for example `first_name`.
    pub id: String,
    /// The label on screen.
    pub label: String,
    /// The heading it stands under.
    pub group: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The values that a [`FieldType::Choice`] takes, in their order; empty for other types.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether an import needs it (PRODUCTS.md SO-11).
    pub required: bool,
    /// Whether it is masked on screen until revealed.
    pub masked: bool,
    /// Whether the user added it.
    #[serde(default)]
    pub custom: bool,
}

impl TargetField {
    /// An optional field that Fulcrum brings along and shows to everyone.
    pub fn new(id: &str, label: &str, group: &str, kind: FieldType) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            group: group.to_owned(),
            kind,
            options: Vec::new(),
            required: false,
            masked: false,
            custom: false,
        }
    }

    /// The same field, needed by every import.
    #[must_use]
    pub fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// The value that somebody typed for it, as the field keeps it; none for a blank.
    ///
    /// # Errors
    /// [`Problem`] if the field does not take it.
    pub fn accept(&self, typed: &str) -> Result<Option<String>, Problem> {
        fit(self, Cow::Owned(Value::from(typed.trim())))
    }

    /// The same field, masked on screen until revealed.
    #[must_use]
    pub fn masked(self) -> Self {
        Self {
            masked: true,
            ..self
        }
    }
}

/// Every field that one mapping fills, in the order of the screens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    fields: Vec<TargetField>,
    places: HashMap<String, usize>,
}

impl Schema {
    /// A schema of these fields, in their order; of two with one id the later one counts.
    pub fn new(fields: Vec<TargetField>) -> Self {
        let places = fields
            .iter()
            .enumerate()
            .map(|(place, field)| (field.id.clone(), place))
            .collect();
        Self { fields, places }
    }

    /// The fields that every person has, changed by `own`: one with a known id takes its place, and a new one
    /// follows the last field of its group.
    pub fn of_people(own: impl IntoIterator<Item = TargetField>) -> Self {
        let mut fields = person_fields();
        for field in own {
            match fields.iter_mut().find(|known| known.id == field.id) {
                Some(known) => *known = field,
                None => {
                    let last = fields.iter().rposition(|known| known.group == field.group);
                    fields.insert(last.map_or(fields.len(), |last| last + 1), field);
                }
            }
        }
        Self::new(fields)
    }

    /// The same fields in the user's order. A field that has no place in it stays behind the one that it follows
    /// now, and the fields of one group stay together.
    #[must_use]
    pub fn ordered(self, order: &[String]) -> Self {
        let place = |field: &TargetField| order.iter().position(|id| *id == field.id);
        let mut sorted: Vec<TargetField> = Vec::with_capacity(self.fields.len());
        let mut before: Option<String> = None;
        let (mut placed, mut others) = (Vec::new(), Vec::new());
        for field in self.fields {
            let id = field.id.clone();
            match place(&field) {
                Some(place) => placed.push((place, field)),
                None => others.push((before, field)),
            }
            before = Some(id);
        }
        placed.sort_by_key(|(place, _)| *place);
        sorted.extend(placed.into_iter().map(|(_, field)| field));
        for (before, field) in others {
            let after = before.and_then(|id| sorted.iter().position(|known| known.id == id));
            sorted.insert(after.map_or(0, |place| place + 1), field);
        }
        let mut groups: Vec<String> = Vec::new();
        for field in &sorted {
            if !groups.contains(&field.group) {
                groups.push(field.group.clone());
            }
        }
        sorted.sort_by_key(|field| groups.iter().position(|group| *group == field.group));
        Self::new(sorted)
    }

    /// The fields in the order of the screens.
    pub fn fields(&self) -> &[TargetField] {
        &self.fields
    }

    /// The field with this id.
    pub fn get(&self, id: &str) -> Option<&TargetField> {
        self.fields.get(*self.places.get(id)?)
    }
}

/// The fields that every person has before the user changes anything.
fn person_fields() -> Vec<TargetField> {
    use FieldType::{Date, Email, Number, Person, Phone, Text, TimeZone};
    let field = TargetField::new;
    vec![
        field("first_name", "First name", "Name", Text).required(),
        field("last_name", "Last name", "Name", Text).required(),
        field("preferred_name", "Preferred name", "Name", Text),
        field("personal_email", "Personal e-mail", "Contact", Email).required(),
        field("work_email", "Work e-mail", "Contact", Email),
        field("phone", "Phone", "Contact", Phone),
        field("timezone", "Time zone", "Contact", TimeZone).required(),
        field("job_title", "Job title", "Job", Text),
        field("department", "Department", "Job", Text),
        field("team", "Team", "Job", Text),
        field("employment_type", "Employment type", "Job", Text),
        field("start_date", "Start date", "Job", Date),
        field("cost_center", "Cost center", "Job", Text),
        field("manager", "Manager", "Relationships", Person),
        field("buddy", "Buddy", "Relationships", Person),
        field("location", "Location", "Place", Text),
        field("state", "State or region", "Place", Text),
        field("country", "Country", "Place", Text),
        field("pay_amount", "Pay", "Pay", Number).masked(),
        field("pay_currency", "Pay currency", "Pay", Text),
        field("pay_interval", "Pay period", "Pay", Text),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_the_users_own_follows_its_group() {
        let shirt = TargetField::new("shirt", "Shirt size", "Contact", FieldType::Choice);
        let badge = TargetField::new("badge", "Badge", "Access", FieldType::Text);
        let schema = Schema::of_people([shirt.clone(), badge.clone()]);
        let ids: Vec<_> = schema
            .fields()
            .iter()
            .map(|field| field.id.as_str())
            .collect();
        let place = |id| ids.iter().position(|known| *known == id).unwrap();
        assert_eq!(place("shirt"), place("timezone") + 1);
        assert_eq!(place("badge"), ids.len() - 1);
        assert_eq!(schema.get("shirt"), Some(&shirt));
        assert_eq!(schema.get("shoe"), None);
    }

    #[test]
    fn the_users_order_holds_and_a_field_without_a_place_follows_its_neighbour() {
        let badge = TargetField::new("badge", "Badge", "Name", FieldType::Text);
        let order = ["badge", "last_name", "first_name", "gone"].map(str::to_owned);
        let schema = Schema::of_people([badge]).ordered(&order);
        let ids = schema.fields().iter().map(|field| field.id.as_str());
        let ids: Vec<_> = ids.take(5).collect();
        assert_eq!(
            ids,
            [
                "badge",
                "last_name",
                "preferred_name",
                "first_name",
                "personal_email"
            ]
        );
        assert_eq!(
            schema.get("first_name").map(|field| field.required),
            Some(true)
        );
    }

    #[test]
    fn a_changed_field_keeps_its_place() {
        let start = TargetField::new("start_date", "First day", "Job", FieldType::Date).required();
        let schema = Schema::of_people([start.clone()]);
        assert_eq!(schema.get("start_date"), Some(&start));
        assert_eq!(schema.fields().len(), person_fields().len());
    }
}
