//! What is known of the Lever account that suggestions are made for.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::concepts::{self, Concept};
use super::names::Name;
use crate::mapping::field::{FieldType, SourceField, SourceGroup};
use crate::mapping::record::Record;
use crate::mapping::seen::{Seen, seen};
use crate::mapping::source::Source;
use crate::mapping::value::Value;

/// The fields of an account with the values that were seen in them.
pub(super) struct Account<'a> {
    pub(super) fields: Vec<Field<'a>>,
    records: &'a [Record],
    /// The examples of the fields, as if they were one candidate's.
    examples: Record,
}

/// A field with what its name says and which values it was seen with.
pub(super) struct Field<'a> {
    pub(super) field: &'a SourceField,
    /// Its place in the list.
    pub(super) place: usize,
    /// What its label and its identifier say; of a question on a form without the form.
    pub(super) names: Vec<Name>,
    /// Whether the first name is that of a question, which means less than that of a field.
    pub(super) is_question: bool,
    pub(super) concept: Option<&'static Concept>,
    pub(super) seen: Seen,
}

impl<'a> Account<'a> {
    pub(super) fn new(fields: &'a [SourceField], records: &'a [Record]) -> Self {
        let mut account = Self {
            fields: Vec::new(),
            records,
            examples: examples(fields),
        };
        let known = fields.iter().enumerate();
        account.fields = known
            .map(|(place, field)| Field::new(field, place, account.records()))
            .collect();
        account
    }

    /// The candidates, and last the one that is made of examples.
    pub(super) fn records(&self) -> impl Iterator<Item = &Record> + Clone {
        self.records.iter().chain([&self.examples])
    }

    pub(super) fn field(&self, id: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|known| known.field.id == id)
    }
}

impl<'a> Field<'a> {
    fn new<'r>(
        field: &'a SourceField,
        place: usize,
        records: impl Iterator<Item = &'r Record>,
    ) -> Self {
        let source = Source::Lever {
            field: field.id.clone(),
        };
        let is_question = matches!(
            field.group,
            SourceGroup::Form | SourceGroup::Referral | SourceGroup::Application
        );
        let names = names(field);
        let concept = names.iter().find_map(concepts::concept);
        Self {
            field,
            place,
            is_question: field.custom && is_question,
            concept,
            names,
            seen: seen(&source, &[], records),
        }
    }

    /// How much a field of this group says about the hire, less first: what was agreed in the offer counts before what the
    /// requisition plans, and that before what somebody answered.
    pub(super) fn rank(&self) -> u8 {
        match self.field.group {
            SourceGroup::Offer => 0,
            SourceGroup::Requisition => 1,
            SourceGroup::Posting => 2,
            SourceGroup::Form => 3,
            SourceGroup::Application => 4,
            SourceGroup::Opportunity => 5,
            SourceGroup::Contact => 6,
            SourceGroup::Referral | SourceGroup::Derived | SourceGroup::Company => 7,
        }
    }
}

fn names(field: &SourceField) -> Vec<Name> {
    let label = match field.group {
        // “Equipment: Laptop” asks for a laptop.
        SourceGroup::Form if field.custom => {
            field.label.rsplit(": ").next().unwrap_or(&field.label)
        }
        _ => &field.label,
    };
    if !field.custom {
        return vec![Name::of(&qualified(field.group, label))];
    }
    let identifier = field.id.rsplit('.').next().unwrap_or(&field.id);
    // A part of a field of the customer's own, as `cost_center.city`, is named by both.
    let is_part = field.group == SourceGroup::Requisition && field.label.contains(": ");
    let mut names = vec![Name::of(label)];
    if !is_part {
        names.push(Name::of(identifier));
    }
    names
}

/// Postings and requisitions have a name, a state and a code of their own, which are not the candidate's.
fn qualified(group: SourceGroup, label: &str) -> String {
    let whose = match group {
        SourceGroup::Posting => "Posting",
        SourceGroup::Requisition => "Requisition",
        _ => return label.to_owned(),
    };
    if ["Name", "State", "Status", "Code", "Tags"].contains(&label) {
        return format!("{whose} {label}");
    }
    label.to_owned()
}

/// Examples are cut to a line; those that were cut prove nothing.
fn examples(fields: &[SourceField]) -> Record {
    let mut record = Record::new();
    for field in fields {
        let whole = field
            .example
            .as_deref()
            .filter(|example| !example.ends_with('…'));
        record.set(
            &field.id,
            whole.map_or(Value::Empty, |example| typed(example, field.kind)),
        );
    }
    record
}

fn typed(text: &str, kind: FieldType) -> Value {
    let read = match kind {
        FieldType::Number => Decimal::from_str(text).ok().map(Value::Number),
        FieldType::Date => Date::from_str(text).ok().map(Value::Date),
        FieldType::Instant => Timestamp::from_str(text).ok().map(Value::Instant),
        FieldType::Flag => match text {
            "Yes" => Some(Value::Flag(true)),
            "No" => Some(Value::Flag(false)),
            _ => None,
        },
        FieldType::List => Some(Value::List(text.split(", ").map(str::to_owned).collect())),
        _ => None,
    };
    read.unwrap_or_else(|| Value::from(text))
}
